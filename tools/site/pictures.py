"""Take the pictures of the sandbox's page that the documentation shows: `make docs-pictures`."""

import importlib
import os
import shutil
import sys
from typing import Any

import httpx2

from chargeover_sandbox import LocalSandbox
from tools.contract import ROOT

PICTURES = ROOT / "docs" / "images"
MOST_BYTES = 150_000
SIZE = {"width": 1280, "height": 760}
CUSTOMER = "/api/v3/customer"


def main() -> None:
    """Fill a sandbox, and take a light picture of its journal and a dark one of a customer."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no Chromium. On Debian and Ubuntu: apt-get install chromium")
    # Only the documentation's environment has it.
    playwright: Any = importlib.import_module("playwright.sync_api")
    PICTURES.mkdir(exist_ok=True)
    with LocalSandbox(seed_value=1) as sandbox, playwright.sync_playwright() as started:
        fill(sandbox)
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for scheme, view in (("light", "journal"), ("dark", "customers")):
            page = browser.new_page(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")
            page.goto(f"{sandbox.url}/#{view}")
            page.get_by_role("button", name="Open").click()
            page.get_by_text("Live", exact=True).wait_for()
            if view == "customers":
                page.get_by_role("button", name="Acme Ltd", exact=True).click()
                page.get_by_role("dialog").wait_for()
            page.mouse.move(0, 0)
            file = PICTURES / f"page-{scheme}.png"
            page.screenshot(path=file)
            if file.stat().st_size > MOST_BYTES:
                sys.exit(f"{file.name} has {file.stat().st_size} bytes, and {MOST_BYTES} are allowed.")
            print(file.relative_to(ROOT), file.stat().st_size, "bytes")
        browser.close()


def fill(sandbox: LocalSandbox) -> None:
    """Let the sandbox have something to show: a family, a lost response, a slow one, and a misspelled field."""
    sandbox.seed(
        [
            {"company": "Acme Group", "external_key": "acme", "bill_city": "Köln", "balance": 1250.5},
            {"company": "Acme Ltd", "parent_customer_id": 1, "external_key": "acme-ltd", "bill_city": "Bonn"},
            {"company": "Acme Shop", "parent_customer_id": 2, "balance": 80, "customer_status_str": "active-overdue"},
            {"company": "Acme Web", "parent_customer_id": 2},
            {"company": "Żółć Trade", "external_key": "crm/5", "bill_city": "Łódź"},
            {"company": "Boulangerie Lefèvre", "external_key": "crm/6", "bill_city": "Lyon"},
            {"company": "O'Hara & Sons", "external_key": "crm/7", "customer_status_str": "inactive-manual"},
        ]
    )
    sandbox.faults.add(status=503, commit=True, method="PUT", path=f"{CUSTOMER}/{{customer_id}}", times=1)
    sandbox.faults.add(status=429, retry_after=1, operation="list_customers", after=1, times=1)
    sandbox.faults.add(delay=0.12, operation="count_customers")
    with httpx2.Client(base_url=sandbox.url, auth=(sandbox.username, sandbox.password), trust_env=False) as http:
        http.get(CUSTOMER, params={"where": "external_key:EQUALS:acme"})
        http.post(CUSTOMER, json={"company": "Novák a syn", "external_key": "crm/8"})
        for _ in range(2):
            http.put(f"{CUSTOMER}/2", json={"bill_city": "Köln", "bill_postcode": "50667"})
        for offset in (0, 5, 5):
            http.get(CUSTOMER, params={"limit": 5, "offset": offset})
        http.get(f"{CUSTOMER}/_count")
        http.post(CUSTOMER, json={"compny": "Acme"})
        http.get(f"{CUSTOMER}/external_key:acme-ltd")
        http.delete(f"{CUSTOMER}/1")
        http.delete(f"{CUSTOMER}/7")
        http.get(f"{CUSTOMER}/7")
    sandbox.faults.add(reset="after", operation="bulk")


if __name__ == "__main__":
    main()
