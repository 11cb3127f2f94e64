"""The sandbox's page at /: how it is served, to whom, and what keeps it safe. tests/website has it in a browser."""

import json
import re
import socket
from collections.abc import Generator
from importlib.resources import files

import httpx2
import pytest

from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LocalSandbox
from tests.support.http import CUSTOMER, connect, connect_anonymously, count, create, refused

FOLDER = files("chargeover_sandbox.serving.page")
FILES = sorted(file.name for file in FOLDER.iterdir() if file.name.endswith((".js", ".css")))
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def anonymous(sandbox: LocalSandbox) -> Generator[httpx2.Client]:
    with connect_anonymously(sandbox.url) as http:
        yield http


def settings_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="settings">(.*?)</script>', page, re.DOTALL)
    assert found
    settings: dict[str, object] = json.loads(found[1])
    return settings


def test_it_is_served_without_credentials_and_sets_nothing(anonymous: httpx2.Client) -> None:
    for headers in (BROWSER, {}):
        response = anonymous.get("/", headers=headers)
        assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "ChargeOver sandbox" in response.text
        assert "set-cookie" not in response.headers
        assert response.headers["cache-control"] == "no-store"
        head = anonymous.head("/", headers=headers)
        assert (head.status_code, head.content) == (200, b"")


def test_a_browser_that_remembers_credentials_gets_it_too(http: httpx2.Client) -> None:
    assert http.get("/", headers=BROWSER).headers["content-type"] == "text/html; charset=utf-8"


def test_to_a_program_with_credentials_the_path_is_as_unknown_as_any(http: httpx2.Client) -> None:
    assert refused(http.get("/"), 400) == "There is no endpoint /."
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        refused(http.request(method, "/", headers=BROWSER), 400)
        with connect_anonymously(str(http.base_url)) as anonymous:
            refused(anonymous.request(method, "/", headers=BROWSER), 401)


def test_its_policy_allows_its_own_files_only_and_no_html_from_a_script(anonymous: httpx2.Client) -> None:
    for path in ("/", "/_sandbox/page/main.js", "/_sandbox/page/nothing"):
        headers = anonymous.get(path).headers
        parts = [part.strip().partition(" ") for part in headers["content-security-policy"].split(";")]
        assert {name: value for name, _, value in parts} == {
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self'",
            "img-src": "data:",
            "connect-src": "'self'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": "'none'",
            "require-trusted-types-for": "'script'",
            "trusted-types": "'none'",
        }
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"


def test_every_file_is_served_and_asks_for_nothing_from_elsewhere(anonymous: httpx2.Client) -> None:
    assert {"main.js", "page.css"} <= set(FILES)
    page = anonymous.get("/").text
    asked = set(re.findall(r'(?:src|href)="(?!#|data:)([^"]+)"', page))
    assert asked == {"_sandbox/page/page.css", "_sandbox/page/main.js"}  # relative, so that a path before them works
    assert re.findall(r"<script(?![^>]* src=)([^>]*)>", page) == [' type="application/json" id="settings"']
    assert not re.search(r'style="|\son\w+="|javascript:', page)
    for name in FILES:
        response = anonymous.get(f"/_sandbox/page/{name}")
        kind = {"js": "text/javascript", "css": "text/css"}[name.rsplit(".")[1]]
        assert (response.status_code, response.headers["content-type"]) == (200, f"{kind}; charset=utf-8")
        assert response.content == FOLDER.joinpath(name).read_bytes()
        imported = re.findall(r'^import .*? from "\./([^"]+)"|^import (.*)', response.text, re.MULTILINE)
        assert {place for place, _ in imported} <= {*FILES}
        assert not re.search(
            r"url\(|@import|innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(", response.text
        )


