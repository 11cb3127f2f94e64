"""What stands in front of the sandbox's API: the interactive reference at /docs, and pages of other origins."""

import importlib.util
import json
import re
import socket
import subprocess
import sys
from collections.abc import Generator

import httpx2
import pytest

from chargeover_contract.openapi import DOCUMENT, PATH, operations
from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LocalSandbox
from tests.support.http import CUSTOMER, connect_anonymously, refused

PAGE = "http://127.0.0.1:8000"
FILES = {
    "swagger-ui.js": "text/javascript; charset=utf-8",
    "swagger-ui.css": "text/css; charset=utf-8",
    "reference.js": "text/javascript; charset=utf-8",
    "reference.css": "text/css; charset=utf-8",
    "openapi.yaml": "application/yaml",
}
PREFLIGHT = {
    "Origin": PAGE,
    "Access-Control-Request-Method": "PUT",
    "Access-Control-Request-Headers": "authorization,content-type",
    "Access-Control-Request-Private-Network": "true",
}


@pytest.fixture
def anonymous(sandbox: LocalSandbox) -> Generator[httpx2.Client]:
    with connect_anonymously(sandbox.url) as http:
        yield http


@pytest.fixture(scope="module")
def opened() -> Generator[httpx2.Client]:
    """A sandbox that pages of one origin may use."""
    with LocalSandbox(allow_origins=[PAGE]) as sandbox, connect_anonymously(sandbox.url) as http:
        yield http


def embedded(page: str, name: str) -> object:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_reference_needs_no_credentials(anonymous: httpx2.Client) -> None:
    answer = anonymous.get("/docs")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    for name, kind in FILES.items():
        file = anonymous.get(f"/docs/{name}")
        assert (file.status_code, file.headers["content-type"]) == (200, kind), name
        assert len(file.content) > 500
    # The page asks for these, and for nothing from elsewhere.
    asked = set(re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]*)"', answer.text)) - {"data:,"}
    assert asked == {f"docs/{name}" for name in FILES if name != "openapi.yaml"}


def test_it_shows_the_document_with_every_parameter_in_its_operation(anonymous: httpx2.Client) -> None:
    assert anonymous.get("/docs/openapi.yaml").content == PATH.read_bytes()
    shown = embedded(anonymous.get("/docs").text, "document")
    assert isinstance(shown, dict)
    assert {**shown, "paths": {}} == {**DOCUMENT, "paths": {}}
    for method, path, operation in operations():
        found = shown["paths"][path][method.lower()]
        assert {**found, "parameters": []} == {**operation, "parameters": []}
        in_path = [one["name"] for one in found["parameters"] if one["in"] == "path"]
        assert in_path == re.findall(r"\{(\w+)\}", path)


def test_a_slash_at_the_end_leads_to_the_page(anonymous: httpx2.Client) -> None:
    answer = anonymous.get("/docs/")
    assert answer.status_code == 307
    assert answer.next_request is not None
    assert answer.next_request.url.path == "/docs"


def test_head_answers_as_get_without_a_body(anonymous: httpx2.Client) -> None:
    for path in ("/docs", "/docs/reference.js"):
        head, get = anonymous.head(path), anonymous.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(get.content))


@pytest.mark.parametrize(
    "path",
    [
        "/docs/nothing.js",
        "/docs/../openapi.yaml",
        "/docs/%2e%2e/openapi.yaml",
        "/docs/..%2f..%2fpyproject.toml",
        "/docs//etc/passwd",
        "/docs/swagger-ui.js/",
        "/docs/page.html",
        "/docs/__init__.py",
    ],
)
def test_there_are_no_other_files(sandbox: LocalSandbox, path: str) -> None:
    host, port = sandbox.url.removeprefix("http://").split(":")
    # By hand: a client would tidy the path up.
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 404 "), answer
    assert answer.endswith(b"There is no such file. The reference is at /docs.\n")


@pytest.mark.parametrize("path", ["/docsx", "/doc", "/api/docs", "/Docs"])
def test_other_paths_are_the_apis(http: httpx2.Client, anonymous: httpx2.Client, path: str) -> None:
    refused(anonymous.get(path), 401)
    refused(http.get(path), 400)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_the_apis(http: httpx2.Client, anonymous: httpx2.Client, method: str) -> None:
    refused(anonymous.request(method, "/docs"), 401)
    refused(http.request(method, "/docs"), 400)


