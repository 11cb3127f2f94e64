"""What a seed can set, and the check of it: the contract's own schemas, and what only the service can set."""

from typing import cast

from chargeover_sandbox.contract.document import Contract, FieldKind, Node, Validator
from chargeover_sandbox.contract.problems import problems, shortened
from chargeover_sandbox.control.document import control_contract
from chargeover_sandbox.customers.account import Account
from chargeover_sandbox.customers.store import Fields
from chargeover_sandbox.customers.times import stamp
from chargeover_sandbox.customers.views import ABSENT

from .rows import Row

PARENT_KEY = "parent_customer_external_key"
"""Names the parent by its external key, in place of ``parent_customer_id``."""

_LARGEST_ID = 10**18
"""The largest ID that a seed can give a customer: later ones still need IDs."""
_FLAG: Node = {"enum": [True, False, 0, 1]}
_ID_OR_NONE = ("class_id", "campaign_id")
"""IDs that are 0 in recorded responses where a customer has none."""


class SeedChecks:
    """Checks customers of a seed one by one.

    Args:
        contract: the document.
        account: its time zone is that of dates without an offset.

    Attributes:
        kinds: the fields that a seed can set, by name.
    """

    def __init__(self, contract: Contract, account: Account) -> None:
        shown = contract.properties("Customer")
        self.kinds = {
            **contract.fields("Customer"),
            PARENT_KEY: FieldKind("string", is_moment=False, is_number=False),
            ABSENT: FieldKind("array", is_moment=False, is_number=False),
        }
        creation = contract.properties("CustomerCreate")
        schemas: Node = {name: creation.get(name) or _read_only(node) for name, node in shown.items()}
        schemas.update(control_contract().properties("BusinessData"))
        schemas.update({name: _FLAG for name, kind in self.kinds.items() if kind.is_number})
        schemas.update({name: {**schemas[name], "minimum": 0} for name in _ID_OR_NONE})
        schemas["customer_id"] = {"type": "integer", "minimum": 1, "maximum": _LARGEST_ID}
        schemas[PARENT_KEY] = {"type": "string", "minLength": 1}
        absent = {"enum": sorted(shown.keys() - {"customer_id"})}
        schemas[ABSENT] = {"type": "array", "items": absent, "uniqueItems": True}
        self._validator = Validator(
            {"type": "object", "properties": schemas, "required": ["company"], "additionalProperties": False},
            validate_formats=False,
        )
        self._moments = tuple(name for name, kind in self.kinds.items() if kind.is_moment)
        self._flags = tuple(name for name, kind in self.kinds.items() if kind.is_number)
        self._time = account.time

    def checked(self, row: Row) -> Fields:
        """The fields of a customer as they are stored, without those that are null.

        Raises:
            SeedError: a field does not exist, has a wrong value, or is missing.
        """
        fields: Fields = {
            name: value for name, value in row.fields.items() if value is not None or name not in self.kinds
        }
        if not self._validator.is_valid(fields):
            problem = problems(self._validator, fields, self.kinds.keys())[0]
            name = problem.field.partition("[")[0]
            raise row.error(name if name in row.places else problem.field, shortened(problem.reason))
        for name in self._moments:
            if name in fields:
                try:
                    fields[name] = stamp(self._time.storable(fields[name]))
                except ValueError as error:
                    raise row.error(name, f"{shortened(fields[name])!r}: {error}") from None
        for name in self._flags:
            if name in fields:
                fields[name] = int(fields[name])
        return fields


def _read_only(node: Node) -> Node:
    """The schema of a field that only the service writes: its type, which is one besides null."""
    (kind,) = {*cast("list[str]", node["type"])} - {"null"}
    limits: Node = {"integer": {"minimum": 0, "maximum": 2**63 - 1}, "number": {"minimum": -1e15, "maximum": 1e15}}
    return {"type": kind, **limits.get(kind, {})}
