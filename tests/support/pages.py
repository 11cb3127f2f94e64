"""The pages of the documentation, with the content of their tabs like all other text."""

import re
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# A line such as `=== "Python"` opens a tab; the indented lines after it are its content.
TAB = re.compile(r'^=== ".+"\n((?:\n|    .*\n)+)', re.MULTILINE)


def text_of(page: Path) -> str:
    """The text of a page, with the content of its tabs unindented, so that blocks in tabs are found and run too."""
    return TAB.sub(lambda tab: textwrap.dedent(tab[1]), page.read_text(encoding="utf-8"))
