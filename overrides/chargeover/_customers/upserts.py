"""Create a customer or change it, by its external key, whichever is due."""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple, cast

from chargeover._calls.call import Call
from chargeover._calls.envelopes import Envelope, identified
from chargeover._calls.fields import BodyRules, check_required, checked_parameter, checked_update
from chargeover._errors import BadRequestError, ChargeOverError, InvalidFieldError, NotFoundError
from chargeover._wire import CustomerUpdateFields, requests

from . import operations
from .changes import checked_pair

KeyedChange = tuple[str, CustomerUpdateFields]
"""An external key and the fields that its customer is to have, by name."""

_RULES = BodyRules("upsert", operations.UPDATE.fields, (), operations.UPDATE.elsewhere)


class Upserted(NamedTuple):
    """What an upsert did.

    Attributes:
        customer_id: the customer's ID; None if the response to a change lacks it.
        created: whether the customer was created, and not changed.
    """

    customer_id: int | None
    created: bool


def upsert_call(external_key: str, fields: Mapping[str, object], *, is_alone: bool = True) -> Call[Upserted]:
    """Change the customer that has a key; where there is none, create it.

    If its key is taken meanwhile, it is changed after all.

    Args:
        external_key: the key.
        fields: the fields that the customer is to have.
        is_alone: whether the call is sent by itself. In a bulk request, a retry does not look for what the attempt
            before it created: it changes that, and says so.

    Raises:
        UnknownFieldError: a name that the contract does not have.
        InvalidFieldError: no field at all, another key among them, or a value that the contract does not allow.
    """
    key = checked_parameter("external_key", external_key)
    body = checked_update(_RULES, fields)
    if body.get("external_key", key) != key:
        raise InvalidFieldError("upsert() finds a customer by its key, and does not change the key.", "external_key")
    if not (body := {name: value for name, value in body.items() if name != "external_key"}):
        raise InvalidFieldError("upsert() was called without any field besides the key: there is nothing to send.")
    request = requests.update_customer_by_external_key(key, body)
    return Call(request, _changed, instead=partial(_creation, {"external_key": key, **body}, is_alone))


def upsert_of(change: KeyedChange) -> Call[Upserted]:
    """The call of one change of a bulk run; see ``upsert_call``."""
    key, fields = checked_pair(change)
    return upsert_call(cast("str", key), fields, is_alone=False)


def _changed(envelope: Envelope) -> Upserted:
    return Upserted(identified(envelope), created=False)


def _creation(body: dict[str, Any], is_alone: bool, error: ChargeOverError) -> Call[Upserted] | None:
    """The creation, if no customer has the key."""
    if not isinstance(error, NotFoundError):
        return None
    try:
        check_required(operations.CREATION, body)
    except InvalidFieldError as missing:
        message = f"No customer has this external key, and {missing} Nothing was changed."
        raise InvalidFieldError(message, missing.field) from None
    call = operations.creation(body)
    creation = _as_creation(call)
    creation.instead = partial(_change_after_all, body)
    if is_alone:
        creation.recover = partial(_earlier_creation, call)
    return creation


def _as_creation(call: Call[int]) -> Call[Upserted]:
    return Call(call.request, lambda envelope: Upserted(call.read(envelope), created=True), may_be_doubled=True)


def _earlier_creation(call: Call[int], error: ChargeOverError) -> Call[Upserted] | None:
    found = call.recover(error) if call.recover else None
    return _as_creation(found) if isinstance(found, Call) else None


def _change_after_all(body: dict[str, Any], refusal: ChargeOverError) -> Call[Upserted] | None:
    """The change, if a creation was refused: perhaps because another one took the key."""
    if not isinstance(refusal, BadRequestError):
        return None
    fields = {name: value for name, value in body.items() if name != "external_key"}
    request = requests.update_customer_by_external_key(body["external_key"], fields)
    return Call(request, _changed, instead=partial(_refused, refusal))


def _refused(refusal: ChargeOverError, error: ChargeOverError) -> None:
    """There is still no customer with the key: the creation was refused for another reason."""
    if isinstance(error, NotFoundError):
        raise refusal from None
