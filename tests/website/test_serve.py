"""`make docs-serve`: the site and a sandbox beside it, until Ctrl-C."""

import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2
import pytest
from playwright.sync_api import expect

from tests.support.processes import WITH_DEFAULT_SIGNALS
from tests.website.browser import SITE, OpenPage

ROOT = SITE.parent
SERVE = [sys.executable, "-m", "tools.site.serve"]
AUTH = ("sandbox", "sandbox")


@dataclass
class Served:
    """The running command, and its first three lines."""

    process: "subprocess.Popen[str]"
    said: list[str]

    def url(self, number: int) -> str:
        """The address in one of the lines."""
        return self.said[number].split()[2]


@contextmanager
def served(*, port: str = "0", sandbox_port: str = "0") -> Generator[Served]:
    command = [*WITH_DEFAULT_SIGNALS, *SERVE, "--port", port, "--sandbox-port", sandbox_port]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield Served(process, [process.stdout.readline() for _ in range(3)])
        finally:
            # Told so, it ends its sandbox; killed, it could not.
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_both_until_it_is_told_to_end(end: signal.Signals) -> None:
    with served() as serving:
        site, reference, sandbox = (serving.url(number) for number in range(3))
        assert "interactive reference" in httpx2.get(f"{site}reference/rest.html", trust_env=False).text.lower()
        assert reference == f"{site}reference/interactive/index.html?sandbox={sandbox}"
        assert httpx2.get(reference, trust_env=False).status_code == 200
        answer = httpx2.get(
            f"{sandbox}/api/v3/customer", auth=AUTH, headers={"Origin": site.rstrip("/")}, trust_env=False
        )
        assert answer.headers["access-control-allow-origin"] == site.rstrip("/")
        # The page is of another origin under its other name, and a browser asks before it sends credentials.
        other = site.rstrip("/").replace("127.0.0.1", "localhost")
        asked = {
            "Origin": other,
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization",
        }
        answer = httpx2.options(f"{sandbox}/api/v3/customer", headers=asked, trust_env=False)
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, other)
        serving.process.send_signal(end)
        assert serving.process.wait(10) == 0
        assert serving.process.stderr is not None
        assert serving.process.stderr.read() == ""
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(sandbox, trust_env=False)


def test_the_reference_is_told_its_sandbox() -> None:
    with served() as serving, httpx2.Client(base_url=serving.url(0), trust_env=False) as http:
        told = f"/reference/interactive/index.html?sandbox={serving.url(2)}"
        for path in ("/reference/interactive/index.html", "/reference/interactive/", "/reference/interactive/?x=1"):
            for method in ("GET", "HEAD"):
                answer = http.request(method, path)
                assert (answer.status_code, answer.headers["location"]) == (302, told), (method, path)
        # A port that was named stays, and so does everything else.
        for path in (told, "/reference/interactive/index.html?sandbox=http://127.0.0.1:9", "/reference/rest.html"):
            assert http.get(path).status_code == 200, path


def test_the_sites_links_lead_to_a_try_it_that_works(open_page: OpenPage) -> None:
    with served() as serving:
        site, sandbox = serving.url(0), serving.url(2)
        with (
            httpx2.Client(base_url=sandbox, auth=AUTH, trust_env=False) as http,
            open_page("reference/operations.html", url=site, allowed=(sandbox,)) as visit,
        ):
            http.post("/api/v3/customer", json={"company": "Acme Ltd"}).raise_for_status()
            visit.page.locator('a[href$="#update_customer"]', has_text="Try it").click()
            block = visit.page.locator("#operations-Customers-update_customer")
            block.get_by_role("textbox", name="customer_id").fill("1")
            block.get_by_role("textbox", name="Request body").fill('{"bill_city": "Ulm"}')
            block.get_by_role("button", name="Execute").click()
            expect(block.locator(".live-responses-table tbody .response-col_status")).to_contain_text("202")
            assert http.get("/api/v3/customer/1").json()["response"]["bill_city"] == "Ulm"


def test_a_port_that_is_in_use_is_said_in_one_line() -> None:
    with served() as first:
        site, sandbox = (first.url(number).rstrip("/").rsplit(":", 1)[1] for number in (0, 2))
        done = subprocess.run([*SERVE, "--port", site], capture_output=True, text=True, check=False, cwd=ROOT)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert f"port {site}" in done.stderr
        # Another process's sandbox must not keep the site from being shown.
        with served(sandbox_port=sandbox) as second:
            assert second.said[1].startswith(f"No sandbox beside it: is port {sandbox} in use?"), second.said
            assert httpx2.get(second.url(0), trust_env=False).status_code == 200
            assert httpx2.get(second.url(2), trust_env=False).status_code == 200
