"""A page in Chromium, and what happened in it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

SITE = Path(__file__).parents[2] / "site"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
REFERENCE = "reference/interactive/index.html"

Scheme = Literal["light", "dark"]


@dataclass
class PageVisit:
    """A page, and what happened in it."""

    page: Page
    allowed: tuple[str, ...]
    errors: list[str] = field(default_factory=list[str])
    outside: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.page.on(
            "console", lambda said: self.errors.append(said.text) if said.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("requestfailed", lambda request: self.errors.append(f"failed: {request.url}"))
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((*self.allowed, "data:", "blob:")):
            self.outside.append(url)

    def check(self) -> None:
        """Nothing went wrong, and no request went elsewhere."""
        assert not self.errors, f"errors: {self.errors}"
        assert not self.outside, f"requests elsewhere: {self.outside}"


class OpenPage(Protocol):
    """Opens a page of the site."""

    def __call__(
        self,
        path: str,
        *,
        scheme: Scheme = "light",
        width: int = 1280,
        url: str | None = None,
        allowed: tuple[str, ...] = (),
    ) -> AbstractContextManager[PageVisit]: ...


def violations(page: Page) -> list[str]:
    """What axe-core calls serious or critical, one line each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['impact']} {one['id']}: {one['help']}: {[node['target'] for node in one['nodes']][:5]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]
