"""The path that was probably meant by one that does not exist."""

from collections.abc import Iterable
from difflib import SequenceMatcher

_LONGEST = 200
_SIMILARITY = 0.8
_OF_LAST = 0.7


def similar_path(path: str, templates: Iterable[str]) -> str | None:
    """The path of the document that was probably meant, with the values that were sent; None if there is none.

    Args:
        path: the path as it was sent.
        templates: the paths of the document.
    """
    sent = path.partition("?")[0].rstrip("/")
    if not sent or len(sent) > _LONGEST:
        return None
    best, most = None, _SIMILARITY
    for template in templates:
        beginning = template[: template.find("/", template.find("/", 1) + 1)]  # such as /api/v3
        for candidate in (sent, f"{beginning}/{sent.lstrip('/')}"):
            filled, similarity = _similarity(candidate.split("/"), template.split("/"))
            if similarity > most:
                best, most = filled, similarity
    return best


def _similarity(sent: list[str], template: list[str]) -> tuple[str, float]:
    """The template with the values that were sent, and how similar its literal pieces are, from 0 to 1."""
    if len(sent) != len(template):
        return "", 0.0
    filled: list[str] = []
    literal: list[tuple[str, str]] = []
    for given, wanted in zip(sent, template, strict=True):
        beginning, brace, _ = wanted.partition("{")
        filled.append(given if brace else wanted)
        if brace and not given.startswith(beginning):
            return "", 0.0
        if not brace:
            literal.append((given, wanted))
    whole = SequenceMatcher(None, "/".join(given for given, _ in literal), "/".join(wanted for _, wanted in literal))
    if SequenceMatcher(None, *literal[-1]).ratio() < _OF_LAST:
        return "", 0.0
    return "/".join(filled), whole.ratio()
