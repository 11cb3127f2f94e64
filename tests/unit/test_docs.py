"""The documentation says what is true: its code runs and prints what it says, and the tables are complete."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chargeover_sandbox import LIMITS
from support.contract import DOCUMENT, operations

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"```python\n(?P<code>.*?)```\n\n```text\n(?P<output>.*?)```", re.DOTALL)


def blocks() -> Iterator[Any]:
    for page in PAGES:
        for number, found in enumerate(BLOCK.finditer(page.read_text(encoding="utf-8")), 1):
            yield pytest.param(found["code"], found["output"], id=f"{page.name}-{number}")


@pytest.mark.parametrize(("code", "output"), list(blocks()))
def test_a_code_block_prints_what_the_page_says(code: str, output: str) -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (output, "")


def test_every_python_block_is_run() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert text.count("```python") == len(BLOCK.findall(text)), page.name


def test_links_lead_somewhere() -> None:
    for page in [*PAGES, ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def assumptions(node: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(node, dict):
        if "x-assumed" in node:
            yield node.get("operationId") or ".".join(path)
        for key, value in node.items():
            yield from assumptions(value, (*path, str(key)))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from assumptions(value, (*path, str(index)))


def test_the_fidelity_page_has_every_answer_and_every_assumption_and_no_other() -> None:
    page = (ROOT / "docs" / "fidelity.md").read_text(encoding="utf-8")
    answers = {
        (operation["operationId"], status) for _, _, operation in operations() for status in operation["responses"]
    }
    assert set(re.findall(r"^\| `(\w+)` \| (\d{3}) \| \w+ \|", page, re.MULTILINE)) == answers
    assert set(re.findall(r"^\| `([\w.]+)` \| (?!\d{3} \|)", page, re.MULTILINE)) == set(assumptions(DOCUMENT))


def test_the_sandbox_page_has_its_limits() -> None:
    page = (ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8").replace("`", "")
    for limit in LIMITS:
        assert f"- {limit}\n" in page
