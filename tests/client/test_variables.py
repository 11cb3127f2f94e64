"""Options from the environment, headers and parameters of all requests, and when connections are opened."""

from pathlib import Path
from typing import Any

import pytest

from chargeover import AsyncChargeOver, ChargeOver, ClosedClientError, ConfigurationError, RequestOptions
from tests.support.internals import limiter_of, session_of
from tests.support.scripted import FakeTime, Script, no, perform, yes

GIVEN: dict[str, Any] = {"base_url": "https://acme.chargeover.com", "username": "u", "password": "p"}
PROXY = "http://proxy.example:3128"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("kind", [ChargeOver, AsyncChargeOver])
def test_each_option_that_can_be_a_text_may_come_from_the_environment(
    kind: type[ChargeOver], monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {
        "TIMEOUT": "5.5",
        "DEADLINE": "60",
        "MAX_RETRIES": "0",
        "REQUESTS_PER_SECOND": "0.5",
        "MAX_CONNECTIONS": "7",
        "MAX_RESPONSE_BYTES": "1000",
        "PROXY": PROXY,
        "USER_AGENT": "acme-sync/1.2",
        "LOG_BODIES": "yes",
        "TIMEZONE": "America/Chicago",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"CHARGEOVER_{name}", value)
    client = kind(**GIVEN)
    options, session = client._options, session_of(client)
    assert (options.timeout, options.deadline, options.max_retries) == (5.5, 60.0, 0)
    assert (session.largest_response, session.logs_bodies, str(session.zone)) == (1000, True, "America/Chicago")
    assert session.user_agent == "acme-sync/1.2"
    assert client._connections.max_connections == 7
    assert client._connections.proxy is not None
    assert client._connections.proxy.reveal() == PROXY
    limiter_of(client).turn(100)
    assert limiter_of(client).turn(100) == pytest.approx(2, abs=0.1)
    other = kind(**GIVEN, timeout=1, max_retries=2, log_bodies=False, timezone="UTC", max_connections=3)
    assert (other._options.timeout, other._options.max_retries) == (1, 2)
    assert (session_of(other).logs_bodies, str(session_of(other).zone)) == (False, "UTC")
    assert other._connections.max_connections == 3


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TIMEOUT", "soon", "CHARGEOVER_TIMEOUT='soon' must be a number of seconds"),
        ("TIMEOUT", "0", "CHARGEOVER_TIMEOUT=0.0 must be a finite number of seconds above 0"),
        ("DEADLINE", "nan", "CHARGEOVER_DEADLINE=nan must be a finite number"),
        ("MAX_RETRIES", "1.5", "CHARGEOVER_MAX_RETRIES='1.5' must be a whole number, 0 or more"),
        ("MAX_RETRIES", "-1", "must be a whole number, 0 or more"),
        ("MAX_CONNECTIONS", "0", "CHARGEOVER_MAX_CONNECTIONS=0 must be a whole number, 1 or more"),
        ("MAX_RESPONSE_BYTES", "64 MiB", "must be a whole number, 1 or more"),
        ("REQUESTS_PER_SECOND", "fast", "must be a number of requests"),
        ("LOG_BODIES", "maybe", "CHARGEOVER_LOG_BODIES='maybe' must be 1 or 0"),
        ("TIMEZONE", "Mars/Olympus", "is not a time zone that this machine knows"),
        ("USER_AGENT", "a\x01", "printable ASCII"),
        ("PROXY", "http://u:s3cret@[::1", "proxy is not a URL such as"),
    ],
)
def test_a_variable_that_is_wrong_is_named(name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"CHARGEOVER_{name}", value)
    with pytest.raises(ConfigurationError, match=words) as caught:
        ChargeOver(**GIVEN)
    assert "s3cret" not in str(caught.value)


def test_a_variable_for_connections_is_not_for_an_http_client_nor_a_proxy_for_plain_http(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHARGEOVER_PROXY", PROXY)
    monkeypatch.setenv("CHARGEOVER_MAX_CONNECTIONS", "5")
    assert ChargeOver(base_url="http://127.0.0.1:1", username="u", password="p")._connections.proxy is None
    assert perform("sync", Script([yes(1)]), lambda client: client.customers.count()) == 1


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_headers_and_parameters_of_all_requests(kind: Any) -> None:
    script = Script([no(503), yes(1)])
    options = RequestOptions(extra_headers={"X-B": "call"}, extra_query={"b": 3})
    defaults = {"default_headers": {"X-A": "client", "x-b": "client"}, "default_query": {"a": "1", "b": 2}}
    perform(kind, script, lambda client: client.customers.count(options=options), FakeTime(), **defaults)
    for request in script.requests:
        assert (request.headers["x-a"], request.headers["x-b"]) == ("client", "call")
        assert dict(request.url.params) == {"a": "1", "b": "3"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"default_headers": {"Authorization": "x"}}, "default_headers: Authorization is set by the client itself"),
        ({"default_headers": {"X": "a\nb"}}, "default_headers: the value of X must be printable"),
        ({"default_headers": "x"}, "default_headers must be of type Mapping"),
        ({"default_query": {"a": 1.5}}, "default_query: the value of a must be a text or a whole number"),
    ],
)
def test_what_they_cannot_be_is_said(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        ChargeOver(**GIVEN, **arguments)


def test_a_lookup_after_a_retry_has_the_parameters_of_all_requests() -> None:
    found = yes({"customer_id": 5, "external_key": "k", "company": "x"})
    script = Script([no(503), no(400), found])
    options = RequestOptions(extra_query={"b": 1})

    def create(client: Any) -> Any:
        return client.customers.create(company="x", external_key="k", options=options)

    assert perform("sync", script, create, FakeTime(), default_query={"a": 1}) == 5
    assert [dict(one.url.params) for one in script.requests] == [{"a": "1", "b": "1"}] * 2 + [{"a": "1"}]


async def test_a_client_that_was_closed_before_its_first_call_stays_closed() -> None:
    client = ChargeOver(**GIVEN)
    client.close()
    client.close()
    with pytest.raises(ClosedClientError):
        client.customers.count()
    client.close()
    async_client = AsyncChargeOver(**GIVEN)
    await async_client.close()
    with pytest.raises(ClosedClientError):
        await async_client.customers.count()
    await async_client.close()


def test_certificates_that_cannot_be_loaded_are_refused_when_the_client_is_built(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "none.pem"
    for content in (None, "not a certificate"):
        if content:
            file.write_text(content)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
            ChargeOver(**GIVEN)
