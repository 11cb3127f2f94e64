"""What people find where they look: help(), and completion engines that read the source."""

import inspect
import pydoc
from typing import Any

import jedi  # type: ignore[import-untyped]
import pytest

from chargeover import AsyncChargeOver, AsyncCustomers, ChargeOver, Customers
from chargeover_contract.openapi import DOCUMENT, resolved
from tools.contract import PATH, Contract
from tools.generate.docstrings import rendered


def descriptions(schema: str) -> dict[str, str]:
    """The fields of a body with their descriptions, by the document itself."""
    found: dict[str, str] = {}
    parts = [DOCUMENT["components"]["schemas"][schema]]
    while parts:
        part = resolved(parts.pop())
        parts += part.get("allOf", [])
        for name, field in part.get("properties", {}).items():
            found[name] = " ".join(resolved(field).get("description", "").split())
    return found


UPDATE, CREATE = descriptions("CustomerUpdate"), descriptions("CustomerCreate")


def assert_lists(text: str, fields: dict[str, str]) -> None:
    words = " ".join(text.split())
    for name, description in fields.items():
        assert f"{name} (" in words, name
        assert description in words, name


@pytest.mark.parametrize("kind", [Customers, AsyncCustomers])
def test_help_lists_all_fields_with_their_descriptions(kind: Any) -> None:
    assert len(UPDATE) == 56
    assert_lists(pydoc.render_doc(kind.update), UPDATE)
    assert_lists(inspect.getdoc(kind.create) or "", CREATE)


@pytest.mark.parametrize("name", ["ChargeOver", "AsyncChargeOver"])
def test_a_completion_engine_shows_them(name: str) -> None:
    code = f"from chargeover import {name}\nclient = {name}()\nclient.customers.update"
    (found,) = jedi.Script(code).infer(3, len("client.customers.update"))
    assert_lists(found.docstring(), UPDATE)
    names = [one.name for one in jedi.Script(code.replace("update", "bulk_up")).complete(3, 24)]
    assert names == ["bulk_update", "bulk_upsert"]


@pytest.mark.parametrize(("copy", "original"), [(AsyncCustomers, Customers), (AsyncChargeOver, ChargeOver)])
def test_an_async_method_has_the_text_of_its_twin(copy: type, original: type) -> None:
    for name, method in inspect.getmembers(copy, callable):
        if not name.startswith("_") and hasattr(original, name):
            text = inspect.getdoc(method) or ""
            assert "See Customers." not in text
            assert text.split("\n", maxsplit=1)[0] == (inspect.getdoc(getattr(original, name)) or "").split("\n")[0]


def test_the_docstrings_are_those_that_generation_writes() -> None:
    for path, text in rendered(Contract.load(PATH)).items():
        assert path.read_text(encoding="utf-8") == text, path.name
