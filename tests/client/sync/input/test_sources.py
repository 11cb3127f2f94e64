"""Where rows come from: a path, standard input, a pipe, a stream of bytes."""

import io
import os
import pickle
import stat
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import pytest

from chargeover import ChargeOverError
from chargeover.sync import InputError, InputNotice, read

CONTENT = b"external_key,company\n1,a\n2,b\n"
KEYS = ["1", "2"]


def keys_of(source: Any, **options: Any) -> list[str]:
    return [row.columns["external_key"] for row in read(source, **options)]


def test_a_path_and_a_stream_are_read(tmp_path: Path) -> None:
    file = tmp_path / "crm.csv"
    file.write_bytes(CONTENT)
    assert keys_of(file) == keys_of(str(file)) == keys_of(io.BytesIO(CONTENT)) == KEYS
    with file.open("rb") as opened:
        assert keys_of(opened) == KEYS
        assert not opened.closed


def test_a_stream_is_read_from_where_it_is() -> None:
    stream = io.BytesIO(b"a line before\n" + CONTENT)
    stream.readline()
    assert keys_of(stream) == KEYS


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    out, into = os.pipe()
    os.write(into, CONTENT)
    os.close(into)
    notices: list[InputNotice] = []
    with os.fdopen(out, "rb") as stream:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
        assert keys_of("-", on_notice=notices.append) == KEYS
    assert str(notices[0]) == "standard input: read as UTF-8."


@pytest.mark.skipif(sys.platform == "win32", reason="it has no named pipes of this kind")
def test_a_pipe_is_kept_in_a_file_that_only_this_user_can_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes: list[int] = []
    make: Callable[[], IO[bytes]] = tempfile.TemporaryFile

    def noted() -> IO[bytes]:
        file = make()
        modes.append(stat.S_IMODE(os.fstat(file.fileno()).st_mode))
        return file

    monkeypatch.setattr(tempfile, "TemporaryFile", noted)
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(CONTENT,))
    writer.start()
    assert keys_of(pipe) == KEYS
    writer.join()
    assert modes == [0o600]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.csv", "it cannot be read: No such file or directory."),
        (".", "it cannot be read: Is a directory."),
        ("a\0b", "it cannot be read: embedded null byte."),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        keys_of(f"{tmp_path}/{name}")
    assert str(caught.value).endswith(f": {reason}")


@pytest.mark.parametrize("source", [io.StringIO("external_key\n"), 5, None, ["external_key"]])
def test_what_has_no_bytes_is_refused(source: object) -> None:
    with pytest.raises(InputError, match=r"neither a path nor a stream of bytes. Open a file with open\(…, 'rb'\)"):
        keys_of(source)


def test_nothing_is_opened_before_the_first_row_is_asked_for(tmp_path: Path) -> None:
    rows = read(tmp_path / "missing.csv")
    with pytest.raises(InputError):
        next(rows)


def test_a_reading_that_is_stopped_closes_its_file(tmp_path: Path) -> None:
    file = tmp_path / "crm.csv"
    file.write_bytes(CONTENT)
    rows = read(file)
    next(rows)
    rows.close()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]  # a warning would fail the test


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"key": "token"}, "the key must be 'external_key' or 'customer_id', not 'token'."),
        ({"empty": "drop"}, "empty must be 'keep' or 'clear', not 'drop'."),
        ({"format": "xlsx"}, "the format must be 'csv' or 'jsonl', not 'xlsx'."),
    ],
)
def test_an_argument_that_is_not_allowed_is_refused_at_once(options: dict[str, Any], reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read("crm.csv", **options)
    assert str(caught.value) == reason


def test_an_error_survives_a_pickle_and_belongs_to_the_client() -> None:
    error = InputError("it is empty.", "crm.csv", 3, "company")
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.source, copy.line, copy.column) == (
        "crm.csv, line 3, column 'company': it is empty.", "crm.csv", 3, "company",
    )  # fmt: skip
    assert copy.reason == "it is empty."
    assert isinstance(error, ChargeOverError)
    assert isinstance(error, ValueError)
