"""The search, and the way through a page without a mouse."""

from looking import PAGES, SITE, Look
from playwright.sync_api import Page, expect


def search_for(page: Page, text: str) -> None:
    """Open the search by its key, and type."""
    dialog = page.locator("dialog[open]")
    for _ in range(20):  # the key does nothing before the theme's script was run
        page.keyboard.press("Control+k")
        page.wait_for_timeout(300)
        if dialog.count():
            break
    expect(dialog).to_be_visible()
    page.keyboard.type(text, delay=20)


def test_the_search_opens_by_a_key_and_leads_to_the_anchor_of_a_field(look: Look, base: str) -> None:
    with look("index.html") as seen:
        page = seen.page
        search_for(page, "parent_customer_id")
        found = page.locator('a[href*="reference/fields.html"]:visible', has_text="parent_customer_id").first
        expect(found).to_be_visible()
        found.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{base}reference/fields.html**#parent_customer_id")
        expect(page.locator("#parent_customer_id")).to_be_in_viewport()


def test_the_search_finds_an_operation(look: Look) -> None:
    with look("fidelity.html") as seen:
        search_for(seen.page, "disconnect_parent")
        expect(seen.page.locator('a[href*="reference/operations.html"]:visible').first).to_be_visible()


def test_the_first_tab_stop_skips_to_the_content(look: Look) -> None:
    for path in ("reference/fields.html", "reference/interactive/index.html"):
        with look(path) as seen:
            expect(seen.page.locator("main :is(a, button, input)").first).to_be_attached()
            seen.page.keyboard.press("Tab")
            focused = seen.page.locator(":focus")
            expect(focused).to_contain_text("Skip to")
            target = str(focused.get_attribute("href"))
            seen.page.keyboard.press("Enter")
            expect(seen.page.locator(target)).to_be_in_viewport()
            seen.page.keyboard.press("Tab")
            assert seen.page.evaluate(
                "(inside) => document.querySelector(inside).contains(document.activeElement)", "main"
            )


def test_the_site_can_be_read_from_a_folder(look: Look) -> None:
    """Without a server there is no search, and the try-it sends nothing; everything can be read."""
    for path in ("index.html", "reference/fields.html", "reference/interactive/index.html"):
        with look(path, url=f"{SITE.as_uri()}/") as seen:
            expect(seen.page.locator("h1, h2").first).to_be_visible()
            # The theme asks for the search's index, which a page of a folder cannot read.
            seen.errors[:] = [error for error in seen.errors if "search" not in error and "NOT_FOUND" not in error]
    assert len(PAGES) > 20
