"""Whatever a customer is made of comes back as it was, and a condition selects what plain Python would."""

import operator
from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from chargeover import BulkRequest, ChargeOver, Condition, Field
from chargeover._calls.conditions import where_text
from chargeover_contract.openapi import DOCUMENT, resolved
from chargeover_sandbox import LocalSandbox

SCHEMAS = DOCUMENT["components"]["schemas"]
UPDATABLE: dict[str, dict[str, Any]] = SCHEMAS["CustomerWritableFields"]["properties"]
CREATABLE = {**UPDATABLE, **SCHEMAS["CustomerCreate"]["allOf"][1]["properties"]}
SHOWN: dict[str, dict[str, Any]] = SCHEMAS["Customer"]["properties"]

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
LONG = st.builds(lambda text, times: text * times, TEXT, st.sampled_from([1, 1, 1, 1, 997]))

ZONE = ZoneInfo("America/Chicago")
DEFAULTS: dict[str, Any] = {
    "currency_id": 1,
    "language_id": 1,
    "brand_id": 1,
    "terms_id": 2,
    "tax_ident": "",
    "tags": [],
    **dict.fromkeys(("no_taxes", "no_dunning", "no_latefees", "no_procfees"), False),
}
"""What a new customer has (recorded)."""

LONGEST_QUERY = 60_000
"""Characters: a URL has an end."""


class Account:
    """A client of an empty account, and the sandbox behind it."""

    def __init__(self, client: ChargeOver, sandbox: LocalSandbox) -> None:
        self._client = client
        self._sandbox = sandbox

    def emptied(self) -> ChargeOver:
        self._sandbox.reset()
        return self._client


@pytest.fixture(scope="module")
def account() -> Generator[Account]:
    # A lenient one, because a condition of these tests can name every field.
    with (
        LocalSandbox(lenient=True, timezone=ZONE.key) as sandbox,
        ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password) as client,
    ):
        yield Account(client, sandbox)


def values(name: str, schema: Mapping[str, Any]) -> SearchStrategy[Any]:
    """What the document allows for a field."""
    node = resolved(dict(schema))
    if "enum" in node:
        return st.sampled_from(node["enum"])
    if name == "parent_customer_id":
        return st.sampled_from([None, 1])  # the first customer, which is there in every test
    match node["type"]:
        case "string":
            return TEXT if name == "external_key" else LONG
        case "integer":
            ids = st.integers(node["minimum"], node["maximum"])
            return ids | st.sampled_from([node["minimum"], node["maximum"]])
        case "boolean":
            return st.booleans()
        case "array":
            return st.lists(TEXT, max_size=4)
        case other:
            pytest.fail(f"{name} is of a type that this test does not know: {other}")


def fields_of(schemas: Mapping[str, Mapping[str, Any]]) -> SearchStrategy[dict[str, Any]]:
    """Any of the fields, all of them now and then."""
    # The fields of a contact depend on one another: tests/sandbox/test_contacts.py.
    strategies = {name: values(name, schema) for name, schema in schemas.items() if not name.startswith("superuser_")}
    some = st.sets(st.sampled_from(sorted(strategies)), min_size=1, max_size=8)
    names = some | st.just(set(strategies))
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: strategies[name] for name in sorted(chosen)}))


CREATIONS = st.builds(lambda company, fields: {"company": company, **fields}, LONG, fields_of(CREATABLE))
UPDATES = fields_of(UPDATABLE)


def test_the_strategy_knows_all_fields() -> None:
    assert (len(UPDATABLE), len(CREATABLE)) == (56, 61)


def expected(*changes: Mapping[str, Any]) -> dict[str, Any]:
    """All stored fields of a customer that was created and then changed."""
    fields: dict[str, Any] = {**dict.fromkeys(CREATABLE), **DEFAULTS}
    for change in changes:
        fields |= change
    return fields


def stored(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: raw[name] for name in CREATABLE}


@settings(deadline=None, max_examples=50)
@given(creation=CREATIONS, update=UPDATES, bulk_update=UPDATES)
def test_a_customer_is_the_same_by_every_way_there_and_back(
    account: Account, creation: Any, update: Any, bulk_update: Any
) -> None:
    client = account.emptied()
    client.customers.create(company="Parent")
    customer_id = client.customers.create(**creation)
    assert_shown(client, customer_id, expected(creation))
    client.customers.update(customer_id, **update)
    assert_shown(client, customer_id, expected(creation, update))
    list(client.customers.bulk_update([(customer_id, bulk_update)]))
    assert_shown(client, customer_id, expected(creation, update, bulk_update))
    again: dict[str, Any] = {**creation, "external_key": ""}
    (copy,) = client.bulk([BulkRequest.create_customer(**again)])
    assert stored(client.customers.get(copy.value or 0).raw) == expected(again)
    assert client.customers.get(1).company == "Parent"


