"""The twin of a document is read instead of it only if it was made from this very text."""

import json
from pathlib import Path

import pytest

from chargeover_sandbox.contract.parsing import digest, parsed

TEXT = "openapi: 3.1.0\ninfo: {title: Ä}\n"
DOCUMENT = {"openapi": "3.1.0", "info": {"title": "Ä"}}


def twin(path: Path, text: str) -> Path:
    """Says something else than the document, so that a test sees which of them was read."""
    path.write_text(json.dumps({"sha256": digest(text), "document": {"from": "the twin"}}), encoding="utf-8")
    return path


def test_a_twin_of_the_same_text_is_read_instead(tmp_path: Path) -> None:
    assert parsed(TEXT, twin(tmp_path / "twin.json", TEXT)) == {"from": "the twin"}


def test_a_twin_of_another_text_is_not_read(tmp_path: Path) -> None:
    assert parsed(TEXT, twin(tmp_path / "twin.json", f"{TEXT} ")) == DOCUMENT


@pytest.mark.parametrize(
    "content",
    [None, b"", b"<<<<<<< ours\n{}\n", b"\xff", b"[]", b"null", b"{}", f'{{"sha256": "{digest(TEXT)}"}}'.encode()],
)
def test_without_a_usable_twin_the_document_itself_is_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "twin.json"
    if content is not None:
        path.write_bytes(content)
    assert parsed(TEXT, path) == DOCUMENT


def test_what_is_not_yaml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"openapi\.yaml is not valid YAML: mapping values are not allowed"):
        parsed("a: b: c\n", tmp_path / "twin.json")
