"""Score the contract suite by random small changes of the sandbox's source.

Each change is one of: a comparison that becomes another one, a number or text that changes, a condition that is
negated, an operand of ``and`` or ``or`` that is dropped, a statement that is dropped. A change that a smoke test sees
is left out, since anything would find it. What the suite does not find is printed as a diff: it is either a gap of the
suite, or a change that no request can see.

    python -m tools.random_mutants --number 10 --seed 1
"""

import argparse
import ast
import copy
import difflib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from chargeover_contract.sandbox import sandbox_process
from tools.contract import ROOT
from tools.mutants import EDGES, MODEL, BrokenSuiteError, parts, run

_PACKAGE = Path("sandbox") / "chargeover_sandbox"
# Planted bugs, the control, the pages for people, and the command line: no request to the API can see them.
_LEFT_OUT = (
    "control",
    "bugs",
    "serving/reference",
    "serving/command.py",
    "serving/browsers.py",
    "serving/limits.py",
    "__main__.py",
)
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_PATIENCE = 900
"""Seconds for a run of Schemathesis."""
_SMOKE = """
import sys, threading
from chargeover_sandbox import LocalSandbox
import httpx2
# A change may have left the sandbox waiting for ever.
timer = threading.Timer(15, lambda: __import__("os")._exit(3))
timer.daemon = True
timer.start()
with LocalSandbox() as sandbox, httpx2.Client(base_url=sandbox.url, auth=(sandbox.username, sandbox.password)) as http:
    one = http.post("/api/v3/customer", json={"company": "Acme"}).raise_for_status().json()["response"]["id"]
    path = f"/api/v3/customer/{one}"
    assert http.put(path, json={"bill_city": "Bonn"}).status_code == 202
    assert http.get(path).json()["response"]["bill_city"] == "Bonn"
    assert len(http.get("/api/v3/customer?where=company:EQUALS:Acme").json()["response"]) == 1
    assert http.put(path, json={"bill_cty": "x"}).status_code == 400
    assert http.get(path, auth=("x", "y")).status_code == 401
    assert http.delete(path).status_code == 200
    assert http.get(path).status_code == 404
__import__("os")._exit(0)
"""


class Mutant(NamedTuple):
    """One change.

    Attributes:
        file: relative to the package.
        source: of the whole file, changed.
        diff: against the file, both as Python's own printer writes them.
    """

    file: Path
    source: str
    diff: str


class Score(NamedTuple):
    """What found a change.

    Attributes:
        mutant: the change.
        found_by: the part of the suite, and its test; None if nothing did.
        alone: what Schemathesis alone says that it does not say of the right sandbox; empty for nothing.
    """

    mutant: Mutant
    found_by: str | None
    alone: str


def _places(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """The nodes that can be changed, each with the kind of change."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield node, "comparison"
        elif isinstance(node, ast.If | ast.IfExp | ast.While):
            yield node, "condition"
        elif isinstance(node, ast.BoolOp):
            yield node, "operand"
        elif isinstance(node, ast.Constant) and type(node.value) in {int, str}:
            yield node, "constant"
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and isinstance(node, ast.FunctionDef | ast.If | ast.For | ast.With):
                yield node, f"statement of {name}"


def _change(node: ast.AST, kind: str, draw: random.Random) -> bool:
    """Change a node in place; whether that changed anything."""
    if isinstance(node, ast.Compare):
        index = draw.randrange(len(node.ops))
        node.ops[index] = draw.choice(_COMPARISONS[type(node.ops[index])])()
    elif kind == "condition" and isinstance(node, ast.If | ast.IfExp | ast.While):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.BoolOp):
        node.values.pop(draw.randrange(len(node.values)))
    elif isinstance(node, ast.Constant):
        value = node.value
        node.value = value + draw.choice((-1, 1)) if isinstance(value, int) else f"{value!s}x"
    else:
        block: list[ast.stmt] = getattr(node, kind.rpartition(" ")[2])
        dropped = [one for one in block if not isinstance(one, ast.Return | ast.FunctionDef | ast.Pass)]
        # A text that stands alone is a docstring.
        dropped = [one for one in dropped if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
        if not dropped:
            return False
        block[block.index(draw.choice(dropped))] = ast.Pass()
    return True


def _docstrings(tree: ast.AST) -> set[int]:
    """Texts that are no part of what is done: docstrings, annotations and casts."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
        types = [getattr(node, name, None) for name in ("annotation", "returns")]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"cast", "TypeVar"}:
            types += node.args[:1]
        found |= {id(one) for kind in types if isinstance(kind, ast.AST) for one in ast.walk(kind)}
    return found


