"""openapi.yaml as the tests read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

PATH = Path(__file__).parents[3] / "openapi.yaml"
DOCUMENT: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))


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
