"""The interactive reference in a browser: it lists everything, and its try-it changes a customer in a live sandbox."""

import httpx2
import pytest
from playwright.sync_api import Page, expect

from chargeover_contract.openapi import DOCUMENT, operations
from chargeover_contract.sandbox import SandboxProcess, sandbox_process
from tests.support.http import CUSTOMER, bulk_responses, connect, create, part
from tests.support.seed import ROWS
from tests.website.browser import REFERENCE, OpenPage, PageVisit, violations

UPDATE = "#update_customer"


def http_of(sandbox: SandboxProcess) -> httpx2.Client:
    return connect(sandbox.url, sandbox.username, sandbox.password)


def update_by_try_it(page: Page, customer_id: int, body: str) -> None:
    """Fill in the form of "Update a customer" and send it."""
    block = page.locator("#operations-Customers-update_customer")
    block.get_by_role("textbox", name="customer_id").fill(str(customer_id))
    block.get_by_role("textbox", name="Request body").fill(body)
    block.get_by_role("button", name="Execute").click()
    expect(block.locator(".live-responses-table tbody .response-col_status")).to_contain_text("202")


def test_it_lists_all_operations(open_page: OpenPage) -> None:
    with open_page(REFERENCE) as visit:
        expect(visit.page.locator(".opblock").first).to_be_visible()
        listed = {
            (block.locator(".opblock-summary-method").inner_text(), block.locator(".opblock-summary-path").inner_text())
            for block in visit.page.locator(".opblock").all()
        }
        webhooks = {("POST", name) for name in DOCUMENT["webhooks"]}
        # The path can be broken anywhere, by characters without a width.
        assert {(method, path.replace("\u200b", "")) for method, path in listed} == {
            *((method, path) for method, path, _ in operations()),
            *webhooks,
        }


