"""Names and docstrings of generated Python."""

import keyword
import re
import textwrap
from collections.abc import Iterable

from tools.contract import ContractError


def snake(name: str) -> str:
    """A name such as CustomerUpdate as customer_update."""
    return re.sub(r"\W+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)).lower()


def is_name(text: str) -> bool:
    """Whether a text can be a name in Python. Two underscores at the start have a meaning of their own in a class."""
    return text.isidentifier() and not keyword.iskeyword(text) and not text.startswith("__")


def python_names(names: Iterable[str], place: str) -> dict[str, str]:
    """A parameter name in Python for each name of the document: ``page-size`` becomes ``page_size``.

    Raises:
        ContractError: two of them become the same, or one becomes nothing.
    """
    found: dict[str, str] = {}
    for name in names:
        python = re.sub(r"\W", "_", name)
        python += "_" if keyword.iskeyword(python) else ""
        if not is_name(python) or python in found.values():
            raise ContractError(place, f"the parameter {name!r} needs a name that Python can tell from the others.")
        found[name] = python
    return found


def docstring(text: str, indent: str = "    ") -> list[str]:
    """The lines of a docstring, whatever characters the text has; none for an empty text."""
    if not text.strip():
        return []
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]
    return written_docstring("\n\n".join(textwrap.fill(one, 100, break_long_words=False) for one in paragraphs), indent)


def written_docstring(text: str, indent: str = "    ") -> list[str]:
    """The lines of a docstring whose line breaks stay as they are."""
    text = text.replace("\\", "\\\\")
    if text.endswith('"'):
        text = rf"{text[:-1]}\""
    text = text.replace('"""', r"\"\"\"")
    first, *rest = text.split("\n")
    if not rest:
        return [f'{indent}"""{first}"""']
    return [f'{indent}"""{first}', *(f"{indent}{line}".rstrip() for line in rest), f'{indent}"""']
