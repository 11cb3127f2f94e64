"""Turn the links of the repository's pages into links of the site."""

import os
import re
from pathlib import Path, PurePosixPath

LINK = re.compile(r"(?<!!)\[(?P<text>[^\]\[]+)\]\((?P<target>[^)\s#]+)(?P<anchor>#[^)\s]*)?\)")
# Files of the repository that have a place on the site under another name.
PLACES = {
    "README.md": "index.md",
    "ARCHITECTURE.md": "development/architecture.md",
    "CONTRIBUTING.md": "development/contributing.md",
    "CHANGELOG.md": "changelog.md",
    "openapi.yaml": "openapi/latest/openapi.yaml",
}


def place(path: str) -> str | None:
    """Where a file of the repository is on the site; None if it is not there."""
    return PLACES.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else None)


def on_the_site(text: str, source: str, root: Path) -> str:
    """The text of a page of the repository, with links that lead to pages of the site.

    A link to a file that the site does not have becomes plain text. A broken link stays, and fails the build.
    """
    here = PurePosixPath(source).parent
    page = place(source) or source

    def link(found: re.Match[str]) -> str:
        target = found["target"]
        if re.match(r"[a-z]+:", target):
            return found[0]
        path = os.path.normpath(here / target)
        there = place(path)
        if there is None:
            return found["text"] if (root / path).exists() else found[0]
        relative = os.path.relpath(there, PurePosixPath(page).parent)
        return f"[{found['text']}]({relative}{found['anchor'] or ''})"

    return LINK.sub(link, text)
