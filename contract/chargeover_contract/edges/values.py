"""The values of fields: the least, the greatest, the nearest miss, and the wrong type of each kind."""

from collections.abc import Iterator
from typing import Any

from chargeover_contract.openapi import DOCUMENT, resolved
from chargeover_contract.ownership import CUSTOMER

from .case import Case, post, put

_GREATEST = 2**63 - 1
_FIELDS: dict[str, dict[str, Any]] = {
    name: resolved(node)
    for name, node in DOCUMENT["components"]["schemas"]["CustomerWritableFields"]["properties"].items()
}
_WRONG_TYPES: dict[str, tuple[object, ...]] = {
    "string": (None, 1, True, [], {}, 1.5),
    "integer": (None, "1", True, 1.5, [], {}, ""),
    "boolean": (None, 0, 1, "true", "1", [], {}),
    "array": (None, "a", {}, 1, True, [1], [None], ["a", 1], [["a"]], [{}]),
}


def cases() -> Iterator[Case]:
    """The rows."""
    for name, field in _FIELDS.items():
        yield from _of_a_wrong_type(name, field)
    yield from _numbers()
    yield from _names()
    yield from _creations()
    yield from _as_they_are()


def _is_plain_text(name: str, field: dict[str, Any]) -> bool:
    """Whether it takes any text; a key and a marker are what the subject is known by."""
    return field["type"] == "string" and "enum" not in field and name not in {"external_key", "custom_20"}


def _of_a_wrong_type(name: str, field: dict[str, Any]) -> Iterator[Case]:
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    for value in _WRONG_TYPES[types[0]]:
        if value is None and "null" in types:
            continue
        yield put(f"{name}: {value!r}", {name: value}, 400, "the document has another type for this field")


def _numbers() -> Iterator[Case]:
    def number(text: str, status: int, why: str, then: int | None = None) -> Case:
        after = {} if then is None else {"superuser_id": then}
        body = b'{"superuser_id": %b}' % text.encode()
        # Another server may know that there is no such contact.
        return put(f"the number {text[:40]}", body, status, why, own=status < 300, then=after)

    whole = "JSON Schema 6.1.1: a number without a fraction is an integer"
    yield number(str(_GREATEST), 202, "the greatest ID", _GREATEST)
    yield number("9007199254740993", 202, "not a double, but an ID", 9007199254740993)
    yield number("1", 202, "the least ID", 1)
    yield number("57.0", 202, whole, 57)
    yield number("1e2", 202, whole, 100)
    for text in ("0", "-0", "-1", str(2**63), str(2**64 + 1), "1e19", "9" * 5000):
        yield number(text, 400, "the document has IDs from 1 to 2^63 - 1")
    for text in ("0.5", "1.5", "57.0000001", "1e-1"):
        yield number(text, 400, "the document has an integer")
    yield number("1e999", 400, "it is greater than any ID")
    for field in (name for name, node in _FIELDS.items() if "minimum" in node):
        yield put(f"{field}: 0", {field: 0}, 400, "the document has IDs from 1")
        yield put(f"{field}: 2^63", {field: 2**63}, 400, "the document has IDs to 2^63 - 1")


def _names() -> Iterator[Case]:
    why = "the document refuses what it does not list"
    for name in ("compny", "Company", "COMPANY", " company", "company ", "", "customer_id", "token", "mod_datetime",
                 "currency_id", "__proto__", "superuser_username", "brand_id", "custom_0", "custom_21"):  # fmt: skip
        yield put(f"a field {name!r}", {name: 1 if name.endswith("_id") else "x"}, 400, why)
        yield put(f"a right field and {name!r}", {"company": "changed", name: "x"}, 400, why)
    for field in ("invoice_delivery", "dunning_delivery"):
        for value in ("fax", "Print", "EMAIL", "", " print"):
            yield put(f"{field}: {value!r}", {field: value}, 400, "seed: print and email")
        for value in ("print", "email"):
            yield put(f"{field}: {value!r}", {field: value}, 202, "seed: print and email", then={field: value})
    for parent, own in (("<id>", True), ("9223372036854775807", True), ("0", False)):
        why = "it cannot be above itself, and it must be there" if own else "the document has IDs from 1"
        yield put(f"the parent {parent}", b'{"company": "x", "parent_customer_id": %b}' % parent.encode(), 400, why,
                  own=own)  # fmt: skip


