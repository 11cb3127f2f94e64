"""Render chargeover_api/requests.py: one function for each operation, from arguments to the request as data.

openapi-python-client's own builders take bodies as attrs objects and leave the query to the HTTP library. The wrapper
has checked JSON bodies, and puts requests into a bulk request, where the query is part of the path.
"""

import textwrap

from tools.contract import Contract, ContractError, Node, Operation
from tools.generate.bodies import Bodies, types_of
from tools.generate.words import python_names, written_docstring

PYTHON_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
HEADER = '''"""The requests of openapi.yaml, as data. Written by `make generate`; never edited by hand."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote as _quote
from urllib.parse import urlencode as _urlencode


class WireRequest(NamedTuple):
    """A request of the API, as data.

    Attributes:
        method: in capitals.
        path: the path, with the query if there is one.
        body: the JSON body, or None if there is none.
    """

    method: str
    path: str
    body: Any


'''
FOOTER = '''

def _query(parameters: Mapping[str, str | int | float | None]) -> str:
    """The query with its question mark; empty if no parameter has a value."""
    given = {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in parameters.items()
        if value is not None
    }
    # Colons and commas stay as the published syntax has them; everything else that is special is escaped.
    return f"?{_urlencode(given, quote_via=_quote, safe=':,')}" if given else ""
'''


def render_requests(contract: Contract) -> str:
    """The source text of requests.py for a document.

    Raises:
        ContractError: a parameter or a body that such a function cannot take.
    """
    bodies = Bodies(contract)
    return HEADER + "\n\n".join(_function(bodies, operation) for operation in bodies.operations) + FOOTER


def _function(bodies: Bodies, operation: Operation) -> str:
    names = python_names((one["name"] for one in operation.parameters), operation.id)
    path = [one for one in operation.parameters if one["in"] == "path"]
    query = [one for one in operation.parameters if one["in"] == "query"]
    if others := [one["name"] for one in operation.parameters if one not in path and one not in query]:
        raise ContractError(
            f"{operation.id}.{others[0]}", "the client sends parameters in the path and the query only."
        )
    needed = [one for one in query if one.get("required")]
    optional = [one for one in query if one not in needed]
    arguments = [f"{names[one['name']]}: {_type(operation, one)}" for one in (*path, *needed)]
    body_type, body, body_meaning = _body(bodies, operation)
    if body_type:
        arguments.append(f"body: {body_type}")
    arguments += [f"{names[one['name']]}: {_type(operation, one)} | None = None" for one in optional]
    url = _path(operation, {one["name"]: (names[one["name"]], _type(operation, one)) for one in path})
    if query:
        values = ", ".join(f"{one['name']!r}: {_value(names[one['name']], one)}" for one in query)
        url = f"{url} + _query({{{values}}})"
    meanings = [(names[one["name"]], _meaning(one)) for one in (*path, *needed)]
    meanings += [("body", body_meaning)] if body_type else []
    meanings += [(names[one["name"]], _meaning(one)) for one in optional]
    return "\n".join(
        [
            f"def {operation.id}({', '.join(arguments)}) -> WireRequest:",
            *written_docstring(_docstring(operation, meanings)),
            f"    return WireRequest({operation.method!r}, {url}, {body})\n",
        ]
    )


def _type(operation: Operation, parameter: Node) -> str:
    place = f"{operation.id}.{parameter['name']}"
    types = types_of(place, parameter.get("schema", {}))
    if len(types) != 1 or types[0] not in PYTHON_TYPES:
        raise ContractError(place, "a parameter needs one type: string, integer, number or boolean.")
    if parameter.get("style", "form" if parameter["in"] == "query" else "simple") not in {"form", "simple"}:
        raise ContractError(place, f"the client does not write parameters in the style {parameter['style']}.")
    return PYTHON_TYPES[types[0]]


def _value(name: str, parameter: Node) -> str:
    """The value of a query parameter: None, which is not sent, for the documented default."""
    default = parameter["schema"].get("default")
    return name if default is None else f"None if {name} == {default!r} else {name}"


def _path(operation: Operation, parameters: dict[str, tuple[str, str]]) -> str:
    template = operation.path
    for name, (python, kind) in parameters.items():
        if f"{{{name}}}" not in template:
            raise ContractError(f"{operation.id}.{name}", f"the path {operation.path} has no such parameter.")
        template = template.replace(
            f"{{{name}}}", f"{{{python}}}" if kind == "int" else f"{{_quote({python}, safe='')}}"
        )
        if kind not in {"int", "str"}:
            raise ContractError(f"{operation.id}.{name}", "a parameter in the path needs the type string or integer.")
    return f'f"{template}"' if parameters else repr(template)


def _body(bodies: Bodies, operation: Operation) -> tuple[str, str, str]:
    """The type of the argument, empty if there is none; what is sent; and what it means."""
    name = bodies.body(operation)
    if not name:
        return "", "None", ""
    schema = bodies.contract.schemas[name]
    if schema.get("type") == "array":
        return "Sequence[Mapping[str, Any]]", "body", f"``{name}``, as JSON values."
    if not bodies.fields(name):
        return "", "{}", ""
    return "Mapping[str, Any]", "body", f"``{name}``, as JSON values that were checked."


def _meaning(parameter: Node) -> str:
    text = " ".join(parameter.get("description", "").split())
    if not parameter.get("required"):
        default = parameter["schema"].get("default")
        text += " None is not sent." if default is None else f" None and the default, {default}, are not sent."
    return text


def _docstring(operation: Operation, meanings: list[tuple[str, str]]) -> str:
    text = f"{operation.node.get('summary', operation.id)}: ``{operation.method} {operation.path}``."
    if meanings:
        text += "\n\nArgs:\n" + "\n".join(
            textwrap.fill(f"{name}: {meaning}", 104, initial_indent=" " * 4, subsequent_indent=" " * 8,
                          break_long_words=False, break_on_hyphens=False)
            for name, meaning in meanings
        )  # fmt: skip
    return text
