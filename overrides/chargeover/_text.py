"""Text that can be sent, and text that can be shown."""

import unicodedata

LONGEST = 1_000
"""Characters of a text of a server that a message or the log shows, at most."""

# Control characters, formats (those that turn the direction of text among them), surrogates, private and unassigned
# ones, and separators of lines.
_UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def half_surrogate(text: str) -> int | None:
    """The position of the first half of a surrogate pair, or None if the text can be sent."""
    if text.isascii():
        return None
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return error.start
    return None


def printable(text: str, longest: int = LONGEST) -> str:
    """A text of a server as it may stand in a message or the log: on one line, without control characters, and cut.

    Args:
        text: the text.
        longest: characters that are shown, at most.
    """
    shown = text[:longest]
    if not shown.isascii() or not shown.isprintable():
        shown = "".join(_escaped(one) if unicodedata.category(one) in _UNSHOWN else one for one in shown)
    return shown if len(text) <= longest else f"{shown}… ({len(text)} characters)"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


# Excel, LibreOffice and Google Sheets take these for the beginning of a formula; the wide forms too, in some languages.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula, also behind spaces."""
    return text.lstrip(" ").startswith(_FORMULA)
