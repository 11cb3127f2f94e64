"""The page of all operations: each with an anchor of its own, and the Python method that performs it."""

import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import chargeover
from chargeover._errors import error_class
from chargeover_api.operations import OPERATIONS
from tools.contract import SOURCES, Contract, Node, Operation
from tools.site.fields import anchor_prefix
from tools.site.words import one_line, properties, type_text

_INTRO = """# Operations

The operations of the API that this project covers, from `openapi.yaml`, with the Python method of each. Try them in the
[interactive reference](rest.md). The fields have [a page of their own](fields.md).

Every request needs HTTP Basic authentication. Every response is one [envelope](fields.md#of-every-response): decide by
the HTTP status, never by its `code`.

| operation | request | Python |
|---|---|---|
"""


def operations_page(document: Contract) -> str:
    """The page as Markdown."""
    operations = list(document.operations())
    rows = [
        f"| [{one.node['summary']}](#{one.id}) | `{one.method} {one.path}` | {_python(one, 'ChargeOver')} |"
        for one in operations
    ]
    return _INTRO + "\n".join([*rows, "", *(_section(document, one) for one in operations)])


def _section(document: Contract, operation: Operation) -> str:
    node = operation.node
    parts = [
        f"## {node['summary']} {{ #{operation.id} }}",
        f"`{operation.method} {operation.path}`{{ .request }} [Try it](interactive/index.html#{operation.id})",
        node["description"].strip(),
        f"**Operation** `{operation.id}`  \n**Python** {_python(operation, 'ChargeOver')}, async "
        f"{_python(operation, 'AsyncChargeOver')}  \n**Source** {SOURCES[node['x-source']]}{_assumed(node)}",
    ]
    if operation.parameters:
        rows = "\n".join(_parameter(operation, one) for one in operation.parameters)
        parts.append(f"| parameter | in | type | meaning | source |\n|---|---|---|---|---|\n{rows}")
    if "requestBody" in node:
        parts.append("\n\n".join(_body(document, operation)))
    rows = "\n".join(_response(document, operation, int(status), one) for status, one in node["responses"].items())
    parts.append(f"| status | meaning | body | in Python | source |\n|---|---|---|---|---|\n{rows}")
    return "\n\n".join(parts) + "\n"


def _python(operation: Operation, client: str) -> str:
    *resource, name = OPERATIONS[operation.id].client_method.split(".")
    is_async = client == "AsyncChargeOver"
    # The operations on customers are methods of Customers and AsyncCustomers; those without a resource, of the client.
    holder = f"{'Async' if is_async else ''}{resource[0].capitalize()}" if resource else client
    if not hasattr(getattr(chargeover, holder, None), name):
        raise ValueError(f"{operation.id}: chargeover.{holder} has no method {name}")
    spelled = ".".join(["client", *resource, name])
    # Lists and bulk runs are iterated with "async for"; everything else is awaited.
    shown = f"await {spelled}" if is_async and name not in {"list", "bulk"} else spelled
    return f"[`{shown}`](python/{resource[0] if resource else 'client'}.md#chargeover.{holder}.{name})"


def _parameter(operation: Operation, node: Node) -> str:
    need = ", required" if node.get("required") else ""
    example = node.get("example", next((one["value"] for one in node.get("examples", {}).values()), None))
    meaning = f"{one_line(node['description'])} Example: `{example}`"
    anchor = f'<a id="{operation.id}.{node["name"]}"></a>'
    source = node["x-source"] + _assumed({**node["schema"], **node})
    cells = [f"{anchor}`{node['name']}`", f"{node['in']}{need}", type_text(node["schema"]), meaning, source]
    return _row(cells)


def _body(document: Contract, operation: Operation) -> Iterator[str]:
    content = operation.node["requestBody"]["content"]["application/json"]
    schema = document.resolve(content["schema"])
    is_bulk = schema.get("type") == "array"
    node = schema["items"] if is_bulk else content["schema"]
    prefix = anchor_prefix(node.get("$ref", "").rpartition("/")[2])
    names = [field.name for field in properties(document, document.resolve(node))]
    links = ", ".join(f"[`{name}`](fields.md#{prefix}{name})" for name in names)
    what = f"{one_line(schema['description'])} {len(names)} fields{' each' if is_bulk else ''}: {links}"
    yield f"**Body** `application/json`. {what if names else 'An empty object'}{_assumed(schema)}"
    for example in content["examples"].values():
        value = json.dumps(example["value"], ensure_ascii=False, indent=2)
        yield f"{example['summary']}:\n\n```json\n{value}\n```"


def _response(document: Contract, operation: Operation, status: int, raw: Node) -> str:
    node = document.resolve(raw)
    schema = node["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    headers = "".join(f", header `{name}`" for name in node.get("headers", {}))
    source = node.get("x-source") or operation.node["x-source"]
    error = error_class(status).__name__
    python = "the result" if status < 300 else f"[`{error}`](python/errors.md#chargeover.{error})"
    meaning = f"{HTTPStatus(status).phrase}. {one_line(node['description'])}"
    return _row([f"{status}", meaning, f"`{schema}`{headers}", python, source + _assumed(node)])


def _assumed(node: dict[str, Any]) -> str:
    return f". Assumed: {one_line(node['x-assumed'])}" if "x-assumed" in node else ""


def _row(cells: list[str]) -> str:
    # A bar would begin another cell.
    return "| " + " | ".join(re.sub(r"\|", r"\\|", cell) for cell in cells) + " |"
