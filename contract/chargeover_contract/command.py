"""``python -m chargeover_contract URL``: the contract suite against a server, and a report of what it found.

The exit status says how it ended:

=====  ==============================================================================================
0      everything that ran is right, or known to the baseline
1      something is wrong that no baseline knows, or something that it knows is gone
2      an option is not valid, or there was no "yes"; nothing was sent
3      with --read-only --customer: the customer is not, or perhaps not, as it was
4      nothing can be tested: no server, no credentials, or credentials that it refuses
5      nothing was tested: no case was left, or all were skipped
6      a fault of the suite itself, which it describes in a file
130    Ctrl-C; any other number above 128 is 128 and the number of the signal that ended it
=====  ==============================================================================================
"""

import argparse
import importlib.metadata
import io
import math
import os
import shlex
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .network import is_this_machine

if TYPE_CHECKING:
    from .reporting.baseline import Known
    from .reporting.report import Report
    from .running import Run

PARTS = ("edges", "model", "schemathesis")
RIGHT, WRONG, USAGE, NOTHING_TO_TEST, NOTHING_TESTED, OWN_FAULT, INTERRUPTED = 0, 1, 2, 4, 5, 6, 130
_REPORT = "contract-report"


class UsageError(Exception):
    """An option is not valid, or the run was not agreed to. Nothing was sent."""


def main(arguments: Sequence[str] | None = None, prog: str = "python -m chargeover_contract") -> int:
    """Run the command line; the result is the exit status.

    Args:
        arguments: those of the process if there are none here.
        prog: the name of the command.
    """
    options = parser(prog).parse_args(arguments)
    # Names of cases have letters that not every terminal has.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        _check(options)
        if options.read_only:
            return _read_only(options)
        _ask(options)
        return _run(options)
    except UsageError as error:
        return _refuse(str(error))
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("chargeover"):
            raise
        return _refuse(f"{error.name} is missing. Install the distribution with its extra: chargeover[contract]")
    except KeyboardInterrupt:
        return INTERRUPTED


def parser(prog: str) -> argparse.ArgumentParser:
    """The options, for this command and for any other that passes them on."""
    made = argparse.ArgumentParser(
        prog=prog,
        description="Test whether a server keeps the contract of the ChargeOver customer API (openapi.yaml). "
        "It writes: name a test account.",
        epilog="CHARGEOVER_USERNAME and CHARGEOVER_PASSWORD hold the credentials. Exit status: 0 right, 1 something is "
        "wrong, 2 usage, 3 a customer is not restored (--read-only --customer), 4 nothing can be tested, 5 nothing was "
        "tested, 6 a fault of the suite, 130 Ctrl-C.",
    )
    add = made.add_argument
    add("url", nargs="?", default="", metavar="URL",
        help="the server's address, before /api/v3; without one a sandbox is started (extra: sandbox)")  # fmt: skip
    what = made.add_argument_group("what is tested")
    add = what.add_argument
    add("--part", action="append", default=[], metavar="PART", help="edges, model or schemathesis (repeat, or commas)")
    add("--operations", default="", metavar="NAMES", help="these alone, such as list_customers,count_customers")
    add("--only", default="", metavar="CASE", help="one case, as the report names it")
    add("--skip-assumed", action="store_true", help="leave out what nothing published says")
    add("--allow-missing", action="store_true", help="a server that lacks operations passes all the same")
    add("--seeds", default="1", metavar="1,2", help="for what is drawn at random (default: 1)")
    add("--examples", type=int, default=60, metavar="N", help="histories of the model for each seed (default: 60)")
    add("--shrink", action="store_true", help="look for a shorter history that fails, which may take minutes")
    how = made.add_argument_group("how the server is reached")
    add = how.add_argument
    add("--pause", type=_seconds, metavar="SECONDS", help="before each request; a 429 is waited out in any case")
    add("--ca", type=Path, metavar="FILE", help="trust the authority in this PEM file (otherwise SSL_CERT_FILE)")
    add("--yes", action="store_true", help="write to a server that is not on this machine without asking")
    add("--read-only", action="store_true", help="GETs alone, one after the other; safe for a real account")
    add("--customer", metavar="ID", help="with --read-only: also change this customer, and restore it")
    out = made.add_argument_group("what comes of it")
    add = out.add_argument
    add("--report", type=Path, default=Path(_REPORT), metavar="FOLDER",
        help=f"for report.html, report.json, junit.xml and failures.har (default: {_REPORT})")  # fmt: skip
    add("--no-report", action="store_true", help="write no files")
    add(
        "--baseline",
        type=Path,
        metavar="FILE",
        help="accept the causes in it; fail on new ones and on ones that are gone",
    )
    add("--write-baseline", type=Path, metavar="FILE", help="write the causes of this run, to be accepted")
    add("--reason", default="", metavar="TEXT", help="why, for the new causes of --write-baseline")
    add("--also", action="append", default=[], metavar="PATH", help="tests of your own that use the suite's fixtures")
    return made


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and 0 <= seconds <= 60):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 0 to 60")
    return seconds


