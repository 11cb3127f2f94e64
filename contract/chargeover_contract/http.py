"""HTTP to the server under test, for tests that take more than one request."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx2

from .coverage import Coverage
from .curl import curl
from .document import Violation, operation_at, path_of, violations
from .findings import ContractFailure, Exchange, Finding, Notes
from .options import STOPS_AT_FIRST
from .ownership import CUSTOMER, was_created_with

BULK = "/api/v3/_bulk"
Needs = Callable[..., None]


class CheckedHttp:
    """Checks each response against the document and notes it in the coverage.

    Args:
        http: a client of the server.
        coverage: where responses are noted.
        prefix: the path in front of ``/api/v3``.

    Attributes:
        notes: what was wrong so far, and the last exchange.
    """

    def __init__(self, http: httpx2.Client, coverage: Coverage, prefix: str = "") -> None:
        self._http, self._coverage, self._prefix = http, coverage, prefix
        self._made: set[int] = set()
        self.notes = Notes()

    def __call__(self, method: str, path: str, body: Any = None, status: int | None = None) -> httpx2.Response:
        """Send a request.

        Raises:
            ContractFailure: another status than the right one came.
            httpx2.HTTPError: nothing did.
        """
        content = b"" if body is None else json.dumps(body).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        sent = datetime.now(UTC)
        answer = self._http.request(method, path, content=content if body is not None else None, headers=headers)
        self.notes.last = exchange_of(answer, sent)
        self.notes.again = curl(method, str(answer.url), headers.items(), None if body is None else content)
        self._coverage.note(method, path, answer.status_code, content)
        found = [self._finding(method, path, one) for one in self._violations(answer)]
        self.notes.findings += found
        if found and STOPS_AT_FIRST:
            raise ContractFailure(found)
        if status not in {None, answer.status_code}:
            cause = f"{answer.status_code} instead of {status} for {method} {path_of(path) or 'an unknown path'}"
            raise ContractFailure(
                [self._finding(method, path, Violation(cause, f"the status {status}", "openapi.yaml"))]
            )
        return answer

    def _violations(self, answer: httpx2.Response) -> Iterator[Violation]:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        path = answer.request.url.raw_path.decode("ascii").removeprefix(self._prefix)
        yield from violations(answer.request.method, path, answer.status_code, headers, answer.content)

    def _finding(self, method: str, path: str, one: Violation) -> Finding:
        operation = operation_at(method, path)
        last = self.notes.last
        return Finding(
            one.cause,
            said(last) if last else "",
            one.says,
            one.source,
            family=one.family,
            operation=operation.name if operation else "",
            again=self.notes.again,
            exchange=last,
        )

    def create(self, **fields: Any) -> int:
        """Create a customer with a company and a mark; its ID."""
        body = {"company": "In turn", "custom_20": f"api-{uuid4().hex}", **fields}
        created = self("POST", CUSTOMER, body, 201).json()["response"]["id"]
        assert isinstance(created, int)
        assert created not in self._made, f"the ID {created} was given before"
        self._made.add(created)
        # Before anything is written to it.
        assert was_created_with(self.read(created), created, body), f"customer {created} is not the one that was made"
        return created

    def read(self, customer_id: object) -> dict[str, Any]:
        """All fields of a customer, by its ID, ``external_key:…`` or ``token:…``."""
        customer: dict[str, Any] = self("GET", f"{CUSTOMER}/{customer_id}", status=200).json()["response"]
        return customer

    def page(self, query: str) -> list[int]:
        """The IDs on the page that a query gives."""
        page = self("GET", f"{CUSTOMER}?{query}", status=200).json()["response"]
        return [one["customer_id"] for one in page]

    def found(self, marker: str, where: str, order: str = "") -> list[str]:
        """The companies of the customers of a marker for which a condition holds."""
        query = f"where={quote(f'custom_20:EQUALS:{marker}' + (f',{where}' if where else ''))}&limit=500"
        answer = self("GET", f"{CUSTOMER}?{query}" + (f"&order={order}" if order else ""), status=200)
        number = self("GET", f"{CUSTOMER}/_count?{query}", status=200).json()["response"]
        companies = [one["company"] for one in answer.json()["response"]]
        assert number == len(companies), f"the count is {number!r}, and the list has {len(companies)}, where {where!r}"
        return companies

    def count(self, marker: str) -> int:
        """How many customers have a marker."""
        number: int = self("GET", f"{CUSTOMER}/_count?where=custom_20:EQUALS:{marker}", status=200).json()["response"]
        return number

    def bulk(self, *requests: tuple[str, str, Any]) -> list[dict[str, Any]]:
        """The results of a bulk request of methods, URIs and payloads."""
        body = [
            {"request_method": method, "uri": uri, **({} if payload is None else {"payload": payload})}
            for method, uri, payload in requests
        ]
        answers: list[dict[str, Any]] = self("POST", BULK, body, 200).json()["response"]["_bulk"]
        assert len(answers) == len(requests)
        return answers


def exchange_of(answer: httpx2.Response, sent: datetime) -> Exchange:
    """What travelled, for the report.

    Args:
        answer: the response, read just now.
        sent: when the request was sent.
    """
    request = answer.request
    return Exchange.of(
        request.method,
        str(request.url),
        answer.status_code,
        sent=(request.headers.items(), request.content),
        received=(answer.headers.items(), answer.content),
        started=sent.isoformat(timespec="milliseconds"),
        milliseconds=(datetime.now(UTC) - sent).total_seconds() * 1000,
    )


def said(exchange: Exchange) -> str:
    """The beginning of a response, in a line."""
    return f"{exchange.status or 'no response'} {exchange.response_body[:300]}".strip()
