"""How the contract suite reaches a server: through proxies, private authorities and rate limits."""

import itertools
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from chargeover_contract.network import UnusableProxyError, environment_for_requests, proxy_for
from chargeover_contract.rate_limit import Waits
from chargeover_contract.server import UnusableServerError, the_server
from chargeover_sandbox import LocalSandbox
from tests.suite.proxy import Replacement, proxy
from tests.suite.running import CASES, read_only, suite
from tests.support.certificates import Certificate, make_certificate
from tests.support.http import connect, create
from tests.support.https import http_proxy, https_front

QUICK = [
    CASES,
    "-k",
    "(behind and 404) or (test_edge and bulk and request) or stranger_changes or parent_can_only or dict_does",
]
"""Rows of the tables, cases of several requests, and the model; not Schemathesis."""
SCHEMATHESIS = [f"{CASES}/test_schemathesis.py"]
SETTINGS = {"CONTRACT_EXAMPLES": "1", "CONTRACT_PHASES": "examples"}
KINDS = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return make_certificate(tmp_path)


@pytest.fixture(
    params=["read-only", *(pytest.param(name, marks=pytest.mark.long) for name in ("quick", "schemathesis"))]
)
def run(request: pytest.FixtureRequest) -> Run:
    """A run of one part, with a URL and variables."""
    if request.param == "read-only":
        return read_only
    arguments = QUICK if request.param == "quick" else SCHEMATHESIS
    return lambda url, **settings: suite(url, *arguments, **SETTINGS, **settings)


def test_no_proxy_sees_a_request_to_this_machine(sandbox: LocalSandbox, run: Run) -> None:
    with http_proxy() as (address, seen):
        done = run(sandbox.url, **dict.fromkeys(KINDS, f"http://{address}"))
    assert done.returncode == 0, done.stdout
    assert seen == []
    assert len(sandbox.journal) > 3


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_a_private_authority_is_trusted(
    sandbox: LocalSandbox, certificate: Certificate, tmp_path: Path, run: Run, name: str
) -> None:
    value = certificate.file
    if name == "SSL_CERT_DIR":
        value = tmp_path / "authorities"
        value.mkdir()
        shutil.copy(certificate.file, value)
        subprocess.run(["openssl", "rehash", value], check=True)
    with https_front(certificate.shown(), sandbox.url) as port:
        done = run(f"https://localhost:{port}", **{name: str(value)})
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(sandbox.journal) > 3


def test_an_unknown_authority_is_one_sentence(sandbox: LocalSandbox, certificate: Certificate) -> None:
    with https_front(certificate.shown(), sandbox.url) as port:
        done = read_only(f"https://localhost:{port}")
    assert done.returncode == 2
    beginning = f"The certificate of https://localhost:{port} is not trusted; SSL_CERT_FILE can name its authority: "
    assert done.stderr.startswith(beginning)
    assert done.stderr.count("\n") == 1


def test_https_goes_through_the_proxy_of_the_environment(certificate: Certificate, run: Run) -> None:
    with (
        LocalSandbox(allow_hosts=["chargeover.test"]) as sandbox,
        https_front(certificate.shown(), sandbox.url) as port,
        http_proxy() as (address, seen),
    ):
        url = f"https://chargeover.test:{port}"  # only the proxy knows where that is
        done = run(url, SSL_CERT_FILE=str(certificate.file), HTTPS_PROXY=f"http://user:pass%20word@{address}")
    assert done.returncode == 0, done.stdout + done.stderr
    heads = [part for part in seen if part.startswith(b"CONNECT ")]
    assert heads
    assert all(b"\r\nProxy-Authorization: Basic dXNlcjpwYXNzIHdvcmQ=\r\n" in head for head in heads)
    assert not [part for part in seen if b"\r\nAuthorization:" in part or b"/api/v3" in part]


