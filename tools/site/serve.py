"""Show site/ on a port of this machine, with a sandbox beside it for its try-it. Ctrl-C ends both."""

import argparse
import contextlib
import functools
import io
import signal
import subprocess
import sys
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import BinaryIO, cast
from urllib.parse import parse_qs, urlsplit

from tools.contract import ROOT
from tools.site.rest import SANDBOX

SITE = ROOT / "site"
REFERENCE = "/reference/interactive/"


class Site(ThreadingHTTPServer):
    """The site; it knows which sandbox is beside it."""

    sandbox: str | None = None


class Handler(SimpleHTTPRequestHandler):
    """Files as they are now: a page that was built again is shown at once."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".yaml": "application/yaml"}  # noqa: RUF012  as there

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Tell the reference its sandbox; the browser keeps the fragment, which names an operation."""
        sandbox = cast("Site", self.server).sandbox
        parts = urlsplit(self.path)
        is_reference = parts.path in {REFERENCE, f"{REFERENCE}index.html"}
        if is_reference and sandbox not in {None, SANDBOX} and "sandbox" not in parse_qs(parts.query):
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"{REFERENCE}index.html?sandbox={sandbox}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        return super().send_head()

    def end_headers(self) -> None:
        """Keep nothing in the browser."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of http.server
        """Say nothing."""


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="of the site; 0 takes a free one (default: %(default)s)")
    parser.add_argument("--sandbox-port", type=int, default=8080, help="0 takes a free one (default: %(default)s)")
    options = parser.parse_args()
    if not (SITE / "index.html").is_file():
        sys.exit("There is no site yet: make docs")
    try:
        site = Site(("127.0.0.1", options.port), functools.partial(Handler, directory=str(SITE)))
    except OSError as error:
        sys.exit(f"Cannot listen on port {options.port}: {error.strerror}. Another one: make docs-serve PORT=8001")
    # The sandbox must not stay behind, however this is ended.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with site, contextlib.suppress(KeyboardInterrupt):
        origin = f"http://127.0.0.1:{site.server_address[1]}"
        # The same page opened under its other name is of another origin.
        origins = (origin, f"http://localhost:{site.server_address[1]}")
        allowed = [word for one in origins for word in ("--allow-origin", one)]
        command = [sys.executable, "-m", "chargeover_sandbox", *allowed]
        # What it says on standard error is what it does not imitate; nobody would read that here.
        with subprocess.Popen(
            [*command, "--port", str(options.sandbox_port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as sandbox:
            try:
                site.sandbox = _url_of(sandbox)
                _announce(origin, site.sandbox, options.sandbox_port)
                site.serve_forever(0.2)
            finally:
                sandbox.terminate()


def _url_of(sandbox: "subprocess.Popen[str]") -> str | None:
    """Where the sandbox is, when it is ready; None if it did not start."""
    assert sandbox.stdout is not None  # noqa: S101  it is a pipe
    return next((word for word in sandbox.stdout.readline().split() if word.startswith("http")), None)


def _announce(origin: str, sandbox: str | None, port: int) -> None:
    """Say where everything is."""
    print(f"The site:      {origin}/", flush=True)
    reference = f"{origin}{REFERENCE}index.html"
    if sandbox is None:
        # Most often another sandbox has the port already; it does not know this page.
        print(f"No sandbox beside it: is port {port} in use? make docs-serve SANDBOX_PORT=0", flush=True)
        print(f"The reference: {reference}", flush=True)
        return
    print(f"The reference: {reference}" + ("" if sandbox == SANDBOX else f"?sandbox={sandbox}"), flush=True)
    print(f"The sandbox:   {sandbox} (sandbox, sandbox). Ctrl-C ends both.", flush=True)


if __name__ == "__main__":
    main()
