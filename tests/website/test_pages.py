"""Every page, as it is shown: light and dark, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.website.browser import PAGES, REFERENCE, OpenPage, Scheme, violations

WIDTHS = {"desk": 1280, "phone": 390}


def test_there_are_pages() -> None:
    assert {"index.html", "reference/fields.html", "fidelity.html", REFERENCE} <= set(PAGES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_shown_without_an_error_and_without_asking_anybody_else(
    path: str, scheme: Scheme, open_page: OpenPage
) -> None:
    with open_page(path, scheme=scheme) as visit:
        assert visit.page.title()
        for where, width in WIDTHS.items():
            visit.page.set_viewport_size({"width": width, "height": 900})
            expect(visit.page.locator("h1, h2").first).to_be_visible()
            wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert visit.page.evaluate(wider) <= 0, f"it scrolls sideways on a {where}"
            # Both schemes and both widths, without paying for all four.
            if (scheme, where) in {("light", "desk"), ("dark", "phone")}:
                assert violations(visit.page) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_header_says_unofficial_and_ends_with_the_search(width: int, open_page: OpenPage) -> None:
    with open_page("index.html", width=width) as visit:
        name = visit.page.locator(".md-header__topic .md-ellipsis", has_text="unofficial").first
        expect(name).to_be_visible()
        assert name.evaluate("(one) => one.scrollWidth - one.clientWidth") <= 0, "the name is cut"
        search = visit.page.locator('.md-search__button:visible, .md-header__button[for="__search"]:visible').last
        box = search.bounding_box()
        assert box
        assert width - box["x"] - box["width"] < 50, "there is nothing beside the search"
