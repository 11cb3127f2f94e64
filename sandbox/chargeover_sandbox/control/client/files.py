"""Seed files, as text."""

from os import PathLike
from pathlib import Path


def seed_text(file: str | PathLike[str]) -> str:
    """The text of a seed file.

    Raises:
        ValueError: it cannot be read, or is not UTF-8.
    """
    try:
        return Path(file).read_bytes().decode("utf-8-sig")  # spreadsheets write the mark at the beginning
    except UnicodeDecodeError as error:
        raise ValueError(f"{file}: byte {error.start} is not UTF-8") from None
    except OSError as error:
        raise ValueError(f"{file}: {error.strerror or error}") from None
