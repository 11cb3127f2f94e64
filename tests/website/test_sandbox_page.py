"""The sandbox's page at / in a browser: what it shows and does, by keyboard too, and that it writes only text."""

import re
from collections.abc import Generator
from contextlib import contextmanager

import httpx2
import pytest
from playwright.sync_api import FilePayload, Page, expect

from chargeover_sandbox import LocalSandbox
from tests.support.http import CUSTOMER, connect, count, create, read
from tests.website.browser import OpenPage, PageVisit, Scheme, violations

HOSTILE = "<img src=x onerror=\"document.title='owned'\"><b>bold</b>&amp;"
VIEWS = ("Journal", "Customers", "Faults", "Data", "Clock", "Webhooks", "Accounts")


@pytest.fixture(scope="module")
def running() -> Generator[LocalSandbox]:
    with LocalSandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: LocalSandbox) -> LocalSandbox:
    running.seed([])
    running.reset()
    for username in running.accounts.list()[1:]:
        running.accounts.remove(username)
    for snapshot in running.snapshots.list():
        running.snapshots.delete(snapshot.name)
    return running


@pytest.fixture
def http(sandbox: LocalSandbox) -> Generator[httpx2.Client]:
    with connect(sandbox.url) as http:
        yield http


@contextmanager
def signed_in(open_page: OpenPage, sandbox: LocalSandbox) -> Generator[PageVisit]:
    """The page, with the first account open."""
    with open_page("/", url=sandbox.url) as visit:
        visit.page.get_by_role("button", name="Open").click()
        expect(visit.page.get_by_text("Live", exact=True)).to_be_visible()
        yield visit


def view(page: Page, name: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=name).click()


def forgive(visit: PageVisit, *words: str) -> None:
    """Forget what the browser says by itself of refused, lost and abandoned requests."""
    visit.errors[:] = [error for error in visit.errors if not any(word in error for word in ("failed: ", *words))]


def test_the_journal_is_live_is_filtered_and_shows_each_exchange(
    open_page: OpenPage, sandbox: LocalSandbox, http: httpx2.Client
) -> None:
    create(http, company="Before")
    with signed_in(open_page, sandbox) as visit:
        page, rows = visit.page, visit.page.locator("tbody tr")
        expect(rows).to_have_count(1)
        sandbox.faults.add(status=503, commit=True, method="PUT")
        http.put(f"{CUSTOMER}/1", json={"bill_city": "Köln"})
        http.post(CUSTOMER, json={"compny": HOSTILE})
        expect(rows).to_have_count(3)
        expect(rows.first).to_contain_text("invalid request")  # the newest
        expect(rows.nth(1)).to_contain_text("fault #1")
        search = page.get_by_role("searchbox", name="Filter")
        for text, number in (("köln", 1), ("customer 1", 2), ("create_customer", 2), ("nothing of this kind", 0)):
            search.fill(text)
            expect(rows).to_have_count(number)
        search.fill("")
        for label, choice in (("Method", "PUT"), ("Status", "5xx"), ("Show", "With a fault")):
            page.get_by_label(label).select_option(label=choice)
            expect(rows).to_have_count(1)
        expect(page.get_by_text("1 of 3 exchanges.")).to_be_visible()
        rows.first.click()
        detail = page.get_by_role("dialog")
        for text in ("#2", "503", "update_customer", "status=503, commit=True", '"bill_city": "Köln"', "yes"):
            expect(detail).to_contain_text(text)
        detail.get_by_text("headers").first.click()
        expect(detail.get_by_text("authorization")).to_be_visible()
        assert "c2FuZGJveDpzYW5kYm94" not in page.content()  # credentials are masked, its own are not in the document
        detail.get_by_role("button", name="Let such requests fail").click()
        expect(page.get_by_label("Path")).to_have_value("/api/v3/customer/{customer_id}")
        page.keyboard.press("Escape")
        sandbox.faults.add(delay=0.7, method="GET")
        http.get(CUSTOMER)
        page.get_by_label("Method").select_option("GET")
        page.get_by_label("Status").select_option("")
        expect(rows.first).to_contain_text(re.compile(r"[7-9][0-9]{2} ms|[0-9] s"))
        page.get_by_role("button", name="Clear").click()
        expect(rows).to_have_count(0)
        assert len(sandbox.journal) == 0
        for label in ("Method", "Status", "Show"):
            page.get_by_label(label).select_option("")
        create(http)
        expect(rows).to_have_count(1)
        sandbox.journal.clear()
        expect(rows).to_have_count(0)


