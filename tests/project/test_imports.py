"""No import circle anywhere, between files or between folders; imports under TYPE_CHECKING count."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.project.imports import imported_names

ROOT = Path(__file__).parents[2]
SOURCE_ROOTS = ("contract", "overrides", "sandbox", "tools", ".")
# How many parts of a path name a folder that is to be understood by itself.
DEPTHS = {"contract": 3, "overrides": 3, "sandbox": 3, "tools": 2, "tests": 2}

Graph = dict[Path, set[Path]]
"""By file, the files that it imports; all relative to the root."""


def names_of(file: Path) -> Iterator[tuple[str, str]]:
    """Each name that a file can be imported by, with the package that its relative imports start from."""
    for root in SOURCE_ROOTS:
        if file.is_relative_to(root):
            parts = file.relative_to(root).with_suffix("").parts
            package = ".".join(parts[:-1])
            yield (package if parts[-1] == "__init__" else ".".join(parts)), package


def import_graph(root: Path, folder: str) -> Graph:
    files = [path.relative_to(root) for path in (root / folder).rglob("*.py") if "node_modules" not in path.parts]
    assert files, f"{folder} has no Python files"
    known = {name: file for file in files for name, _ in names_of(file)}
    graph: Graph = {}
    for file in files:
        imported = {name for _, package in names_of(file) for name in imported_names(root / file, package)}
        # A name is a module, or stands in the module that it is imported from.
        targets = {known.get(name) or known.get(name.rpartition(".")[0]) for name in imported}
        graph[file] = {target for target in targets if target} - {file}
    return graph


def folders_of(graph: Graph, depth: int) -> Graph:
    """The same graph between folders, and files beside them."""
    folders: Graph = {}
    for file, targets in graph.items():
        folder = Path(*file.parts[:depth])
        folders.setdefault(folder, set()).update({Path(*target.parts[:depth]) for target in targets} - {folder})
    return folders


def circle_in(graph: Graph) -> str:
    """One circle, each imported by the next; empty if there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return " <- ".join(map(str, error.args[1]))
    return ""


@pytest.mark.parametrize("folder", DEPTHS)
def test_no_files_import_one_another_in_a_circle(folder: str) -> None:
    assert circle_in(import_graph(ROOT, folder)) == ""


@pytest.mark.parametrize("folder", DEPTHS)
def test_no_folders_import_one_another_in_a_circle(folder: str) -> None:
    assert circle_in(folders_of(import_graph(ROOT, folder), DEPTHS[folder])) == ""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("from .b import x", "from chargeover.a import y"),
        ("from . import b", "import chargeover.a"),
        (
            "def late():\n    from chargeover import b",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .a import y",
        ),
    ],
)
def test_a_circle_is_found_however_it_is_written(tmp_path: Path, first: str, second: str) -> None:
    package = tmp_path / "overrides" / "chargeover"
    package.mkdir(parents=True)
    (package / "a.py").write_text(first)
    (package / "b.py").write_text("")
    assert circle_in(import_graph(tmp_path, "overrides")) == ""
    (package / "b.py").write_text(second)
    assert circle_in(import_graph(tmp_path, "overrides")).count("overrides/chargeover/a.py") >= 1


def test_a_circle_of_folders_is_found_where_no_files_form_one(tmp_path: Path) -> None:
    for file, code in (
        ("_http/a.py", "from chargeover._bulk import b"),
        ("_bulk/b.py", ""),
        ("_bulk/c.py", "from chargeover._http import d"),
        ("_http/d.py", ""),
    ):
        path = tmp_path / "overrides" / "chargeover" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code)
    graph = import_graph(tmp_path, "overrides")
    assert circle_in(graph) == ""
    assert "chargeover/_bulk <- " in circle_in(folders_of(graph, DEPTHS["overrides"]))
