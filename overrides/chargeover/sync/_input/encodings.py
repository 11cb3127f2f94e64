"""Which encoding a file has: by its mark, else strict UTF-8, else Windows-1252. Nothing is guessed."""

import codecs
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from typing import BinaryIO

from .errors import InputError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
# Names that stand for several encodings, of which the mark chooses one.
_FAMILIES = {"utf-8-sig": "utf-8", "utf-16": "utf-16-", "utf-32": "utf-32-"}
_OTHER_FORMATS = {
    b"PK\x03\x04": "it is a workbook or a zip archive, not text: save the sheet as 'CSV UTF-8'",
    b"\xd0\xcf\x11\xe0": "it is an old Excel workbook, not text: save the sheet as 'CSV UTF-8'",
    b"\x1f\x8b": "it is compressed: unpack it first",
    b"%PDF": "it is a PDF, not text",
}
_CHUNK = 1 << 20
LONGEST_LINE = 10_000_000
"""Characters of a line, at most: a file without line breaks must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file become text.

    Attributes:
        codec: Python's name of the encoding.
        start: the position of the first byte after the mark.
        sentence: how the encoding was found, for a notice.
        is_doubtful: whether the sentence is a warning.
    """

    codec: str
    start: int
    sentence: str
    is_doubtful: bool = False


class BadTextError(Exception):
    """Bytes or characters that text cannot have.

    Attributes:
        encoding: as which the text was read.
        line: where they are.
        reason: the problem.
        hint: what may help, if it is not another encoding of the same family.
    """

    def __init__(self, encoding: "Encoding", line: int, reason: str, hint: str = "") -> None:
        super().__init__(reason, hint)
        self.encoding = encoding
        self.line = line
        self.reason = reason
        self.hint = hint


def find_encoding(file: BinaryIO, asked: str | None) -> Encoding:
    """The encoding of a file, all of which is read and checked. Two passes: bytes that are not text come late.

    Args:
        file: at the first byte; it can be rewound.
        asked: the name of an encoding, instead of finding it.

    Raises:
        InputError: it is not a text file; the encoding is unknown, or contradicts the mark.
        BadTextError: a byte that the encoding does not have, a NUL character, or a line without end.
    """
    start = file.tell()
    head = file.read(4)
    for magic, reason in _OTHER_FORMATS.items():
        if head.startswith(magic):
            raise InputError(f"{reason}.")
    mark = next((mark for mark in _MARKS if head.startswith(mark)), b"")
    after = start + len(mark)
    if asked is not None:
        codec = _asked_codec(asked, _MARKS.get(mark))
        return _checked(file, Encoding(codec, after, f"read as {_name(codec)}, as asked"))
    if mark:
        codec = _MARKS[mark]
        return _checked(file, Encoding(codec, after, f"read as {_name(codec)}, by its byte order mark"))
    try:
        return _checked(file, Encoding("utf-8", after, "read as UTF-8"))
    except BadTextError as problem:
        if problem.hint:  # not a matter of the encoding, or not of this one
            raise
        if _is_mostly_utf_8(file, after):
            hint = ", though most of the file is UTF-8: mend it there, or name the encoding"
            raise BadTextError(problem.encoding, problem.line, problem.reason, hint) from None
        line = problem.line
    sentence = f"read as Windows-1252, since line {line} is not valid UTF-8; name another encoding if that is wrong"
    return _checked(file, Encoding("cp1252", after, sentence, is_doubtful=True))


def _asked_codec(asked: str, marked: str | None) -> str:
    try:
        codec = codecs.lookup(asked).name
        TextIOWrapper(BytesIO(), codec)  # not one of bytes, such as 'hex'
    except (LookupError, ValueError):
        raise InputError(
            f"the encoding {asked!r} is not known. Names such as 'utf-8', 'utf-16-le' or 'cp1252' are."
        ) from None
    family = _FAMILIES.get(codec, codec)
    if marked is None:
        if family.endswith("-"):
            raise InputError(f"it has no byte order mark: name the encoding {codec}-le or {codec}-be.")
        return family
    if not marked.startswith(family):
        raise InputError(f"its byte order mark is that of {marked.upper()}, which contradicts the encoding {asked!r}.")
    return marked


def _checked(file: BinaryIO, encoding: Encoding) -> Encoding:
    """The encoding, if all of the file is text in it."""
    file.seek(encoding.start)
    decoder = codecs.getincrementaldecoder(encoding.codec)("strict")
    line, length, last = 1, 0, ""
    while True:
        chunk = file.read(_CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(encoding.codec, "replace")
            reason = f"the byte 0x{error.object[error.start]:02X} is not valid {_name(encoding.codec)} here"
            raise BadTextError(encoding, line + _breaks(before, last), reason) from None
        except UnicodeError:
            raise BadTextError(encoding, line, f"it is not valid {_name(encoding.codec)}") from None
        if "\0" in text:
            before = text[: text.index("\0")]
            hint = "; if the file is UTF-16 without a byte order mark, name the encoding: utf-16-le or utf-16-be"
            raise BadTextError(encoding, line + _breaks(before, last), "there is a NUL character", hint)
        line += _breaks(text, last)
        after_break = max(text.rfind("\n"), text.rfind("\r")) + 1
        length = len(text) - after_break + (0 if after_break else length)
        if length > LONGEST_LINE:
            reason = f"it has more than {LONGEST_LINE:,} characters"
            raise BadTextError(encoding, line, reason, ": is this a text file with rows?")
        if not chunk:
            return encoding
        last = text[-1:] or last


def _is_mostly_utf_8(file: BinaryIO, start: int) -> bool:
    """Whether more characters beyond ASCII are valid than are not: Windows-1252 would make "Ã¶" of each "ö"."""
    file.seek(start)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    valid = invalid = 0
    while chunk := file.read(_CHUNK):
        text = decoder.decode(chunk)
        bad = text.count("\N{REPLACEMENT CHARACTER}")
        invalid += bad
        valid += 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore")) - bad
    return valid > invalid


def _name(codec: str) -> str:
    return "Windows-1252" if codec == "cp1252" else codec.upper()


def _breaks(text: str, last: str) -> int:
    """Line breaks in a part of a text, as an editor counts them; ``last`` is the character before it."""
    breaks = text.count("\n") + text.count("\r") - text.count("\r\n")
    return breaks - (last == "\r" and text.startswith("\n"))
