"""The interactive reference: Swagger UI over openapi.yaml, for the sandbox's ``/docs`` and for the site.

Swagger UI comes with the extra ``docs``, as files of another package, which is never imported. Its files are read when
they are requested.
"""

import importlib.util
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

import orjson

_SWAGGER_UI = {"swagger-ui.js": "swagger_bundle.js", "swagger-ui.css": "swagger_style.css"}
"""The file names that a page requests, and their names in the package ``offapi``."""
_OWN = ("reference.js", "reference.css")


class Reference:
    """The files of the reference, if the package that carries Swagger UI is installed."""

    def __init__(self) -> None:
        spec = importlib.util.find_spec("offapi")
        self._swagger_ui = Path(spec.origin).parent if spec and spec.origin else None

    @property
    def is_installed(self) -> bool:
        """Whether Swagger UI is installed."""
        return self._swagger_ui is not None

    @property
    def assets(self) -> tuple[str, ...]:
        """The names of the files that the page requests."""
        return (*_SWAGGER_UI, *_OWN)

    def asset(self, name: str) -> bytes | None:
        """The bytes of a file; None if there is no such file."""
        if name in _OWN:
            return files(__name__).joinpath(name).read_bytes()
        if self._swagger_ui and name in _SWAGGER_UI:
            return self._swagger_ui.joinpath(_SWAGGER_UI[name]).read_bytes()
        return None

    @staticmethod
    def page(document: dict[str, Any], *, assets: str, home: str, settings: dict[str, Any]) -> str:
        """The page.

        Args:
            document: openapi.yaml, parsed.
            assets: the prefix of file names; empty if the files are beside the page.
            home: the link at the top, as HTML; empty for none.
            settings: for reference.js: ``server``, the address for requests, or null for that of the page; ``username``
                and ``password`` to fill in, or null.
        """
        template = Template(files(__name__).joinpath("page.html").read_text(encoding="utf-8"))
        # Inside a script element, "<" could close it.
        texts = {
            name: orjson.dumps(value).decode().replace("<", "\\u003c")
            for name, value in (("document", _with_plain_parameters(document)), ("settings", settings))
        }
        return template.substitute(texts, assets=assets, home=home)


def _with_plain_parameters(document: dict[str, Any]) -> dict[str, Any]:
    """The document with all parameters in the operations: Swagger UI overlooks those of a path."""
    known = document["components"]["parameters"]
    paths: dict[str, Any] = {}
    for path, item in document["paths"].items():
        shared = item.get("parameters", [])
        paths[path] = {
            method: {
                **operation,
                "parameters": [
                    _with_examples_as_text(known[one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one)
                    for one in [*shared, *operation.get("parameters", [])]
                ],
            }
            for method, operation in item.items()
            if method != "parameters"
        }
    return {**document, "paths": paths}


def _with_examples_as_text(parameter: dict[str, Any]) -> dict[str, Any]:
    """The parameter with its examples in its description: Swagger UI would fill them in and send them."""
    examples = [one["value"] for one in parameter.get("examples", {}).values()]
    if "example" in parameter:
        examples.append(parameter["example"])
    text = " or ".join(f"`{one}`" for one in examples)
    plain = {name: value for name, value in parameter.items() if name not in {"example", "examples"}}
    return {**plain, "description": f"{parameter['description'].strip()}\n\nExample: {text}"} if text else plain
