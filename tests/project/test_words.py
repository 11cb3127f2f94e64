"""Folders that serve any resource do not mention customers, in names or in strings; docstrings may."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALLOWED: dict[str, set[str]] = {
    "overrides/chargeover/_bulk": set(),
    "overrides/chargeover/_calls": set(),
    "overrides/chargeover/_http": set(),
    "overrides/chargeover/_settings": set(),
    "sandbox/chargeover_sandbox/contract": set(),
    "sandbox/chargeover_sandbox/requests": set(),
    "sandbox/chargeover_sandbox/storage": set(),
    "sandbox/chargeover_sandbox/webhooks": set(),
}
"""By folder, the words with "customer" in them that it needs all the same."""


def texts_in(code: str) -> Iterator[str]:
    """Every name and every string in code, without docstrings."""
    tree = ast.parse(code)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) not in docstrings:
            yield from (value for _, value in ast.iter_fields(node) if isinstance(value, str))


def words_in(code: str) -> set[str]:
    return {word for text in texts_in(code) for word in re.findall(r"(?i)\w*customer\w*", text)}


@pytest.mark.parametrize("folder", ALLOWED)
def test_a_folder_does_not_know_what_a_customer_is(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files, f"{folder} has no Python files"
    found = {word for file in files for word in words_in(file.read_text(encoding="utf-8"))}
    assert found == ALLOWED[folder]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("class CustomerFields: pass", {"CustomerFields"}),
        ("def f(customer_id): return customer_id", {"customer_id"}),
        ("from .x import Customer as C", {"Customer"}),
        ("x = f'/api/v3/customer/{y}'", {"customer"}),
        ("client.customers.get(a_customer=1)", {"customers", "a_customer"}),
        ('"""About a customer."""\ndef f():\n    """A customer."""', set()),
        ("x = 1  # a customer", set()),
    ],
)
def test_names_and_strings_are_read_and_docstrings_are_not(code: str, words: set[str]) -> None:
    assert words_in(code) == words