def test_a_body_and_a_large_number_are_shown_as_they_are(
    open_page: OpenPage, sandbox: LocalSandbox, http: httpx2.Client
) -> None:
    largest = 10**18
    sandbox.seed([{"customer_id": largest, "company": "Last"}])
    http.get(f"{CUSTOMER}/{largest}")
    headers = {"Content-Type": "application/json"}
    http.post(CUSTOMER, content='{"a": 1.50,"a":[ ],\n"b{,}\\"":[9007199254740993,{ }]}', headers=headers)
    http.post(CUSTOMER, content='{"cut": ', headers=headers)
    with signed_in(open_page, sandbox) as visit:
        page, dialog = visit.page, visit.page.get_by_role("dialog")
        for row, text in (
            (0, '{"cut": '),
            (1, '{\n  "a": 1.50,\n  "a": [],\n  "b{,}\\"": [\n    9007199254740993,\n    {}\n  ]\n}'),
        ):
            page.locator("tbody tr").nth(row).click()
            assert dialog.locator("pre").first.text_content() == text
            page.keyboard.press("Escape")
        page.locator("tbody tr").nth(2).click()
        dialog.get_by_role("button", name=f"Customer {largest}").click()
        expect(dialog.get_by_role("heading", name="Last")).to_be_visible()
        expect(dialog.locator("dl.fields")).to_contain_text(str(largest))


def test_pause_and_export(open_page: OpenPage, sandbox: LocalSandbox, http: httpx2.Client) -> None:
    create(http)
    with signed_in(open_page, sandbox) as visit:
        page = visit.page
        expect(page.locator("tbody tr")).to_have_count(1)
        with page.expect_download() as download:
            page.get_by_role("button", name="Export HAR").click()
        assert '"version":"1.2"' in download.value.path().read_text(encoding="utf-8")
        page.get_by_role("button", name="Pause").click()
        expect(page.get_by_text("Paused", exact=True)).to_be_visible()
        create(http)
        page.wait_for_timeout(500)
        expect(page.locator("tbody tr")).to_have_count(1)
        page.get_by_role("button", name="Resume").click()
        expect(page.locator("tbody tr")).to_have_count(2)


def test_a_full_journal_does_not_make_the_page_large(
    open_page: OpenPage, sandbox: LocalSandbox, http: httpx2.Client
) -> None:
    for number in range(220):
        http.get(f"{CUSTOMER}/{number + 1}")
    with signed_in(open_page, sandbox) as visit:
        expect(visit.page.get_by_text("200 exchanges.")).to_be_visible()
        visit.page.get_by_role("button", name="Load the 20 before them").click()
        expect(visit.page.get_by_text("220 exchanges, the newest 200 shown.")).to_be_visible()
        assert visit.page.locator("tbody tr").count() == 200
        visit.page.get_by_role("searchbox", name="Filter").fill("/customer/1")
        # It is older than those that were shown.
        expect(visit.page.locator("tbody tr .path").last).to_have_text(f"{CUSTOMER}/1")
        assert visit.page.locator("*").count() < 5000


