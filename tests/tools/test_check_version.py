"""A release has one version."""

from pathlib import Path

import pytest

from tools.release.version import problems


@pytest.fixture
def release(tmp_path: Path) -> Path:
    (tmp_path / "openapi.yaml").write_text("info: {version: 0.2.0}\n", encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 0.2.0 (2026-11-23)\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("tag", [None, "v0.2.0"])
def test_a_release_of_one_version_is_one(release: Path, tag: str | None) -> None:
    assert problems(release, "0.2.0", tag) == []


@pytest.mark.parametrize(
    ("version", "tag", "words"),
    [
        ("0.2.0", "v0.3.0", ["the tag is v0.3.0"]),
        ("0.2.0", "0.2.0", ["the tag is 0.2.0"]),
        ("0.2.1", "v0.2.1", ["info.version", "no section ## 0.2.1"]),
        ("0.2", None, ["info.version", "no section ## 0.2"]),
    ],
)
def test_what_differs_is_said(release: Path, version: str, tag: str | None, words: list[str]) -> None:
    found = problems(release, version, tag)
    assert len(found) == len(words)
    assert all(word in line for word, line in zip(words, found, strict=True))


@pytest.mark.parametrize("heading", ["0.2.0-rc1", "0.2.0+local", "0.2.0.post1", "0.2.01", "10.2.0"])
def test_the_section_of_another_version_is_not_this_ones(release: Path, heading: str) -> None:
    (release / "CHANGELOG.md").write_text(f"# Changelog\n\n## {heading}\n", encoding="utf-8")
    assert problems(release, "0.2.0", None) == ["CHANGELOG.md has no section ## 0.2.0"]


@pytest.mark.parametrize("heading", ["0.2.0", "[0.2.0]", "0.2.0 - 2026-11-23", "[0.2.0](https://x.example)"])
def test_a_heading_can_say_more(release: Path, heading: str) -> None:
    (release / "CHANGELOG.md").write_text(f"# Changelog\n\n## {heading}\n", encoding="utf-8")
    assert problems(release, "0.2.0", None) == []
