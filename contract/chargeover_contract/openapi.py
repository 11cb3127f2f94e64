"""openapi.yaml as the suite reads it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

# The wheel carries it once, in the folder of the sandbox beside this one; a checkout has it at its top.
_PLACES = (
    Path(__file__).parents[1] / "chargeover_sandbox" / "openapi.yaml",
    Path(__file__).parents[2] / "openapi.yaml",
)
PATH = next(place for place in _PLACES if place.is_file())
# The C parser reads it in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DOCUMENT: dict[str, Any] = yaml.load(PATH.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  both are safe


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method in capitals, path and operation object of each operation."""
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            if "operationId" in operation:
                yield method.upper(), path, operation


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """The node with its `$ref` followed; what stands beside the reference wins."""
    if "$ref" not in node:
        return node
    target: Any = DOCUMENT
    for key in node["$ref"].removeprefix("#/").split("/"):
        target = target[key]
    return {**target, **{key: value for key, value in node.items() if key != "$ref"}}