def test_what_customers_are_called_is_text(open_page: OpenPage, sandbox: LocalSandbox, http: httpx2.Client) -> None:
    create(http, company=HOSTILE, external_key="<script>alert(1)</script>", bill_city=HOSTILE)
    create(http, company="Acme Ltd", parent_customer_id=1)
    http.get(CUSTOMER, params={"where": f"company:EQUALS:{HOSTILE}"})
    http.get(f"{CUSTOMER}/<svg onload=alert(1)>")
    sandbox.snapshots.take("<i>snapshot<i>")
    sandbox.faults.add(status=503, path="/<img src=x onerror=alert(1)>")
    with signed_in(open_page, sandbox) as visit:
        page = visit.page
        for row in page.locator("tbody tr").all():
            row.click()
            page.keyboard.press("Escape")
        for name in VIEWS:
            view(page, name)
            expect(page.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
        view(page, "Data")
        expect(page.get_by_text("<i>snapshot<i>", exact=True)).to_be_visible()
        page.get_by_role("button", name="Restore <i>").click()
        expect(page.get_by_role("dialog")).to_contain_text("“<i>snapshot<i>”")
        page.keyboard.press("Escape")
        view(page, "Faults")
        expect(page.get_by_text("/<img src=x onerror=alert(1)>")).to_be_visible()
        view(page, "Customers")
        page.get_by_role("button", name=HOSTILE).click()
        expect(page.get_by_role("dialog").get_by_role("heading", level=2)).to_have_text(HOSTILE)
        expect(page.get_by_role("dialog").locator("dl.fields")).to_contain_text("<script>alert(1)</script>")
        assert page.locator("img, b, i, svg, main script").count() == 0
        assert "owned" not in page.title()
        refused = page.evaluate(
            "() => { try { document.body.innerHTML = '<p>'; return 'written' } catch (e) { return e.name } }"
        )
        assert refused == "TypeError"  # the policy forbids HTML from scripts altogether
        assert visit.errors
        forgive(visit, "Trusted", "trusted")


def test_a_customer_is_found_with_its_family(open_page: OpenPage, sandbox: LocalSandbox, http: httpx2.Client) -> None:
    create(http, company="Acme Group")
    create(http, company="Acme Ltd", parent_customer_id=1, bill_city="Köln")
    create(http, company="Acme Shop", parent_customer_id=2)
    with signed_in(open_page, sandbox) as visit:
        page, dialog = visit.page, visit.page.get_by_role("dialog")
        view(page, "Customers")
        page.get_by_role("searchbox", name="Search").fill("köln".replace("k", "K"))
        expect(page.locator("tbody tr")).to_have_count(1)
        page.get_by_role("button", name="Acme Ltd").click()
        for text in ("Acme Group #1", "Acme Shop #3", "bill_city"):
            expect(dialog).to_contain_text(text)
        expect(dialog.get_by_text("bill_addr1")).to_be_hidden()
        dialog.get_by_label("Show empty fields too").check()
        expect(dialog.get_by_text("bill_addr1")).to_be_visible()
        dialog.get_by_role("button", name="Acme Group #1").click()
        expect(dialog.get_by_role("heading", name="Acme Group")).to_be_visible()
        dialog.get_by_label("Balance", exact=True).fill("250.5")
        dialog.get_by_label("Status", exact=True).select_option("active-overdue")
        dialog.get_by_role("button", name="Set").click()
        expect(dialog.locator(".headline")).to_contain_text("active-overdue")
        expect(page.get_by_text("Customer 1 was changed.")).to_be_visible()
        assert (read(http, 1)["balance"], read(http, 1)["customer_status_str"]) == (250.5, "active-overdue")
        page.keyboard.press("Escape")
        page.get_by_role("searchbox", name="Search").fill("")
        http.delete(f"{CUSTOMER}/3")
        expect(page.locator("tbody tr")).to_have_count(2)  # by itself


def test_faults_are_added_and_removed(open_page: OpenPage, sandbox: LocalSandbox, http: httpx2.Client) -> None:
    with signed_in(open_page, sandbox) as visit:
        page = visit.page
        view(page, "Faults")
        page.get_by_role("button", name="Add a fault").click()
        form = page.get_by_role("form", name="Fault")
        form.get_by_label("Operation").fill("list_custmers")
        form.get_by_role("button", name="Add the fault").click()
        expect(form.get_by_role("alert")).to_contain_text("did you mean list_customers?")
        assert sandbox.faults.list() == []
        form.get_by_label("Operation").fill("list_customers")
        form.get_by_label("Status").fill("429")
        form.get_by_label("Retry-After").fill("7")
        form.get_by_label("Times").fill("2")
        form.locator("summary").click()
        form.get_by_label("Delay").fill("0-0.01")
        form.get_by_role("button", name="Add the fault").click()
        expect(page.get_by_text("429, Retry-After: 7, delay of 0 to 0.01 s")).to_be_visible()
        (fault,) = sandbox.faults.list()
        assert {name: fault.options[name] for name in ("status", "retry_after", "times", "delay", "operation")} == {
            "status": 429,
            "retry_after": 7,
            "times": 2,
            "delay": [0, 0.01],
            "operation": "list_customers",
        }
        assert http.get(CUSTOMER).headers["retry-after"] == "7"
        expect(page.get_by_text("applied 1 of 1")).to_be_visible()
        for kind, option, words in (
            ("Reset the connection", "reset", "connection reset"),
            ("Send nothing", "hang", "nothing is sent"),
        ):
            page.get_by_role("button", name="Add a fault").click()
            form.get_by_label("Kind").select_option(label=kind)
            form.get_by_role("button", name="Add the fault").click()
            expect(page.get_by_text(words)).to_be_visible()
            assert sandbox.faults.list()[-1].options[option] == "after"
        page.get_by_role("button", name=f"Remove fault {fault.id}").click()
        expect(page.get_by_text("429")).to_be_hidden()
        page.get_by_role("button", name="Remove all").click()
        forgive(visit, "400")
        expect(page.get_by_text("Nothing goes wrong on purpose.")).to_be_visible()
        assert sandbox.faults.list() == []


def test_snapshots_seed_and_reset(open_page: OpenPage, sandbox: LocalSandbox, http: httpx2.Client) -> None:
    create(http)
    with signed_in(open_page, sandbox) as visit:
        page, dialog = visit.page, visit.page.get_by_role("dialog")
        view(page, "Data")
        page.get_by_label("Name").fill("one/customer")
        page.get_by_role("button", name="Take a snapshot").click()
        expect(page.get_by_role("alert").first).to_contain_text("name")
        page.get_by_label("Name").fill("one ä?#")
        page.get_by_role("button", name="Take a snapshot").click()
        create(http)
        page.get_by_role("button", name="Restore one ä?#").click()
        dialog.get_by_role("button", name="Restore").click()
        expect(dialog).to_be_hidden()
        assert count(http) == 1
        page.get_by_role("button", name="Delete one ä?#").click()
        dialog.get_by_role("button", name="Delete").click()
        expect(page.get_by_text("No snapshots.")).to_be_visible()
        assert sandbox.snapshots.list() == []
        file: FilePayload = {"name": "c.csv", "mimeType": "text/csv", "buffer": b"company\nA\nB\n"}
        page.get_by_label("File", exact=True).set_input_files(file)
        page.get_by_role("form", name="Seed with a file").get_by_role("button", name="Seed").click()
        dialog.get_by_role("button", name="Seed").click()
        expect(page.get_by_text("The account now has 2 customers.")).to_be_visible()
        create(http)
        page.get_by_role("button", name="Reset").click()
        dialog.get_by_role("button", name="Close").click()
        assert count(http) == 3  # nothing happens without the second button
        page.get_by_role("button", name="Reset").click()
        dialog.get_by_role("button", name="Reset").click()
        expect(dialog).to_be_hidden()
        assert count(http) == 2
        forgive(visit, "400")


def test_clock_and_webhooks(open_page: OpenPage, sandbox: LocalSandbox) -> None:
    with signed_in(open_page, sandbox) as visit:
        page = visit.page
        view(page, "Clock")
        page.get_by_label("Stand still at").fill("2026-01-31T09:30:00-06:00")
        page.get_by_role("button", name="Set").click()
        expect(page.get_by_text("2026-01-31 15:30:00+00:00")).to_be_visible()
        page.get_by_label("Unit").select_option("days")
        page.get_by_role("button", name="Move").click()
        expect(page.get_by_text("2026-02-01 15:30:00+00:00")).to_be_visible()
        page.get_by_label("Stand still at").fill("soon")
        page.get_by_role("button", name="Set").click()
        expect(page.get_by_role("alert").first).to_contain_text("soon")
        page.get_by_role("button", name="Resume real time").click()
        expect(page.get_by_text("real time", exact=True)).to_be_visible()
        view(page, "Webhooks")
        page.get_by_label("Address").fill("http://127.0.0.1:9/hook")
        page.get_by_label("update").uncheck()
        page.get_by_role("button", name="Add the webhook").click()
        expect(page.get_by_text("insert, delete")).to_be_visible()
        (webhook,) = sandbox.webhooks.list()
        assert webhook.url == "http://127.0.0.1:9/hook"
        page.get_by_role("button", name="Remove http://127.0.0.1:9/hook").click()
        expect(page.get_by_text("Changes are sent to no address.")).to_be_visible()
        assert sandbox.webhooks.list() == []
        forgive(visit, "400")


def test_accounts_are_apart(open_page: OpenPage, sandbox: LocalSandbox, http: httpx2.Client) -> None:
    create(http, company="Mine")
    with signed_in(open_page, sandbox) as visit:
        page = visit.page
        view(page, "Accounts")
        page.get_by_label("User name").fill("wörker/1")
        page.get_by_label("Password").fill("pä:ss")
        page.get_by_role("button", name="Add the account").click()
        page.get_by_role("button", name="Open wörker/1").click()
        expect(page.get_by_text("Only the first account, sandbox, manages accounts.")).to_be_visible()
        with connect(sandbox.url, "wörker/1", "pä:ss") as their:
            create(their, company="Theirs")
        view(page, "Customers")
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.locator("tbody tr")).to_contain_text("Theirs")
        page.get_by_label("Account").select_option("sandbox")
        expect(page.locator("tbody tr")).to_contain_text("Mine")
        page.get_by_label("Account").select_option(label="Another account …")
        page.get_by_label("User name").fill("nobody")
        page.get_by_label("Password").fill("x")
        page.get_by_role("button", name="Open").click()
        expect(page.get_by_role("alert")).to_contain_text("no account with this user name and password")
        page.get_by_role("button", name="Cancel").click()
        expect(page.locator("tbody tr")).to_contain_text("Mine")
        view(page, "Accounts")
        page.get_by_role("button", name="Remove wörker/1").click()
        page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        expect(page.get_by_role("button", name="Open wörker/1")).to_be_hidden()
        assert sandbox.accounts.list() == ["sandbox"]
        stored = page.evaluate("() => [localStorage.length, sessionStorage.length, document.cookie]")
        assert stored == [0, 0, ""]
        page.reload()
        expect(page.get_by_role("button", name="Open")).to_be_visible()  # nothing is remembered
        forgive(visit, "401", "403")