def test_an_update_lists_the_56_fields_of_the_published_page(open_page: OpenPage) -> None:
    with open_page(REFERENCE + UPDATE) as visit:
        block = visit.page.locator("#operations-Customers-update_customer")
        block.get_by_role("tab", name="Schema").first.click()
        listed = [button.inner_text() for button in block.locator(".model-box").first.get_by_role("button").all()]
        assert len(ROWS) == 56
        assert [name for name in listed if name not in {"CustomerUpdate", "Expand all", "Collapse all"}] == [
            row.name for row in ROWS
        ]
        assert violations(visit.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("operation", ["update_customer", "list_customers"])
def test_an_open_operation_is_accessible(open_page: OpenPage, operation: str, scheme: str) -> None:
    with open_page(f"{REFERENCE}#{operation}", scheme="dark" if scheme == "dark" else "light") as visit:
        expect(visit.page.get_by_role("button", name="Execute")).to_be_visible()
        assert violations(visit.page) == []


def test_an_open_operation_fits_on_a_phone(open_page: OpenPage, origin: str) -> None:
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    with sandbox_process("--allow-origin", origin) as sandbox, http_of(sandbox) as http:
        customer_id = create(http, company="Acme Ltd")
        with open_page(f"{REFERENCE}?sandbox={sandbox.url}{UPDATE}", width=390, allowed=(sandbox.url,)) as visit:
            update_by_try_it(visit.page, customer_id, '{"bill_city": "Berlin"}')
            for operation in (one["operationId"] for _, _, one in operations()):
                visit.page.evaluate("(id) => { location.hash = id }", operation)
                block = visit.page.locator(f'.opblock.is-open[id$="-{operation}"]')
                expect(block.locator(".responses-table .response").first).to_be_visible()
                assert visit.page.evaluate(wider) <= 0, operation


def test_the_sites_try_it_updates_a_customer_in_a_sandbox(open_page: OpenPage, origin: str) -> None:
    with sandbox_process("--allow-origin", origin) as sandbox, http_of(sandbox) as http:
        customer_id = create(http, company="Acme Ltd")
        with open_page(f"{REFERENCE}?sandbox={sandbox.url}{UPDATE}", allowed=(sandbox.url,)) as visit:
            update_by_try_it(visit.page, customer_id, '{"bill_city": "Berlin", "no_taxes": true}')
        customer = http.get(f"/api/v3/customer/{customer_id}").json()["response"]
        assert (customer["company"], customer["bill_city"], customer["no_taxes"]) == ("Acme Ltd", "Berlin", True)


def test_nothing_is_sent_that_nobody_wrote(open_page: OpenPage, origin: str) -> None:
    """An example is shown but is not a value: a path without an ID is refused, a list is not narrowed."""
    with sandbox_process("--allow-origin", origin) as sandbox, http_of(sandbox) as http:
        create(http, company="Acme Ltd")
        sent: list[str] = []
        with open_page(f"{REFERENCE}?sandbox={sandbox.url}{UPDATE}", allowed=(sandbox.url,)) as visit:
            visit.page.on("request", lambda request: sent.append(request.url))
            block = visit.page.locator("#operations-Customers-update_customer")
            expect(block.locator(".parameters")).to_contain_text("Example: 1234")
            customer_id = block.get_by_role("textbox", name="customer_id")
            expect(customer_id).to_have_value("")
            block.get_by_role("button", name="Execute").click()
            expect(customer_id).to_have_class("invalid")
            # Neither does one come back when what was written is deleted.
            customer_id.fill("1")
            customer_id.fill("")
            block.get_by_role("button", name="Execute").click()
            expect(customer_id).to_have_class("invalid")
            assert sent == []
        with open_page(f"{REFERENCE}?sandbox={sandbox.url}#list_customers", allowed=(sandbox.url,)) as visit:
            block = visit.page.locator("#operations-Customers-list_customers")
            expect(block.locator(".parameters")).to_contain_text("Example: bill_state:EQUALS:MN or company:CONTAINS")
            block.get_by_role("button", name="Execute").click()
            expect(block.locator(".live-responses-table")).to_contain_text("Acme Ltd")
            expect(block.locator(".request-url pre")).to_have_text(f"{sandbox.url}/api/v3/customer?limit=10&offset=0")


def test_the_sandboxs_own_reference_updates_a_customer(open_page: OpenPage) -> None:
    with sandbox_process() as sandbox, http_of(sandbox) as http:
        customer_id = create(http, company="Acme Ltd")
        with open_page(f"/docs{UPDATE}", url=sandbox.url) as visit:
            update_by_try_it(visit.page, customer_id, '{"bill_city": "Köln"}')
            assert violations(visit.page) == []
        assert http.get(f"/api/v3/customer/{customer_id}").json()["response"]["bill_city"] == "Köln"


def test_500_customers_do_not_freeze_the_page(open_page: OpenPage) -> None:
    """To highlight them takes Swagger UI a minute; without colors it is a few seconds."""
    with sandbox_process() as sandbox, http_of(sandbox) as http:
        for first in range(0, 500, 25):
            parts = (part("POST", CUSTOMER, payload={"company": f"Firm {first + number}"}) for number in range(25))
            assert {one["code"] for one in bulk_responses(http, *parts)} == {201}
        with open_page("/docs#list_customers", url=sandbox.url) as visit:
            block = visit.page.locator("#operations-Customers-list_customers")
            responses = block.locator(".live-responses-table")
            block.get_by_role("textbox", name="limit").fill("500")
            block.get_by_role("button", name="Execute").click()
            expect(responses).to_contain_text("Firm 499", timeout=20_000)
            assert responses.locator("pre").first.locator("span").count() == 0
            block.get_by_role("textbox", name="limit").fill("2")
            block.get_by_role("button", name="Execute").click()
            expect(responses.locator("pre").first.locator("span").first).to_be_visible()  # a short one has its colors


def test_a_sandbox_that_was_not_told_of_the_site_takes_nothing_from_it(open_page: OpenPage) -> None:
    with sandbox_process("--allow-origin", "http://127.0.0.1:9") as sandbox, http_of(sandbox) as http:
        customer_id = create(http, company="Acme Ltd")
        with open_page(f"{REFERENCE}?sandbox={sandbox.url}{UPDATE}", allowed=(sandbox.url,)) as visit:
            with pytest.raises(AssertionError):
                update_by_try_it_soon(visit, customer_id)
            # The browser says it in its console, and so it should.
            assert any("CORS" in error for error in visit.errors), visit.errors
            visit.errors.clear()
        assert http.get(f"/api/v3/customer/{customer_id}").json()["response"]["bill_city"] is None


def update_by_try_it_soon(visit: PageVisit, customer_id: int) -> None:
    expect.set_options(timeout=1_500)
    try:
        update_by_try_it(visit.page, customer_id, '{"bill_city": "Berlin"}')
    finally:
        expect.set_options(timeout=5_000)


@pytest.mark.parametrize("named", ["https://acme.chargeover.com", "http://192.0.2.1:8080", "javascript:alert(1)", "x"])
def test_only_a_sandbox_of_this_machine_can_be_named(open_page: OpenPage, named: str) -> None:
    with open_page(f"{REFERENCE}?sandbox={named}") as visit:
        expect(visit.page.get_by_label("Server")).to_have_value("http://127.0.0.1:8080")
        assert visit.page.get_by_label("Server").locator("option").count() == 1


def test_the_credentials_of_the_sandbox_are_filled_in(open_page: OpenPage) -> None:
    with open_page(REFERENCE) as visit:
        visit.page.get_by_role("button", name="Authorize").first.click()
        expect(visit.page.locator(".dialog-ux")).to_contain_text("sandbox")


def test_there_is_a_way_back_and_a_switch_of_colours(open_page: OpenPage, base: str) -> None:
    with open_page(REFERENCE) as visit:
        visit.page.get_by_role("button", name="Dark mode").click()
        assert visit.page.evaluate("document.documentElement.className") == "dark-mode"
        visit.page.get_by_role("link", name="chargeover (unofficial)").click()
        expect(visit.page).to_have_url(f"{base}reference/rest.html")
