"""Write into the client's docstrings what no one should copy by hand: fields from the contract, and text of twins.

A method that takes the fields of a body (``**others: Unpack[CustomerUpdateFields]``) lists them below the line
``**others: the same, as arguments:`` of its docstring, with their descriptions. Each method of an async class has the
docstring of the method of the same name in its sync class.

In the source and not at run time, since editors and completion engines read it without running it.
"""

import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from tools.contract import ROOT, Contract
from tools.generate.bodies import Bodies, types_of
from tools.generate.bodies import plain as plain_schema

CLIENT = ROOT / "overrides" / "chargeover"
LISTED = "            **others: the same, as arguments:"
INDENT = " " * 16
NAMES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "array": "list", "null": "None"}
# Each file with its classes; the async ones with the class that they have their text from.
SYNC = ("_customers/methods.py", "_customers/bulk_methods.py", "_client.py")
TWINS = {
    "_customers/async_methods.py": ("_customers/methods.py", {"AsyncCustomers": "Customers"}),
    "_customers/async_bulk_methods.py": (
        "_customers/bulk_methods.py",
        {"AsyncBulkCustomers": "BulkCustomers"},
    ),
    "_async_client.py": ("_client.py", {"AsyncChargeOver": "ChargeOver"}),
}
AGAIN = (("An iterator of", "An async iterator of"), ("from the iterator:", "from the async iterator:"))

Methods = dict[str, ast.FunctionDef | ast.AsyncFunctionDef]


def rendered(contract: Contract, folder: Path = CLIENT) -> dict[Path, str]:
    """The source of each file as it should be."""
    texts = {folder / name: _with_fields((folder / name).read_text(encoding="utf-8"), contract) for name in SYNC}
    for name, (source, classes) in TWINS.items():
        path = folder / name
        text = texts.get(path) or path.read_text(encoding="utf-8")
        for copy, original in classes.items():
            text = _with_text_of(text, copy, texts[folder / source], original)
        texts[path] = text
    return texts


def _with_fields(text: str, contract: Contract) -> str:
    bodies: dict[str, re.Match[str]] = {}
    for method in _functions(ast.parse(text)):
        given = method.args.kwarg and re.search(r"Unpack\[(\w+)Fields\]", ast.unparse(method.args.kwarg))
        if given:
            bodies.setdefault(method.name, given)  # of overloads, the first: all fields as arguments
        body = bodies.get(method.name)
        docstring = _docstring(text, method)
        if body and LISTED in docstring:
            block = re.compile(re.escape(LISTED) + rf"\n(?:{INDENT}.*\n)*")
            start, end = next(block.finditer(docstring)).span()
            listed = f"{LISTED}\n{_fields(contract, body[1])}"
            text = text.replace(docstring, docstring[:start] + listed + docstring[end:])
    return text


def _fields(contract: Contract, name: str) -> str:
    lines: list[str] = []
    for field, schema in Bodies(contract).fields(name).items():
        types = " | ".join(NAMES[one] for one in types_of(field, plain_schema(contract, field, schema)))
        words = " ".join(str(schema.get("description", "")).replace("\\", "\\\\").replace('"""', '"').split())
        line = f"{field} ({types}): {words}"
        lines += textwrap.wrap(line, 120, initial_indent=INDENT, subsequent_indent=INDENT + " " * 4)
    return "\n".join(lines) + "\n"


def _with_text_of(text: str, copy: str, source: str, original: str) -> str:
    originals = _methods(source, original)
    for name, method in _methods(text, copy).items():
        if name in originals and not name.startswith("_") and ast.get_docstring(method):
            new = _docstring(source, originals[name])
            for word, again in AGAIN:
                new = new.replace(word, again)
            # In the place of the method only: others may have the same text.
            lines = text.split("\n")
            first, last = _lines(method)
            if "\n".join(lines[first:last]) != new:
                lines[first:last] = new.split("\n")
                return _with_text_of("\n".join(lines), copy, source, original)
    return text


def _methods(text: str, name: str) -> Methods:
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            return {one.name: one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
    raise ValueError(f"there is no class {name}")


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


def _lines(method: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[int, int]:
    return method.body[0].lineno - 1, method.body[0].end_lineno or 0


def _docstring(text: str, method: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The lines of a docstring as they stand in the source."""
    if ast.get_docstring(method) is None:
        return ""
    first, last = _lines(method)
    return "\n".join(text.split("\n")[first:last])
