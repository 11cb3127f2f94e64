"""Build the site: compose its pages in build/docs, and let Zensical write site/.

The pages of docs/ and of the root are copied, with their links adapted to the site; the reference is written from
openapi.yaml and the docstrings. A broken link, or a page that is not in the navigation, fails the build.
"""

import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from chargeover import __version__
from tools.contract import ROOT, Contract
from tools.site.fields import fields_page
from tools.site.links import PLACES, on_the_site
from tools.site.operations import operations_page
from tools.site.python import python_pages
from tools.site.rest import documents, interactive, rest_page

SOURCE = ROOT / "tools" / "site"
BUILD = ROOT / "build"
PAGES = BUILD / "docs"
SITE = ROOT / "site"


SELECTOR = """
[project.extra.version]
provider = "mike"
default = "latest"
alias = true
"""
"""The theme's selector of versions reads ../versions.json, which the site of one version alone does not have."""


def main(*, versioned: bool = False) -> None:
    """Build the site.

    Args:
        versioned: with a selector of versions; tools/site/versions.py writes the list that it reads.
    """
    shutil.rmtree(BUILD, ignore_errors=True)
    shutil.rmtree(SITE, ignore_errors=True)
    compose()
    configure(SELECTOR if versioned else "")
    zensical = Path(sysconfig.get_path("scripts")) / "zensical"
    built = subprocess.run([zensical, "build", "--strict"], cwd=BUILD, capture_output=True, text=True, check=False)
    if built.returncode:
        sys.exit(f"{built.stdout}{built.stderr}\nThe site was not built.")
    # Zensical's own page links to the root of the host, where this site need not be.
    shutil.copyfile(SOURCE / "404.html", BUILD / "site" / "404.html")
    (BUILD / "site").rename(SITE)


def compose() -> None:
    """Write all pages into build/docs."""
    for source in [*(ROOT / "docs").rglob("*"), *(ROOT / name for name in PLACES if name.endswith(".md"))]:
        path = source.relative_to(ROOT).as_posix()
        if path == "README.md" or not source.is_file():
            continue  # the site has a landing page of its own
        target = PAGES / PLACES.get(path, path.removeprefix("docs/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix == ".md":
            target.write_text(on_the_site(source.read_text(encoding="utf-8"), path, ROOT), encoding="utf-8")
        else:
            shutil.copyfile(source, target)
    # Where to go next is on the site only, since the build writes most of it.
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    write("index.md", index + (SOURCE / "next.md").read_text(encoding="utf-8"))
    document = Contract.load()
    write("reference/fields.md", fields_page(document))
    write("reference/operations.md", operations_page(document))
    for name, text in python_pages().items():
        write(f"reference/python/{name}.md", text)
    for name, content in interactive(document).items():
        write(f"reference/interactive/{name}", content)
    versions = documents(ROOT, __version__)
    for version, content in versions.items():
        write(f"openapi/{version}/openapi.yaml", content)
    write("reference/rest.md", rest_page(list(versions)))
    for name in ("site.css", "site.js"):
        write(f"assets/{name}", (SOURCE / name).read_bytes())


def write(name: str, content: str | bytes) -> None:
    """Write one file of the site."""
    path = PAGES / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def configure(more: str = "") -> None:
    """Write build/zensical.toml with more at its end, once its navigation is known to have every page, each once."""
    text = (SOURCE / "zensical.toml").read_text(encoding="utf-8")
    named = list(pages_of(tomllib.loads(text)["project"]["nav"]))
    there = {path.relative_to(PAGES).as_posix() for path in PAGES.rglob("*.md")}
    if problems := sorted((there ^ set(named)) | {page for page in named if named.count(page) > 1}):
        sys.exit(f"tools/site/zensical.toml must have each page once in its nav, and no other: {problems}")
    (BUILD / "zensical.toml").write_text(text + more, encoding="utf-8")


def pages_of(nav: object) -> Iterator[str]:
    """The pages of a navigation."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list):
        for item in cast("list[object]", nav):
            yield from pages_of(item)
    else:
        for item in cast("dict[str, object]", nav).values():
            yield from pages_of(item)


if __name__ == "__main__":
    main()
