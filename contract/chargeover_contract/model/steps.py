"""Bulk requests of mixed steps, some of which must fail without undoing the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from chargeover import BadRequestError, BulkRequest, ChargeOverError, NotFoundError
from chargeover_contract.equality import is_same

from .context import Context
from .state import State
from .values import TEXTS, Fields

NO_CUSTOMER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Step:
    """One request before it is known which customers there are.

    Attributes:
        kind: what it does.
        who: picks the customer.
        text: a value to send.
    """

    kind: str
    who: int
    text: str


_KINDS = (
    "update",
    "update",
    "create",
    "get",
    "get no customer",
    "update no customer",
    "take a key",
    "no path",
    "disconnect",
    "count",
)
STEPS = st.builds(Step, kind=st.sampled_from(_KINDS), who=st.integers(0, 50), text=TEXTS)


@dataclass(slots=True)
class _Plan:
    """A request, and what must come of it."""

    request: BulkRequest[Any]
    error: type[ChargeOverError] | None = None
    changes: int | None = None
    sent: Fields | None = None


def carried_out(
    context: Context, state: State, marker: str, steps: Sequence[Step]
) -> Iterator[tuple[int, Fields, bool]]:
    """Send the steps in one bulk request after the other; then each customer that changed or is new, and how."""
    plans = [_planned(context, state, marker, step) for step in steps]
    results = context.client.bulk([plan.request for plan in plans], in_flight=1, errors="return")
    changed: dict[int, Fields] = {}
    created: list[tuple[int, Fields]] = []
    for plan, result in zip(plans, results, strict=True):
        if plan.error:
            assert isinstance(result.error, plan.error), f"{plan.request}: {result} instead of {plan.error.__name__}"
            continue
        assert result.error is None, f"{plan.request}: {result.error}"
        if plan.changes is not None and plan.sent is not None:
            changed[plan.changes] = {**changed.get(plan.changes, {}), **plan.sent}
        elif plan.sent is not None:
            created.append((int(result.value or 0), plan.sent))
        elif plan.request.method == "GET":
            _check_read(state, plan, result.value, changed, len(created))
    yield from ((customer_id, sent, False) for customer_id, sent in changed.items())
    yield from ((customer_id, sent, True) for customer_id, sent in created)


def _check_read(state: State, plan: _Plan, value: Any, changed: dict[int, Fields], created: int) -> None:
    """What was read must be what the requests before it left, and not what those behind it did."""
    if isinstance(value, int):
        assert value == len(state.customers) + created, f"{plan.request}: {value}"
        return
    shown = value.raw
    sent = changed.get(shown["customer_id"], {})
    before = state.customers[shown["customer_id"]]
    for name in ("company", "bill_city", "parent_customer_id", "external_key", "custom_1"):
        expected = sent.get(name, before.get(name))
        assert is_same(shown.get(name), expected), f"{plan.request}: {name} is {shown.get(name)!r}, not {expected!r}"


def _planned(context: Context, state: State, marker: str, step: Step) -> _Plan:
    there = sorted(state.customers)
    who = there[step.who % len(there)]
    is_missing = context.is_missing
    match step.kind:
        case "create":
            sent: Fields = {"company": step.text, "custom_20": marker}
            return _Plan(BulkRequest.create_customer(**sent), sent=sent)
        case "get" if not is_missing("get_customer"):
            return _Plan(BulkRequest.get_customer(who))
        case "get no customer" if not is_missing("get_customer"):
            return _Plan(BulkRequest.get_customer(NO_CUSTOMER), NotFoundError)
        case "update no customer":
            return _Plan(BulkRequest.update_customer(NO_CUSTOMER, company=step.text), NotFoundError)
        case "take a key" if taken := _a_key_of_another(state, who):
            # The field beside it must not change either.
            return _Plan(BulkRequest.update_customer(who, external_key=taken, company="Half"), BadRequestError)
        case "no path":
            return _Plan(BulkRequest.request("GET", "/api/v3/nothing"), BadRequestError)
        case "disconnect" if not is_missing("disconnect_parent"):
            if state.parent_is_refused(None, who):
                return _Plan(BulkRequest.disconnect_parent(who), BadRequestError)
            return _Plan(BulkRequest.disconnect_parent(who), changes=who, sent={"parent_customer_id": None})
        case "count" if not is_missing("count_customers"):
            return _Plan(BulkRequest.count_customers(where=f"custom_20:EQUALS:{marker}"))
        case _:
            name = "company" if len(step.text) % 2 else "bill_city"
            sent = {name: step.text, "custom_1": "bulk"}
            return _Plan(BulkRequest.update_customer(who, **sent), changes=who, sent=sent)


def _a_key_of_another(state: State, who: int) -> str | None:
    keys = [
        fields["external_key"] for one, fields in state.customers.items() if one != who and fields.get("external_key")
    ]
    return next(iter(keys + sorted(state.spent)), None)
