"""The contract suite's own logic: what it reports of a server that is incomplete, wrong or unreachable."""

from collections.abc import Iterator

import httpx2
import pytest

from chargeover_contract.coverage import Coverage
from chargeover_contract.document import OPERATIONS, operation_at, violations
from chargeover_contract.edges import all_cases
from chargeover_contract.edges.case import Subject
from chargeover_contract.operations import probe
from chargeover_contract.server import Server, UnusableServerError, the_server
from chargeover_sandbox import LocalSandbox
from tests.suite.proxy import proxy_without
from tests.suite.running import CASES, suite

JSON = {"content-type": "application/json"}
RIGHT = b'{"code": 200, "status": "OK", "message": "", "details": {}, "response": 2}'


def is_count_or_bulk(method: str, path: str) -> bool:
    return "/_count" in path or "/_bulk" in path


def test_missing_operations_are_found_once_and_reported(sandbox: LocalSandbox) -> None:
    with proxy_without(sandbox.url, is_count_or_bulk) as url, Server(url, "sandbox", "sandbox").client() as http:
        missing = probe(http)
    assert set(missing.reasons) == {"count_customers", "bulk"}
    assert missing.first_of("a count", "get_customer", "count_customers") == "count_customers"
    assert missing.first_of("a page", "list_customers") is None
    assert list(missing.lines()) == [
        "the server has no count_customers (it answered 404 to GET /api/v3/customer/_count): skipped a count",
        "the server has no bulk (it answered 404 to POST /api/v3/_bulk): skipped nothing else",
    ]


def test_a_server_that_lacks_nothing_is_left_as_it_was(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    assert not probe(http).reasons
    assert http.get("/api/v3/customer").json()["response"] == []


def test_a_server_without_creations_can_show_none_of_its_customers(sandbox: LocalSandbox) -> None:
    with (
        proxy_without(sandbox.url, lambda method, path: (method, path) == ("POST", "/api/v3/customer")) as url,
        Server(url, "sandbox", "sandbox").client() as http,
    ):
        missing = probe(http)
    assert "list_customers" not in missing
    assert {"create_customer", "get_customer", "delete_customer"} <= missing.reasons.keys()


@pytest.mark.long
@pytest.mark.parametrize(("settings", "status"), [({}, 1), ({"CONTRACT_ALLOW_MISSING": "1"}, 0)], ids=["strict", "lax"])
def test_a_run_skips_what_is_missing_and_fails_with_one_list(
    sandbox: LocalSandbox, settings: dict[str, str], status: int
) -> None:
    arguments = [CASES, "-k", "bulk_of_26 or 26_requests or (test_edge and 26) or has_every_operation"]
    with proxy_without(sandbox.url, is_count_or_bulk) as url:
        done = suite(url, *arguments, **settings)
    assert done.returncode == status, done.stdout
    assert "the server has no bulk (it answered 404 to POST /api/v3/_bulk): skipped test_edge[" in done.stdout


@pytest.mark.long
def test_a_foreign_server_is_not_asked_for_what_only_our_sandbox_decides(sandbox: LocalSandbox) -> None:
    done = suite(sandbox.url, f"{CASES}/test_model.py", "-k", "dict", CONTRACT_EXAMPLES="8", CONTRACT_SEEDS="5")
    assert done.returncode == 0, done.stdout
    assert not [one for one in sandbox.journal if one.path.startswith("/_sandbox")]
    with Server(sandbox.url, "sandbox", "sandbox").client() as http:
        # It has deleted what it made.
        assert http.get("/api/v3/customer/_count").json()["response"] == 0


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"CONTRACT_BASE_URL": "http://127.0.0.1:9"}, "set CHARGEOVER_USERNAME"),
        (
            {"CONTRACT_BASE_URL": "http://127.0.0.1:9", "CHARGEOVER_USERNAME": "u", "CHARGEOVER_PASSWORD": "p"},
            "answers",
        ),
        ({"CONTRACT_SANDBOX": "--bug no-such-bug"}, "our sandbox does not start"),
    ],
    ids=["no credentials", "no server", "no sandbox"],
)
def test_one_sentence_where_there_is_nothing_to_test(environment: dict[str, str], words: str) -> None:
    with pytest.raises(UnusableServerError, match=words), the_server(environment):
        pass