def assert_shown(client: ChargeOver, customer_id: int, fields: dict[str, Any]) -> None:
    customer = client.customers.get(customer_id)
    assert stored(customer.raw) == fields
    assert {name: getattr(customer, name) for name in CREATABLE} == fields
    row = {name: value for name, value in customer.raw.items() if name != "tags"}
    assert [one.raw for one in client.customers.list(where=Field.customer_id == customer_id)] == [row]
    if len(quote(fields["company"])) < LONGEST_QUERY:
        assert row in [one.raw for one in client.customers.list(where=Field.company == fields["company"])]
    in_bulk = client.bulk([BulkRequest.get_customer(customer_id), BulkRequest.get_customer(customer_id)])
    assert [result.value for result in in_bulk] == [customer, customer]
    if fields["external_key"]:
        assert client.customers.get_by_external_key(fields["external_key"]) == customer


FEW = st.text(st.sampled_from("aB,\\:%_ é\N{GRINNING FACE}\x00"), max_size=3)
NUMBERS = st.integers(1, 12) | st.sampled_from([10**9, 2**53 + 1, 2**63 - 1])
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {"company": FEW},
        optional={
            "bill_city": FEW,
            "bill_addr1": FEW,
            "custom_1": FEW,
            "terms_id": NUMBERS,
            "class_id": NUMBERS,
            "no_taxes": st.booleans(),
            "no_dunning": st.booleans(),
            "invoice_delivery": st.sampled_from(["print", "email"]),
            "tags": st.lists(FEW, max_size=3),
            "currency_id": NUMBERS,
        },
    ),
    min_size=2,
    max_size=7,
)
TEXTS = ["company", "bill_city", "custom_1", "invoice_delivery", "bill_block", "display_as", "external_key"]
WHOLE = ["terms_id", "class_id", "customer_id", "currency_id", "parent_customer_id"]
DECIMALS = ["total", "paid", "balance"]
FLAGS = ["no_taxes", "no_dunning", "no_latefees"]
MOMENTS = ["mod_datetime", "write_datetime"]

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "EQUALS": operator.eq,
    "NOTEQUALS": operator.ne,
    "GT": operator.gt,
    "LT": operator.lt,
    "GTE": operator.ge,
    "LTE": operator.le,
}

Filter = Callable[[Mapping[str, Any]], bool]


def plain_filter(name: str, sign: str, operand: Any) -> Filter:
    """What a condition means, by docs/fidelity.md."""

    def holds(customer: Mapping[str, Any]) -> bool:
        value = customer[name]
        if sign in {"IS", "ISNOT"}:
            return (value is None) == (sign == "IS")
        if value is None:
            return False
        return any(map(compared, value)) if isinstance(value, list) else compared(value)

    def compared(value: Any) -> bool:
        if sign == "CONTAINS":
            return operand in str(int(value) if isinstance(value, bool) else value)
        if isinstance(operand, date):
            value = datetime.fromisoformat(value)
        return COMPARISONS[sign](value, moment(operand))

    return holds


def moment(operand: Any) -> Any:
    """A date alone is its beginning in the account's zone."""
    if isinstance(operand, date) and not isinstance(operand, datetime):
        return datetime(operand.year, operand.month, operand.day, tzinfo=ZONE)
    return operand


def condition(name: str, sign: str, operand: Any) -> Condition:
    field = getattr(Field, name)
    by_sign = {"IS": field.is_null, "ISNOT": field.is_not_null}
    if sign in by_sign:
        return by_sign[sign]()  # type: ignore[no-any-return]
    if sign == "CONTAINS":
        return field.contains(operand)  # type: ignore[no-any-return]
    return COMPARISONS[sign](field, operand)  # type: ignore[return-value]  # pyright: ignore[reportReturnType]