def _check(options: argparse.Namespace) -> None:
    options.url = options.url.rstrip("/")
    if options.url:
        _check_url(options.url)
    options.part = [part for text in options.part for part in _words(text)]
    for part in options.part:
        if part not in PARTS:
            raise UsageError(f"--part is edges, model or schemathesis, not {part!r}.")
    options.seeds = _words(options.seeds)
    if not options.seeds or not all(seed.isascii() and seed.isdigit() for seed in options.seeds):
        raise UsageError("--seeds is a list of whole numbers from 0, such as 1,2.")
    if options.examples < 1:
        raise UsageError("--examples is a whole number from 1.")
    options.operations = _words(options.operations)
    if options.operations:
        # Not by .document, which reads the options out of the environment, where they are not yet.
        from .openapi import operations

        names = [node["operationId"] for _, _, node in operations()]
        if unknown := [name for name in options.operations if name not in names]:
            raise UsageError(f"--operations: {unknown[0]!r} is unknown. There are {', '.join(names)}.")
    if options.write_baseline and not options.reason.strip():
        raise UsageError("--write-baseline needs --reason TEXT: why these failures are accepted.")
    if options.customer is not None and not (options.read_only and options.customer.isdecimal()):
        raise UsageError("--customer is the number of a customer, and belongs to --read-only.")
    if options.read_only and not options.url:
        raise UsageError("--read-only needs the URL of a server.")
    for path in (options.ca, options.baseline):
        if path and not path.is_file():
            raise UsageError(f"There is no file {path}.")
    for path in options.also:
        if not Path(path.partition("::")[0]).exists():
            raise UsageError(f"--also: there is no file or folder {path}.")


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_url = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise UsageError("The address is not a URL such as https://acme.example:8443/prefix.") from None
    if "@" in parts.netloc:
        raise UsageError("The address has credentials in it: they belong into CHARGEOVER_USERNAME and _PASSWORD.")
    if not is_url or parts.query or parts.fragment:
        raise UsageError(f"{url!r} is not a URL such as http://127.0.0.1:8080 or https://acme.example/prefix.")
    if parts.path.endswith("/api/v3"):
        raise UsageError(f"The address ends before /api/v3: {url.removesuffix('/api/v3')}")


