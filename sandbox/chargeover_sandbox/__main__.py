"""``python -m chargeover_sandbox``: run the sandbox until it is stopped."""

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from .app import create_app
from .contract import load_contract
from .limits import LIMITS
from .server import PASSWORD, USERNAME, SandboxServer, listen, url_of
from .store import Store, StoreError


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; it returns when the sandbox was stopped."""
    options = _parser().parse_args(arguments)
    database: Path | None = options.database
    username: str = options.username
    password: str = options.password
    try:
        store = Store(database)
        app = create_app(load_contract(), store, username, password)
        listener = listen(options.host, options.port)
    except (StoreError, ValueError) as error:
        sys.exit(f"chargeover-sandbox: {error}")
    except (OSError, OverflowError) as error:
        sys.exit(f"chargeover-sandbox: cannot listen on {options.host} port {options.port}: {error}")

    def ready() -> None:
        where = database or "memory"
        line = f"ChargeOver sandbox (unofficial) ready: {url_of(listener)} username={username} password={password}"
        print(f"{line} database={where}", flush=True)

    print("The sandbox does not imitate all of ChargeOver:", file=sys.stderr)
    for limit in LIMITS:
        print(f"  - {limit}", file=sys.stderr)
    sys.stderr.flush()
    with suppress(KeyboardInterrupt):
        SandboxServer(app, listener, ready).serve_until_stopped()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m chargeover_sandbox",
        description="An unofficial local stand-in for the ChargeOver customer API.",
        epilog="It does not imitate: " + " ".join(LIMITS),
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8080, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--database", type=Path, metavar="FILE", help="keep the state in FILE (default: in memory)")
    parser.add_argument("--username", default=USERNAME, metavar="U", help="(default: %(default)s)")
    parser.add_argument("--password", default=PASSWORD, metavar="P", help="(default: %(default)s)")
    return parser


if __name__ == "__main__":
    main()
