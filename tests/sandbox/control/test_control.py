"""The control as a whole: its document, its faces, what is open to all, and how it is switched off."""

import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
import yaml
from openapi_spec_validator import validate

from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LocalSandbox, RemoteSandbox
from chargeover_sandbox.serving.command import run
from tests.support.http import CUSTOMER, connect, connect_anonymously, create, refused
from tests.support.servers import json_server

CONTROL = Path(__file__).parents[3] / "sandbox" / "chargeover_sandbox" / "control" / "openapi.yaml"


def test_the_document_is_valid_and_served_to_all(sandbox: LocalSandbox) -> None:
    with connect_anonymously(sandbox.url) as anonymous:
        response = anonymous.get("/_sandbox/openapi.yaml")
        assert (response.status_code, response.headers["content-type"]) == (200, "application/yaml")
        assert response.text == CONTROL.read_text(encoding="utf-8")
        assert anonymous.head("/_sandbox/openapi.yaml").content == b""
        refused(anonymous.post("/_sandbox/openapi.yaml"), 401)
    document = yaml.safe_load(response.text)
    validate(document)
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                assert operation["summary"], path
                # Whatever the application may say is documented, as a response that is not would be a 500.
                needed = {"405"} if operation.get("security") == [] else {"401", "405"}
                needed |= {"415", "400"} if "requestBody" in operation else set()
                assert operation["responses"].keys() >= needed, (path, method)


@pytest.mark.parametrize("path", ["/_sandbox/health", "/_sandbox/ready"])
def test_health_and_readiness_are_open_to_all(sandbox: LocalSandbox, path: str) -> None:
    with connect_anonymously(sandbox.url) as anonymous:
        for headers in ({}, {"Host": "10.1.2.3:8080"}, {"Origin": "http://evil.example"}):
            response = anonymous.get(path, headers=headers)
            assert (response.status_code, response.json()["response"]) == (200, True)
            assert response.headers["cache-control"] == "no-store"
        assert anonymous.head(path).status_code == 200
        assert "Allowed: GET, HEAD" in refused(anonymous.post(path), 405)


def test_it_is_not_ready_if_one_of_its_accounts_cannot_be_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with LocalSandbox(tmp_path / "sandbox.db") as sandbox, connect_anonymously(sandbox.url) as http:
        sandbox.accounts.add("one", "secret")
        assert http.get("/_sandbox/ready").status_code == 200
        for file in tmp_path.glob("sandbox.db.one-*"):
            file.unlink()
        assert "The account one cannot use its database" in refused(http.get("/_sandbox/ready"), 503)
        assert http.get("/_sandbox/health").status_code == 200
    caplog.clear()


def test_it_is_switched_off() -> None:
    with sandbox_process("--no-control") as process, connect(process.url) as http:
        for path in ("health", "ready"):
            assert http.get(f"/_sandbox/{path}").status_code == 200
        for method, path in (("POST", "reset"), ("GET", "journal"), ("GET", "openapi.yaml"), ("POST", "faults")):
            response = http.request(method, f"/_sandbox/{path}", json={} if method == "POST" else None)
            assert refused(response, 400).startswith(f"There is no endpoint /_sandbox/{path}.")
        create(http)
        with connect_anonymously(process.url) as anonymous:
            refused(anonymous.get("/_sandbox/journal"), 401)


@pytest.mark.parametrize(("limit", "period"), [("2/second", 1), ("2/minute", 60), ("2/hour", 3600)])
def test_a_rate_limit_is_kept(limit: str, period: int) -> None:
    with LocalSandbox(rate_limit=limit) as sandbox, connect(sandbox.url) as http:
        statuses = [http.get(CUSTOMER).status_code for _ in range(3)]
        response = http.get(CUSTOMER)
        assert statuses == [200, 200, 429]
        assert f"The limit is {limit}; try again in" in refused(response, 429)
        assert 0 < int(response.headers["retry-after"]) <= period
        refusals = sandbox.journal.filter(status=429)
        assert {(one.verdict, one.fault, one.carried_out) for one in refusals} == {
            ("valid", f"rate limit {limit}", False)
        }
        # Each account has its own, and a reset begins anew. The control has none.
        other = sandbox.accounts.add("one", "secret")
        with connect(sandbox.url, "one", "secret") as their:
            assert their.get(CUSTOMER).status_code == 200
        assert len(other.journal) == 1
        sandbox.reset()
        assert http.get(CUSTOMER).status_code == 200


