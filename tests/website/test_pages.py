"""Every page, as it is shown: light and dark, on a desk and on a phone."""

import pytest
from looking import PAGES, REFERENCE, Look, Scheme, violations
from playwright.sync_api import expect

WIDTHS = {"desk": 1280, "phone": 390}


def test_there_are_pages() -> None:
    assert {"index.html", "reference/fields.html", "fidelity.html", REFERENCE} <= set(PAGES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_shown_without_an_error_and_without_asking_anybody_else(
    path: str, scheme: Scheme, look: Look
) -> None:
    with look(path, scheme=scheme) as seen:
        assert seen.page.title()
        for where, width in WIDTHS.items():
            seen.page.set_viewport_size({"width": width, "height": 900})
            expect(seen.page.locator("h1, h2").first).to_be_visible()
            wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert seen.page.evaluate(wider) <= 0, f"it scrolls sideways on a {where}"
            # Both schemes and both widths, without paying for all four.
            if (scheme, where) in {("light", "desk"), ("dark", "phone")}:
                assert violations(seen.page) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_header_says_unofficial_and_ends_with_the_search(width: int, look: Look) -> None:
    with look("index.html", width=width) as seen:
        name = seen.page.locator(".md-header__topic .md-ellipsis", has_text="unofficial").first
        expect(name).to_be_visible()
        assert name.evaluate("(one) => one.scrollWidth - one.clientWidth") <= 0, "the name is cut"
        search = seen.page.locator('.md-search__button:visible, .md-header__button[for="__search"]:visible').last
        box = search.bounding_box()
        assert box
        assert width - box["x"] - box["width"] < 50, "there is nothing beside the search"
