import math
from pathlib import Path

import pytest

from chargeover import AsyncChargeOver, ChargeOver, ConfigurationError
from chargeover._http.connections import _checked as checked
from chargeover._settings.connections import Connections
from chargeover._settings.secrets import Secret

GOOD = {"base_url": "https://acme.chargeover.com", "username": "u", "password": "p"}


def build(**changes: object) -> ChargeOver:
    arguments = {**GOOD, **changes}
    return ChargeOver(**{name: value for name, value in arguments.items() if value is not ...})  # type: ignore[arg-type]


def test_an_instance_is_the_first_label_of_the_host_name() -> None:
    assert build(base_url=..., instance="acme").base_url == "https://acme.chargeover.com"


def test_everything_can_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARGEOVER_INSTANCE", "acme")
    monkeypatch.setenv("CHARGEOVER_USERNAME", "u")
    monkeypatch.setenv("CHARGEOVER_PASSWORD", "p")
    assert ChargeOver().base_url == "https://acme.chargeover.com"


def test_the_environment_is_read_when_the_client_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARGEOVER_BASE_URL", "http://127.0.0.1:1")
    first = ChargeOver(username="u", password="p")
    monkeypatch.setenv("CHARGEOVER_BASE_URL", "http://127.0.0.1:2")
    assert (first.base_url, ChargeOver(username="u", password="p").base_url) == (
        "http://127.0.0.1:1",
        "http://127.0.0.1:2",
    )


def test_an_argument_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARGEOVER_INSTANCE", "other")
    assert build().base_url == "https://acme.chargeover.com"


