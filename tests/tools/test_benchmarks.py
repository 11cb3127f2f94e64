"""The command line of the benchmarks; what they measure is not asserted anywhere."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
# Two runs of three rounds each: one row that changed, one that did not, and one that only the second run has.
COMPARED = """
from rounds import Spread
from table import Row, Target, rendered_comparison

def row(name, *values):
    return Row.of_json(Row(name, "a / b", Spread(values), Target(1.0, at_most=True)).as_json())

before = [row("one", 2.0, 2.1, 2.2), row("two", 2.0, 3.0, 4.0)]
now = [row("one", 1.0, 1.05, 1.1), row("two", 2.1, 2.9, 4.2), row("new", 1.0, 1.0, 1.0)]
print(rendered_comparison(now, before))
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=BENCHMARKS, capture_output=True, text=True, check=False, timeout=30)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "there is no benchmark 'nothing', but client-sync, client-async"),
        (["start", "--rounds", "0"], "--rounds must be at least 1"),
        (["start", "--compare", "missing.json"], "missing.json is not the JSON file of a run: FileNotFoundError"),
        (["start", "--compare", "run.py"], "run.py is not the JSON file of a run: JSONDecodeError"),
    ],
)
def test_wrong_arguments_are_one_clear_error_before_anything_is_measured(arguments: list[str], words: str) -> None:
    done = run("run.py", *arguments)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_comparison_marks_what_has_clearly_changed() -> None:
    done = run("-c", COMPARED)
    assert done.stderr == ""
    _, one, two = done.stdout.splitlines()
    assert one.split()[:7] == ["one", "a", "/", "b", "2.10", "1.05", "0.500"]
    assert one.endswith("changed")
    assert two.split()[:7] == ["two", "a", "/", "b", "3.00", "2.90", "0.967"]
    assert "changed" not in two
