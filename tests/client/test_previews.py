"""Look before you change: the request of an update, and the fields that it would change."""

import json
import shlex
import shutil
import subprocess
from typing import Any

import pytest

from chargeover import (
    AsyncChargeOver,
    Change,
    ChargeOver,
    Customer,
    CustomerUpdateFields,
    DeliveryMethod,
    Difference,
    InvalidFieldError,
    NotFoundError,
    RequestOptions,
    SentRequest,
    UnknownFieldError,
)
from chargeover._wire import CUSTOMER_UPDATE
from chargeover_sandbox import LocalSandbox
from tests.support.seed import ROWS

# Every field, with a value to try. The parent is a customer that exists.
ALL_FIELDS: dict[str, Any] = {row.name: row.value for row in ROWS}


def assert_it_is_what_was_sent(request: SentRequest, sandbox: LocalSandbox) -> None:
    exchange = sandbox.journal[-1]
    assert (request.method, request.url, request.body) == (exchange.method, sandbox.url + exchange.url, exchange.body)


@pytest.mark.parametrize(
    "fields",
    [
        {"company": 'Żółw & Söhne \N{GRINNING FACE} \x00 " \\ \u2028'},
        {"parent_customer_id": None, "tags": [], "bill_city": ""},
        {"no_taxes": True, "invoice_delivery": DeliveryMethod.PRINT, "tags": ("b", "a"), "language_id": 3},
        ALL_FIELDS,
    ],
    ids=["text", "nothing", "kinds", "all"],
)
def test_a_preview_is_exactly_what_is_sent_then_and_nothing_is_sent_yet(
    client: ChargeOver, sandbox: LocalSandbox, fields: CustomerUpdateFields
) -> None:
    customer_id = client.customers.create(company="Acme", external_key="a/b c")
    before = list(sandbox.journal)
    request = client.customers.preview(customer_id, **fields)
    by_key = client.customers.preview_by_external_key("a/b c", **fields)
    assert list(sandbox.journal) == before
    client.customers.update_by_external_key("a/b c", **fields)
    assert_it_is_what_was_sent(by_key, sandbox)
    client.customers.update(customer_id, **fields)
    assert_it_is_what_was_sent(request, sandbox)
    assert request.json() == json.loads(sandbox.journal[-1].body)


async def test_so_is_an_awaited_one(async_client: AsyncChargeOver, sandbox: LocalSandbox) -> None:
    customer_id = await async_client.customers.create(company="Acme", external_key="k")
    sandbox.journal.clear()
    request = async_client.customers.preview(customer_id, company="New")
    by_key = async_client.customers.preview_by_external_key("k", company="New")
    assert not sandbox.journal
    await async_client.customers.update(customer_id, company="New")
    assert_it_is_what_was_sent(request, sandbox)
    await async_client.customers.update_by_external_key("k", company="New")
    assert_it_is_what_was_sent(by_key, sandbox)


def test_a_preview_has_the_options_of_the_call(client: ChargeOver, sandbox: LocalSandbox) -> None:
    customer_id = client.customers.create(company="Acme")
    options = RequestOptions(extra_headers={"X-Trace": "7"}, extra_query={"a": "ä"}, extra_body={"bill_city": "Bonn"})
    request = client.customers.preview(customer_id, company="New", options=options)
    client.customers.update(customer_id, company="New", options=options)
    assert_it_is_what_was_sent(request, sandbox)
    assert request.headers["x-trace"] == "7"
    assert request.headers["authorization"] == "[removed]"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [({"compny": "x"}, UnknownFieldError), ({"company": None}, InvalidFieldError), ({}, InvalidFieldError)],
)
def test_a_preview_refuses_what_an_update_refuses(client: ChargeOver, fields: dict[str, Any], kind: Any) -> None:
    with pytest.raises(kind):
        client.customers.preview(1, **fields)


@pytest.mark.skipif(shutil.which("curl") is None, reason="this machine has no curl")
def test_as_a_command_for_a_shell_it_does_the_same(client: ChargeOver, sandbox: LocalSandbox) -> None:
    customer_id = client.customers.create(company="Acme")
    nasty = "it's `id` $HOME \"\\ & ; | \n ä \N{GRINNING FACE} @file %41"
    request = client.customers.preview(customer_id, company=nasty, options=RequestOptions(extra_query={"a": "b c"}))
    credentials = {"CHARGEOVER_USERNAME": sandbox.username, "CHARGEOVER_PASSWORD": sandbox.password}
    command = f"{request.curl()} --noproxy '*' -s -o /dev/null"
    subprocess.run(["sh", "-c", command], check=True, env={"PATH": "/usr/bin:/bin:/usr/local/bin", **credentials})
    assert_it_is_what_was_sent(request, sandbox)
    assert client.customers.get(customer_id).company == nasty


def test_such_a_command_has_the_credentials_as_variables(client: ChargeOver) -> None:
    request = client.customers.preview(1, company="x")
    words = shlex.split(request.curl())
    assert words[:3] == ["curl", "-X", "PUT"]
    assert words[words.index("-u") + 1] == "$CHARGEOVER_USERNAME:$CHARGEOVER_PASSWORD"


def test_a_diff_has_what_would_be_another_value_and_nothing_else(client: ChargeOver, sandbox: LocalSandbox) -> None:
    customer_id = client.customers.create(company="Acme", bill_city="Bonn", no_taxes=True, tags=["a", "b"])
    sandbox.journal.clear()
    found = client.customers.diff(customer_id, tags=["b", "a"], company="Acme", bill_city="Berlin", no_taxes=False)
    assert found == {
        "tags": Difference(["a", "b"], ["b", "a"]),
        "bill_city": Difference("Bonn", "Berlin"),
        "no_taxes": Difference(before=True, after=False),
    }
    assert list(found) == ["tags", "bill_city", "no_taxes"]
    assert [exchange.method for exchange in sandbox.journal] == ["GET"]


