"""The encoding of a file: by its mark, else UTF-8, else Windows-1252, and never guessed."""

import pytest

from chargeover.sync._input import encodings
from tests.support.rows import refusal_of, rows_of, values_of

TEXT = "external_key,company\r\ncrm-1,Köln €\r\n"
VALUES = [{"external_key": "crm-1", "company": "Köln €"}]
MARK = "\N{BYTE ORDER MARK}"


@pytest.mark.parametrize(
    ("codec", "mark", "said"),
    [
        ("utf-8", "", "read as UTF-8."),
        ("utf-8", MARK, "read as UTF-8, by its byte order mark."),
        ("utf-16-le", MARK, "read as UTF-16-LE, by its byte order mark."),
        ("utf-16-be", MARK, "read as UTF-16-BE, by its byte order mark."),
        ("utf-32-le", MARK, "read as UTF-32-LE, by its byte order mark."),
        ("utf-32-be", MARK, "read as UTF-32-BE, by its byte order mark."),
        (
            "cp1252",
            "",
            "read as Windows-1252, since line 2 is not valid UTF-8; name another encoding if that is wrong.",
        ),
    ],
)
def test_the_encoding_is_found_and_said(codec: str, mark: str, said: str) -> None:
    rows, notices = rows_of((mark + TEXT).encode(codec))
    assert [row.values for row in rows] == VALUES
    assert str(notices[0]) == f"the input: {said}"
    assert notices[0].is_warning == (codec == "cp1252")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "UTF_16_BE", "cp1252", "iso8859-15", "cp850"])
def test_an_encoding_can_be_named(codec: str) -> None:
    text = TEXT.replace("€", "é") if codec == "cp850" else TEXT
    expected = [{"external_key": "crm-1", "company": "Köln é" if codec == "cp850" else "Köln €"}]
    assert values_of(text.encode(codec), encoding=codec) == expected


@pytest.mark.parametrize("name", ["utf-8", "UTF8", "utf-8-sig"])
def test_the_mark_of_the_named_encoding_is_not_part_of_the_first_name(name: str) -> None:
    assert values_of((MARK + TEXT).encode(), encoding=name) == VALUES


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le"])
def test_a_family_of_encodings_is_decided_by_the_mark(name: str) -> None:
    assert values_of((MARK + TEXT).encode("utf-16-le"), encoding=name) == VALUES


@pytest.mark.parametrize(
    ("content", "encoding", "reason"),
    [
        (TEXT.encode(), "klingon", "the encoding 'klingon' is not known"),
        (TEXT.encode(), "hex", "the encoding 'hex' is not known"),
        (TEXT.encode(), "", "is not known"),
        (TEXT.encode(), "utf-8\0", "is not known"),
        (TEXT.encode("utf-16-le"), "utf-16", "it has no byte order mark: name the encoding utf-16-le or utf-16-be"),
        ((MARK + TEXT).encode(), "cp1252", "its byte order mark is that of UTF-8, which contradicts the encoding"),
        ((MARK + TEXT).encode("utf-16-be"), "utf-16-le", "its byte order mark is that of UTF-16-BE"),
        (b"PK\x03\x04rest", None, "it is a workbook or a zip archive"),
        (b"\xd0\xcf\x11\xe0rest", None, "it is an old Excel workbook"),
        (b"\x1f\x8brest", None, "it is compressed"),
    ],
)
def test_what_cannot_be_text_is_refused(content: bytes, encoding: str | None, reason: str) -> None:
    assert reason in str(refusal_of(content, encoding=encoding))


@pytest.mark.parametrize(
    ("content", "encoding", "place"),
    [
        pytest.param("crm-2,K\x81ln\n".encode("latin-1"), None, "0x81 is not valid Windows-1252", id="Windows-1252"),
        pytest.param(b"crm-2,K\xf6ln\n", "utf-8", "0xF6 is not valid UTF-8", id="named UTF-8"),
        pytest.param(b"crm-2,\xed\xa0\x80\n", "utf-8", "0xED is not valid UTF-8", id="half of a pair"),
        pytest.param(b"crm-2,K\xf6ln\n", "ascii", "0xF6 is not valid ASCII", id="ASCII"),
        pytest.param(b"crm-2,\xe2\x82", "utf-8", "0xE2 is not valid UTF-8", id="cut at the end"),
        pytest.param(b"crm-2,a\0b\n", None, "NUL", id="NUL"),
    ],
)
def test_what_is_not_text_is_named_by_its_line_and_column(content: bytes, encoding: str | None, place: str) -> None:
    before = b'external_key,company\r\ncrm-1,"two\rlines"\r\n\n'
    error = refusal_of(before + content, encoding=encoding)
    assert (error.line, error.column) == (5, "company")
    assert place in str(error)
    assert "ln" not in str(error).replace("line", "")


def test_a_name_that_may_be_data_is_not_shown() -> None:
    error = refusal_of(b"Ann Example,ann@x.example\nBob,\x81\n")
    assert (error.line, error.column) == (2, None)
    assert "Ann" not in str(error)
    error = refusal_of(b'{"external_key": "Ann", "company": "Ann"}\n{"company": "\x81"}\n')
    assert (error.line, error.column) == (2, None)
    assert "Ann" not in str(error)


def test_utf_16_without_a_mark_is_not_taken_for_anything_else() -> None:
    assert "utf-16-le or utf-16-be" in str(refusal_of(TEXT.encode("utf-16-le")))


def test_all_of_a_file_is_checked_before_its_first_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "_CHUNK", 7)
    body = "".join(f"crm-{number},Köln {number}\r\n" for number in range(50))
    whole = ("external_key,company\r\n" + body).encode()
    assert len(values_of(whole)) == 50
    error = refusal_of(whole + b"crm-x,\xff\r\n", encoding="utf-8")
    assert (error.line, error.column) == (52, "company")
    notices = rows_of(whole.replace("ö".encode(), b"o") + b"crm-x,\xff\r\n")[1]
    assert "since line 52 is not valid UTF-8" in str(notices[0])


@pytest.mark.parametrize("at", [0, 1, 2])
def test_utf_8_with_a_damaged_byte_is_not_taken_for_windows_1252(at: int) -> None:
    lines = [f"crm-{number},Köln\r\n".encode() for number in range(3)]
    lines[at] = b"crm-x,K\xf6ln\r\n"
    error = refusal_of(b"external_key,company\r\n" + b"".join(lines))
    assert (error.line, error.column) == (at + 2, "company")
    assert "though most of the file is UTF-8: mend it there, or name the encoding" in str(error)


def test_two_bytes_of_windows_1252_that_utf_8_has_too_do_no_harm() -> None:
    text = "external_key,company\r\n1,«CAFÉ»\r\n2,Société\r\n"
    assert values_of(text.encode("cp1252"))[0] == {"external_key": "1", "company": "«CAFÉ»"}


def test_a_file_without_line_breaks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "LONGEST_LINE", 100)
    monkeypatch.setattr(encodings, "_CHUNK", 30)
    assert len(values_of("external_key,company\n" + "1,abc\n" * 100)) == 100
    assert "more than 100 characters" in str(refusal_of("external_key,company\n1," + "x" * 200))
