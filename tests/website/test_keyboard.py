"""The search, and the way through a page without a mouse."""

from playwright.sync_api import Page, expect

from tests.website.browser import PAGES, SITE, OpenPage


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


def test_the_search_opens_by_a_key_and_leads_to_the_anchor_of_a_field(open_page: OpenPage, base: str) -> None:
    with open_page("index.html") as visit:
        page = visit.page
        search_for(page, "parent_customer_id")
        found = page.locator('a[href*="reference/fields.html"]:visible', has_text="parent_customer_id").first
        expect(found).to_be_visible()
        found.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{base}reference/fields.html**#parent_customer_id")
        expect(page.locator("#parent_customer_id")).to_be_in_viewport()


def test_the_search_finds_an_operation(open_page: OpenPage) -> None:
    with open_page("fidelity.html") as visit:
        search_for(visit.page, "disconnect_parent")
        expect(visit.page.locator('a[href*="reference/operations.html"]:visible').first).to_be_visible()


def test_the_first_tab_stop_skips_to_the_content(open_page: OpenPage) -> None:
    for path in ("reference/fields.html", "reference/interactive/index.html"):
        with open_page(path) as visit:
            expect(visit.page.locator("main :is(a, button, input)").first).to_be_attached()
            visit.page.keyboard.press("Tab")
            focused = visit.page.locator(":focus")
            expect(focused).to_contain_text("Skip to")
            target = str(focused.get_attribute("href"))
            visit.page.keyboard.press("Enter")
            expect(visit.page.locator(target)).to_be_in_viewport()
            visit.page.keyboard.press("Tab")
            assert visit.page.evaluate(
                "(inside) => document.querySelector(inside).contains(document.activeElement)", "main"
            )


def test_the_site_can_be_read_from_a_folder(open_page: OpenPage) -> None:
    """Without a server there is no search, and the try-it sends nothing; everything can be read."""
    for path in ("index.html", "reference/fields.html", "reference/interactive/index.html"):
        with open_page(path, url=f"{SITE.as_uri()}/") as visit:
            expect(visit.page.locator("h1, h2").first).to_be_visible()
            # The theme asks for the search's index, which a page of a folder cannot read.
            visit.errors[:] = [error for error in visit.errors if "search" not in error and "NOT_FOUND" not in error]
    assert len(PAGES) > 20
