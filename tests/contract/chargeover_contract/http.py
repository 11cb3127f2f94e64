"""HTTP to the server under test, for tests that take more than one request."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx2

from .coverage import Coverage
from .document import violations
from .ownership import CUSTOMER, was_created_with

BULK = "/api/v3/_bulk"
Needs = Callable[..., None]


class CheckedHttp:
    """Checks each response against the document and notes it in the coverage."""

    def __init__(self, http: httpx2.Client, coverage: Coverage) -> None:
        self._http, self._coverage = http, coverage
        self._made: set[int] = set()

    def __call__(self, method: str, path: str, body: Any = None, status: int | None = None) -> httpx2.Response:
        arguments: dict[str, Any] = {} if body is None else {"json": body}
        answer = self._http.request(method, path, **arguments)
        self._coverage.note(method, path, answer.status_code)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        assert not list(violations(method, path, answer.status_code, headers, answer.content)), answer.text
        assert status in {None, answer.status_code}, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer

    def create(self, **fields: Any) -> int:
        body = {"company": "In turn", "custom_20": f"api-{uuid4().hex}", **fields}
        created = self("POST", CUSTOMER, body, 201).json()["response"]["id"]
        assert isinstance(created, int)
        assert created not in self._made, f"the ID {created} was given before"
        self._made.add(created)
        # Before anything is written to it.
        assert was_created_with(self.read(created), created, body), f"customer {created} is not the one that was made"
        return created

    def read(self, customer_id: object) -> dict[str, Any]:
        customer: dict[str, Any] = self("GET", f"{CUSTOMER}/{customer_id}", status=200).json()["response"]
        return customer

    def page(self, query: str) -> list[int]:
        page = self("GET", f"{CUSTOMER}?{query}", status=200).json()["response"]
        return [one["customer_id"] for one in page]

    def found(self, marker: str, where: str, order: str = "") -> list[str]:
        """The companies of the customers of a marker for which a condition holds."""
        query = f"where={quote(f'custom_20:EQUALS:{marker}' + (f',{where}' if where else ''))}&limit=500"
        answer = self("GET", f"{CUSTOMER}?{query}" + (f"&order={order}" if order else ""), status=200)
        number = self("GET", f"{CUSTOMER}/_count?{query}", status=200).json()["response"]
        companies = [one["company"] for one in answer.json()["response"]]
        assert number == len(companies), f"count where {where}"
        return companies

    def count(self, marker: str) -> int:
        number: int = self("GET", f"{CUSTOMER}/_count?where=custom_20:EQUALS:{marker}", status=200).json()["response"]
        return number

    def bulk(self, *requests: tuple[str, str, Any]) -> list[dict[str, Any]]:
        body = [
            {"request_method": method, "uri": uri, **({} if payload is None else {"payload": payload})}
            for method, uri, payload in requests
        ]
        answers: list[dict[str, Any]] = self("POST", BULK, body, 200).json()["response"]["_bulk"]
        assert len(answers) == len(requests)
        return answers
