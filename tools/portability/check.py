"""Prove that other programs can use openapi.yaml: generators write clients that compile, and Prism serves them.

Everything is written to a temporary folder. The exit status is 1 if anything failed.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from chargeover import ChargeOverError
from tools.portability.clients import CLIENTS
from tools.portability.places import Failure, node_version
from tools.portability.prism import prism
from tools.portability.with_prism import generated_python_client, our_client

_ROW = "{:<20} {:<8} {:<26} {:<9} {:>7}"


def main() -> int:
    """Run every check, print a table and what went wrong, and return the exit status."""
    failures: list[str] = []
    print(_ROW.format("generator", "version", "language", "compiled", "seconds"), flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        for number, client in enumerate(CLIENTS):
            folder = root / str(number)
            folder.mkdir()
            what = (client.generator, client.version(), client.language)
            failures += _row(what, partial(client.make, folder))
        version = node_version("@stoplight/prism-cli")
        print(f"\n{_ROW.format('server', 'version', 'client', 'works', 'seconds')}", flush=True)
        try:
            with prism() as url:
                folder = root / "client"
                folder.mkdir()
                failures += _row(("Prism", version, "ours"), partial(our_client, url))
                generated = ("Prism", version, "openapi-generator, Python")
                failures += _row(generated, partial(generated_python_client, url, folder))
        except Failure as failure:
            failures.append(str(failure))
    print("".join(f"\n{failure}\n" for failure in failures), end="")
    return 1 if failures else 0


def _row(what: tuple[str, str, str], check: Callable[[], object]) -> list[str]:
    """Run a check and print its line; the result is what went wrong."""
    begin = time.monotonic()
    problem = ""
    try:
        check()
    except (Failure, ChargeOverError) as error:
        problem = f"{' '.join(what)}: {error}"
    print(_ROW.format(*what, "no" if problem else "yes", f"{time.monotonic() - begin:.1f}"), flush=True)
    return [problem] if problem else []


if __name__ == "__main__":
    sys.exit(main())