@st.composite
def terms(draw: st.DrawFn, people: Sequence[Mapping[str, Any]]) -> tuple[str, str, Any]:
    """A field, an operator and a value, which often is one that some customer has."""
    name = draw(st.sampled_from([*TEXTS, *WHOLE, *DECIMALS, *FLAGS, *MOMENTS, *["tags"] * 6]))
    sign = draw(st.sampled_from([*COMPARISONS, "CONTAINS", "IS", "ISNOT"]))
    if sign == "CONTAINS":
        return name, sign, draw(FEW | st.sampled_from(["", "0", "1", "B", "-", "T0", ":"]))
    there = [person[name] for person in people if person[name] is not None]
    if name in TEXTS:
        return name, sign, draw(st.sampled_from(there) | FEW if there else FEW)
    if name == "tags":
        return name, sign, draw(st.sampled_from([*(tag for tags in there for tag in tags), "a"]))
    if name in WHOLE:
        beyond = st.integers(-(10**25), 10**25) | st.integers(-1, 13).map(float)
        return name, sign, draw(st.sampled_from([*there, 0, 2**63, -(2**63)]) | beyond)
    if name in DECIMALS:
        return name, sign, draw(st.sampled_from([0, 0.0, Decimal(0), 1, -0.5, 0.5, Decimal("0.01"), Decimal("-1E-7")]))
    if name in FLAGS:
        return name, sign, draw(st.booleans())
    own = datetime.fromisoformat(draw(st.sampled_from(there))).replace(microsecond=0)  # it is asked in whole seconds
    near = own + draw(st.sampled_from([timedelta(0), timedelta(seconds=1), timedelta(seconds=-1)]))
    elsewhere = near.astimezone(timezone(timedelta(minutes=draw(st.integers(-720, 840)))))
    return name, sign, draw(st.sampled_from([elsewhere, own.date(), own.date() + timedelta(days=1)]))


def settled(client: ChargeOver, people: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """These customers, created, as the account shows them."""
    for number, person in enumerate(people):
        fields: dict[str, Any] = {**person}
        if number % 2:
            fields["external_key"] = f"k{number}"
        if number % 3:
            fields["parent_customer_id"] = 1
        client.customers.create(**fields)
    return [client.customers.get(number + 1).raw for number in range(len(people))]


@settings(deadline=None, max_examples=60)
@given(people=PEOPLE, data=st.data())
def test_conditions_select_what_a_plain_filter_selects(account: Account, people: Any, data: st.DataObject) -> None:
    client = account.emptied()
    shown = settled(client, people)
    for _ in range(5):
        found = data.draw(st.lists(terms(shown), min_size=1, max_size=3))
        conditions = [condition(*term) for term in found]
        filters = [plain_filter(*term) for term in found]
        expected_ids = [one["customer_id"] for one in shown if all(fits(one) for fits in filters)]
        ids = [one.customer_id for one in client.customers.list(where=conditions, page_size=2)]
        assert ids == expected_ids
        assert client.customers.count(where=conditions) == len(ids)
        (in_bulk,) = client.bulk([BulkRequest.list_customers(where=conditions)])
        assert [one.customer_id for one in in_bulk.value or []] == ids


@settings(deadline=None, max_examples=40)
@given(people=PEOPLE, data=st.data())
def test_an_order_is_what_plain_sorting_gives(account: Account, people: Any, data: st.DataObject) -> None:
    client = account.emptied()
    shown = settled(client, people)
    name = data.draw(st.sampled_from([*TEXTS, *WHOLE, *DECIMALS, *FLAGS, *MOMENTS]))
    for is_reversed in (False, True):
        order = getattr(Field, name).desc() if is_reversed else getattr(Field, name).asc()
        ids = [one.customer_id for one in client.customers.list(order=order, page_size=2)]
        # Two that were created in one second are in the order of time all the same, which is that of the IDs.
        key = "customer_id" if name in MOMENTS else name
        # A sort keeps what is equal as it was, reversed or not.
        in_order = sorted(shown, key=lambda one: (one[key] is not None, one[key]), reverse=is_reversed)
        assert ids == [one["customer_id"] for one in in_order]


@settings(deadline=None, max_examples=80)
@given(texts=st.lists(st.text(st.sampled_from("a,\\:é\n "), max_size=4), min_size=1, max_size=5))
def test_whatever_is_escaped_reads_back_as_it_was(account: Account, texts: list[str]) -> None:
    client = account.emptied()
    fields = {f"custom_{number}": text for number, text in enumerate(texts, 1)}
    client.customers.create(company="Acme", **fields)  # type: ignore[call-overload]
    client.customers.create(company="Another customer", **dict.fromkeys(fields, "x"))  # type: ignore[call-overload]
    conditions = [getattr(Field, name) == text for name, text in fields.items()]
    where = where_text(reversed(conditions))
    for asked in (conditions, reversed(conditions), where):
        assert [one.customer_id for one in client.customers.list(where=asked)] == [1]
