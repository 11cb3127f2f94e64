"""The sites of all versions, side by side."""

import json
import subprocess
from pathlib import Path

import pytest

from tools.site import versions


def site_of(folder: Path, version: str) -> Path:
    """A site as the build writes it, in small."""
    new = folder / f"new {version}"
    (new / "openapi" / version).mkdir(parents=True)
    (new / "index.html").write_text(f"This is {version}", encoding="utf-8")
    (new / "openapi" / version / "openapi.yaml").write_text(version, encoding="utf-8")
    return new


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def latest(site: Path) -> str:
    return (site / "latest" / "index.html").read_text(encoding="utf-8").removeprefix("This is ")


@pytest.mark.parametrize(
    ("published", "newest", "order"),
    [
        (["0.1.0"], "0.1.0", ["0.1.0"]),
        (["0.9.0", "0.10.0"], "0.10.0", ["0.10.0", "0.9.0"]),
        (["0.2.0", "0.1.1"], "0.2.0", ["0.2.0", "0.1.1"]),  # a correction of an earlier version
        (["0.1.0", "0.2.0rc1"], "0.1.0", ["0.2.0rc1", "0.1.0"]),
        (["0.2.0rc1", "0.2.0"], "0.2.0", ["0.2.0", "0.2.0rc1"]),
        (["0.1.0rc1"], "0.1.0rc1", ["0.1.0rc1"]),
        (["0.1.0", "0.1.0"], "0.1.0", ["0.1.0"]),
    ],
)
def test_each_version_stays_and_the_newest_release_is_the_latest(
    published: list[str], newest: str, order: list[str], site: Path, tmp_path: Path
) -> None:
    for version in published:
        versions.add(site, site_of(tmp_path, version), version)
    assert latest(site) == newest
    entries = json.loads((site / "versions.json").read_text(encoding="utf-8"))
    assert [entry["version"] for entry in entries] == order
    assert [entry["version"] for entry in entries if "latest" in entry["aliases"]] == [newest]
    for version in published:
        assert (site / version / "index.html").read_text(encoding="utf-8") == f"This is {version}"
    assert "latest/index.html" in (site / "index.html").read_text(encoding="utf-8")
    assert (site / "openapi" / newest / "openapi.yaml").is_file()


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def test_the_branch_keeps_what_was_published_byte_for_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "t")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "t@example.com")
    repository = tmp_path / "repository"
    repository.mkdir()
    git(repository, "init", "-q")
    (repository / ".gitignore").write_text("/site/\n*.map\n", encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "begin")
    for version in ("0.1.0", "0.2.0"):
        site = tmp_path / f"site {version}"
        versions.earlier(repository, site)
        new = site_of(tmp_path, version)
        (new / "site.map").write_bytes(b"\x00\r\n")  # which the project itself would leave out
        versions.add(site, new, version)
        made = versions.commit(repository, site, f"Publish {version}")
        assert git(repository, "rev-parse", "refs/heads/site").strip() == made
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "log", "--format=%s", "refs/heads/site").split("\n")[:2] == [
        "Publish 0.2.0",
        "Publish 0.1.0",
    ]
    copy = tmp_path / "copy"
    versions.earlier(repository, copy)
    assert (copy / "0.1.0" / "site.map").read_bytes() == b"\x00\r\n"
    assert latest(copy) == "0.2.0"
    # A clone has the branch as that of its origin.
    git(tmp_path, "clone", "-q", str(repository), "clone")
    versions.earlier(tmp_path / "clone", tmp_path / "from the clone")
    assert latest(tmp_path / "from the clone") == "0.2.0"


def test_without_a_branch_there_is_nothing_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    versions.earlier(tmp_path, tmp_path / "site")
    assert list((tmp_path / "site").iterdir()) == []