def test_it_is_used_by_keyboard_alone(open_page: OpenPage, sandbox: LocalSandbox, http: httpx2.Client) -> None:
    create(http)
    with open_page("/", url=sandbox.url) as visit:
        page, focused = visit.page, visit.page.locator(":focus")
        page.keyboard.press("Enter")  # the button has the focus, since the default credentials are filled in
        expect(page.locator("tbody tr")).to_have_count(1)
        page.keyboard.press("Tab")
        for _ in range(30):
            if focused.get_attribute("class") == "row-link":
                break
            assert focused.evaluate("(one) => getComputedStyle(one).outlineStyle") != "none"
            page.keyboard.press("Tab")
        expect(focused).to_contain_text("POST")
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(focused).to_contain_text("POST")
        create(http)
        expect(page.locator("tbody tr")).to_have_count(2)
        assert focused.evaluate("(one) => one === document.querySelectorAll('.row-link')[1]")  # it stays where it was


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_every_view_is_accessible_and_fits(
    open_page: OpenPage, sandbox: LocalSandbox, http: httpx2.Client, scheme: Scheme, width: int
) -> None:
    create(http, company="Acme Group", external_key="x" * 100)
    create(http, company="y" * 200, parent_customer_id=1)
    http.get(CUSTOMER, params={"where": f"company:EQUALS:{'z' * 300}"})
    sandbox.faults.add(status=503, method="PUT", path="/api/v3/customer/{customer_id}")
    http.put(f"{CUSTOMER}/1", json={"bill_city": "Köln"})
    sandbox.snapshots.take("before " + "x" * 90)
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    with open_page("/", url=sandbox.url, scheme=scheme, width=width) as visit:
        page = visit.page
        assert violations(page) == []
        page.get_by_role("button", name="Open").click()
        for name in VIEWS:
            view(page, name)
            page.wait_for_timeout(100)
            assert page.evaluate(wider) <= 0, name
            assert violations(page) == [], name
            opener = {"Journal": ".row-link", "Customers": ".row-link", "Faults": "button.primary"}.get(name)
            if opener:
                page.locator(opener).first.click()
                expect(page.get_by_role("dialog")).to_be_visible()
                if scheme == "light":
                    assert violations(page) == [], f"the dialog of {name}"
                assert page.locator("dialog").evaluate("(one) => one.scrollWidth - one.clientWidth") <= 0, name
                page.keyboard.press("Escape")


