"""Show site/ on a port of this machine, with a sandbox beside it for its try-it. Ctrl-C ends both."""

import argparse
import contextlib
import functools
import signal
import subprocess
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from docsite.rest import SANDBOX

SITE = Path(__file__).resolve().parent.parent / "site"


class Handler(SimpleHTTPRequestHandler):
    """Files as they are now: a page that was built again is shown at once."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".yaml": "application/yaml"}  # noqa: RUF012  as there

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
        site = ThreadingHTTPServer(("127.0.0.1", options.port), functools.partial(Handler, directory=str(SITE)))
    except OSError as error:
        sys.exit(f"Cannot listen on port {options.port}: {error.strerror}. Another one: make docs-serve PORT=8001")
    # The sandbox must not stay behind, however this is ended.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with site, contextlib.suppress(KeyboardInterrupt):
        origin = f"http://127.0.0.1:{site.server_address[1]}"
        command = [sys.executable, "-m", "chargeover_sandbox", "--allow-origin", origin]
        with subprocess.Popen(
            [*command, "--port", str(options.sandbox_port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as sandbox:
            try:
                _announce(origin, sandbox)
                site.serve_forever(0.2)
            finally:
                sandbox.terminate()


def _announce(origin: str, sandbox: "subprocess.Popen[str]") -> None:
    """Say where everything is, when the sandbox is ready."""
    assert sandbox.stdout is not None  # noqa: S101  it is a pipe
    line = sandbox.stdout.readline().split()
    url = next((word for word in line if word.startswith("http")), None)
    print(f"The site:      {origin}/", flush=True)
    reference = f"{origin}/reference/interactive/index.html"
    if url is None:
        # Most often another sandbox has the port already; it does not know this page.
        print(f"No sandbox beside it: {SANDBOX} is in use? make docs-serve SANDBOX_PORT=0", flush=True)
        print(f"The reference: {reference}", flush=True)
        return
    print(f"The reference: {reference}" + ("" if url == SANDBOX else f"?sandbox={url}"), flush=True)
    print(f"The sandbox:   {url} (sandbox, sandbox). Ctrl-C ends both.", flush=True)


if __name__ == "__main__":
    main()
