"""Every operation of the document can be reached through the public methods, and every request is used."""

import inspect
import re
from collections.abc import Awaitable, Callable
from operator import attrgetter
from typing import Any

from chargeover import AsyncChargeOver, AsyncCustomers, BulkRequest, ChargeOver, Customers, SentRequest, _wire
from chargeover_api.operations import OPERATIONS
from chargeover_contract.openapi import operations
from chargeover_sandbox import LocalSandbox

BULK = "bulk"
TARGET = "https://shop.example.com/chargeover"


def public(kind: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind, callable) if not name.startswith("_")}


def operation_id(method: str, path: str) -> str:
    """The operation that a request is meant for: in these tests an ID is a number, and nothing else is one."""
    for expected, template, operation in operations():
        pattern = re.escape(template).replace(r"\{customer_id\}", "[0-9]+")
        pattern = re.sub(r"\\\{[a-z_]+\\\}", "[^/]+", pattern)
        if method == expected and re.fullmatch(pattern, path.partition("?")[0]):
            found: str = operation["operationId"]
            return found
    raise AssertionError(f"no operation is {method} {path}")


def operation_ids() -> set[str]:
    return {operation["operationId"] for *_, operation in operations()}


def reached(sandbox: LocalSandbox) -> set[str]:
    assert {exchange.status for exchange in sandbox.journal} <= {200, 201, 202}
    return {operation_id(exchange.method, exchange.path) for exchange in sandbox.journal}


def test_the_methods_reach_every_operation(client: ChargeOver, sandbox: LocalSandbox) -> None:
    customers = client.customers
    calls: dict[str, Callable[[], object]] = {
        "create": lambda: [customers.create(company="Acme", external_key=key) for key in ("a", "b")],
        "get": lambda: customers.get(1),
        "get_by_external_key": lambda: customers.get_by_external_key("a"),
        "get_by_token": lambda: customers.get_by_token(customers.get(1).token or ""),
        "list": lambda: list(customers.list()),
        "count": lambda: customers.count(),
        "update": lambda: customers.update(1, company="New"),
        "update_by_external_key": lambda: customers.update_by_external_key("a", company="Newer"),
        "preview": lambda: customers.preview(1, company="New"),
        "preview_by_external_key": lambda: customers.preview_by_external_key("a", company="New"),
        "bulk_update": lambda: list(customers.bulk_update([(1, {"company": "Newest"})])),
        "diff": lambda: customers.diff(1, company="New"),
        "bulk_diff": lambda: list(customers.bulk_diff([(1, {"company": "New"})])),
        "upsert": lambda: customers.upsert("a", company="Newer"),
        "bulk_upsert": lambda: list(customers.bulk_upsert([("a", {"company": "New"})])),
        "disconnect_parent": lambda: customers.disconnect_parent(1),
        "delete": lambda: customers.delete(1),
        "delete_by_external_key": lambda: customers.delete_by_external_key("b"),
    }
    assert calls.keys() == public(Customers)
    for call in calls.values():
        call()
    client.webhooks.subscribe(TARGET, "insert")
    assert reached(sandbox) == operation_ids()


async def test_the_async_methods_reach_every_operation(async_client: AsyncChargeOver, sandbox: LocalSandbox) -> None:
    customers = async_client.customers

    async def create() -> None:
        for key in ("a", "b"):
            await customers.create(company="Acme", external_key=key)

    async def get_by_token() -> None:
        await customers.get_by_token((await customers.get(1)).token or "")

    async def all_of(results: Any) -> None:
        assert [result async for result in results]

    async def preview(request: SentRequest) -> None:
        assert request.method == "PUT"

    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "create": create,
        "get": lambda: customers.get(1),
        "get_by_external_key": lambda: customers.get_by_external_key("a"),
        "get_by_token": get_by_token,
        "list": lambda: all_of(customers.list()),
        "count": lambda: customers.count(),
        "update": lambda: customers.update(1, company="New"),
        "update_by_external_key": lambda: customers.update_by_external_key("a", company="Newer"),
        "preview": lambda: preview(customers.preview(1, company="New")),
        "preview_by_external_key": lambda: preview(customers.preview_by_external_key("a", company="New")),
        "bulk_update": lambda: all_of(customers.bulk_update([(1, {"company": "Newest"})])),
        "diff": lambda: customers.diff(1, company="New"),
        "bulk_diff": lambda: all_of(customers.bulk_diff([(1, {"company": "New"})])),
        "upsert": lambda: customers.upsert("a", company="Newer"),
        "bulk_upsert": lambda: all_of(customers.bulk_upsert([("a", {"company": "New"})])),
        "disconnect_parent": lambda: customers.disconnect_parent(1),
        "delete": lambda: customers.delete(1),
        "delete_by_external_key": lambda: customers.delete_by_external_key("b"),
    }
    assert calls.keys() == public(AsyncCustomers)
    for call in calls.values():
        await call()
    await async_client.webhooks.subscribe(TARGET, "insert")
    assert reached(sandbox) == operation_ids()


async def test_bulk_runs_reach_every_operation_that_can_be_in_one(
    client: ChargeOver, async_client: AsyncChargeOver, sandbox: LocalSandbox
) -> None:
    client.customers.create(company="Acme", external_key="a")
    token = client.customers.get(1).token or ""
    requests: dict[str, BulkRequest[Any]] = {
        "create_customer": BulkRequest.create_customer(company="Acme"),
        "get_customer": BulkRequest.get_customer(1),
        "get_customer_by_external_key": BulkRequest.get_customer_by_external_key("a"),
        "list_customers": BulkRequest.list_customers(),
        "count_customers": BulkRequest.count_customers(),
        "update_customer": BulkRequest.update_customer(1, company="New"),
        "update_customer_by_external_key": BulkRequest.update_customer_by_external_key("a", company="Newer"),
        "disconnect_parent": BulkRequest.disconnect_parent(1),
    }
    others = [
        BulkRequest.request("GET", f"/api/v3/customer/token:{token}"),
        BulkRequest.request("POST", "/api/v3/_resthook", {"target_url": TARGET, "event": "insert"}),
    ]
    assert {*requests, "request"} == public(BulkRequest)
    assert {name: operation_id(one.method, one.uri) for name, one in requests.items()} == {one: one for one in requests}
    bulkable = {name for name, operation in OPERATIONS.items() if operation.is_bulkable}
    assert {*requests, *(operation_id(other.method, other.uri) for other in others)} == bulkable
    sandbox.journal.clear()
    sync_results = list(client.bulk([*requests.values(), *others]))
    async_results = [result async for result in async_client.bulk([*requests.values(), *others])]
    assert all(result.ok for result in (*sync_results, *async_results))
    assert reached(sandbox) == {BULK}


def test_every_operation_has_a_request_behind_the_seam_and_a_method_in_both_clients(
    client: ChargeOver, async_client: AsyncChargeOver
) -> None:
    assert OPERATIONS.keys() == operation_ids()
    for name, operation in OPERATIONS.items():
        assert callable(getattr(_wire.requests, name))
        for owner in (client, async_client):
            assert callable(attrgetter(operation.client_method)(owner))