def test_the_command_has_a_rate_limit_too() -> None:
    with sandbox_process("--rate-limit", "1/hour") as process, connect(process.url) as http:
        assert [http.get(CUSTOMER).status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize(
    "limit", ["", "100", "0/minute", "-1/minute", "100/day", "1.5/second", "100 / minute", "9999999/hour"]
)
def test_a_limit_that_is_not_one_is_refused(limit: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="a rate limit is such as 10/second"):
        LocalSandbox(rate_limit=limit)
    with pytest.raises(SystemExit, match="2"):
        run([f"--rate-limit={limit}"])
    assert "a rate limit is such as 10/second" in capsys.readouterr().err


def test_the_refusals_of_a_remote_sandbox() -> None:
    for url in ("127.0.0.1:8080", "ftp://x", "http://", ""):
        with pytest.raises(ValueError, match="the URL of a sandbox is such as"):
            RemoteSandbox(url)
    with pytest.raises(ConnectionError, match=r"The sandbox at http://127\.0\.0\.1:9 does not respond"):
        RemoteSandbox("http://127.0.0.1:9").reset()
    with json_server(lambda path, body: 1 / 0) as url, pytest.raises(ConnectionError, match="does not respond"):
        RemoteSandbox(url).reset()
    with (
        json_server(lambda path, body: None, dumps=lambda envelope: "<html>") as url,
        pytest.raises(RuntimeError, match="does not respond as a sandbox does: HTTP 200, b'<html>'"),
    ):
        RemoteSandbox(url).reset()
    with pytest.raises(RuntimeError, match="is not running"):
        LocalSandbox().reset()


def test_a_remote_sandbox_may_be_under_a_path() -> None:
    seen: list[str] = []
    with json_server(lambda path, body: seen.append(path)) as url:
        RemoteSandbox(f"{url}/prefix/").reset()
    assert seen == ["/prefix/_sandbox/reset"]


def test_a_remote_sandbox_needs_the_standard_library_only() -> None:
    code = (
        "import sys; from chargeover_sandbox import RemoteSandbox, Exchange, Fault; RemoteSandbox('http://x');"
        "print(*{name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(CONTROL.parents[2])!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) <= {"__main__", "chargeover_sandbox"}


def test_what_was_probably_meant(http: httpx2.Client) -> None:
    for method, path, sent, words in (
        ("GET", "/customers", None, "There is no endpoint /customers. Did you mean /api/v3/customer?"),
        ("GET", "/api/v3/customers", None, '{"hint":"Did you mean /api/v3/customer?"}'),
        ("PUT", "/api/v3/customers/5", {}, "Did you mean /api/v3/customer/5?"),
        ("GET", "/api/v2/customer/5", None, "Did you mean /api/v3/customer/5?"),
        ("GET", "/customer/external_key:k", None, "Did you mean /api/v3/customer/external_key:k?"),
        ("GET", "/api/v3/customer/", None, "Did you mean /api/v3/customer?"),
        ("GET", "/_sandbox/fault", None, "Did you mean /_sandbox/faults?"),
        ("POST", CUSTOMER, {"compny": "Acme"}, "compny: there is no such field; did you mean company?"),
        ("GET", f"{CUSTOMER}?where=compny:EQUALS:x", None, "did you mean company?"),
        ("GET", f"{CUSTOMER}?order=compny:ASC", None, "did you mean company?"),
    ):
        response = http.request(method, path, json=sent)
        refused(response, 400)
        assert words in response.text, (path, response.text)
    for method, path, unknown in (
        ("GET", "/api/v3/invoice/7", None),
        ("GET", "/", None),
        ("GET", "/zzz", None),
        ("POST", CUSTOMER, {"zzz": 1}),
        ("POST", CUSTOMER, {"x" * 10_000: 1}),
    ):
        response = http.request(method, path, json=unknown)
        refused(response, 400)
        assert "did you mean" not in response.text.lower(), (path, response.text)
