"""Where the account comes from: options, profiles, the environment."""

import json
import os
import stat
from pathlib import Path

import pytest

from chargeover import ChargeOver
from chargeover_sandbox import LocalSandbox
from tests.cli.conftest import Run


@pytest.fixture
def file(own_settings: Path, sandbox: LocalSandbox) -> Path:
    """Two profiles of the sandbox: ``test``, and ``live``, which is live."""
    account = f'base_url = "{sandbox.url}"\nusername = "{sandbox.username}"\npassword = "{sandbox.password}"\n'
    own_settings.write_text(f"[test]\n{account}\n[live]\n{account}live = true\n", encoding="utf-8")
    own_settings.chmod(0o600)
    return own_settings


def test_a_profile_names_the_account(bare: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bare("customers", "count", "--profile", "test").out == "0\n"
    assert bare("--profile", "test", "customers", "count").out == "0\n"
    monkeypatch.setenv("CHARGEOVER_PROFILE", "test")
    assert bare("customers", "count").out == "0\n"
    monkeypatch.delenv("CHARGEOVER_PROFILE")
    assert bare("customers", "count").status == 3
    file.write_text(file.read_text(encoding="utf-8").replace("[test]", "[default]"), encoding="utf-8")
    assert bare("customers", "count").out == "0\n"


def test_a_change_of_a_live_account_needs_a_yes(bare: Run, file: Path, client: ChargeOver) -> None:
    assert file.exists()
    for words in (
        ("customers", "create", "--company", "Acme"),
        ("customers", "update", "1", "--company", "Acme"),
        ("customers", "delete", "1"),
        ("customers", "disconnect-parent", "1"),
        ("api", "POST", "customer", "--data", '{"company": "Acme"}'),
    ):
        refused = bare(*words, "--profile", "live")
        assert (refused.status, refused.out) == (2, "")
        assert "The profile live is live, and no question can be asked" in refused.err
        assert bare(*words, "--profile", "live", "--dry-run").status in {0, 2}
    assert client.customers.count() == 0
    assert bare("customers", "create", "--company", "Acme", "--profile", "live", "--yes").out == "1\n"
    assert bare("customers", "count", "--profile", "live").out == "1\n"
    assert bare("customers", "create", "--company", "Acme", "--profile", "test").out == "2\n"


@pytest.mark.parametrize(
    ("mode", "content", "status", "sentence"),
    [
        (0o644, "", 3, "others can read or change it. Make it yours alone: chmod 600 "),
        (0o660, "", 3, "others can read or change it"),
        (0o600, "secret = ", 2, "is not valid TOML (at "),
        (0o600, 'password = "secret"', 2, "'password' stands outside of a profile"),
        (0o600, '[a]\nlvie = true\npassword = "secret"', 2, "unknown setting 'lvie'. Did you mean 'live'?"),
        (0o600, '[a]\nlive = "yes"', 2, "live of the profile 'a' must be true or false."),
        (0o600, "[a]\npassword = 1", 2, "password of the profile 'a' must be a text in quotes."),
        (0o600, '[a]\nusername = "u"', 2, "needs either instance or base_url."),
        (0o600, '[a]\ninstance = "x"\nbase_url = "y"', 2, "needs either instance or base_url."),
        (0o600, '[a]\ninstance = "x"', 3, "needs a username."),
        (0o600, '[a]\ninstance = "x"\nusername = "u"', 3, "The profile a has no password"),
        (0o600, '[b]\ninstance = "x"\nusername = "u"', 2, "There is no profile 'a' in"),
        (0o600, '[a]\nbase_url = "http://x.example"\nusername = "u"\npassword = "secret"', 2, "unencrypted"),
    ],
)
def test_an_unsafe_or_invalid_file_is_refused(
    bare: Run, own_settings: Path, mode: int, content: str, status: int, sentence: str
) -> None:
    own_settings.write_text(content, encoding="utf-8")
    own_settings.chmod(mode)
    done = bare("customers", "count", "--profile", "a")
    assert (done.status, done.out) == (status, "")
    assert sentence in done.err
    assert "secret" not in done.err.replace("secrets", "")


def test_a_profile_is_added_and_listed_without_its_password(
    bare: Run, own_settings: Path, sandbox: LocalSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_settings = own_settings.parent / "new" / own_settings.name
    monkeypatch.setenv("CHARGEOVER_CONFIG", str(own_settings))
    added = bare(
        "profiles", "add", "test", "--base-url", sandbox.url, "--timezone", "Europe/Berlin",
        stdin=f"{sandbox.username}\n{sandbox.password}\n",
    )  # fmt: skip
    assert (added.status, added.out, added.err) == (0, "", f"Added test to {own_settings}.\n")
    assert stat.S_IMODE(own_settings.stat().st_mode) == 0o600
    assert stat.S_IMODE(own_settings.parent.stat().st_mode) == 0o700
    odd = 'a"\\b\x7f é'
    assert (
        bare("profiles", "add", "odd", "--instance", "acme", "--username", "u", "--live", stdin=f"{odd}\n").status == 0
    )
    assert bare("customers", "count", "--profile", "test").out == "0\n"
    listed = bare("profiles", "list", "--output", "json")
    assert json.loads(listed.out) == [
        {"name": "test", "address": sandbox.url, "username": sandbox.username, "live": False},
        {"name": "odd", "address": "https://acme.chargeover.com", "username": "u", "live": True},
    ]
    assert bare("profiles", "path").out == f"{own_settings}\n"
    again = bare("profiles", "add", "test", "--instance", "acme", "--username", "u", stdin="p\n")
    assert (again.status, "There is a profile 'test' already" in again.err) == (2, True)


def test_nothing_invalid_is_added(bare: Run, own_settings: Path) -> None:
    for words, sentence in (
        (("a b", "--instance", "acme", "--username", "u"), "A profile is named by letters"),
        (("a", "--instance", "acme.chargeover.com", "--username", "u"), "is not the name of an account"),
        (("a", "--instance", "acme", "--username", "u:v"), "must not contain a colon"),
        (("a", "--instance", "acme", "--username", "u", "--timezone", "Mars"), "is not a time zone"),
    ):
        done = bare("profiles", "add", *words, stdin="p\n")
        assert (done.status, sentence in done.err) == (2, True), done.err
    assert bare("profiles", "add", "a", "--instance", "acme", "--username", "u").status == 2
    assert not own_settings.exists()
    assert "There are no profiles in" in bare("profiles", "list").err


def test_what_is_missing_is_said_with_status_3(bare: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    done = bare("customers", "count")
    assert (done.status, "No account is set. Set CHARGEOVER_INSTANCE" in done.err) == (3, True)
    monkeypatch.setenv("CHARGEOVER_INSTANCE", "acme")
    assert "No username is set. Set CHARGEOVER_USERNAME" in bare("customers", "count").err
    monkeypatch.setenv("CHARGEOVER_USERNAME", "u")
    done = bare("customers", "count")
    assert (done.status, "No password is set. Set CHARGEOVER_PASSWORD" in done.err) == (3, True)


def test_a_password_on_the_command_line_is_warned_of_once(bare: Run, sandbox: LocalSandbox) -> None:
    words = ("--base-url", sandbox.url, "--username", sandbox.username, "--password", sandbox.password)
    done = bare("customers", "create", "--company", "Acme", *words)
    assert (done.status, done.out) == (0, "1\n")
    assert done.err.count("Warning: other users of this machine can see a password on the command line") == 1


def test_options_and_a_profile_exclude_each_other(bare: Run, file: Path) -> None:
    assert file.exists()
    done = bare("customers", "count", "--profile", "test", "--base-url", "http://127.0.0.1:1")
    assert (done.status, "leave out --base-url" in done.err) == (2, True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_refused(bare: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    os.chown(file, 1234, -1)
    done = bare("customers", "count", "--profile", "test")
    assert (done.status, "belongs to another user" in done.err) == (3, True)