def test_it_says_when_the_sandbox_is_gone(open_page: OpenPage) -> None:
    with LocalSandbox() as sandbox, open_page("/", url=sandbox.url) as visit:
        visit.page.get_by_role("button", name="Open").click()
        expect(visit.page.get_by_text("Live", exact=True)).to_be_visible()
        sandbox.__exit__(None, None, None)
        expect(visit.page.get_by_text("Not connected")).to_be_visible()
        forgive(visit, "ERR_")


def test_another_page_can_do_nothing_with_it(
    open_page: OpenPage, base: str, sandbox: LocalSandbox, http: httpx2.Client
) -> None:
    create(http)
    with open_page("index.html", allowed=(sandbox.url,)) as visit:
        script = """async ([url, options]) => {
            try { return (await fetch(url, options)).type } catch (error) { return error.name }
        }"""
        headers = {"Authorization": "Basic c2FuZGJveDpzYW5kYm94", "Content-Type": "application/json"}
        for options in (
            {"method": "POST", "mode": "no-cors", "body": "{}", "credentials": "include"},
            {"method": "POST", "body": "{}", "headers": headers},
        ):
            for path in ("reset", "seed", "faults"):
                told = visit.page.evaluate(script, [f"{sandbox.url}/_sandbox/{path}", options])
                assert told in {"opaque", "TypeError"}
        framed = """(url) => new Promise((resolve) => {
            const frame = document.createElement("iframe");
            frame.src = url;
            frame.onload = () => {
                try { resolve(frame.contentDocument?.title ?? "hidden") } catch { resolve("hidden") }
            };
            document.body.append(frame);
        })"""
        assert visit.page.evaluate(framed, sandbox.url) == "hidden"
        visit.errors.clear()  # the browser says each of these in its console
    assert count(http) == 1
