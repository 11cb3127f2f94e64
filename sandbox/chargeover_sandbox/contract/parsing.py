"""A document of YAML as Python reads it.

Beside a document may lie the same as JSON, its twin, which `make generate` writes: reading openapi.yaml and that of the
control takes 2 ms with their twins, 30 without. The YAML decides: a twin that was made from another text is not used.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import yaml


def parsed(text: str, twin: Path) -> dict[str, Any]:
    """A document.

    Args:
        text: its YAML.
        twin: the file of its twin, which may be missing or out of date.

    Raises:
        ValueError: it is not valid YAML.
    """
    try:
        found: dict[str, Any] = json.loads(twin.read_bytes())
        if found["sha256"] == digest(text):
            return cast("dict[str, Any]", found["document"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # there is none, or a merge has left its marks in it
    # The C parser reads the document in a tenth of the time, and a short test spends most of its time starting up.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return cast("dict[str, Any]", yaml.load(text, Loader=loader))  # noqa: S506  both are safe loaders
    except yaml.YAMLError as error:
        raise ValueError(f"openapi.yaml is not valid YAML: {error}") from error


def digest(text: str) -> str:
    """What a twin says of the text that it was made from."""
    return sha256(text.encode()).hexdigest()