def _ask(options: argparse.Namespace) -> None:
    """Have the user agree to writing to a server elsewhere.

    Raises:
        UsageError: there is no "yes".
    """
    if not options.url or options.yes or is_this_machine(urlsplit(options.url).hostname or ""):
        return
    if not sys.stdin.isatty():
        raise UsageError(f"The suite writes to {options.url}, and there is no terminal to ask on. --yes does without.")
    print(f"The suite creates hundreds of customers at {options.url}, and cannot delete all of them.", file=sys.stderr)
    print("Type yes to go on: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip() != "yes":
        raise UsageError("Nothing was sent.")


def _into_environment(options: argparse.Namespace) -> None:
    values = {
        "CONTRACT_BASE_URL": options.url,
        "CONTRACT_SEEDS": " ".join(options.seeds),
        "CONTRACT_EXAMPLES": str(options.examples),
        "CONTRACT_SHRINK": "1" if options.shrink else "",
        "CONTRACT_ALLOW_MISSING": "1" if options.allow_missing else "",
        "CONTRACT_OPERATIONS": " ".join(options.operations),
        "CONTRACT_SKIP_ASSUMED": "1" if options.skip_assumed else "",
        "CONTRACT_PAUSE": str(options.pause or 0),
        "CONTRACT_CASE": options.only,
        "CONTRACT_PARTS": " ".join(options.part),
    }
    os.environ.update(values)
    if options.ca:
        os.environ["SSL_CERT_FILE"] = str(options.ca.resolve())


def _read_only(options: argparse.Namespace) -> int:
    _into_environment(options)
    if options.pause is not None:
        os.environ["PAUSE"] = str(options.pause)
    os.environ["CUSTOMER_ID"] = options.customer or ""
    os.environ["YES"] = "1" if options.yes else os.environ.get("YES", "")
    from .read_only.__main__ import main as read_only

    return read_only()


def _run(options: argparse.Namespace) -> int:
    _into_environment(options)
    known = _baseline(options)
    # Not before the environment is set: what is tried is read from it once.
    from .reporting import terminal
    from .reporting.report import report_of
    from .running import run

    started, clock = datetime.now(UTC), time.monotonic()
    done = run(options.also)
    if done.has_nothing_to_test:
        print(done.said, file=sys.stderr)
        return NOTHING_TO_TEST
    if done.fault:
        return _own_fault(done.fault, options)
    report = report_of(
        done.collector,
        url=options.url,
        command=_command(options),
        started=started.isoformat(timespec="seconds"),
        seconds=time.monotonic() - clock,
        version=importlib.metadata.version("chargeover"),
        known={one.cause: f"{one.reason} ({one.date})" for one in known},
    )
    new, gone = _compared(options, done, report, known)
    said = [f"gone, so remove it from {options.baseline}: {cause}" for cause in gone]
    accepted = len(report.causes) - len(new) if options.baseline else 0
    said += [f"{accepted} known causes are not shown: {options.baseline}"] if accepted else []
    is_a_share = bool(options.only or options.operations)
    is_written = _written(options, report, known, said)
    _print(terminal.lines_of(report, said, is_a_share=is_a_share))
    if not is_written:
        return OWN_FAULT
    if done.is_interrupted:
        print("Ended before its time; nothing after that was tested.", file=sys.stderr)
        return INTERRUPTED
    if not done.collector.ran:
        print("Nothing was tested: no case was left, or all were skipped.", file=sys.stderr)
        return NOTHING_TESTED
    if options.write_baseline:
        return RIGHT
    return WRONG if new or gone else RIGHT


def _baseline(options: argparse.Namespace) -> "list[Known]":
    from .reporting import baseline

    path = options.baseline or (
        options.write_baseline if options.write_baseline and options.write_baseline.exists() else None
    )
    try:
        return baseline.read(path) if path else []
    except baseline.BaselineError as error:
        raise UsageError(str(error)) from error


def _compared(
    options: argparse.Namespace, done: "Run", report: "Report", known: "Iterable[Known]"
) -> tuple[list[str], list[str]]:
    from .reporting import baseline

    is_a_share = options.only or options.operations or options.skip_assumed or done.is_interrupted
    ran = None if is_a_share else [*(options.part or PARTS), "floor"]
    return baseline.compared([*known] if options.baseline else [], report.causes, ran)


def _print(lines: Iterable[str]) -> None:
    """Print; a reader that has gone, such as ``head``, does not end the run."""
    try:
        print(*lines, sep="\n", flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _written(options: argparse.Namespace, report: "Report", known: "Sequence[Known]", said: list[str]) -> bool:
    """Write the files, and add to what is said that they are there; whether that was possible."""
    from .reporting import baseline, files

    try:
        if not options.no_report:
            names = [path.name for path in files.write_all(report, options.report)]
            said.append(f"{options.report}: {', '.join(names)}")
        if options.write_baseline:
            baseline.write(options.write_baseline, report.causes, known, options.reason, date.today())  # noqa: DTZ011
            said.append(f"{options.write_baseline}: {len(report.causes)} causes are accepted from now on")
    except OSError as error:
        print(f"{error.filename or options.report}: {error.strerror or error}", file=sys.stderr)
        return False
    return True


def _command(options: argparse.Namespace) -> str:
    """The run again; no option holds a secret."""
    given: dict[str, Any] = {
        "--part": ",".join(options.part),
        "--seeds": ",".join(options.seeds),
        "--operations": ",".join(options.operations),
        "--only": options.only,
    }
    words = ["python -m chargeover_contract", *([shlex.quote(options.url)] if options.url else [])]
    words += [f"{name} {shlex.quote(value)}" for name, value in given.items() if value]
    return " ".join(words)


def _own_fault(fault: str, options: argparse.Namespace) -> int:
    path = options.report / "fault.txt"
    try:
        options.report.mkdir(parents=True, exist_ok=True)
        path.write_text(fault, encoding="utf-8", errors="backslashreplace")
    except OSError:
        print(fault, file=sys.stderr)
    print(f"The suite itself failed; {path} says where. Please report it.", file=sys.stderr)
    return OWN_FAULT


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return USAGE