@pytest.mark.parametrize(
    "base_url",
    [
        "http://127.0.0.1:8080",
        "http://127.9.9.9",
        "http://localhost:8080/prefix/",
        "http://[::1]:8080",
        "http://sandbox.localhost",
        "https://billing.example.net/v",
    ],
)
def test_these_addresses_are_accepted(base_url: str) -> None:
    assert build(base_url=base_url).base_url == base_url.rstrip("/")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"base_url": "http://acme.chargeover.com"}, "unencrypted", id="plain http"),
        pytest.param({"base_url": "http://127.0.0.1.example.net"}, "unencrypted", id="looks like loopback"),
        pytest.param({"base_url": "http://localhost.example.net"}, "unencrypted", id="looks like localhost"),
        pytest.param({"base_url": "http://0.0.0.0:8080"}, "unencrypted", id="any address"),
        pytest.param({"base_url": "ftp://acme.chargeover.com"}, "is not a URL such as", id="ftp"),
        pytest.param({"base_url": "acme.chargeover.com"}, "is not a URL such as", id="no scheme"),
        pytest.param({"base_url": "https://acme.chargeover.com:99999"}, "is not a URL such as", id="no such port"),
        pytest.param({"base_url": "https://[::1"}, "is not a URL such as", id="no such host"),
        pytest.param({"base_url": "https://acme.chargeover.com:0"}, "is not a URL such as", id="port 0"),
        pytest.param({"base_url": "https://acme..chargeover.com"}, "is not a URL such as", id="empty label"),
        pytest.param({"base_url": "https://.chargeover.com"}, "is not a URL such as", id="empty first label"),
        pytest.param({"base_url": "https://acme.chargeover.com.."}, "is not a URL such as", id="two dots at the end"),
        pytest.param({"base_url": f"https://{'a' * 64}.example"}, "is not a URL such as", id="label of 64"),
        pytest.param({"base_url": f"https://{'a.' * 127}example"}, "is not a URL such as", id="host of over 253"),
        pytest.param({"base_url": "https://-acme.example"}, "is not a URL such as", id="hyphen first"),
        pytest.param({"base_url": "https://xn--%00.example"}, "is not a URL such as", id="null byte in a label"),
        pytest.param({"base_url": "https://acme.example\0"}, "is not a URL such as", id="null byte"),
        pytest.param({"base_url": "https://*.example"}, "is not a URL such as", id="star"),
        pytest.param({"base_url": "https://[::1%lo].[::1]"}, "is not a URL such as", id="two addresses"),
        pytest.param({"base_url": ..., "instance": "a" * 64}, "first label", id="instance of 64"),
        pytest.param({"base_url": "https://acme.chargeover.com?x=1"}, "must end before", id="query"),
        pytest.param({"base_url": ""}, "is not a URL such as", id="empty"),
        pytest.param({"instance": "acme"}, "Set one of them", id="both"),
        pytest.param({"base_url": ...}, "No account is set", id="neither"),
        pytest.param({"base_url": ..., "instance": "acme.chargeover.com"}, "first label", id="host for instance"),
        pytest.param({"base_url": ..., "instance": "acme/../x"}, "first label", id="path in instance"),
        pytest.param({"base_url": ..., "instance": "acme\n"}, "first label", id="line break in instance"),
        pytest.param({"username": ...}, "CHARGEOVER_USERNAME", id="no username"),
        pytest.param({"password": ""}, "CHARGEOVER_PASSWORD", id="empty password"),
        pytest.param({"username": "a:b"}, "colon", id="colon in username"),
        pytest.param({"password": "\ud800secret"}, "Unicode", id="surrogate in password"),
        pytest.param({"base_url": "https://acme.chargeover.com/api/v3/"}, "must end before /api/v3", id="too long"),
        pytest.param({"password": b"x"}, "password must be a string, not a value of type bytes", id="bytes"),
        pytest.param({"username": 5}, "username must be a string", id="number for username"),
        pytest.param({"base_url": 5}, "base_url must be a string", id="number for base_url"),
        pytest.param({"base_url": ..., "instance": 5}, "instance must be a string", id="number for instance"),
        pytest.param({"base_url": " https://acme.chargeover.com"}, "is not a URL such as", id="space before"),
        pytest.param({"base_url": "http://127.0.0.1\n:80"}, "is not a URL such as", id="line break"),
        pytest.param({"base_url": "https://acme.chargeover.com/?"}, "must end before", id="empty query"),
        pytest.param({"base_url": "https://acme.chargeover.com/#"}, "must end before", id="empty fragment"),
        pytest.param({"base_url": "https://exa\u2024mple.com"}, "is not a URL such as", id="odd host"),
        pytest.param({"base_url": "https://" + "a" * 70_000}, "is not a URL such as", id="long"),
        pytest.param({"base_url": "https://acme.example\\@127.0.0.1"}, "credentials", id="backslash"),
        pytest.param({"timeout": 10**400}, "too large a number", id="a very long time"),
        pytest.param({"timeout": "5"}, "must be a finite number", id="text for timeout"),
        pytest.param({"timeout": 0}, "must be a finite number", id="no time"),
        pytest.param({"timeout": math.inf}, "must be a finite number", id="all the time"),
        pytest.param({"timeout": math.nan}, "must be a finite number", id="not a number"),
        pytest.param({"timeout": True}, "must be a finite number", id="a flag"),
    ],
)
def test_these_settings_are_refused_with_what_would_be_right(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        build(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "https://user:s3cret@acme.chargeover.com"},
        {"base_url": "https://user:s3cret@acme.chargeover.com:99999"},
        {"base_url": "https://user:s3cret@[::1"},
        {"base_url": "user:s3cret@acme.chargeover.com"},
        {"base_url": ..., "instance": "user:s3cret@acme"},
        {"password": "\ud800s3cret"},
        {"password": b"s3cret"},
        {"password": "s3cret", "timeout": 0},
    ],
    ids=str,
)
def test_a_refusal_repeats_no_secret(changes: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        build(**changes)
    error: BaseException | None = caught.value
    while error is not None:
        assert "s3cret" not in f"{error} {error!r} {vars(error)} {getattr(error, 'object', '')}"
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.chargeover.com.",
        f"https://{'a' * 63}.example",
        "https://münchen.example",
        "https://a_b.example:65535",
        "https://192.0.2.1",
        "https://[2001:db8::1]:8443",
        "http://[::1]:8080",
        "https://[fe80::1%25lo]",
    ],
)
def test_these_addresses_are_fine(url: str) -> None:
    assert build(base_url=url).base_url == url


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARGEOVER_INSTANCE", "")
    monkeypatch.setenv("CHARGEOVER_BASE_URL", "http://127.0.0.1:1")
    assert ChargeOver(username="u", password="p").base_url == "http://127.0.0.1:1"


