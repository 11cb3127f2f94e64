"""``chargeover drift FILE…``: whether recordings of a server still agree with openapi.yaml and with the sandbox.

The exit status says how it ended:

=====  ====================================================================================
0      nothing has drifted; or, with ``--clean``, the file was written
1      something has: the report says what
2      an option is not valid, or a file cannot be read or written
5      nothing was compared: the files have no exchange with the API
130    Ctrl-C
=====  ====================================================================================
"""

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .drift import Drift

SAME, DRIFTED, USAGE, NOTHING_COMPARED, INTERRUPTED = 0, 1, 2, 5, 130


def main(arguments: Sequence[str] | None = None, prog: str = "python -m chargeover_contract.drift") -> int:
    """Run the command line; the result is the exit status.

    Args:
        arguments: those of the process if there are none here.
        prog: the name of the command.
    """
    options = parser(prog).parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    from .exchange import RecordingError

    try:
        return _clean(options) if options.clean else _compare(options)
    except RecordingError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{error.filename or 'The report'} cannot be written: {error.strerror}.")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("chargeover"):
            raise
        return _refuse(f"{error.name} is missing. Install the distribution with its extra: chargeover[contract]")
    except KeyboardInterrupt:
        return INTERRUPTED


def parser(prog: str) -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(
        prog=prog,
        description="Compare recordings of a ChargeOver account with openapi.yaml, and replay them in a sandbox that "
        "is seeded from them. Nothing is sent to the account. The report has no value of the recording.",
        epilog="Exit status: 0 no drift, or the file of --clean was written; 1 drift; 2 usage, or a file that cannot "
        "be read or written; 5 no exchange with the API; 130 Ctrl-C.",
    )
    add = made.add_argument
    add("files", nargs="+", type=Path, metavar="FILE",
        help="HAR of a browser, a proxy, the client or the sandbox's journal; or JSON Lines")  # fmt: skip
    add("--report", type=Path, metavar="FOLDER", help="write drift.html and drift.json there too")
    add("--json", action="store_true", help="print JSON instead of text")
    add("--no-replay", action="store_true", help="compare with openapi.yaml alone, without a sandbox")
    add(
        "--clean",
        type=Path,
        metavar="OUT",
        help="compare nothing; write one recording with stand-ins for all values, which agree with one another",
    )
    return made


def _compare(options: argparse.Namespace) -> int:
    from .drift import compared
    from .output import as_json, lines_of
    from .reading import read

    recording = read(options.files)
    title = ", ".join(path.name for path in options.files)
    drift = compared(recording, title, replays=not options.no_replay)
    if options.report:
        write_report(drift, options.report)
    print(as_json(drift) if options.json else "\n".join(lines_of(drift)), end="" if options.json else "\n")
    if not drift.exchanges:
        return _nothing()
    return DRIFTED if drift.causes else SAME


def write_report(drift: "Drift", folder: Path) -> None:
    """Write ``drift.html`` and ``drift.json``.

    Raises:
        OSError: they cannot be written.
    """
    from .output import as_json, page

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "drift.html").write_text(page(drift), encoding="utf-8")
    (folder / "drift.json").write_text(as_json(drift), encoding="utf-8")


def _clean(options: argparse.Namespace) -> int:
    from .cleaning import write_clean
    from .reading import read

    if any(options.clean.exists() and options.clean.samefile(path) for path in options.files if path.exists()):
        return _refuse(f"--clean: {options.clean} is one of the recordings. Name a new file.")
    recording = read(options.files)
    if not recording.exchanges:
        return _nothing()
    write_clean(recording.exchanges, options.clean)
    for why, number in (+recording.left_out).items():
        print(f"{number:,} left out {why}", file=sys.stderr)
    print(f"{options.clean}: {len(recording.exchanges):,} exchanges, with stand-ins for all values", file=sys.stderr)
    return SAME


def _nothing() -> int:
    print("Nothing was compared: the files have no exchange with the API (paths below /api/v3/).", file=sys.stderr)
    return NOTHING_COMPARED


def _refuse(text: str) -> int:
    print(text, file=sys.stderr)
    return USAGE
