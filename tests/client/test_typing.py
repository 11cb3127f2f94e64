"""What a type checker says to a caller, by mypy and by pyright."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = """\
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chargeover import (
    AsyncCallNext, AsyncChargeOver, BulkRequest, BulkResult, CallNext, Change, ChargeOver, Condition, Customer,
    CustomerUpdateFields, DeliveryMethod, Difference, Field, Order, OutgoingRequest, RawResponse, ReceivedResponse,
    RequestOptions, RetryEvent, SentRequest, Upserted,
)

def calls(client: ChargeOver) -> None:
    client.customers.update(1, compny="x")  # refused
    client.customers.update(1, company=3)  # refused
    client.customers.update(1, company=None)  # refused
    client.customers.update(1, invoice_delivery="fax")  # refused
    client.customers.update(1, no_taxes="yes")  # refused
    client.customers.update(1, tags="wholesale")  # refused
    client.customers.update("1", company="x")  # refused
    client.customers.update(company="x")  # refused
    client.customers.create(bill_city="Berlin")  # refused
    client.customers.get(1).compny  # refused
    client.customers.get(1).company = "x"  # refused
    city: str | None = client.customers.get(1).bill_city
    taxes: bool | None = client.customers.get(1).no_taxes
    number: int = client.customers.get(1).bill_city  # refused
    client.customers.update(1, parent_customer_id=None)
    client.customers.update(1, company="x", invoice_delivery="print", dunning_delivery=DeliveryMethod.EMAIL)
    updated: int = client.customers.update(1, tags=["a"], no_taxes=False)
    created: int = client.customers.create(company="x", currency_id=1)

def options(client: ChargeOver, customer: Customer, changes: Iterable[Change]) -> None:
    def note(event: RetryEvent) -> None:
        seconds: float = event.wait
        number: str = event.attempt  # refused

    ChargeOver(timeout="5")  # refused
    ChargeOver(timeuot=5)  # refused
    ChargeOver(on_retry=note, max_connections=5, requests_per_second=0.5, log_bodies=True)
    RequestOptions(5)  # refused
    RequestOptions(extra_headers={"X-A": 1})  # refused
    patient = RequestOptions(timeout=5, deadline=60, max_retries=0, extra_query={"a": 1}, extra_body={"b": [1]})
    patient.timeout = 6  # refused
    other: ChargeOver = client.with_options(timeout=5, on_retry=note)
    client.with_options(proxy="x")  # refused
    client.customers.get(1, options=patient)
    client.customers.get(1, options={"timeout": 5})  # refused
    client.customers.create(company="x", options=patient)
    client.customers.list(options=patient)
    client.customers.bulk_update(changes, options=patient)
    updated: int = client.customers.update(customer, company="x", options=patient)
    client.customers.delete(customer)
    client.customers.update("crm-1", company="x")  # refused
    preview: SentRequest = client.customers.preview(1, company="x")
    by_key: SentRequest = client.customers.preview_by_external_key("k", company="x")
    not_sent: int = client.customers.preview(1, company="x")  # refused
    client.customers.preview(1, compny="x")  # refused
    client.customers.update(1, dry_run=True, company="x")  # refused
    difference: dict[str, Difference] = client.customers.diff(customer, company="x")
    client.customers.diff("crm-1", compny="x")  # refused
    change: Change = (customer, {"company": "x"})
    wrong: Change = (1.5, {"company": "x"})  # refused
    misspelled: Change = (1, {"compny": "x"})  # refused
    client.customers.bulk_update([(1, {"company": "x"}), ("crm-1", {"compny": "x"})])  # refused
    client.customers.bulk_update([(1, {"company": 3})])  # refused
    client.customers.bulk_diff([(1, {"compny": "x"})])  # refused
    client.customers.update(1, {"compny": "x"})  # refused
    client.customers.update(1, {"company": 3})  # refused
    client.customers.create({"bill_city": "Bonn"})  # refused
    client.customers.update(1, {"company": "x"}, no_taxes=True)
    client.customers.create({"company": "x"})
    BulkRequest.create_customer({"company": "x"})
    BulkRequest.create_customer({"compny": "x"})  # refused
    for result in client.customers.bulk_diff([change, (1, {}), ("crm-1", {})]):
        found: dict[str, Difference] | None = result.value

def keyed(client: ChargeOver) -> None:
    done: Upserted = client.customers.upsert("crm-1", {"company": "x"}, no_taxes=True)
    created: bool = done.created
    client.customers.upsert(1, company="x")  # refused
    client.customers.upsert("crm-1", compny="x")  # refused
    client.customers.bulk_upsert([(1, {"company": "x"})])  # refused
    client.customers.bulk_upsert([("crm-1", {"compny": "x"})])  # refused
    for result in client.customers.bulk_upsert([("crm-1", {"company": "x"})]):
        value: Upserted | None = result.value

