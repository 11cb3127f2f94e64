"""``make bench``: ratios against peers, measured side by side in the same run. It judges nothing but its own targets.

python benchmarks/run.py [NAME ...] [--rounds N]
"""

import argparse
import os
import platform
import sys
from importlib.metadata import version

import client_async
import client_bulk
import client_list
import client_sync
import command
import crm_sync
import import_time
import prism
import sandbox_put
import start
import state
from table import Row, rendered

_MODULES = (
    client_sync,
    client_async,
    client_bulk,
    client_list,
    crm_sync,
    sandbox_put,
    import_time,
    command,
    start,
    state,
)
_BENCHMARKS = {module.NAME: module.measure for module in _MODULES}
_ROUNDS = 9


def main() -> None:
    """Run the benchmarks that were named, or all, and print their table."""
    parser = _parser()
    options = parser.parse_args()
    if unknown := [name for name in options.names if name not in _BENCHMARKS]:
        parser.error(f"there is no benchmark {unknown[0]!r}, but {', '.join(_BENCHMARKS)}")
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    findings: list[Row | str] = []
    for name in options.names or _BENCHMARKS:
        print(f"{name} …", file=sys.stderr)
        findings += _BENCHMARKS[name](options.rounds)
    print(f"{_machine()}; {options.rounds} rounds\n")
    print(rendered([finding for finding in findings if isinstance(finding, Row)]))
    for note in (finding for finding in findings if isinstance(finding, str)):
        print(f"\n{note}")


def _machine() -> str:
    peers = ", ".join(f"{name} {version(name)}" for name in ("httpx", "httpx2", "fastapi"))
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {peers}, prism {prism.version()}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks/run.py", description="Ratios against peers, side by side.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"default: all of {', '.join(_BENCHMARKS)}")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, metavar="N", help="default: %(default)s")
    return parser


if __name__ == "__main__":
    main()