@pytest.mark.parametrize("name", ["", "nothing.js", "__init__.py", "page.html", "../openapi.yaml", "%2e%2e/journal"])
def test_there_are_no_other_files(sandbox: LocalSandbox, name: str) -> None:
    host, port = sandbox.url.removeprefix("http://").split(":")
    # By hand: a client would tidy the path up.
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        request = f"GET /_sandbox/page/{name} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        with connection.makefile("rb") as file:
            answer = file.read()
    assert answer.startswith(b"HTTP/1.1 404 "), answer
    assert answer.endswith(b"There is no such file.\n")


def test_the_default_credentials_are_filled_in_and_others_never(anonymous: httpx2.Client) -> None:
    settings = settings_of(anonymous.get("/").text)
    assert (settings["username"], settings["password"], settings["reference"]) == ("sandbox", "sandbox", "docs")
    assert {"list_customers", "update_customer"} <= set(settings["operations"])  # type: ignore[call-overload]
    assert CUSTOMER in settings["paths"]  # type: ignore[operator]
    with LocalSandbox(username="ann", password="s3cret") as sandbox:
        text = httpx2.get(f"{sandbox.url}/", trust_env=False).text
    assert (settings_of(text)["username"], settings_of(text)["password"]) == (None, None)
    assert "s3cret" not in text


def test_without_the_reference_it_has_no_link_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chargeover_sandbox.serving.reference.Reference.is_installed", False)
    with LocalSandbox() as sandbox, connect_anonymously(sandbox.url) as http:
        assert settings_of(http.get("/").text)["reference"] is None


def test_no_control_switches_it_off_and_says_so() -> None:
    with sandbox_process("--no-control") as process, connect_anonymously(process.url) as anonymous:
        for headers in (BROWSER, {}):
            response = anonymous.get("/", headers=headers)
            assert (response.status_code, response.headers["content-type"]) == (404, "text/plain; charset=utf-8")
            assert response.text == "The sandbox was started with --no-control, which switches this page off.\n"
        refused(anonymous.get("/_sandbox/page/main.js"), 401)
        with connect(process.url) as http:
            refused(http.get("/_sandbox/page/main.js"), 400)
            refused(http.get("/_sandbox/customers"), 400)


def test_it_is_served_under_the_allowed_names_only() -> None:
    with LocalSandbox(allow_hosts=["billing"]) as sandbox, connect_anonymously(sandbox.url) as http:
        for path in ("/", "/_sandbox/page/main.js"):
            assert http.get(path, headers={"Host": "billing:8080"}).status_code == 200
            refused(http.get(path, headers={"Host": "evil.example"}), 421)


def test_its_own_requests_pass_and_those_of_other_pages_do_not(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    create(http)
    own = {"Origin": sandbox.url, "Sec-Fetch-Site": "same-origin"}
    for path in ("customers", "customers/1", "journal", "faults", "snapshots", "clock", "webhooks", "accounts"):
        assert http.get(f"/_sandbox/{path}", headers=own).status_code == 200
        for foreign in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
            refused(http.get(f"/_sandbox/{path}", headers=foreign), 403)
        with connect_anonymously(sandbox.url) as anonymous:
            refused(anonymous.get(f"/_sandbox/{path}", headers=own), 401)
    bodies = {"reset": "{}", "faults": '{"status":503}', "seed": '{"customers":[]}', "clock": '{"move":1}'}
    for path, sent in bodies.items():
        refused(http.post(f"/_sandbox/{path}", content=sent, headers={"Content-Type": "text/plain"}), 415)
        foreign = {"Origin": "http://evil.example", "Content-Type": "application/json"}
        refused(http.post(f"/_sandbox/{path}", content=sent, headers=foreign), 403)
    assert (count(http), sandbox.faults.list()) == (1, [])


def test_it_leaves_no_trace_in_the_journal(sandbox: LocalSandbox, anonymous: httpx2.Client) -> None:
    for path in ("/", "/_sandbox/page/main.js"):
        anonymous.get(path)
    assert list(sandbox.journal) == []
