"""What a Python file imports, anywhere in it: in functions and under TYPE_CHECKING too."""

import ast
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path


def imported_names(path: Path, package: str = "") -> Iterator[str]:
    """The dotted name of each imported module and of each name that is imported from one.

    Args:
        path: the file.
        package: the package that relative imports start from.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package) if node.level else node.module
            yield from (f"{module}.{alias.name}" for alias in node.names)