def around(request: OutgoingRequest, call_next: CallNext) -> ReceivedResponse:
    request.attempt = 2  # refused
    return call_next(request.with_headers({"a": "b"}, c="d"))

async def around_async(request: OutgoingRequest, call_next: AsyncCallNext) -> ReceivedResponse:
    return await call_next(request)

async def secrets() -> tuple[str, str]:
    return "u", "p"

def clients() -> None:
    ChargeOver(middleware=[around], credentials=lambda: ("u", "p"), default_headers={"a": "b"}, default_query={"a": 1})
    ChargeOver(middleware=[around_async])  # refused
    ChargeOver(default_headers={"a": 1})  # refused
    ChargeOver(credentials=("u", "p"))  # refused
    AsyncChargeOver(middleware=[around_async], credentials=secrets)

def data(client: ChargeOver, customer: Customer) -> None:
    first: Customer | None = client.customers.list().first()
    every: list[Customer] = client.customers.list().all()
    as_dict: dict[str, Any] = customer.to_dict()
    as_dict = dict(customer)
    value: str | None = customer["company"]
    text: str = customer.to_json()
    customer["company"] = "x"  # refused

def raw(client: ChargeOver) -> None:
    customers = client.customers.with_raw_response
    got: RawResponse[Customer] = customers.get(1)
    city: str | None = customers.get_by_external_key("k").value.bill_city
    created: RawResponse[int] = customers.create(company="x")
    updated: RawResponse[int] = customers.update(1, company="x")
    by_key: RawResponse[int | None] = customers.update_by_external_key("k", company="x")
    counted: int = customers.count().value
    difference: RawResponse[dict[str, Difference]] = customers.diff(1, company="x")
    deleted: RawResponse[None] = customers.delete(1)
    status: int = customers.disconnect_parent(1).response.status
    customers.get(1).bill_city  # refused
    customers.update(1, compny="x")  # refused
    customers.list()  # refused

def keys(client: ChargeOver) -> None:
    client.customers.get_by_external_key(7)  # refused
    client.customers.get_by_token(7)  # refused
    client.customers.update_by_external_key(7, company="x")  # refused
    client.customers.update_by_external_key("k", compny="x")  # refused
    client.customers.delete("k")  # refused
    client.customers.disconnect_parent("k")  # refused
    customer: Customer = client.customers.get_by_external_key("k")
    updated: int = client.customers.update_by_external_key("k", external_key="l")  # refused
    known: int | None = client.customers.update_by_external_key("k", external_key="l")
    customer = client.customers.get_by_token("t")
    client.customers.delete_by_external_key("k")

def conditions() -> list[Condition]:
    Field.compny  # refused
    Field.company > 7  # refused
    Field.company > None  # refused
    Field.terms_id < "7"  # refused
    Field.no_taxes >= "yes"  # refused
    Field.tags <= ["a"]  # refused
    Field.company.contains(7)  # refused
    Field.mod_datetime > 2026  # refused
    text: str = Field.company == "x"  # refused
    order: Order = Field.company.desc()
    return [
        Field.company == "x", Field.company != None, Field.terms_id >= 7, Field.total < Decimal("0.5"),
        Field.balance <= 0.5, Field.no_taxes == True, Field.mod_datetime > date(2026, 1, 31),
        Field.mod_datetime < datetime.max, Field.mod_datetime != "2026-01-31", Field.tags == "a",
        Field.tags.contains("a"), Field.parent_customer_id.is_null(), Field.bill_block.is_not_null(),
    ]

def lists(client: ChargeOver) -> None:
    client.customers.list(where=7)  # refused
    client.customers.list(where=["company:EQUALS:x"])  # refused
    client.customers.list(where=Field.company)  # refused
    client.customers.list(where=Field.company == 7)  # refused
    client.customers.list(where=Field.terms_id == "7")  # refused
    client.customers.list(where=[Field.no_taxes == 1])  # refused
    client.customers.list(where=Field.no_taxes != "yes")  # refused
    client.customers.list(where=Field.tags == ["a"])  # refused
    client.customers.list(order=Field.company)  # refused
    client.customers.list(limit="5")  # refused
    client.customers.list("company:EQUALS:x")  # refused
    client.customers.count("company:EQUALS:x")  # refused
    client.customers.list().pages().company  # refused
    for customer in client.customers.list(where=conditions(), order=Field.company.asc(), limit=5, page_size=2):
        city: str | None = customer.bill_city
    for page in client.customers.list(where="company:EQUALS:x", order="company:ASC", offset=1).pages():
        city = page[0].bill_city
    first: Customer = next(client.customers.list(where=Field.company == "x"))
    number: int = client.customers.count(where=[Field.company == "x"])

