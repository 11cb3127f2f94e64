"""The build refuses what is wrong, and turns the links of the repository into those of the site."""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.website.browser import SITE
from tools.site import build, rest
from tools.site.links import on_the_site

ROOT = SITE.parent


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("[x](nowhere.md)", "page does not exist"),
        ("[x](fidelity.md#nowhere)", "anchor does not exist"),
        ("::: chargeover.Nobody", "Nobody"),
    ],
)
def test_a_broken_link_ends_the_build(line: str, complaint: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "build" / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("*.js"))
    text = (ROOT / "build" / "zensical.toml").read_text(encoding="utf-8")
    (tmp_path / "zensical.toml").write_text(text.replace('"../', f'"{ROOT}/'), encoding="utf-8")
    with (tmp_path / "docs" / "index.md").open("a", encoding="utf-8") as page:
        page.write(f"\n\n{line}\n")
    zensical = Path(sysconfig.get_path("scripts")) / "zensical"
    done = subprocess.run([zensical, "build", "--strict"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert complaint in done.stdout + done.stderr


def test_a_page_that_is_not_in_the_navigation_ends_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "build" / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("*.js"))
    monkeypatch.setattr(build, "BUILD", tmp_path)
    monkeypatch.setattr(build, "PAGES", tmp_path / "docs")
    build.configure()
    (tmp_path / "docs" / "lost.md").write_text("# Lost\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"lost\.md"):
        build.configure()


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("docs/guides/bulk.md", "[a](../../openapi.yaml)", "[a](../openapi/latest/openapi.yaml)"),
        ("docs/guides/bulk.md", "[a](../faults.md#the-table)", "[a](../faults.md#the-table)"),
        ("docs/sandbox.md", "[a](../ARCHITECTURE.md#tests)", "[a](development/architecture.md#tests)"),
        ("CONTRIBUTING.md", "[a](docs/fidelity.md)", "[a](../fidelity.md)"),
        ("docs/sandbox.md", "[the demo](../examples/demo.py)", "the demo"),
        ("docs/sandbox.md", "[a](../nowhere.py)", "[a](../nowhere.py)"),
        ("docs/sandbox.md", "[a](https://example.com/x)", "[a](https://example.com/x)"),
    ],
)
def test_links_of_the_repository_become_those_of_the_site(source: str, text: str, expected: str) -> None:
    assert on_the_site(text, source, ROOT) == expected


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """A repository with two releases, and a tag from before there was a document."""
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-qm", "begin", "--allow-empty")
    git(tmp_path, "tag", "v0.0.1")
    for version in ("0.1.0", "0.2.0"):
        (tmp_path / "openapi.yaml").write_text(f"version: {version}\n", encoding="utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", version)
        git(tmp_path, "tag", f"v{version}")
    git(tmp_path, "tag", "vague")
    (tmp_path / "openapi.yaml").write_text("version: next\n", encoding="utf-8")
    return tmp_path


def test_a_release_keeps_its_document(releases: Path) -> None:
    assert rest.documents(releases, "0.2.0") == {
        "latest": b"version: next\n",
        "0.2.0": b"version: 0.2.0\n",
        "0.1.0": b"version: 0.1.0\n",
    }


def test_without_git_there_is_this_version_alone(releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(releases / "nowhere"))
    assert rest.documents(releases, "0.2.0") == {"latest": b"version: next\n", "0.2.0": b"version: next\n"}


def test_another_repositorys_tags_are_not_ours(releases: Path) -> None:
    archive = releases / "archive"
    archive.mkdir()
    (archive / "openapi.yaml").write_text("version: archive\n", encoding="utf-8")
    assert rest.documents(archive, "0.2.0") == {"latest": b"version: archive\n", "0.2.0": b"version: archive\n"}


def test_without_a_site_there_is_nothing_to_show(tmp_path: Path) -> None:
    code = "import pathlib; from tools.site import serve; serve.SITE = pathlib.Path('nowhere'); serve.main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "make docs" in done.stderr) == (1, True)