@pytest.mark.parametrize(
    ("url", "variables", "proxy"),
    [
        ("https://a.example", {"https_proxy": "http://p.example:1"}, "http://p.example:1"),
        ("https://a.example", {"HTTPS_PROXY": "p.example:1"}, "http://p.example:1"),
        ("https://a.example", {"ALL_PROXY": "http://p.example"}, "http://p.example"),
        ("https://a.example", {"HTTP_PROXY": "http://p.example:1"}, None),
        ("https://a.example", {"HTTPS_PROXY": "http://p.example:1", "NO_PROXY": "b.example,.example"}, None),
        ("https://a.example:8", {"HTTPS_PROXY": "http://p.example:1", "NO_PROXY": "a.example:8"}, None),
        ("http://a.example", {"ALL_PROXY": "http://p.example:1", "HTTP_PROXY": "http://p.example:1"}, None),
        ("https://localhost:8", {"HTTPS_PROXY": "http://p.example:1"}, None),
        ("https://127.3.2.1", {"HTTPS_PROXY": "http://p.example:1"}, None),
        ("https://[::1]:8", {"ALL_PROXY": "http://p.example:1"}, None),
    ],
)
def test_a_proxy_is_for_https_to_other_machines(
    monkeypatch: pytest.MonkeyPatch, url: str, variables: dict[str, str], proxy: str | None
) -> None:
    set_proxies(monkeypatch, variables)
    assert proxy_for(url) == proxy


@pytest.mark.parametrize(
    "named", ["socks5://u:s3cret@p.example:1", "https://p.example", "http://", "p.example:x", "p:70000"]
)
def test_a_proxy_that_cannot_be_used_is_one_sentence(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    set_proxies(monkeypatch, {"HTTPS_PROXY": named})
    with pytest.raises(UnusableProxyError) as caught:
        proxy_for("https://a.example")
    assert "s3cret" not in str(caught.value)
    variables = {"CONTRACT_BASE_URL": "https://a.example", "CHARGEOVER_USERNAME": "u", "CHARGEOVER_PASSWORD": "p"}
    with pytest.raises(UnusableServerError, match="HTTPS_PROXY or ALL_PROXY"), the_server(variables):
        pass


def set_proxies(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
    for name in (*KINDS, "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def test_several_places_of_certificates_become_one_file(
    monkeypatch: pytest.MonkeyPatch, certificate: Certificate, tmp_path: Path
) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "0a1b2c3d.0").write_text(folder.name)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    monkeypatch.setenv("SSL_CERT_DIR", ":".join(map(str, folders)))
    bundle = Path(environment_for_requests(None, tmp_path)["REQUESTS_CA_BUNDLE"]).read_text()
    assert bundle == f"{certificate.file.read_text()}\none\ntwo"


_LIMITED = json.dumps({"code": 429, "status": "Error", "message": "Slow down.", "details": {}, "response": False})


def test_a_rate_limit_is_waited_out(sandbox: LocalSandbox, run: Run) -> None:
    numbers, answered = itertools.count(1), list[int]()

    def limited(method: str, path: str) -> Replacement | None:
        if next(numbers) % 10:
            return None
        answered.append(429)
        return Replacement(429, {"Content-Type": "application/json", "Retry-After": "1"}, _LIMITED.encode())

    with connect(sandbox.url) as http:
        customer_id = create(http, bill_city="Berlin", custom_1="text")
    with proxy(sandbox.url, limited) as url:
        done = run(url, CUSTOMER_ID=str(customer_id), YES="1")  # for read-only, which would be done too soon
    assert done.returncode == 0, done.stdout + done.stderr
    assert answered


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"retry-after": "30"}, [30, 30, 30]),
        ({"retry-after": "0"}, [1] * 100),
        ({}, [1] * 100),
        ({"retry-after": "soon"}, [1] * 100),
        ({"retry-after": "3600"}, []),
        ({"date": "Mon, 01 Jan 2024 00:00:00 GMT", "retry-after": "Mon, 01 Jan 2024 00:00:40 GMT"}, [40, 40]),
    ],
)
def test_a_request_waits_as_it_is_asked_to_but_not_for_ever(headers: dict[str, str], waited: list[float]) -> None:
    seconds: list[float] = []
    waits = Waits(seconds.append)
    while waits.wait(headers):
        pass
    assert seconds == waited
