"""What the machine sends: values for the fields of the document, the odd ones more often than they come by chance."""

from typing import Any

from hypothesis import strategies as st

from chargeover_contract.openapi import DOCUMENT, resolved

Fields = dict[str, Any]

_SCHEMAS = DOCUMENT["components"]["schemas"]
_NODES: Fields = {name: resolved(node) for name, node in _SCHEMAS["CustomerWritableFields"]["properties"].items()}
_CREATE_NODES: Fields = {**_NODES, **_SCHEMAS["CustomerCreate"]["allOf"][1]["properties"]}

WRITABLE = frozenset(_CREATE_NODES)
"""The fields that can be sent."""
SHOWN = tuple(_SCHEMAS["Customer"]["properties"])
"""The fields that an answer has, as far as the document names them."""
FILTERABLE: tuple[str, ...] = tuple(DOCUMENT["components"]["parameters"]["where"]["x-fields"])
"""The fields that have been seen in a ``where``."""
# These have rules of their own, or mark the customers of this run.
_APART = frozenset({"parent_customer_id", "external_key", "custom_20"})

_POPULAR = (
    "company", "bill_city", "bill_postcode", "superuser_id", "no_taxes", "invoice_delivery", "tags", "bill_state",
    "superuser_first_name", "custom_1",
)  # fmt: skip

_ODD_TEXTS = (
    "", " ", "0", "1", "-1", "NULL", "null", "true", "a", "A", "á", "a\u0301", "ß", "ẞ", "İ", "Żółw & Söhne 株式会社",
    "\N{GRINNING FACE}", "\N{GRINNING FACE}x", "\uffff", "\U0010ffff", "\0", "a\0b", "\x7f", "\u2028", "\u202e",
    "\ufeff", "a,b", "a:b", "a\\", "a\\,b", "\\", "%", "_", "a%b", "a_b", "'", '"', "' OR 1=1 --", "00501",
    "<b>&amp;", "{}", "[]", "a\nb", " a", "a ", "\ta", "1e3", "01", "x" * 300, "\N{GRINNING FACE}" * 100,
    "customer_id:GT:0", "+", "a+b", "%41", "#", "?",
)  # fmt: skip
TEXTS = st.one_of(st.sampled_from(_ODD_TEXTS), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
_TAGS = st.sampled_from([[], ["a", "a", "b"], ["b", "a"], ["a,b", ""]]) | st.lists(TEXTS, max_size=4)
_IDS = st.one_of(st.sampled_from([1, 2, 9, 10, 2**31, 2**53 + 1, 2**63 - 1]), st.integers(1, 2**63 - 1))


def _values(node: Fields) -> st.SearchStrategy[Any]:
    if "enum" in node:
        return st.sampled_from(node["enum"])
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "string": TEXTS,
        "integer": _IDS,
        "boolean": st.booleans(),
        "array": _TAGS,
    }
    return kinds[node["type"]]


def _is_reference(node: Fields) -> bool:
    """Whether it is the ID of something other than a customer, which a server other than ours may not have."""
    return bool(node["type"] == "integer")


def _some(nodes: Fields, *, references: bool, required: tuple[str, ...] = ()) -> st.SearchStrategy[Fields]:
    values = {
        name: _values(node)
        for name, node in nodes.items()
        if name not in _APART and (references or not _is_reference(node))
    }
    everything = st.fixed_dictionaries(values)

    def some_of(names: list[str]) -> st.SearchStrategy[Fields]:
        return st.sets(st.sampled_from(names), min_size=1, max_size=4).flatmap(
            lambda chosen: st.fixed_dictionaries({name: values[name] for name in sorted({*chosen, *required})})
        )

    # The same few fields mostly, so that customers differ in what they can be compared by; all of them now and then,
    # since a history can only be so long.
    popular = some_of([name for name in _POPULAR if name in values])
    any_few = some_of(sorted(values))
    return st.integers(0, 11).flatmap(lambda n: everything if n == 11 else any_few if n > 7 else popular)


def changes(*, references: bool) -> st.SearchStrategy[Fields]:
    """The fields of an update."""
    return _some(_NODES, references=references)


def creations(*, references: bool) -> st.SearchStrategy[Fields]:
    """The fields of a creation."""
    return _some(_CREATE_NODES, references=references, required=("company",))
