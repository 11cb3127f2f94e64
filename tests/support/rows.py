"""Files as the reader of `chargeover.sync` sees them."""

import io
from typing import Any

import pytest

from chargeover.sync import InputError, InputNotice, Row, read


def rows_of(content: str | bytes, **options: Any) -> tuple[list[Row], list[InputNotice]]:
    """The rows of a file, and what was said about it."""
    notices: list[InputNotice] = []
    source = io.BytesIO(content.encode() if isinstance(content, str) else content)
    return list(read(source, on_notice=notices.append, **options)), notices


def values_of(content: str | bytes, **options: Any) -> list[dict[str, Any] | None]:
    """The values of each row; None for one with problems."""
    return [None if row.values is None else dict(row.values) for row in rows_of(content, **options)[0]]


def warnings_of(content: str | bytes, **options: Any) -> list[str]:
    """The warnings about a file."""
    return [str(notice) for notice in rows_of(content, **options)[1] if notice.is_warning]


def refusal_of(content: str | bytes, **options: Any) -> InputError:
    """The error that stops the reading of a file."""
    with pytest.raises(InputError) as caught:
        rows_of(content, **options)
    return caught.value
