"""The documentation is true: its code and its commands print what it says, and the tables are complete."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import chargeover
from chargeover import _errors as errors
from chargeover_contract.openapi import DOCUMENT, operations, resolved
from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LIMITS
from tests.support.pages import PAGES, text_of

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```python\n(?P<code>(?:(?!```).)*)```\n\n```text\n(?P<output>.*?)```", re.DOTALL)
# A program that the reader saves under the name in its first line; a command of the same page runs it.
FILE = re.compile(r"```python\n(?P<code># (?P<name>\w+\.py)\n(?:(?!```).)*)```\n(?!\n```text)", re.DOTALL)
# "$ " begins a command and "> " continues it, as in bash; what follows is what it prints, with "…" for any text.
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"^\$ (?P<command>.*\n(?:> .*\n)*)(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
DOCUMENTED_URL = "http://127.0.0.1:8080"
PLUGINS = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_PLUGINS": "chargeover_pytest.plugin,anyio.pytest_plugin",
}
END = "--- end of a command ---"


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks() -> Iterator[Any]:
    for page in PAGES:
        for number, found in enumerate(BLOCK.finditer(text_of(page)), 1):
            yield pytest.param(found["code"], found["output"], id=f"{name_of(page)}-{number}")


@pytest.mark.long
@pytest.mark.parametrize(("code", "output"), list(blocks()))
def test_a_code_block_prints_what_the_page_says(code: str, output: str) -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (output, "")


def test_every_python_block_is_run() -> None:
    for page in PAGES:
        text = text_of(page)
        assert text.count("```python") == len(BLOCK.findall(text)) + len(FILE.findall(text)), name_of(page)
        for found in FILE.finditer(text):
            rest = text[found.end() :]
            assert re.search(rf"^\$ \.venv/bin/\S+ .*{re.escape(found['name'])}", rest, re.MULTILINE), found["name"]


def consoles(page: Path) -> list[str]:
    return CONSOLE.findall(text_of(page))


@pytest.mark.skipif(not (shutil.which("bash") and shutil.which("curl")), reason="bash or curl is not installed")
@pytest.mark.long
@pytest.mark.parametrize("page", [pytest.param(page, id=name_of(page)) for page in PAGES if consoles(page)])
def test_commands_print_what_the_page_says(page: Path, tmp_path: Path) -> None:
    steps = [found for block in consoles(page) for found in COMMAND.finditer(block)]
    commands = [step["command"].replace("\n> ", "\n") for step in steps]
    script = "".join(f"{command}printf '\\n%s\\n' '{END}'\n" for command in commands)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    for found in FILE.finditer(text_of(page)):
        (tmp_path / found["name"]).write_text(found["code"], encoding="utf-8")
    # One shell for the page. Its curl reads no settings of the machine, and asks no proxy; its pytest has the plugins
    # that come with the client, and no others.
    own = {"HOME": str(tmp_path), "CURL_HOME": str(tmp_path), "NO_PROXY": "*", "no_proxy": "*"}
    with sandbox_process() as sandbox:
        done = subprocess.run(
            ["bash", "-c", script.replace(DOCUMENTED_URL, sandbox.url)],
            cwd=tmp_path,
            env={**os.environ, **own, **PLUGINS},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        printed = done.stdout.replace(sandbox.url, DOCUMENTED_URL).split(f"\n{END}\n")
    assert printed.pop() == ""
    for command, step, output in zip(commands, steps, printed, strict=True):
        pattern = ".*".join(map(re.escape, step["output"].rstrip("\n").split("…")))
        assert re.fullmatch(pattern, output.rstrip("\n")), f"$ {command}{output}"


def test_every_command_is_run() -> None:
    for page in PAGES:
        text = text_of(page)
        assert text.count("```console") == len(consoles(page)), name_of(page)
        for block in consoles(page):
            assert "".join(found[0] for found in COMMAND.finditer(block)) == block, name_of(page)
        # A request anywhere else in the page is untested.
        assert not re.search(r"^ *curl ", text, re.MULTILINE), name_of(page)


def anchors(page: Path) -> set[str]:
    """What a link can name of a page: its headings, as GitHub spells them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_lead_somewhere() -> None:
    for page in [*PAGES, ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]:
        for name, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", page.read_text(encoding="utf-8")):
            target = page.parent / name if name else page
            assert target.exists(), f"{name_of(page)}: {name}"
            # That of a picture is the colour scheme that it is for.
            known = (
                {"gh-light-mode-only", "gh-dark-mode-only"} if target.suffix in {".svg", ".png"} else anchors(target)
            )
            assert not anchor or anchor in known, f"{name_of(page)}: {name}#{anchor}"


