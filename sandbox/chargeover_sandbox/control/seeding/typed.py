"""Texts of a file, read as the values that their fields have in JSON."""

import re
from collections.abc import Mapping

from chargeover_sandbox.contract.document import FieldKind

Kinds = Mapping[str, FieldKind]
"""The fields that a seed can set, by name."""

_INTEGER = re.compile(r"-?[0-9]{1,19}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)
_FLAGS = {"true": True, "false": False, "1": True, "0": False}


def typed(kind: FieldKind | None, text: str) -> object:
    """The value of a text; the text itself if the field has another type, so that its schema refuses it."""
    match kind.json_type if kind else "string":
        case "integer" if _INTEGER.fullmatch(text):
            return int(text)
        case "number" if _NUMBER.fullmatch(text):
            return float(text)
        case "boolean":
            return _FLAGS.get(text.lower(), text)
        case _:
            return text
