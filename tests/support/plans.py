"""What the tests of plans share: an account with customers, a network with hooks, the contents of a plan."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from chargeover import BulkRequest, ChargeOver, Customer, sync
from chargeover_sandbox import LocalSandbox

Outcomes = dict[str, str]


def fill(client: ChargeOver, number: int, **fields: Any) -> None:
    """Make customers with the keys ``crm-0``, ``crm-1`` …, in the order of their IDs."""
    given: list[Any] = [{"company": f"Company {one}", "external_key": f"crm-{one}", **fields} for one in range(number)]
    for _ in client.bulk((BulkRequest.create_customer(**one) for one in given), in_flight=1):
        pass


def rows(number: int, **fields: Any) -> list[dict[str, Any]]:
    """The rows that give those customers these fields."""
    return [{"external_key": f"crm-{one}", **fields} for one in range(number)]


def outcomes(plan: sync.Plan) -> Outcomes:
    """What became of each row, by its key."""
    return {row.key or f"line {row.line}": row.outcome for row in plan}


def customers(client: ChargeOver, *names: str) -> dict[str, tuple[Any, ...]]:
    """These fields of all customers, by external key."""

    def fields(customer: Customer) -> tuple[Any, ...]:
        return tuple(getattr(customer, name) for name in names)

    return {one.external_key or str(one.customer_id): fields(one) for one in client.customers.list()}


class Network(httpx2.BaseTransport):
    """The way to the sandbox, with what a test does to each request.

    Attributes:
        before: called with a request and its JSON body; it may raise, or return another body.
        after: called once the sandbox has carried the request out; it may raise.
        requests: each as method and path.
    """

    def __init__(self) -> None:
        self._inner = httpx2.HTTPTransport()
        self.before: Callable[[httpx2.Request, Any], Any] = lambda request, body: body
        self.after: Callable[[httpx2.Request, Any], object] = lambda request, body: None
        self.requests: list[str] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(f"{request.method} {request.url.raw_path.decode()}")
        content = request.read()
        body = json.loads(content) if content else None
        changed = self.before(request, json.loads(content) if content else None)
        if isinstance(changed, httpx2.Response):
            return changed
        if changed != body:
            headers = {name: value for name, value in request.headers.items() if name != "content-length"}
            request = httpx2.Request(
                request.method, request.url, headers=headers, json=changed, extensions=request.extensions
            )
        response = self._inner.handle_request(request)
        response.read()
        self.after(request, body)
        return response

    def close(self) -> None:
        self._inner.close()


@contextmanager
def connected(sandbox: LocalSandbox, network: Network, **arguments: Any) -> Iterator[ChargeOver]:
    """A client of the sandbox over a network."""
    with (
        httpx2.Client(transport=network) as http,
        ChargeOver(
            base_url=sandbox.url, username=sandbox.username, password=sandbox.password, http_client=http, **arguments
        ) as client,
    ):
        yield client


def changes_in(body: Any) -> list[Mapping[str, Any]]:
    """The parts of a bulk request that change something."""
    return [part for part in body or () if isinstance(body, list) and part["request_method"] != "GET"]


def plan_of(client: ChargeOver, folder: Path, given: Any, name: str = "crm.plan", **options: Any) -> sync.Plan:
    """A plan in a folder."""
    return sync.plan(client, given, folder / name, **options)
