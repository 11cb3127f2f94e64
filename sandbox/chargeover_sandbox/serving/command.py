"""The command line: runs the sandbox until it is stopped."""

import argparse
import errno
import logging
import os
import shlex
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from chargeover_sandbox.bugs import BUGS, bugs_named
from chargeover_sandbox.customers.account import UPDATE_CODES, Account
from chargeover_sandbox.customers.times import DATE_FORMATS
from chargeover_sandbox.requests.urls import url_of_address
from chargeover_sandbox.storage.database import StoreError

from .browsers import check_host, check_origin
from .front import in_front_of
from .limits import LIMITS
from .opening import open_app
from .server import PASSWORD, USERNAME, SandboxServer, listen


def run(arguments: list[str] | None = None, prog: str = "chargeover-sandbox") -> None:
    """Run the command line; it returns when the sandbox has been stopped.

    Args:
        arguments: the words after the name of the command; None for those of the process.
        prog: the name of the command.
    """
    reconfigure = getattr(sys.stdout, "reconfigure", None)  # a stand-in may lack it
    if reconfigure:
        reconfigure(errors="backslashreplace")  # as on standard error: not every console has every letter
    logging.basicConfig(format="%(levelname)s: %(message)s")
    options = _parser(prog).parse_args(arguments)
    if options.bugs:
        print(*(f"{name}\t{summary}" for name, summary in BUGS.items()), sep="\n")
        return
    if options.database == "":
        sys.exit(f"{prog}: --database needs a file name.")
    bugs = bugs_named(options.bug)
    database = None if options.database is None else Path(options.database)
    try:
        account = Account(options.lenient, options.timezone, options.date_format, options.update_code)
        app = open_app(database, options.username, options.password, bugs=bugs, account=account)
    except (StoreError, ValueError, FileNotFoundError) as error:
        sys.exit(f"{prog}: {error}")
    try:
        listener = listen(options.host, options.port)
    except OSError as error:
        hint = " Try --port 0." if error.errno == errno.EADDRINUSE else ""
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error
        sys.exit(f"{prog}: cannot listen on {options.host} port {options.port}: {reason}.{hint}")
    print("The sandbox does not imitate all of ChargeOver:", *LIMITS, sep="\n  - ", file=sys.stderr, flush=True)
    if bugs:
        print("Planted bugs:", ", ".join(bug.name for bug in bugs), file=sys.stderr, flush=True)
    ready = _announcement(listener, options.username, options.password, database)
    with suppress(KeyboardInterrupt):
        hosts = (options.host, *options.allow_host)
        front = in_front_of(app, options.username, options.password, hosts, options.allow_origin)
        SandboxServer(front, listener, ready).serve_until_stopped()


def _announcement(listener: socket.socket, username: str, password: str, database: Path | None) -> Callable[[], None]:
    url = url_of_address(*listener.getsockname()[:2])
    facts = {"username": username, "password": password, "database": str(database or "memory")}
    words = " ".join(f"{name}={shlex.quote(value)}" for name, value in facts.items())
    return lambda: print(f"ChargeOver sandbox (unofficial) ready: {url} {words}", flush=True)


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=prog,
        description="An unofficial local stand-in for the ChargeOver customer API.",
        epilog="It does not imitate: " + " ".join(LIMITS),
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=8080, help="port to listen on; 0 means any free port (default: %(default)s)"
    )
    parser.add_argument("--database", metavar="FILE", help="keep the state in FILE (default: in memory)")
    parser.add_argument("--username", default=USERNAME, metavar="U", help="(default: %(default)s)")
    parser.add_argument("--password", default=PASSWORD, metavar="P", help="(default: %(default)s)")
    parser.add_argument(
        "--bug",
        action="append",
        default=[],
        type=_bug,
        metavar="NAME",
        help="plant this bug; may be given more than once",
    )
    parser.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        type=_origin,
        metavar="ORIGIN",
        help="let pages of this origin, such as http://127.0.0.1:8000, send requests; may be given more than once",
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        type=_host,
        metavar="NAME",
        help="serve requests under this name too, besides loopback names and HOST; may be given more than once",
    )
    usual = Account()
    parser.add_argument("--lenient", action="store_true", help="also take what clients in use send")
    parser.add_argument("--timezone", default=usual.timezone, metavar="ZONE", help="of dates (default: %(default)s)")
    parser.add_argument(
        "--date-format",
        default=usual.date_format,
        choices=DATE_FORMATS,
        help="; ".join(f"{name}: {example}" for name, example in DATE_FORMATS.items()) + " (default: %(default)s)",
    )
    parser.add_argument(
        "--update-code",
        type=int,
        default=usual.update_code,
        choices=UPDATE_CODES,
        help="the code in the envelope of an update (default: %(default)s)",
    )
    parser.add_argument("--bugs", action="store_true", help="list the bugs that can be planted, and exit")
    return parser


def _bug(name: str) -> str:
    try:
        bugs_named([name])
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return name


def _host(text: str) -> str:
    try:
        return check_host(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _origin(text: str) -> str:
    try:
        return check_origin(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
