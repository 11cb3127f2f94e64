"""Pools of connections: how many, shared by whom, closed by whom; proxies and certificates."""

import base64
import ssl
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from chargeover import APIConnectionError, AsyncChargeOver, ChargeOver, ClosedClientError, ConfigurationError
from tests.support.certificates import Certificate, make_certificate
from tests.support.counting import CountingSandbox
from tests.support.http import TRUST
from tests.support.https import http_proxy, https_server

PASSWORD = "only-for-chargeover"
PAIR = base64.b64encode(f"u:{PASSWORD}".encode())


@pytest.fixture
def counting() -> Generator[CountingSandbox]:
    with CountingSandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(autouse=True)
def no_proxies_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "all_proxy", "no_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def client_of(sandbox: CountingSandbox, **arguments: Any) -> ChargeOver:
    return ChargeOver(base_url=sandbox.url, username="sandbox", password="sandbox", **arguments)


def secure_client(url: str, **arguments: Any) -> ChargeOver:
    return ChargeOver(base_url=url, username="u", password=PASSWORD, max_retries=0, **arguments)


def test_one_connection_serves_calls_that_follow_one_another(counting: CountingSandbox) -> None:
    with client_of(counting) as client:
        for _ in range(5):
            client.customers.create(company="Acme")
    assert len(counting.used) == 1
    assert counting.is_left_alone()


def test_a_client_made_by_with_options_uses_the_same_connections(counting: CountingSandbox) -> None:
    with client_of(counting) as client:
        client.customers.create(company="Acme")
        client.with_options(timeout=5).customers.get(1)
        client.with_options(timeout=5).with_options(max_retries=0).customers.get(1)
        client.customers.with_raw_response.get(1)
    assert len(counting.used) == 1


def test_closing_it_leaves_the_connections_to_the_one_it_came_from(counting: CountingSandbox) -> None:
    with client_of(counting) as client:
        with client.with_options(timeout=5) as derived:
            derived.customers.create(company="Acme")
        derived.close()
        assert client.customers.get(1).company == derived.customers.get(1).company == "Acme"
        assert len(counting.used) == 1
    with pytest.raises(ClosedClientError):
        derived.customers.get(1)


async def test_the_same_holds_for_asyncio(counting: CountingSandbox) -> None:
    async with AsyncChargeOver(base_url=counting.url, username="sandbox", password="sandbox") as client:
        async with client.with_options(timeout=5) as derived:
            await derived.customers.create(company="Acme")
        assert (await client.customers.get(1)).company == "Acme"
        assert len(counting.used) == 1
    with pytest.raises(ClosedClientError):
        await derived.customers.get(1)


def test_there_are_never_more_connections_than_allowed(counting: CountingSandbox) -> None:
    with client_of(counting, max_connections=3) as client, ThreadPoolExecutor(20) as pool:
        ids = list(pool.map(lambda number: client.customers.create(company=f"{number}"), range(200)))
    assert len(set(ids)) == 200
    assert counting.most <= 3


def test_a_client_that_the_caller_brought_is_used_and_not_closed(counting: CountingSandbox) -> None:
    seen: list[httpx2.Request] = []
    with httpx2.Client(
        trust_env=False,
        event_hooks={"request": [seen.append]},
        headers={"X-Own": "1", "Authorization": "Basic b3RoZXI6b3RoZXI="},
        auth=("other", "other"),
        cookies={"a": "b"},
        params={"a": "b"},
        base_url="http://127.0.0.1:1/elsewhere",
        timeout=0.000001,
    ) as http:
        with client_of(counting, http_client=http) as client:
            assert client.customers.create(company="Acme") == 1
        assert not http.is_closed
        assert http.get(counting.url, timeout=5).status_code == 401
    assert [name for name in seen[0].headers if name in {"x-own", "cookie"}] == []
    assert seen[0].url == f"{counting.url}/api/v3/customer"


