"""Paths as control requests name them: exact, or with parameters in braces."""

import re
from collections.abc import Collection
from urllib.parse import unquote

from chargeover_sandbox.contract.problems import Problem
from chargeover_sandbox.contract.responses import invalid

_PARAMETER = re.compile(r"\{[^{}/]*\}")


class PathPattern:
    """A path such as ``/api/v3/customer/7`` or ``/api/v3/customer/{customer_id}``.

    A path that openapi.yaml has stands for its own requests only: the example above does not match
    ``/api/v3/customer/external_key:7``, which is another path. The names in braces do not matter.

    Args:
        text: the path, without a query.
        templates: the paths of openapi.yaml.

    Raises:
        Refusal: there is more than one parameter between two slashes, which could take very long to match.
    """

    def __init__(self, text: str, templates: Collection[str]) -> None:
        if any(piece.count("{") > 1 for piece in text.split("/")):
            raise invalid(Problem("path", "it has more than one parameter between two slashes"))
        shape = _shape(text)
        self._template = next((template for template in templates if _shape(template) == shape), None)
        pieces = map(re.escape, map(unquote, _PARAMETER.split(text)))
        self._pattern = re.compile("[^/]+".join(pieces))

    def matches(self, path: str, template: str | None) -> bool:
        """Whether it stands for a path.

        Args:
            path: the path as it was sent.
            template: the path of openapi.yaml that it matches, if any.
        """
        if self._template and "{" in self._template:
            return template == self._template
        return self._pattern.fullmatch(unquote(path)) is not None


def _shape(template: str) -> str:
    return _PARAMETER.sub("{}", template)