# The name on an index is not ours: whoever installs it from there gets what someone else has put there.
FROM_AN_INDEX = re.compile(
    r"""\b(?:pip3?|pipx|uvx?|poetry|pdm|conda|mamba)\b[^\n#]*"""
    r"""[\s'"`]chargeover(?!\[[\w,]+\] @ )(?:[\s'"`\[=<>~!,;.]|$)""",
    re.MULTILINE,
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("pip install chargeover", True),
        ("python -m pip install -U 'chargeover[sandbox]'", True),
        ("uv add chargeover==0.1.0", True),
        ("pip install ./chargeover", False),
        ("pip install './chargeover[sandbox]'", False),
        ("pip install dist/chargeover-0.1.0-py3-none-any.whl", False),
        ("pip install 'chargeover[contract] @ file:///a/chargeover-0.1.0-py3-none-any.whl'", False),
        ("pip install 'httpx2[socks]'", False),
        ("pip install './chargeover[cli]'   # and the command chargeover", False),
    ],
)
def test_a_command_that_installs_from_an_index_is_known_from_others(text: str, wrong: bool) -> None:
    assert bool(FROM_AN_INDEX.search(text)) is wrong


def test_nothing_tells_anyone_to_install_the_package_from_an_index() -> None:
    programs = [path for folder in ("overrides", "sandbox", "examples") for path in (ROOT / folder).rglob("*.py")]
    for path in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *programs]:
        found = FROM_AN_INDEX.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{name_of(path)}: {found[0]}"


def assumptions(node: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(node, dict):
        if "x-assumed" in node:
            yield node.get("operationId") or ".".join(path)
        for key, value in node.items():
            yield from assumptions(value, (*path, str(key)))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from assumptions(value, (*path, str(index)))


def test_the_fidelity_page_has_every_answer_with_its_source_and_every_assumption_and_no_other() -> None:
    page = (ROOT / "docs" / "fidelity.md").read_text(encoding="utf-8")
    answers = {
        (operation["operationId"], status, resolved(response).get("x-source", operation["x-source"]))
        for _, _, operation in operations()
        for status, response in operation["responses"].items()
    }
    assert set(re.findall(r"^\| `(\w+)` \| (\d{3}) \| (\w+) \|", page, re.MULTILINE)) == answers
    assert set(re.findall(r"^\| `([\w.]+)` \| (?!\d{3} \|)", page, re.MULTILINE)) == set(assumptions(DOCUMENT))


def test_the_sandbox_page_has_its_limits() -> None:
    page = (ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8").replace("`", "")
    for limit in LIMITS:
        assert f"- {limit}\n" in page


def test_the_errors_guide_has_the_tree_of_the_docstring() -> None:
    page = (ROOT / "docs" / "guides" / "errors.md").read_text(encoding="utf-8")
    assert errors.__doc__
    (tree,) = re.findall(r"^    ChargeOverError\n(?:    \W.*\n)+", errors.__doc__, re.MULTILINE)
    assert tree in page
    assert all(f"`{name}`" in page for name in re.findall(r"\w+Error\b", tree) if hasattr(errors, name))


def test_every_public_name_is_used_in_a_guide() -> None:
    words = {word for page in PAGES if page.parent.name == "guides" for word in re.findall(r"\w+", text_of(page))}
    assert not {*chargeover.__all__} - words


def test_the_comparison_counts_its_rows_and_each_entry_leads_to_a_program() -> None:
    page = (ROOT / "docs" / "compared.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| ([^|]+) \| [^|]+ \| (\w*) ?\|$", page, re.MULTILINE)
    assert [int(number) for number, _, _ in rows] == list(range(1, len(rows) + 1))
    first, last = rows[:38], rows[38:]
    good = sum(verdict in {"level", "ahead"} for _, _, verdict in first)
    assert f"ahead of it in {good} of {len(first)} rows; behind in {len(first) - good}" in page
    assert last
    tried = {match[1] for match in re.finditer(r"^### (.+)\n(?:(?!^###).*\n)*?(?:```|    make)", page, re.MULTILINE)}
    for number, ours, verdict in rows:
        links = re.findall(r"\(#([\w-]+)\)", ours)
        assert links or verdict == "behind" or "guides/" in ours or "README" in ours, number
        assert set(links) <= {heading.lower().replace(" ", "-") for heading in tried}, number
