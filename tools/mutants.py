"""Score the contract suite: does any part of it notice each bug that can be planted in the sandbox?

The parts run in the order of their cost, and the first one that fails ends the search. Before that, all of them must
pass on a sandbox without a bug: a suite that fails anyway would find everything.

    python -m tools.mutants                     all bugs; writes docs/mutants.md
    python -m tools.mutants --only NAME NAME    these; writes nothing
    python -m tools.mutants --part model        all bugs, by this part alone; writes nothing
"""

import argparse
import datetime
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tools.contract import ROOT

PAGE = ROOT / "docs" / "mutants.md"
BEGIN, END = "<!-- begin of the table -->", "<!-- end of the table -->"
AT_ONCE = 2
SEEDS = (1, 20261122, 3)
_PATIENCE = 900
"""Seconds for a part: a run that hangs has not found a bug."""
_CASES = "contract/chargeover_contract/cases"
_FAILED = re.compile(r"^(?:FAILED|ERROR) [\w/]*\w+\.py(?:::(?P<test>.+?))?(?: - .*)?$", re.MULTILINE)


class Part(NamedTuple):
    """A part of the suite.

    Attributes:
        name: as shown in the table.
        files: its tests.
        seed: for what it draws at random.
    """

    name: str
    files: tuple[str, ...]
    seed: int = 1


EDGES = Part(
    "edges",
    (
        *(f"{_CASES}/test_edges_{name}.py" for name in ("in_turn", "of_links", "of_queries")),
        "tests/contract/test_our_sandbox.py",
        f"{_CASES}/test_edges.py",
    ),
)
MODEL = Part("model, seed 1", (f"{_CASES}/test_model.py",))


def parts(seeds: Sequence[int]) -> list[Part]:
    """The parts, cheapest first."""
    models = [MODEL._replace(name=f"model, seed {seed}", seed=seed) for seed in seeds]
    drawn = [Part(f"Schemathesis, seed {seed}", (f"{_CASES}/test_schemathesis.py",), seed) for seed in seeds]
    return [EDGES, *models[:1], *drawn[:1], *models[1:], *drawn[1:]]


class Outcome(NamedTuple):
    """Whether a bug was found.

    Attributes:
        bug: its name.
        found_by: the part and its test; None if it was missed.
        seconds: until then.
    """

    bug: str
    found_by: str | None
    seconds: float


class BrokenSuiteError(Exception):
    """The suite did not run, or fails without a bug, so a score would mean nothing."""


def bugs() -> list[str]:
    """The names of all bugs that can be planted."""
    command = [sys.executable, "-m", "chargeover_sandbox", "--bugs"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [line.split()[0] for line in listed.splitlines() if line.strip()]


def run(part: Part, bug: str | None, **environment: str) -> str | None:
    """Run a part on a sandbox of its own; the test that failed, or None.

    Args:
        part: of the suite.
        bug: that is planted; None for none.
        environment: more variables, such as a PYTHONPATH with another sandbox on it.

    Raises:
        BrokenSuiteError: it did not run.
    """
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=short", "-p", "no:cacheprovider", "-m", "contract"]
    command += part.files
    # Tests of an operation that the sandbox seems to lack would be skipped and find nothing: this one fails instead.
    command += [f"{_CASES}/test_the_floor.py::test_the_server_has_every_operation"]
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("CONTRACT_", "PYTEST_"))},
        **environment,
        "CONTRACT_SANDBOX": f"--bug {bug}" if bug else "",
        "CONTRACT_SEEDS": str(part.seed),
        "CONTRACT_STOP": "1",
    }
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired as error:
        raise BrokenSuiteError(f"{part.name} did not end with {bug} in {_PATIENCE} seconds") from error
    if done.returncode == 0:
        return None
    if done.returncode != 1:
        raise BrokenSuiteError(f"{part.name} did not run with {bug}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    found = _FAILED.search(done.stdout)
    if (bug is None and not environment) or found is None:
        raise BrokenSuiteError(f"{part.name} failed without a reason:\n{done.stdout[-6000:]}")
    return found["test"] or found[0]


def check_a_clean_sandbox(order: Iterable[Part]) -> None:
    """Run every part without a bug.

    Raises:
        BrokenSuiteError: one fails.
    """

    def one(part: Part) -> None:
        run(part, None)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one, order))


def search(bug: str, order: Iterable[Part]) -> Outcome:
    """Run the parts one after another until one notices the bug."""
    start = time.monotonic()
    for part in order:
        if test := run(part, bug):
            return Outcome(bug, f"{part.name}: {_short(test)}", time.monotonic() - start)
    return Outcome(bug, None, time.monotonic() - start)


def _short(test: str) -> str:
    """The row of a table, or the sentence that is the name of a test."""
    name, bracket, row = test.partition("[")
    text = row.removesuffix("]") if bracket and name == "test_edge" else name.removeprefix("test_").replace("_", " ")
    return text.replace("|", "/").encode("ascii", "replace").decode()[:80]


def score(names: Sequence[str], order: Sequence[Part]) -> list[Outcome]:
    """Search for each bug, several at a time, and print a line for each result."""

    def one(bug: str) -> Outcome:
        outcome = search(bug, order)
        print(f"{outcome.bug:40} {outcome.found_by or 'NOT FOUND':70} {outcome.seconds:6.1f} s", flush=True)
        return outcome

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, names))


def table(outcomes: Sequence[Outcome], seconds: float, today: datetime.date) -> str:
    """The score as Markdown."""
    found = sum(outcome.found_by is not None for outcome in outcomes)
    lines = [
        f"{today.isoformat()}: {found} of {len(outcomes)} bugs were found, in {seconds:.0f} seconds, "
        f"{AT_ONCE} at a time. On a sandbox without a bug everything passed.",
        "",
        "| bug | found by | seconds |",
        "|---|---|---:|",
    ]
    lines += [f"| `{one.bug}` | {one.found_by or '**not found**'} | {one.seconds:.1f} |" for one in outcomes]
    return "\n".join(lines)


def write(page: Path, text: str) -> None:
    """Replace the table of the page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the result is the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", nargs="+", metavar="NAME", help="look for these, and write no page")
    parser.add_argument("--part", choices=("edges", "model", "schemathesis"), help="with this alone, and write no page")
    parser.add_argument("--seeds", nargs="+", type=int, default=SEEDS, metavar="N", help="(default: %(default)s)")
    options = parser.parse_args(arguments)
    order, start = parts(options.seeds), time.monotonic()
    if options.part:
        order = [part for part in order if part.name.lower().startswith(options.part)]
    try:
        check_a_clean_sandbox(order)
        outcomes = score(options.only or bugs(), order)
    except BrokenSuiteError as error:
        print(error, file=sys.stderr)
        return 2
    if not options.only and not options.part:
        write(PAGE, table(outcomes, time.monotonic() - start, datetime.datetime.now(datetime.UTC).date()))
    missed = [outcome.bug for outcome in outcomes if outcome.found_by is None]
    print(f"{len(outcomes) - len(missed)} of {len(outcomes)} bugs were found; not found: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