def test_after_the_update_there_is_no_difference_in_any_field(client: ChargeOver) -> None:
    fields = {**ALL_FIELDS, "tags": ("b", "a"), "dunning_delivery": DeliveryMethod.EMAIL}
    assert set(fields) == set(CUSTOMER_UPDATE)
    customer_id = client.customers.create(company="Acme")
    before = client.customers.diff(customer_id, **fields)
    client.customers.update(customer_id, **fields)
    assert set(before) >= {name for name, value in fields.items() if isinstance(value, (str, tuple)) and value}
    assert client.customers.diff(customer_id, **fields) == {}


def test_a_parent_that_would_be_removed_is_a_difference_to_none(client: ChargeOver) -> None:
    parent = client.customers.create(company="Parent")
    child = client.customers.create(company="Child", parent_customer_id=parent)
    assert client.customers.diff(child, parent_customer_id=None) == {"parent_customer_id": Difference(parent, None)}
    assert client.customers.diff(parent, parent_customer_id=None) == {}


def test_the_dates_that_an_update_moves_are_not_part_of_a_diff(client: ChargeOver) -> None:
    customer_id = client.customers.create(company="Acme")
    assert client.customers.diff(customer_id, company="Acme") == {}
    assert set(client.customers.diff(customer_id, company="New")) == {"company"}


def test_a_diff_by_external_key_and_of_a_customer(client: ChargeOver) -> None:
    customer = client.customers.get(client.customers.create(company="Acme", external_key="a/b"))
    expected = {"company": Difference("Acme", "New"), "external_key": Difference("a/b", "c")}
    assert client.customers.diff("a/b", company="New", external_key="c") == expected
    assert client.customers.diff(customer, company="New", external_key="c") == expected


async def test_an_awaited_diff(async_client: AsyncChargeOver) -> None:
    customer_id = await async_client.customers.create(company="Acme", external_key="k")
    expected = {"company": Difference("Acme", "New")}
    assert await async_client.customers.diff(customer_id, company="New") == expected
    changes: list[Change] = [(customer_id, {"company": "New"}), ("k", {"company": "Acme"})]
    assert [one.value async for one in async_client.customers.bulk_diff(changes)] == [expected, {}]


def test_a_diff_of_an_unknown_customer_is_not_found_and_one_without_fields_is_refused(client: ChargeOver) -> None:
    with pytest.raises(NotFoundError):
        client.customers.diff(99, company="x")
    with pytest.raises(InvalidFieldError):
        client.customers.diff(1)
    with pytest.raises(UnknownFieldError):
        client.customers.diff(1, compny="x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def test_a_bulk_diff_reads_25_at_a_time_and_changes_nothing(client: ChargeOver, sandbox: LocalSandbox) -> None:
    ids = [client.customers.create(company=f"{number}", external_key=f"k{number}") for number in range(60)]
    customers = list(client.customers.list())
    sandbox.journal.clear()
    names: list[int | str | Customer] = [*ids[:20], *[f"k{number}" for number in range(20, 40)], *customers[40:]]
    results = list(client.customers.bulk_diff((name, {"company": "7"}) for name in names))
    assert [result.value for result in results] == [
        {} if number == 7 else {"company": Difference(f"{number}", "7")} for number in range(60)
    ]
    assert len(sandbox.journal) == 3
    assert list(client.customers.list()) == customers


def test_in_a_bulk_diff_each_has_its_own_error(client: ChargeOver) -> None:
    customer_id = client.customers.create(company="Acme")
    changes: Any = [(99, {"company": "x"}), (customer_id, {"compny": "x"}), (customer_id, {"company": "x"})]
    errors = [type(one.error) for one in client.customers.bulk_diff(changes, errors="return")]
    assert errors == [NotFoundError, UnknownFieldError, type(None)]


def test_an_update_takes_a_customer_that_was_read(client: ChargeOver) -> None:
    customer = client.customers.get(client.customers.create(company="Acme"))
    assert client.customers.update(customer, company="New") == customer.customer_id
    assert [result.value for result in client.customers.bulk_update([(customer, {"bill_city": "Bonn"})])] == [1]
    assert client.customers.get(customer).raw["company"] == "New"
    client.customers.disconnect_parent(customer)
    client.customers.delete(customer)
    assert client.customers.count() == 0


def test_a_customer_that_came_without_an_id_cannot_be_named_by_it(client: ChargeOver, sandbox: LocalSandbox) -> None:
    for raw in ({}, {"customer_id": None}, {"customer_id": "x"}, {"customer_id": 0}, {"customer_id": True}):
        nameless = Customer(raw)
        for action in (client.customers.get, client.customers.delete, client.customers.disconnect_parent):
            with pytest.raises(InvalidFieldError, match="came without an ID"):
                action(nameless)
        with pytest.raises(InvalidFieldError, match="came without an ID"):
            client.customers.update(nameless, company="x")
        with pytest.raises(InvalidFieldError, match="came without an ID"):
            client.customers.diff(nameless, company="x")
        (result,) = client.customers.bulk_update([(nameless, {"company": "x"})], errors="return")
        assert isinstance(result.error, InvalidFieldError)
    assert not sandbox.journal