async def test_an_async_client_that_the_caller_brought(counting: CountingSandbox) -> None:
    async with httpx2.AsyncClient(trust_env=False) as http:
        arguments = {"base_url": counting.url, "username": "sandbox", "password": "sandbox"}
        async with AsyncChargeOver(http_client=http, **arguments) as client:  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            assert await client.customers.create(company="Acme") == 1
        assert not http.is_closed


@pytest.mark.parametrize("wrong", [httpx2.AsyncClient, object, dict])
def test_a_client_of_another_kind_is_refused(wrong: Any) -> None:
    with pytest.raises(ConfigurationError, match=f"must be an httpx2.Client, not {wrong.__name__}"):
        secure_client("https://acme.chargeover.com", http_client=wrong())


def test_asyncio_needs_an_async_client() -> None:
    with (
        httpx2.Client() as http,
        pytest.raises(ConfigurationError, match=r"must be an httpx2\.AsyncClient, not Client"),
    ):
        AsyncChargeOver(base_url="https://acme.chargeover.com", username="u", password="p", http_client=http)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "also",
    [{"max_connections": 5}, {"proxy": "http://127.0.0.1:1"}, {"ssl_context": ssl.create_default_context()}],
    ids=lambda also: next(iter(also)),
)
def test_what_such_a_client_decides_itself_cannot_be_set_beside_it(also: dict[str, Any]) -> None:
    with (
        httpx2.Client() as http,
        pytest.raises(ConfigurationError, match=f"{next(iter(also))} and http_client are both"),
    ):
        secure_client("https://acme.chargeover.com", http_client=http, **also)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"max_connections": 0}, "max_connections=0 must be a whole number, 1 or more"),
        ({"max_connections": "5"}, "whole number"),
        ({"max_response_bytes": 0}, "max_response_bytes=0 must be a whole number, 1 or more"),
        ({"max_response_bytes": 1.5}, "whole number"),
        ({"requests_per_second": 0}, "requests_per_second=0 must be a finite number of requests above 0"),
        ({"user_agent": "a\r\nb"}, "user_agent must be printable ASCII text"),
        ({"user_agent": ""}, "user_agent must be printable ASCII text"),
        ({"user_agent": 5}, "user_agent must be printable ASCII text"),
        ({"ssl_context": "ca.pem"}, "ssl_context must be of type SSLContext, not str"),
        ({"ssl_context": False}, "ssl_context must be of type SSLContext, not bool"),
        ({"proxy": 5}, "proxy must be a string, not a value of type int"),
        ({"proxy": ""}, "proxy is not a URL such as"),
        ({"proxy": "127.0.0.1:1"}, "proxy is not a URL such as"),
        ({"proxy": "http://"}, "proxy is not a URL such as"),
        ({"proxy": "ftp://u:s3cret@127.0.0.1"}, "proxy is not a URL such as"),
        ({"proxy": "http://u:s3cret@127.0.0.1:99999"}, "proxy is not a URL such as"),
        ({"proxy": "http://u:s3cret@[::1"}, "proxy is not a URL such as"),
        ({"proxy": "http://u:s3cret@127.0.0.1:0"}, "proxy is not a URL such as"),
        ({"proxy": "http://u:s3cret@proxy..example:1"}, "proxy is not a URL such as"),
        ({"proxy": f"http://u:s3cret@{'a' * 64}.example:1"}, "proxy is not a URL such as"),
        ({"proxy": "http://u:s3cret@xn--%00.example:1"}, "proxy is not a URL such as"),
        ({"proxy": "http://u:s3cret@127.0.0.1\0:1"}, "proxy is not a URL such as"),
        ({"proxy": "socks5://u:s3cret@127.0.0.1:1"}, "A SOCKS proxy needs the package socksio"),
        ({"base_url": "http://127.0.0.1:1", "proxy": "http://127.0.0.1:2"}, "would carry the password unencrypted"),
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", [ChargeOver, AsyncChargeOver])
def test_these_are_refused(kind: Any, arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words) as caught:
        kind(**{"base_url": "https://acme.chargeover.com", "username": "u", "password": "p", **arguments})
    assert "s3cret" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("address", ["ftp://u:s3cret@127.0.0.1", "u:s3cret@127.0.0.1:99999", "http://u:s3cret@a..b"])
