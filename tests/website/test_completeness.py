"""The built site has a place for everything: operations, fields and public names are found by introspection."""

import inspect
import subprocess
import types
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml

import chargeover
import chargeover.webhooks
import chargeover_sandbox
from chargeover_contract.openapi import DOCUMENT, PATH, operations
from tests.support.seed import ROWS
from tests.website.browser import PAGES, SITE

ROOT = SITE.parent


class Parsed(HTMLParser):
    """The anchors of a page, and where it leads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element has."""
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif name in {"href", "src"} and value:
                self.links.append(value)


PARSED = {path: Parsed(SITE / path) for path in PAGES}


def ids(prefix: str) -> set[str]:
    """The anchors of all pages under a path."""
    return {one for path, page in PARSED.items() if path.startswith(prefix) for one in page.ids}


def test_every_link_leads_somewhere() -> None:
    broken: list[str] = []
    for path, page in PARSED.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in {"http", "https", "data", "mailto"}:
                continue
            assert not link.startswith("/"), f"{path}: {link} holds at one place of a host only"
            target = (SITE / path).parent / unquote(parts.path) if parts.path else SITE / path
            name = target.resolve().relative_to(SITE).as_posix() if target.exists() else ""
            # #reference of the interactive page is an element too; operations are opened by its script.
            by_script = name == "reference/interactive/index.html" and parts.fragment in OPERATIONS
            # That of a picture is the colour scheme that it is for.
            of_a_picture = ["gh-light-mode-only", "gh-dark-mode-only"] if name.endswith((".svg", ".png")) else []
            anchors = PARSED[name].ids if name in PARSED else of_a_picture
            if not name or (parts.fragment and not by_script and unquote(parts.fragment) not in anchors):
                broken.append(f"{path}: {link}")
    assert broken == []


def test_no_page_asks_for_anything_of_another_host() -> None:
    for path in PAGES:
        text = (SITE / path).read_text(encoding="utf-8")
        assert 'src="http' not in text, path
        assert 'rel="stylesheet" href="http' not in text, path


def test_no_page_shows_what_should_have_been_replaced() -> None:
    for path in PAGES:
        text = (SITE / path).read_text(encoding="utf-8")
        assert "<p>:::" not in text, path
        assert "][chargeover" not in text, path


OPERATIONS = {operation["operationId"] for _, _, operation in operations()}


def test_every_operation_has_its_place() -> None:
    assert set(PARSED["reference/operations.html"].ids) >= OPERATIONS
    for _, _, operation in operations():
        for parameter in operation.get("parameters", ()):
            name = parameter["$ref"].rsplit("/", 1)[1]
            assert f"{operation['operationId']}.{name}" in PARSED["reference/operations.html"].ids


def fields_of(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", ())
        for part in schema.get("allOf", ()):
            yield from fields_of(part)


def test_every_field_has_its_place_and_says_what_it_is() -> None:
    page = (SITE / "reference" / "fields.html").read_text(encoding="utf-8")
    anchors = PARSED["reference/fields.html"].ids
    assert len(ROWS) == 56
    of_customers = {row.name for row in ROWS} | {
        field
        for schema in ("Customer", "CustomerWritableFields", "CustomerCreate")
        for field in fields_of(DOCUMENT["components"]["schemas"][schema])
    }
    assert of_customers <= set(anchors)
    for name in of_customers:
        entry = page[page.index(f'id="{name}"') :].split("<h3", 1)[0]
        for fact in ("Type", "Null", "Example", "Source", "Returned by", "In Python"):
            assert f"<dt>{fact}" in entry, (name, fact)
    # Members of every schema, whatever it is for: none is without a place.
    for schema, node in DOCUMENT["components"]["schemas"].items():
        for field in fields_of(node):
            assert any(one == field or one.endswith(f".{field}") for one in anchors), (schema, field)


def public_names() -> Iterator[str]:
    """Every public name, and each public method and attribute of our own of the public classes."""
    for module in (chargeover, chargeover.webhooks, chargeover_sandbox):
        for name in module.__all__:
            yield f"{module.__name__}.{name}"
            value = getattr(module, name)
            if not inspect.isclass(value) or name.endswith("Fields"):
                continue
            # What all errors have is said at their bases.
            owners = (value,) if issubclass(value, BaseException) else value.__mro__
            for owner in owners:
                if not owner.__module__.startswith(("chargeover.", "chargeover_sandbox.")):
                    continue
                for member, what in vars(owner).items():
                    is_callable = isinstance(what, types.FunctionType | property | classmethod | staticmethod)
                    if is_callable and not member.startswith("_"):
                        yield f"{module.__name__}.{name}.{member}"


@pytest.mark.parametrize("name", sorted(set(public_names())))
def test_every_public_name_has_its_place(name: str) -> None:
    assert name in ids("reference/python/"), name


@pytest.mark.parametrize("path", [path for path in PAGES if path.startswith("reference/python/")])
def test_a_page_of_docstrings_says_what_its_sources_are(path: str) -> None:
    first = (SITE / path).read_text(encoding="utf-8").split("<h2", 1)[0]
    assert all(f"({source}) " in first for source in ("seed", "docs", "client", "assumed"))
    assert "fidelity.html" in first


def test_every_error_is_a_public_name_with_a_place() -> None:
    errors = {
        f"chargeover.{name}"
        for name in dir(chargeover)
        if inspect.isclass(getattr(chargeover, name)) and issubclass(getattr(chargeover, name), BaseException)
    }
    assert len(errors) == 18
    assert errors <= set(PARSED["reference/python/errors.html"].ids)
    text = (SITE / "reference" / "python" / "errors.html").read_text(encoding="utf-8")
    for attribute in ("http_status", "details", "retry_after", "was_sent", "hint", "results", "suggestion"):
        assert f">{attribute}<" in text, attribute


def test_the_document_is_published_byte_for_byte() -> None:
    for version in ("latest", chargeover.__version__):
        tagged = subprocess.run(["git", "show", f"v{version}:openapi.yaml"], cwd=ROOT, capture_output=True, check=False)
        expected = PATH.read_bytes() if tagged.returncode else tagged.stdout
        assert (SITE / "openapi" / version / "openapi.yaml").read_bytes() == expected
    assert yaml.safe_load((SITE / "openapi" / "latest" / "openapi.yaml").read_bytes()) == DOCUMENT