def test_wrong_credentials_are_one_sentence_too(sandbox: LocalSandbox) -> None:
    environment = {"CONTRACT_BASE_URL": sandbox.url, "CHARGEOVER_USERNAME": "sandbox", "CHARGEOVER_PASSWORD": "wr0ng"}
    with pytest.raises(UnusableServerError, match="refuses the credentials of 'sandbox'"), the_server(environment):
        pass


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("GET", "/api/v3/customer?limit=1", "list_customers"),
        ("GET", "/api/v3/customer/_count?where=x", "count_customers"),
        ("GET", "/api/v3/customer/7", "get_customer"),
        ("GET", "/api/v3/customer/token:x", "get_customer_by_token"),
        ("PUT", "/api/v3/customer/external_key:a%2Fb", "update_customer_by_external_key"),
        ("POST", "/api/v3/customer/7/_action/disconnectParent", "disconnect_parent"),
    ],
)
def test_a_path_is_that_of_the_operation_that_says_more(method: str, path: str, operation: str) -> None:
    found = operation_at(method, path)
    assert found
    assert found.name == operation


@pytest.mark.parametrize(
    ("status", "headers", "body", "words"),
    [
        (200, {}, RIGHT, "`Content-Type` of the response is missing"),
        (200, JSON, b"<html>", "the body of a 200 is not valid JSON"),
        (200, JSON, RIGHT.replace(b"OK", b"Error"), "`status` is not what the document asks for"),
        (200, JSON, RIGHT.replace(b"2}", b'"2"}'), "`response` is not what the document asks for"),
        (
            401,
            JSON,
            b'{"code": 1, "status": "Error", "message": "x", "details": {}, "response": false}',
            "`WWW-Authenticate` is missing on 401",
        ),
        (400, JSON, b'{"code": 1, "status": "Error", "message": "", "details": {}, "response": false}', "message"),
    ],
)
def test_an_answer_is_held_against_the_document(status: int, headers: dict[str, str], body: bytes, words: str) -> None:
    path = "/api/v3/customer/_count"
    assert not list(violations("GET", path, 200, JSON, RIGHT))
    assert any(words in str(violation) for violation in violations("GET", path, status, headers, body))


def test_the_floor_names_what_was_not_reached() -> None:
    coverage = Coverage()
    for operation in OPERATIONS.values():
        for status in operation.statuses - {405}:
            coverage.note(operation.method, operation.path, status)
    assert len(coverage.missing()) == len(OPERATIONS)
    for path in {operation.path for operation in OPERATIONS.values()} - {"/api/v3/_bulk"}:
        coverage.note("PATCH", path, 405)
    assert coverage.missing() == ["bulk 405"]
    assert coverage.missing(["bulk"]) == []


def test_every_row_has_a_reason_and_a_name_of_its_own() -> None:
    cases = list(all_cases())
    names = [case.name for case in cases]
    assert [name for name in names if names.count(name) > 1] == []
    assert all(case.why and case.statuses for case in cases)


def lines_of_all_rows() -> Iterator[str]:
    server, subject = Server("http://127.0.0.1:8080", "user", "s3cret-password"), Subject(7, "key", "token", "marker")
    for case in all_cases():
        yield case.request.as_shell_line(server, subject)


def test_every_row_can_be_sent_again_from_a_shell_and_tells_no_password() -> None:
    for line in lines_of_all_rows():
        assert line.startswith(("curl ", "printf "))
        assert "s3cret" not in line
        assert "dXNlcjpzM2NyZXQtcGFzc3dvcmQ=" not in line
        assert "\n" not in line
