"""The command line: runs the sandbox until it is stopped."""

import argparse
import errno
import logging
import os
import re
import shlex
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from chargeover_sandbox.bugs import BUGS, bugs_named
from chargeover_sandbox.control.client.files import seed_text
from chargeover_sandbox.control.rate_limit import RateLimit
from chargeover_sandbox.control.seeding.generated import MOST
from chargeover_sandbox.control.seeds import Seed
from chargeover_sandbox.customers.account import UPDATE_CODES, Account
from chargeover_sandbox.customers.times import DATE_FORMATS
from chargeover_sandbox.requests.urls import check_host, is_loopback, url_of_address
from chargeover_sandbox.storage.database import StoreError
from chargeover_sandbox.webhooks.resource import SECRET, WAIT, WebhookSettings

from .browsers import check_origin
from .front import in_front_of
from .limits import LIMITS
from .opening import open_sandbox
from .server import PASSWORD, USERNAME, SandboxServer, listen

_CONNECTIONS = 8192
"""Open files that the sandbox asks for."""


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
        clock = None if options.clock is None else _moment(options.clock, account)
        account = replace(account, clock=clock, seed_value=options.seed_value)
        webhooks = WebhookSettings(
            tuple(options.webhook), options.webhook_secret, tuple(options.allow_webhook_host), options.webhook_wait
        )
        app = open_sandbox(
            database,
            options.username,
            options.password,
            bugs,
            account,
            options.rate_limit,
            webhooks=webhooks,
            is_controlled=not options.no_control,
            seed=_seed(options.seed, options.customers),
        )
    except (StoreError, ValueError, FileNotFoundError) as error:
        sys.exit(f"{prog}: {error}")
    _allow_many_connections()
    try:
        listener = listen(options.host, options.port)
    except OSError as error:
        hint = " Try --port 0." if error.errno == errno.EADDRINUSE else ""
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error
        sys.exit(f"{prog}: cannot listen on {options.host} port {options.port}: {reason}.{hint}")
    print("The sandbox does not imitate all of ChargeOver:", *LIMITS, sep="\n  - ", file=sys.stderr, flush=True)
    address: str = listener.getsockname()[0]
    if not is_loopback(address):
        print(*_reach(address, options.allow_host, options.password), sep="\n", file=sys.stderr, flush=True)
    if bugs:
        print("Planted bugs:", ", ".join(bug.name for bug in bugs), file=sys.stderr, flush=True)
    ready = _announcement(listener, options.username, options.password, database)
    with suppress(KeyboardInterrupt):
        hosts = (options.host, *options.allow_host)
        front = in_front_of(
            app,
            options.username,
            options.password,
            hosts,
            options.allow_origin,
            is_controlled=not options.no_control,
        )
        SandboxServer(front, listener, ready, app.stop, app.finish).serve_until_stopped()


def _allow_many_connections() -> None:
    """Raise the limit of open files, which many systems set below a thousand connections, as far as they let us."""
    try:
        import resource
    except ImportError:  # on Windows, which has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, _CONNECTIONS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _reach(address: str, names: Sequence[str], password: str) -> Iterator[str]:
    """What it means to listen on more than loopback."""
    where = "every address of this machine" if ip_address(address).is_unspecified else address
    yield f"Other machines can reach this sandbox: it listens on {where}, and everything travels unencrypted."
    if password == PASSWORD:
        yield "Its password is the default, which everyone knows; --password sets another."
    also = f", and under {', '.join(names)}" if names else ""
    yield (
        f"It is served under loopback names and under the address that a request arrives at{also}; --allow-host NAME "
        "adds a name, such as that of its container."
    )
    yield "A client on another machine needs allow_plain_http=True or CHARGEOVER_ALLOW_PLAIN_HTTP=1."


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
    parser.add_argument(
        "--webhook",
        action="append",
        default=[],
        metavar="URL",
        help="send every change of a customer to this address of this machine; may be given more than once",
    )
    parser.add_argument(
        "--webhook-secret",
        default=SECRET,
        metavar="SECRET",
        help="what a receiver of webhooks verifies (default: %(default)s)",
    )
    parser.add_argument(
        "--webhook-wait",
        type=float,
        default=WAIT,
        metavar="SECONDS",
        help="until a webhook that was not received is sent again; twice as long each time (default: %(default)s)",
    )
    parser.add_argument(
        "--allow-webhook-host",
        action="append",
        default=[],
        type=_host,
        metavar="NAME",
        help="let webhooks go to this host too, besides loopback ones; may be given more than once",
    )
    parser.add_argument(
        "--rate-limit",
        type=_rate_limit,
        metavar="LIMIT",
        help="of each account, such as 100/minute; more requests get a 429 (default: none)",
    )
    seed = parser.add_mutually_exclusive_group()
    seed.add_argument(
        "--seed", metavar="FILE", help="start with the customers of a YAML, JSON, JSON Lines or CSV file; reset to them"
    )
    seed.add_argument(
        "--customers",
        type=_number,
        metavar="N",
        help="start with N made-up customers, the same each time; reset to them",
    )
    parser.add_argument(
        "--seed-value",
        type=int,
        metavar="N",
        help="make tokens the same in every run; another N, another set of customers",
    )
    parser.add_argument(
        "--clock", metavar="TIME", help="stand still at a time such as 2026-01-31T09:30:00-06:00 until it is changed"
    )
    parser.add_argument(
        "--no-control",
        action="store_true",
        help="do not serve /_sandbox, except health and readiness, nor the page at /",
    )
    parser.add_argument("--bugs", action="store_true", help="list the bugs that can be planted, and exit")
    return parser


def _seed(file: str | None, customers: int | None) -> Callable[[Seed], bytes] | None:
    """What makes the content of the seed."""
    if file is not None:
        text = seed_text(file)
        return lambda seed: seed.content_of_file(file, text)[0]
    return None if customers is None else lambda seed: seed.generated(customers)[0]


def _moment(text: str, account: Account) -> datetime:
    try:
        return account.time.storable(text)
    except ValueError as error:
        raise ValueError(f"--clock {text!r}: {error}") from None


def _number(text: str) -> int:
    if not re.fullmatch("[0-9]{1,7}", text) or int(text) > MOST:
        raise argparse.ArgumentTypeError(f"a number from 0 to {MOST}, not {text!r}")
    return int(text)


def _bug(name: str) -> str:
    try:
        bugs_named([name])
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return name


def _rate_limit(text: str) -> str:
    try:
        RateLimit(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


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