def drawn(seed: int) -> Iterator[Mutant]:
    """Random changes without end, each file as likely as it has places to change.

    Args:
        seed: the same one draws the same changes of the same source.
    """
    draw = random.Random(seed)  # noqa: S311  nothing depends on its being secret
    trees = [(path.relative_to(ROOT / _PACKAGE), ast.parse(path.read_text(encoding="utf-8"))) for path in _sources()]
    places = [(file, tree, index) for file, tree in trees for index, _ in enumerate(_useful(tree))]
    while True:
        file, tree, index = draw.choice(places)
        changed = copy.deepcopy(tree)
        node, kind = _useful(changed)[index]
        if not _change(node, kind, draw):
            continue
        before, after = ast.unparse(tree), ast.unparse(ast.fix_missing_locations(changed))
        lines = difflib.unified_diff(before.splitlines(), after.splitlines(), str(file), str(file), lineterm="", n=2)
        yield Mutant(file, after, "\n".join(lines))


def _useful(tree: ast.AST) -> list[tuple[ast.AST, str]]:
    out = _docstrings(tree)
    return [(node, kind) for node, kind in _places(tree) if id(node) not in out]


def _sources() -> list[Path]:
    files = sorted((ROOT / _PACKAGE).rglob("*.py"))
    return [file for file in files if not file.relative_to(ROOT / _PACKAGE).as_posix().startswith(_LEFT_OUT)]


def planted(mutant: Mutant, folder: Path) -> Path:
    """A copy of the sandbox with the change; the folder to put on PYTHONPATH."""
    shutil.copytree(ROOT / _PACKAGE, folder / _PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "openapi.yaml", folder)
    (folder / _PACKAGE / mutant.file).write_text(mutant.source, encoding="utf-8")
    return folder / "sandbox"


def _in_front(path: Path) -> str:
    """PYTHONPATH with a folder before all others."""
    return os.pathsep.join(filter(None, [str(path), os.environ.get("PYTHONPATH")]))


def is_seen_by_a_smoke_test(path: Path) -> bool:
    """Whether a few ordinary calls go wrong."""
    done = subprocess.run(
        [sys.executable, "-c", _SMOKE],
        env={**os.environ, "PYTHONPATH": _in_front(path)},
        capture_output=True,
        check=False,
    )
    return done.returncode != 0


def found_by_the_suite(path: Path) -> str | None:
    """The part of the suite that notices, and its test."""
    for part in (EDGES, MODEL, parts((1,))[-1]):
        try:
            test = run(part, None, PYTHONPATH=_in_front(path))
        except BrokenSuiteError as error:
            # It hung, or the sandbox did not start with the options that the suite gives it.
            return f"{part.name}: {str(error).splitlines()[0][:80]}"
        if test:
            return f"{part.name}: {test[:90]}"
    return None


def said_by_schemathesis_alone(path: Path | None) -> set[str]:
    """The failures that Schemathesis reports with nothing but the document and the credentials.

    Raises:
        subprocess.TimeoutExpired: it did not end.
    """
    with pytest.MonkeyPatch.context() as patch:
        if path:
            patch.setenv("PYTHONPATH", _in_front(path))
        with sandbox_process() as sandbox, tempfile.TemporaryDirectory() as folder:
            found = Path(folder) / "found.json"
            command = [str(Path(sys.executable).with_name("schemathesis")), "run", str(ROOT / "openapi.yaml")]
            command += ["--url", sandbox.url, "--auth", f"{sandbox.username}:{sandbox.password}", "--seed", "1"]
            command += ["--report", "json", "--report-json-path", str(found), "--no-color"]
            subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=_PATIENCE)
            failures = json.loads(found.read_text(encoding="utf-8"))["failures"]
    return {f"{one['title']} at {operation}" for one in failures for operation in one["operations"]}


def score(number: int, seed: int) -> list[Score]:
    """Draw changes, and search for each that a smoke test lets pass; a line for each."""
    right = said_by_schemathesis_alone(None)
    print(f"Schemathesis alone reports {len(right)} failures of the right sandbox.", flush=True)
    scores: list[Score] = []
    seen = 0
    for mutant in drawn(seed):
        if len(scores) == number:
            break
        with tempfile.TemporaryDirectory() as folder:
            path = planted(mutant, Path(folder))
            if is_seen_by_a_smoke_test(path):
                seen += 1
                continue
            start = time.monotonic()
            found = found_by_the_suite(path)
            try:
                alone = "; ".join(sorted(said_by_schemathesis_alone(path) - right))
            except subprocess.TimeoutExpired:
                alone = f"it did not end in {_PATIENCE} seconds"
        scores.append(Score(mutant, found, alone))
        seconds = time.monotonic() - start
        print(f"{len(scores):3} {mutant.file!s:32} {found or 'NOT FOUND':80} {seconds:5.0f} s", flush=True)
        print(f"      Schemathesis alone: {alone[:150] or 'nothing'}", flush=True)
        if found is None:
            print(f"{mutant.diff}\n", flush=True)
    print(f"A smoke test saw {seen} other changes.")
    return scores


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the result is the exit status: 1 if something was not found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--number", type=int, default=10, metavar="N", help="changes (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="(default: %(default)s)")
    options = parser.parse_args(arguments)
    scores = score(options.number, options.seed)
    missed = [one for one in scores if one.found_by is None]
    alone = sum(bool(one.alone) for one in scores)
    print(f"\n{len(scores) - len(missed)} of {len(scores)} changes were found; by Schemathesis alone {alone}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
