"""Bodies and parameters that clients in use send although the document refuses them; each has its source.

- A customer that was fetched comes back whole, with read-only members and nulls: the PHP library (client). That a null
  leaves the field alone is assumed; for the parent it disconnects, as published.
- IDs and flags as text, flags as 0 and 1: the PHP library and connectors (client).
- ``custtype_id`` and ``campaign_details`` in an update: the C# library (client).
- ``…_external_key`` in place of ``…_id`` (docs); only that of the parent is looked up, since the sandbox has no other
  objects.
- A limit of 0 is the default one, and an empty ``where`` or ``order`` is none (client; what they mean is assumed).
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, cast

from chargeover_sandbox.contract.document import Contract, FieldKind, Node
from chargeover_sandbox.contract.problems import Problem, shortened
from chargeover_sandbox.contract.responses import invalid

from .store import Store

_UPDATES = ("update_customer", "update_customer_by_external_key")
_CREATION = "create_customer"
_IN_AN_UPDATE_TOO = ("custtype_id", "campaign_details")
_PARENT = "parent_customer_id"
_KEY = "_external_key"
_INTEGER = re.compile(r"-?[0-9]{1,19}")
_FLAGS: Mapping[object, bool] = {"0": False, "1": True, "false": False, "true": True, 0: False, 1: True}


def allow_in_document(document: Node) -> None:
    """Change the document so that it allows the parameters and the fields of such requests."""
    schemas, parameters = document["components"]["schemas"], document["components"]["parameters"]
    schemas["CustomerUpdate"].setdefault("properties", {}).update(
        {name: schemas["Customer"]["properties"][name] for name in _IN_AN_UPDATE_TOO}
    )
    for name in ("where", "order"):
        del parameters[name]["schema"]["pattern"]
    parameters["limit"]["schema"]["minimum"] = 0


def allow_in_bodies(contract: Contract, store: Store) -> None:
    """Change the bodies of such requests to what the document allows, before they are checked."""
    shown = contract.fields("Customer")
    for operation in contract.operations():
        if operation.operation_id in {*_UPDATES, _CREATION}:
            schema = "CustomerCreate" if operation.operation_id == _CREATION else "CustomerUpdate"
            tidied = _tidier(contract.fields(schema), shown, store)
            operation.bodies.update({media: replace(body, tidied=tidied) for media, body in operation.bodies.items()})


def _tidier(kinds: Mapping[str, FieldKind], shown: Collection[str], store: Store) -> Callable[[Any], Any]:
    def tidied(body: Any) -> Any:
        if not isinstance(body, dict):
            return body
        kept: dict[str, Any] = {}
        for name, value in cast("dict[str, Any]", body).items():
            if name.endswith(_KEY) and (stands_for := f"{name.removesuffix(_KEY)}_id") in kinds:
                if stands_for == _PARENT and value is not None:
                    kept[_PARENT] = _named(store, name, value)
            elif name not in kinds:
                # A read-only member is left out; a name that no customer has is still refused.
                if name not in shown:
                    kept[name] = value
            elif value is not None or name == _PARENT:
                kept[name] = _typed(kinds[name], value)
        return kept

    return tidied


def _named(store: Store, field: str, key: object) -> int:
    customer_id = store.id_of("external_key", key) if isinstance(key, str) and key else None
    if customer_id is None:
        raise invalid(Problem(field, f"there is no customer with the external key {shortened(str(key))!r}"))
    return customer_id


def _typed(kind: FieldKind, value: Any) -> Any:
    if kind.json_type == "integer" and isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value)
    if kind.json_type == "boolean" and isinstance(value, (str, int)):
        return _FLAGS.get(value, value)
    return value
