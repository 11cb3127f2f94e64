"""The built site on a server of this machine, under a prefix, and Chromium to look at it. `make docs-test` runs these.

They need what requirements/docs.lock installs, the site, and a Chromium; what is missing is said in one line.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.website.browser import OpenPage, PageVisit, Scheme

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

ROOT = Path(__file__).parents[2]
SITE = ROOT / "site"
PREFIX = "/some/prefix"
SCREENSHOTS = ROOT / "build" / "screenshots"


def pytest_configure() -> None:
    """Say what is missing in one line, before anything is imported that needs it."""
    if importlib.util.find_spec("playwright") is None:
        raise pytest.UsageError("The tests of the site need more packages. Run them by: make docs-test")
    if not (SITE / "index.html").is_file():
        raise pytest.UsageError("There is no site to test. Build it by: make docs")


class Handler(SimpleHTTPRequestHandler):
    """The files of the site, under a prefix; nothing else is there."""

    def translate_path(self, path: str) -> str:
        """The file of a URL."""
        if not path.startswith(f"{PREFIX}/"):
            return str(SITE / "no such file")
        return str(SITE) + super().translate_path(path.removeprefix(PREFIX)).removeprefix(str(Path.cwd()))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of http.server
        """Say nothing."""


@pytest.fixture(scope="session")
def origin() -> Generator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="session")
def base(origin: str) -> str:
    """Where the site is: under a prefix that no page knows."""
    return f"{origin}{PREFIX}/"


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    path = path or shutil.which("google-chrome")
    if path is None:
        pytest.exit("There is no Chromium. On Debian and Ubuntu: apt-get install chromium", returncode=4)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, base: str, request: pytest.FixtureRequest) -> OpenPage:
    """Open a page of the site; a screenshot is kept if the block fails."""
    from tests.website.browser import PageVisit

    @contextmanager
    def opened(
        path: str, *, scheme: Scheme = "light", width: int = 1280, url: str | None = None, allowed: tuple[str, ...] = ()
    ) -> Generator[PageVisit]:
        start = url or base
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        with context:
            visit = PageVisit(context.new_page(), (start, *allowed))
            visit.page.set_default_timeout(15_000)
            try:
                visit.page.goto(start + path, wait_until="load")
                yield visit
                visit.check()
            except BaseException as error:
                SCREENSHOTS.mkdir(parents=True, exist_ok=True)
                name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name)
                shot = SCREENSHOTS / f"{name}-{scheme}-{width}.png"
                visit.page.screenshot(path=shot)
                error.add_note(f"Screenshot: {shot.relative_to(ROOT)}")
                raise

    return opened