@pytest.mark.parametrize("kind", [ChargeOver, AsyncChargeOver])
def test_an_invalid_proxy_of_the_environment_is_refused_without_its_password(
    kind: Any, name: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, address)
    with pytest.raises(ConfigurationError, match="A proxy of the environment") as caught:
        kind(base_url="https://acme.chargeover.com", username="u", password="p", ssl_context=TRUST)
    assert "s3cret" not in str(caught.value)


def test_certificates_of_the_environment_that_are_not_there_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        secure_client("https://acme.chargeover.com")


def test_an_unknown_authority_is_not_trusted(certificate: Certificate) -> None:
    with https_server(certificate.shown()) as (url, received), secure_client(url) as client:
        with pytest.raises(APIConnectionError, match="certificate verify failed") as caught:
            client.customers.get(7)
        assert caught.value.was_sent is False
    assert received == []


def test_an_ssl_context_can_trust_an_authority_of_its_own(certificate: Certificate) -> None:
    with (
        https_server(certificate.shown()) as (url, received),
        secure_client(url, ssl_context=certificate.trusted()) as client,
    ):
        assert client.customers.get(7).customer_id == 7
    assert PAIR in received[0]


async def test_an_ssl_context_for_asyncio(certificate: Certificate) -> None:
    context = certificate.trusted()
    with https_server(certificate.shown()) as (url, _):
        async with AsyncChargeOver(base_url=url, username="u", password="p", ssl_context=context) as client:
            assert (await client.customers.get(7)).customer_id == 7


def test_an_ssl_context_can_show_a_certificate_of_the_client(certificate: Certificate) -> None:
    with https_server(certificate.shown(clients_too=True)) as (url, _):
        context = certificate.trusted()
        with secure_client(url, ssl_context=context) as client, pytest.raises(APIConnectionError):
            client.customers.get(7)
        context = certificate.trusted()
        context.load_cert_chain(certificate.file, certificate.key)
        with secure_client(url, ssl_context=context) as client:
            assert client.customers.get(7).customer_id == 7


def test_a_proxy_sees_its_own_password_and_nothing_of_the_call(certificate: Certificate) -> None:
    with https_server(certificate.shown()) as (url, received), http_proxy() as (proxy, seen):
        arguments: dict[str, Any] = {"ssl_context": certificate.trusted(), "proxy": f"http://p:proxy-password@{proxy}"}
        with secure_client(url, **arguments) as client:
            assert client.customers.get(7).customer_id == 7
    assert len(received) == 1
    assert seen[0].startswith(b"CONNECT localhost:")
    assert b"Basic " + base64.b64encode(b"p:proxy-password") in seen[0]
    assert PAIR not in b"".join(seen)


def test_a_proxy_of_the_environment_is_used_for_https(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    with https_server(certificate.shown()) as (url, _), http_proxy() as (proxy, seen):
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy}")
        with secure_client(url, ssl_context=certificate.trusted()) as client:
            client.customers.get(7)
        assert len(seen) > 1
        seen.clear()
        monkeypatch.setenv("NO_PROXY", "localhost")
        with secure_client(url, ssl_context=certificate.trusted()) as client:
            client.customers.get(7)
        assert seen == []


def test_a_proxy_that_is_not_there_was_never_sent_anything() -> None:
    client = secure_client("https://localhost:1", proxy="http://p:proxy-password@127.0.0.1:1")
    with client, pytest.raises(APIConnectionError) as caught:
        client.customers.update(1, company="x")
    assert caught.value.was_sent is False
    assert "proxy-password" not in f"{caught.value} {caught.value!r} {caught.value.__cause__!r}"
