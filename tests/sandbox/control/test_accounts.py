"""Several credentials on one sandbox, each with data, faults and a journal of its own."""

import base64
import json
from pathlib import Path

import httpx2
import pytest

from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LocalSandbox, RemoteSandbox
from tests.support.http import CUSTOMER, connect, connect_anonymously, count, create, read, refused


@pytest.fixture
def own(sandbox: LocalSandbox) -> LocalSandbox:
    """A sandbox without other accounts."""
    for username in sandbox.accounts.list()[1:]:
        sandbox.accounts.remove(username)
    return sandbox


def test_each_has_data_faults_and_a_journal_of_its_own(own: LocalSandbox, http: httpx2.Client) -> None:
    other = own.accounts.add("worker-1", "secret")
    assert isinstance(other, RemoteSandbox)
    assert (other.url, other.username, other.password) == (own.url, "worker-1", "secret")
    with connect(own.url, "worker-1", "secret") as their:
        create(http, company="Mine")
        assert count(their) == 0
        assert create(their, company="Theirs") == 1
        assert read(http, 1)["company"] == "Mine"
        other.faults.add(status=503)
        assert (their.get(CUSTOMER).status_code, http.get(CUSTOMER).status_code) == (503, 200)
        assert [exchange.status for exchange in other.journal] == [200, 201, 503]
        assert [exchange.status for exchange in own.journal] == [201, 200, 200]
        own.reset()
        assert (count(http), len(other.faults.list()), len(other.journal)) == (0, 1, 3)
        other.reset()
        assert count(their) == 0


def test_they_are_listed_and_removed(own: LocalSandbox) -> None:
    own.accounts.add("b/ö ?", "p:w")
    assert own.accounts.list() == ["sandbox", "b/ö ?"]
    with connect(own.url, "b/ö ?", "p:w") as http:
        assert count(http) == 0
        own.accounts.remove("b/ö ?")
        assert own.accounts.list() == ["sandbox"]
        refused(http.get(CUSTOMER), 401)
    for username, words in (("b/ö ?", "There is no account b/ö ?."), ("sandbox", "first account cannot be removed")):
        with pytest.raises(ValueError) as refusal:  # noqa: PT011  the next line looks at the words
            own.accounts.remove(username)
        assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("username", "password", "words"),
    [
        ("sandbox", "x", "There is an account sandbox already"),
        ("", "x", "username"),
        ("x", "", "password"),
        ("a:b", "x", "must not contain a colon"),
        ("x" * 201, "x", "username"),
    ],
)
def test_one_that_cannot_be_is_refused(own: LocalSandbox, username: str, password: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        own.accounts.add(username, password)
    assert own.accounts.list() == ["sandbox"]


def test_a_refusal_does_not_show_a_password(http: httpx2.Client, own: LocalSandbox) -> None:
    for password in ("hush" * 60, 1234567, ["1234567"]):
        response = http.post("/_sandbox/accounts", json={"username": "one", "password": password})
        assert "password: the value" in refused(response, 400)
        assert "hush" not in response.text
        assert "1234567" not in response.text
    assert own.accounts.list() == ["sandbox"]


def test_only_the_first_account_manages_others(own: LocalSandbox) -> None:
    one = own.accounts.add("one", "p")
    for act in (one.accounts.list, lambda: one.accounts.add("two", "p"), lambda: one.accounts.remove("one")):
        with pytest.raises(ValueError, match=r"Only the first account, sandbox, manages accounts\."):
            act()
    assert own.accounts.list() == ["sandbox", "one"]


def test_credentials_of_two_accounts_do_not_mix(own: LocalSandbox) -> None:
    own.accounts.add("one", "secret")
    for username, password in (
        ("one", "sandbox"),
        ("sandbox", "secret"),
        ("one", ""),
        ("none", "secret"),
        ("ONE", "secret"),
    ):
        with connect(own.url, username, password) as http:
            refused(http.get(CUSTOMER), 401)
            refused(http.get("/_sandbox/journal"), 401)
    with connect_anonymously(own.url) as anonymous:
        for header in ("", "Basic", "Basic !", "Basic /w==", "Bearer x", "ChargeOver co_public_key="):
            refused(anonymous.get(CUSTOMER, headers={"Authorization": header}), 401)


def test_they_come_back_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.db"
    names = ["one", "../../two", "ONE", "x" * 190]
    with LocalSandbox(file) as sandbox:
        for name in names:
            sandbox.accounts.add(name, f"secret-{name}")
            with connect(sandbox.url, name, f"secret-{name}") as http:
                create(http, company=name)
    # All of it is beside the file, and no other user can read the passwords.
    assert {path.parent for path in tmp_path.rglob("*")} == {tmp_path}
    assert (tmp_path / "sandbox.db.accounts").stat().st_mode & 0o077 == 0
    with LocalSandbox(file) as sandbox:
        assert sandbox.accounts.list() == ["sandbox", *names]
        for name in names:
            with connect(sandbox.url, name, f"secret-{name}") as http:
                assert read(http, 1)["company"] == name
        for name in names:
            sandbox.accounts.remove(name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sandbox.db", "sandbox.db.accounts"]


def test_the_command_keeps_them_too(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.db"
    with sandbox_process("--database", str(file), "--lenient") as process:
        RemoteSandbox(process.url).accounts.add("one", "secret")
    with (
        sandbox_process("--database", str(file), "--lenient") as process,
        connect(process.url, "one", "secret") as http,
    ):
        create(http)
        # The settings are those of the sandbox.
        assert http.put(f"{CUSTOMER}/1", json={"terms_id": "7"}).status_code == 202


@pytest.mark.parametrize("content", ["{", "[]", '{"a": 1}'])
def test_a_list_that_cannot_be_read_stops_it_at_the_start(tmp_path: Path, content: str) -> None:
    file = tmp_path / "sandbox.db"
    (tmp_path / "sandbox.db.accounts").write_text(content)
    with pytest.raises(Exception, match=r"sandbox\.db\.accounts"), LocalSandbox(file):
        pass
    assert (tmp_path / "sandbox.db.accounts").read_text() == content


def test_a_sandbox_with_another_first_account_keeps_the_list(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.db"
    with LocalSandbox(file) as sandbox:
        sandbox.accounts.add("one", "secret")
    with LocalSandbox(file, username="one", password="other") as sandbox:
        assert sandbox.accounts.list() == ["one"]
    with LocalSandbox(file) as sandbox:
        assert sandbox.accounts.list() == ["sandbox", "one"]


def test_the_header_of_older_clients_names_an_account_too() -> None:
    with LocalSandbox(lenient=True) as sandbox, connect_anonymously(sandbox.url) as http:
        sandbox.accounts.add("one", "secret")
        header = 'ChargeOver co_public_key="one" co_nonce="1" co_timestamp="1" co_signature="no"'
        http.get(CUSTOMER, headers={"Authorization": header})
        assert json.loads(RemoteSandbox(sandbox.url, "one", "secret").journal[-1].response)["code"] == 401


def test_the_user_name_is_read_as_it_is_checked(own: LocalSandbox) -> None:
    own.accounts.add("one", "secret")
    pair = base64.b64encode(b"one:secret").decode()
    with connect_anonymously(own.url) as http:
        for header in (f"basic {pair}", f"BASIC  {pair}"):
            status = http.get(CUSTOMER, headers={"Authorization": header}).status_code
            assert (header, status) == (header, 200)