def test_no_secret_is_shown_by_repr() -> None:
    client = build(password="s3cret")
    assert "s3cret" not in repr(client)
    assert repr(client) == "ChargeOver(base_url='https://acme.chargeover.com')"


@pytest.fixture
def nothing_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chargeover._settings.plain_http._warned", set[str]())


@pytest.mark.parametrize("kind", [ChargeOver, AsyncChargeOver])
@pytest.mark.usefixtures("nothing_warned")
def test_plain_http_to_another_machine_needs_a_word_and_warns_once_for_each_address(
    kind: type[ChargeOver | AsyncChargeOver], monkeypatch: pytest.MonkeyPatch
) -> None:
    def build_at(url: str, allow: bool | None = None) -> str:
        return kind(base_url=url, username="u", password="s3cret", allow_plain_http=allow).base_url  # line A

    with pytest.raises(ConfigurationError, match=r"unencrypted.*CHARGEOVER_ALLOW_PLAIN_HTTP=1"):
        build_at("http://sandbox:8080")
    with pytest.warns(UserWarning, match=r"to http://sandbox:8080 unencrypted") as caught:
        assert build_at("http://sandbox:8080/", allow=True) == "http://sandbox:8080"
    (warning,) = caught
    line = Path(warning.filename).read_text(encoding="utf-8").splitlines()[warning.lineno - 1]
    assert line.endswith("# line A")
    assert "s3cret" not in str(warning.message)
    monkeypatch.setenv("CHARGEOVER_ALLOW_PLAIN_HTTP", "1")
    assert build_at("http://sandbox:8080")  # a second warning would be an error
    with pytest.warns(UserWarning, match=r"http://192\.0\.2\.7"):
        build_at("http://192.0.2.7")
    with pytest.raises(ConfigurationError, match="unencrypted"):
        build_at("http://sandbox:8080", allow=False)
    build_at("http://127.0.0.1:8080")
    build_at("https://acme.chargeover.com")


@pytest.mark.parametrize(
    "host", ["acme.chargeover.com", "ACME.ChargeOver.com", "acme.chargeover.com.", "chargeover.com"]
)
def test_the_service_is_never_spoken_to_unencrypted(host: str) -> None:
    with pytest.raises(ConfigurationError, match="the only scheme of ChargeOver"):
        build(base_url=f"http://{host}", allow_plain_http=True)


def test_plain_http_is_allowed_by_yes_or_no_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="allow_plain_http must be of type bool, not str"):
        build(allow_plain_http="yes")
    for text, wrong in (("0", "unencrypted"), ("False", "unencrypted"), ("", "unencrypted"), ("maybe", "1 or 0")):
        monkeypatch.setenv("CHARGEOVER_ALLOW_PLAIN_HTTP", text)
        with pytest.raises(ConfigurationError, match=wrong):
            build(base_url="http://sandbox:8080")


@pytest.mark.parametrize("url", ["http://sandbox:8080", "http://192.0.2.7"])
def test_no_proxy_carries_plain_http(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for scheme, is_used in (("http", False), ("https", True)):
        connections = Connections(url=url.replace("http", scheme), max_connections=None, proxy=None, ssl_context=None)
        assert (checked(connections)[1] is not None) == is_used
    with pytest.raises(ConfigurationError, match="A proxy for plain http would carry the password unencrypted"):
        Connections(url=url, max_connections=None, proxy=Secret("http://127.0.0.1:9"), ssl_context=None)
