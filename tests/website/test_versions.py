"""The selector of versions."""

from __future__ import annotations

import functools
import shutil
import subprocess
import sysconfig
import threading
from collections.abc import Generator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.website.browser import SITE
from tools.site import build, versions

if TYPE_CHECKING:
    from tests.website.browser import OpenPage

ROOT = SITE.parent


class Handler(SimpleHTTPRequestHandler):
    """Files, and no log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of http.server
        """Say nothing."""


@pytest.fixture
def url(tmp_path: Path) -> Generator[str]:
    """Where two versions of this site are."""
    shutil.copytree(ROOT / "build" / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("*.js.map"))
    text = (ROOT / "build" / "zensical.toml").read_text(encoding="utf-8").replace(build.SELECTOR, "")
    (tmp_path / "zensical.toml").write_text(text.replace('"../', f'"{ROOT}/') + build.SELECTOR, encoding="utf-8")
    zensical = Path(sysconfig.get_path("scripts")) / "zensical"
    subprocess.run([zensical, "build", "--strict"], cwd=tmp_path, capture_output=True, check=True)
    all_versions = tmp_path / "all"
    all_versions.mkdir()
    for version in ("0.1.0", "0.2.0"):
        shutil.copytree(tmp_path / "site", tmp_path / version)
        versions.add(all_versions, tmp_path / version, version)
    handler = functools.partial(Handler, directory=str(all_versions))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def test_the_root_leads_to_the_latest_version_and_the_selector_to_the_others(url: str, open_page: OpenPage) -> None:
    with open_page("index.html", url=url) as visit:
        visit.page.wait_for_url("**/latest/index.html")
        visit.page.wait_for_selector(".md-version")
        assert visit.page.inner_text(".md-version__current").startswith("0.2.0")
        links = visit.page.eval_on_selector_all(".md-version__link", "all => all.map(one => one.href)")
        assert links == [f"{url}0.2.0/", f"{url}0.1.0/"]
        visit.page.hover(".md-version")
        visit.page.click(f'.md-version__link[href="{url}0.1.0/"]')
        visit.page.wait_for_url("**/0.1.0/**")
        visit.page.wait_for_selector(".md-version")
        assert visit.page.inner_text(".md-version__current") == "0.1.0"
