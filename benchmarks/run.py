"""``make bench``: ratios against peers, measured side by side in the same run. It judges nothing but its own targets.

python benchmarks/run.py [NAME ...] [--rounds N] [--json FILE] [--compare FILE]
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from table import Row, rendered, rendered_comparison

_MODULES = {
    "client-sync": "client_sync",
    "client-async": "client_async",
    "client-bulk": "client_bulk",
    "client-list": "client_list",
    "sync": "crm_sync",
    "sandbox": "sandbox_put",
    "import": "import_time",
    "command": "command",
    "start": "start",
    "state": "state",
    "test": "one_test",
}
_ROUNDS = 9
_JSON = Path(__file__).resolve().parent.parent / "bench.json"

Measure = Callable[[int], Iterator[Row | str]]


def main() -> None:
    """Run the benchmarks that were named, or all, and print their table."""
    parser = _parser()
    options = parser.parse_args()
    names = [found for name in options.names for found in _named(parser, name)] or [*_MODULES]
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    earlier = _rows(parser, options.compare) if options.compare else None
    rows, notes = _measured(list(dict.fromkeys(names)), options.rounds)
    print(f"{_machine()}; {options.rounds} rounds\n")
    print(rendered(rows))
    for note in notes:
        print(f"\n{note}")
    if earlier is not None:
        print(f"\nBeside {options.compare}:\n\n{rendered_comparison(rows, earlier)}")
    kept = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "machine": _machine(), "rounds": options.rounds}
    kept |= {"rows": [row.as_json() for row in rows], "notes": notes}
    options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(f"\nThe values of all rounds are in {options.json}.", file=sys.stderr)


def _measured(names: Sequence[str], rounds: int) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    notes: list[str] = []
    for name in names:
        print(f"{name} …", end="", file=sys.stderr, flush=True)
        start = time.monotonic()
        try:
            measure: Measure = import_module(_MODULES[name]).measure
        except ModuleNotFoundError as error:
            notes.append(f"{name} is left out: {error.name} is not installed.")
        else:
            for finding in measure(rounds):
                if isinstance(finding, Row):
                    rows.append(finding)
                else:
                    notes.append(finding)
        print(f" {time.monotonic() - start:.0f} s", file=sys.stderr)
    return rows, notes


def _named(parser: argparse.ArgumentParser, name: str) -> Sequence[str]:
    """The benchmark of a name, or those with this word in their names."""
    found = [name] if name in _MODULES else [known for known in _MODULES if name in known.split("-")]
    if not found:
        parser.error(f"there is no benchmark {name!r}, but {', '.join(_MODULES)}")
    return found


def _rows(parser: argparse.ArgumentParser, file: Path) -> list[Row]:
    """The rows that an earlier run has written."""
    try:
        return [Row.of_json(row) for row in json.loads(file.read_text(encoding="utf-8"))["rows"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(f"{file} is not the JSON file of a run: {error!r}")


def _machine() -> str:
    peers = ", ".join(f"{name} {_version(name)}" for name in ("httpx", "httpx2", "fastapi"))
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {peers}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks/run.py", description="Ratios against peers, side by side.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"default: all of {', '.join(_MODULES)}")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, metavar="N", help="at most; default: %(default)s")
    parser.add_argument("--json", type=Path, default=_JSON, metavar="FILE", help="default: %(default)s")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="the JSON file of an earlier run")
    return parser


if __name__ == "__main__":
    main()
