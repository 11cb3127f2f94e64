"""Make the packages that openapi-python-client writes import their modules when a name is first asked for.

Their ``__init__.py`` imports every model, which takes longer than all else that a program with the client imports, and
the client uses two of them.
"""

import ast

TEMPLATE = """{docstring}

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
{imports}

{names}

_PLACES = {{
{places}
}}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")
        value = getattr(_import_module(f".{{_PLACES[name]}}", __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({{*globals(), *__all__}})
"""


def lazy_package(text: str) -> str:
    """The source of a package's ``__init__.py`` with the same names, imported late; unchanged if it imports nothing."""
    tree = ast.parse(text)
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    if not imports:
        return text
    others = [node for node in tree.body if not isinstance(node, ast.ImportFrom)]
    docstring, names = (ast.get_source_segment(text, node) for node in others)
    return TEMPLATE.format(
        docstring=docstring,
        imports="\n".join(f"    {ast.unparse(node)}" for node in imports),
        names=names,
        places="\n".join(f"    {alias.name!r}: {node.module!r}," for node in imports for alias in node.names),
    )
