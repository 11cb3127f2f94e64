"""What web pages cannot do to a sandbox, under which names it is served, and the health check, open to all."""

import socket
import subprocess
import sys
from collections.abc import Generator

import httpx2
import pytest

from chargeover import ChargeOver
from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LocalSandbox
from tests.support.http import CUSTOMER, connect, connect_anonymously, count, create, refused

HEALTH = "/_sandbox/health"
PAGE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def named() -> Generator[httpx2.Client]:
    """A sandbox with a name of its own, and one origin whose pages may use it."""
    with (
        LocalSandbox(allow_hosts=["billing", "192.168.7.7", "fd00::7"], allow_origins=[PAGE]) as sandbox,
        connect(sandbox.url) as http,
    ):
        yield http


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LocalHost:1",
        "localhost.",
        "acme.localhost",
        "127.0.0.1:9",
        "127.8.8.8",
        "[::1]",
        "[::1]:80",
        "billing",
        "BILLING:8080",
        "192.168.7.7",
        "[fd00::7]:8080",
    ],
)
def test_it_is_served_under_loopback_names_and_those_that_were_allowed(named: httpx2.Client, host: str) -> None:
    for path in (CUSTOMER, "/docs", "/docs/reference.js"):
        assert named.get(path, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example:8080", 421),
        ("notlocalhost", 421),
        ("billing.example", 421),
        ("10.0.0.1", 421),
        ("[fe80::1]", 421),
        ("1.2.3", 421),
        ("", 400),
        ("a b", 400),
        ("127.0.0.1:8080:9090", 400),
        ("user@localhost", 400),
        ("[::1", 400),
        ("localhost/", 400),
        ("x" * 10_000 + "!", 400),
    ],
)
def test_it_is_served_under_no_other_name(named: httpx2.Client, host: str, status: int) -> None:
    before = count(named)
    for method, path in (("GET", CUSTOMER), ("POST", CUSTOMER), ("GET", "/docs"), ("POST", "/_sandbox/reset")):
        response = named.request(method, path, headers={"Host": host}, json={"company": "x"})
        assert len(refused(response, status)) < 400
        assert '"password"' not in response.text  # as the page at /docs has it
    assert count(named) == before


@pytest.mark.parametrize(
    ("hosts", "version", "status"),
    [
        (["localhost", "evil.example"], "1.1", 400),
        (["localhost", "localhost"], "1.1", 400),
        ([], "1.1", 400),
        ([], "1.0", 200),
        (["evil.example"], "1.0", 421),
    ],
    ids=str,
)
def test_a_request_has_one_host(named: httpx2.Client, hosts: list[str], version: str, status: int) -> None:
    lines = [f"GET {CUSTOMER} HTTP/{version}", "Authorization: Basic c2FuZGJveDpzYW5kYm94", "Connection: close"]
    lines += [f"Host: {host}" for host in hosts]
    address = (named.base_url.host, named.base_url.port or 80)
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        with connection.makefile("rb") as file:
            assert file.readline().split()[1] == b"%d" % status


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example", "Sec-Fetch-Mode": "no-cors"},
    ],
    ids=str,
)
def test_a_page_of_another_origin_cannot_use_its_own_endpoints(named: httpx2.Client, headers: dict[str, str]) -> None:
    child = create(named, parent_customer_id=create(named))
    for path, body in (("reset", {}), ("payments", {"customer_id": child, "paid_by": child - 1}), ("x", {})):
        assert "another origin" in refused(named.post(f"/_sandbox/{path}", json=body, headers=headers), 403)
    assert named.put(f"{CUSTOMER}/{child}", json={"parent_customer_id": None}).status_code == 202


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_a_form_cannot_use_its_own_endpoints(named: httpx2.Client, content_type: str | None) -> None:
    create(named)
    headers = {"Content-Type": content_type} if content_type else {}
    for path in ("reset", "payments"):
        for content in (b"", b"{}", b'{"customer_id":1,"paid_by":1}'):
            response = named.post(f"/_sandbox/{path}", content=content, headers=headers)
            assert "must be application/json" in refused(response, 415)
    assert count(named) > 0


def test_a_page_that_may_and_the_reference_itself_use_them(named: httpx2.Client) -> None:
    for origin, site in ((PAGE, "same-site"), (str(named.base_url).rstrip("/"), "same-origin")):
        create(named)
        headers = {"Origin": origin, "Sec-Fetch-Site": site}
        assert named.post("/_sandbox/reset", json={}, headers=headers).status_code == 200
        assert count(named) == 0


@pytest.mark.parametrize("path", [HEALTH, "/_sandbox/ready"])
def test_health_and_readiness_need_no_credentials_and_no_name(named: httpx2.Client, path: str) -> None:
    with connect_anonymously(str(named.base_url)) as anonymous:
        for headers in ({}, {"Host": "10.1.2.3:8080"}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "none"}):
            response = anonymous.get(path, headers=headers)
            assert (response.status_code, response.json()["response"]) == (200, True)
            assert response.headers["cache-control"] == "no-store"
        head = anonymous.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(anonymous.get(path).content))
        for method in ("POST", "PUT", "DELETE"):
            response = anonymous.request(method, path)
            assert (response.headers["allow"], "Allowed: GET, HEAD" in refused(response, 405)) == ("GET, HEAD", True)
        refused(anonymous.get(f"{path}/"), 401)


def test_the_command_takes_several_names_and_serves_under_its_address() -> None:
    with sandbox_process("--host", "0.0.0.0", "--allow-host", "one", "--allow-host", "two") as sandbox:
        for host, status in (("one", 401), ("two:8080", 401), ("127.0.0.1", 401), ("three", 421), ("0.0.0.0", 401)):
            response = httpx2.get(f"{sandbox.url}{CUSTOMER}", headers={"Host": host}, trust_env=False)
            assert (host, response.status_code) == (host, status)
        log = sandbox.log()
        # 0.0.0.0 leads to this machine, and is not a loopback name: what the name of a container is elsewhere.
        url = sandbox.url.replace("127.0.0.1", "0.0.0.0")
        with (
            pytest.warns(UserWarning, match=f"{url} unencrypted"),
            ChargeOver(base_url=url, username="sandbox", password="sandbox", allow_plain_http=True) as client,
        ):
            assert client.customers.create(company="Acme") == 1
    assert "Other machines can reach this sandbox: it listens on every address of this machine" in log
    assert "Its password is the default" in log
    assert "under one, two; --allow-host NAME adds a name" in log
    assert "CHARGEOVER_ALLOW_PLAIN_HTTP=1" in log


def test_on_loopback_the_command_says_nothing_of_other_machines() -> None:
    with sandbox_process("--host", "localhost") as sandbox:
        assert "Other machines" not in sandbox.log()


@pytest.mark.parametrize("text", ["", "a b", "http://x", "x:8080", "x/y", "*"])
def test_a_name_that_is_not_valid_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a host is a name"):
        LocalSandbox(allow_hosts=[text])
    done = subprocess.run(
        [sys.executable, "-m", "chargeover_sandbox", f"--allow-host={text}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "a host is a name" in done.stderr) == (2, True)