def test_it_is_not_an_exchange_of_the_code_under_test(sandbox: LocalSandbox, anonymous: httpx2.Client) -> None:
    anonymous.get("/docs")
    assert list(sandbox.journal) == []


def test_the_default_credentials_are_filled_in_and_others_never(anonymous: httpx2.Client) -> None:
    settings = embedded(anonymous.get("/docs").text, "settings")
    assert settings == {"server": None, "username": "sandbox", "password": "sandbox"}
    with LocalSandbox(username="ann", password="s3cret") as sandbox:
        page = httpx2.get(f"{sandbox.url}/docs", trust_env=False).text
    assert embedded(page, "settings") == {"server": None, "username": None, "password": None}
    assert "s3cret" not in page


def test_without_its_extra_the_path_is_as_unknown_as_any(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "offapi" else real(name))
    with LocalSandbox() as sandbox, connect_anonymously(sandbox.url) as http:
        for path in ("/docs", "/docs/", "/docs/reference.js"):
            refused(http.get(path), 401)
            refused(http.get(path, auth=("sandbox", "sandbox")), 400)


def test_nothing_of_it_is_imported_before_it_is_asked_for() -> None:
    code = "import sys, chargeover_sandbox.serving.command; print([name for name in sys.modules if 'offapi' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_an_allowed_page_may_ask_and_read(opened: httpx2.Client) -> None:
    before = opened.options(f"{CUSTOMER}/1", headers=PREFLIGHT)
    assert before.status_code == 200
    assert before.headers["access-control-allow-origin"] == PAGE
    assert "PUT" in before.headers["access-control-allow-methods"]
    assert before.headers["access-control-allow-private-network"] == "true"
    assert "access-control-allow-credentials" not in before.headers
    answer = opened.post(CUSTOMER, json={"company": "Acme"}, headers={"Origin": PAGE}, auth=("sandbox", "sandbox"))
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (201, PAGE)
    assert "Location" in answer.headers["access-control-expose-headers"]
    assert "Origin" in answer.headers["vary"]
    # A refusal must be readable as well.
    assert opened.get(CUSTOMER, headers={"Origin": PAGE}).headers["access-control-allow-origin"] == PAGE


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8001", "http://127.0.0.1", "https://127.0.0.1:8000", "null"])
def test_no_other_page_may(opened: httpx2.Client, origin: str) -> None:
    before = opened.options(f"{CUSTOMER}/1", headers={**PREFLIGHT, "Origin": origin})
    after = opened.get(CUSTOMER, headers={"Origin": origin}, auth=("sandbox", "sandbox"))
    refused(before, 401)
    assert [name for answer in (before, after) for name in answer.headers if name.startswith("access-control")] == []


def test_without_the_option_no_page_may(anonymous: httpx2.Client) -> None:
    refused(anonymous.options(f"{CUSTOMER}/1", headers=PREFLIGHT), 401)
    answer = anonymous.get(CUSTOMER, headers={"Origin": PAGE}, auth=("sandbox", "sandbox"))
    assert [name for name in answer.headers if name.startswith("access-control")] == []


@pytest.mark.parametrize(
    "text", ["*", "null", "127.0.0.1:8000", "http://127.0.0.1:8000/", "http://x/y", "ftp://x", "http://u@x", ""]
)
def test_an_invalid_origin_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="an origin is a scheme"):
        LocalSandbox(allow_origins=[text])
    done = subprocess.run(
        [sys.executable, "-m", "chargeover_sandbox", f"--allow-origin={text}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "an origin is a scheme" in done.stderr) == (2, True)


def test_the_command_takes_several_origins() -> None:
    with sandbox_process("--allow-origin", PAGE, "--allow-origin", "http://[::1]:8000") as sandbox:
        for origin in (PAGE, "http://[::1]:8000"):
            answer = httpx2.get(f"{sandbox.url}{CUSTOMER}", headers={"Origin": origin}, trust_env=False)
            assert answer.headers["access-control-allow-origin"] == origin