def _creations() -> Iterator[Case]:
    for name, body in (("no field", {}), ("no company", {"bill_city": "Bonn"})):
        yield post(f"a creation with {name}", CUSTOMER, body, 400, "docs: company is required")
    for name, value in (
        ("company", None), ("company", 1), ("compny", "x"), ("customer_id", 1), ("no_taxes", 1), ("currency_id", 0),
        ("currency_id", "1"), ("brand_id", 2**63), ("custtype_id", None), ("campaign_details", 1),
        ("superuser_username", None), ("invoice_delivery", "fax"),
    ):  # fmt: skip
        content: dict[str, object] = {"company": "New", name: value}
        yield post(
            f"a creation with {name}: {value!r}", CUSTOMER, content, 400, "the document does not allow this value"
        )
    yield post("a creation with a key in use", CUSTOMER, b'{"company": "x", "external_key": "<key>"}', 400,
               "docs: keys are unique")  # fmt: skip
    yield post("a creation below an unknown parent", CUSTOMER, {"company": "x", "parent_customer_id": _GREATEST}, 400,
               "a parent must be there", own=True)  # fmt: skip


_TIDIED = (
    " a ", "00501", "a\nb", "a\r\nb", "<b>&\"'</b>", "a\u0301", "\N{LATIN SMALL LETTER A WITH ACUTE}", "A@B.C", "NULL",
    "1e3", "%41+", "\\n", "x" * 300, "\N{GRINNING FACE}" * 200, "[{" * 100, "\u2028", "\u202e", "\ufeff", "\0", "",
)  # fmt: skip


def _as_they_are() -> Iterator[Case]:
    """Texts and lists that a server may be tempted to tidy up."""
    why = "no page says that a value is changed"
    for text in _TIDIED:
        for name in ("bill_postcode", "custom_20", "ship_addr1"):
            yield put(f"{name}: {ascii(text)[:40]}", {name: text}, 202, why, then={name: text})
    # The whole name of a contact follows from the other two.
    plain = [name for name, field in _FIELDS.items() if _is_plain_text(name, field) and name != "superuser_name"]
    texts = {name: f"{name} {'x' * 300}" for name in plain}
    first, last = texts["superuser_first_name"], texts["superuser_last_name"]
    yield put("300 characters in every text", texts, 202, "no length is documented", own=True,
              then={**texts, "superuser_name": f"{first} {last}"})  # fmt: skip
    for sent, why, then in (
        ({"superuser_first_name": "Ann", "superuser_last_name": "Lee"}, "recorded: they are joined",
         {"superuser_name": "Ann Lee"}),
        ({"superuser_first_name": "Bo"}, "recorded: the whole name follows", {"superuser_name": "Bo Lee"}),
        ({"superuser_name": "Cleo Ray"}, "the other two follow (assumed)",
         {"superuser_first_name": "Cleo", "superuser_last_name": "Ray"}),
    ):  # fmt: skip
        yield put(f"the contact's {' and '.join(sent)}", sent, 202, why, own=True, then={**sent, **then})
    for flag in (True, False):
        yield put(f"no_procfees: {flag}", {"no_procfees": flag}, 202, "recorded: it is shown as a number", own=True,
                  then={"no_procfees": int(flag)})  # fmt: skip
    for tags in (["a", "a", "b"], ["b", "a"], [""], ["a,b"], [" a"], ["A", "a"], []):
        yield put(f"tags: {tags}", {"tags": tags}, 202, why, then={"tags": tags})
    for flag, times in ((True, "once"), (False, "then"), (True, "again")):
        yield put(f"no_dunning: {flag} {times}", {"no_dunning": flag}, 202, why, then={"no_dunning": flag})