def bulk(client: ChargeOver) -> None:
    BulkRequest.update_customer(1, compny="x")  # refused
    BulkRequest.create_customer(bill_city="x")  # refused
    BulkRequest.get_customer("k")  # refused
    BulkRequest.delete_customer(1)  # refused
    client.customers.bulk_update([1])  # refused
    client.customers.bulk_update([(1, {"company": "x"})], errors="ignore")  # refused
    client.customers.bulk_update([(1, ["company"])])  # refused
    client.customers.bulk_update([(1.5, {"company": "x"})])  # refused
    client.customers.bulk_update([{"company": "x"}])  # refused
    client.bulk([(1, {"company": "x"})])  # refused
    client.bulk([BulkRequest.get_customer(1)], in_flight="8")  # refused
    pairs: list[tuple[int | str, CustomerUpdateFields]] = [(1, {"company": "x"}), ("k", {"no_taxes": True})]
    for result in client.customers.bulk_update(pairs, errors="return", on_progress=lambda now: print(now.done)):
        customer_id: int | None = result.value
        text: str = result.value  # refused
    looks: Iterator[BulkRequest[Customer]] = (BulkRequest.get_customer(number) for number in range(3))
    for look in client.bulk(looks):
        customer: Customer | None = look.value
        request: BulkRequest[Customer] = look.item
    client.bulk([BulkRequest.get_customer(1), BulkRequest.create_customer(company="x")])
    mixed: list[BulkRequest[Any]] = [BulkRequest.get_customer(1), BulkRequest.create_customer(company="x")]
    results: list[BulkResult[BulkRequest[Any], Any]] = list(client.bulk(mixed))

async def async_finding(client: AsyncChargeOver) -> None:
    await client.customers.list()  # refused
    for customer in client.customers.list():  # refused
        pass
    async for found in client.customers.list(where=Field.company == "x"):
        city: str | None = found.bill_city
    number: int = await client.customers.count(where=conditions())

async def changes() -> AsyncIterator[tuple[int | str, CustomerUpdateFields]]:
    yield 1, {"company": "x"}

async def async_bulk(client: AsyncChargeOver) -> None:
    for wrong in client.customers.bulk_update([]):  # refused
        pass
    async for result in client.customers.bulk_update(changes()):
        customer_id: int | None = result.value
    async for created in client.bulk([BulkRequest.create_customer(company="x")]):
        customer_id = created.value

async def async_calls(client: AsyncChargeOver) -> None:
    preview: SentRequest = client.customers.preview(1, company="x")
    other: AsyncChargeOver = client.with_options(timeout=5)
    customers = client.customers.with_raw_response
    got: RawResponse[Customer] = await customers.get(1)
    raw: RawResponse[int] = await customers.update(1, company="x", options=RequestOptions(timeout=5))
    await customers.update(1, compny="x")  # refused
    await client.customers.update(1, compny="x")  # refused
    await client.customers.update(1, company=3)  # refused
    updated: int = await client.customers.update(1, company="x", parent_customer_id=None)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "calls.py"
    path.write_text(CODE)
    return path


def refused_lines() -> set[int]:
    return {number for number, line in enumerate(CODE.splitlines(), 1) if line.endswith("# refused")}


def assert_each_misspelled_field_is_named(messages: dict[int, str]) -> None:
    # Of overloads, as those of create, a type checker only says that none fits.
    misspelled = re.compile(r'(?<!create_customer\(\{")compny[="]')
    lines = {number: line for number, line in enumerate(CODE.splitlines(), 1) if misspelled.search(line)}
    assert lines
    assert all("compny" in messages[number] for number in lines), messages


def test_mypy_refuses_what_is_wrong_and_nothing_else(file: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = {int(line): message for line, message in re.findall(r"calls\.py:(\d+): error: (.*)", done.stdout)}
    assert found.keys() == refused_lines(), done.stdout
    assert_each_misspelled_field_is_named(found)


def test_pyright_refuses_what_is_wrong_and_nothing_else(file: Path) -> None:
    paths = [str(ROOT / layer) for layer in ("generated", "overrides")]
    (file.parent / "pyrightconfig.json").write_text(json.dumps({"extraPaths": paths, "typeCheckingMode": "standard"}))
    command = [
        sys.executable,
        "-m",
        "pyright",
        "--pythonpath",
        sys.executable,
        "--outputjson",
        "--project",
        str(file.parent),
    ]
    done = subprocess.run(command, cwd=file.parent, capture_output=True, text=True, check=False)
    diagnostics = json.loads(done.stdout)["generalDiagnostics"]
    errors = [one for one in diagnostics if one["severity"] == "error"]
    found = {one["range"]["start"]["line"] + 1: one["message"] for one in errors}
    assert found.keys() == refused_lines(), diagnostics
    assert_each_misspelled_field_is_named(found)
