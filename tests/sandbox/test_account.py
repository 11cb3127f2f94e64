"""The settings of the account, and the business data that a test can set."""

import subprocess
import sys

import httpx2
import pytest

from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LocalSandbox
from tests.support.http import CUSTOMER, connect, create, read, refused

SET = "/_sandbox/customers"


def test_the_command_has_the_same_settings() -> None:
    options = ("--lenient", "--timezone", "Asia/Kolkata", "--date-format", "plain", "--update-code", "202")
    with sandbox_process(*options) as sandbox, connect(sandbox.url) as http:
        shown = read(http, create(http))
        assert shown["mod_datetime"][10] == " "
        assert http.put(f"{CUSTOMER}/1", json={"terms_id": "7"}).json()["code"] == 202
        # A date without an offset is in the account's zone, as what is shown is.
        for where in ("EQUALS", "GTE", "LTE"):
            query = {"where": f"write_datetime:{where}:{shown['write_datetime']}"}
            assert http.get(f"{CUSTOMER}/_count", params=query).json()["response"] == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--timezone", "Mars/Olympus"), "there is no time zone 'Mars/Olympus'"),
        (("--timezone", "America"), "there is no time zone 'America'"),
        (("--timezone", "../../etc/passwd"), "there is no time zone"),
        (("--timezone", ""), "there is no time zone ''"),
        (("--date-format", "us"), "invalid choice: 'us'"),
        (("--update-code", "200"), "argument --update-code: invalid choice"),
    ],
)
def test_a_setting_that_does_not_exist_is_one_clear_error(options: tuple[str, str], words: str) -> None:
    command = [sys.executable, "-m", "chargeover_sandbox", "--port", "0", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode != 0, done.stdout) == (True, "")
    assert words in done.stderr.splitlines()[-1]


def test_a_local_sandbox_refuses_them_too() -> None:
    for arguments, words in (
        ({"timezone": "Mars/Olympus"}, "no time zone 'Mars/Olympus'"),
        ({"date_format": "us"}, "no date format 'us', only iso and plain"),
        ({"update_code": 200}, "201 or 202, not 200"),
    ):
        with pytest.raises(ValueError, match=words):
            LocalSandbox(**arguments)  # pyright: ignore[reportArgumentType]


def test_business_data_can_be_set(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    first, second = create(http), create(http)
    before = read(http, first)
    sandbox.set_business_data(first, balance=1510.65, paid=1145.46, total=2656.11)
    sandbox.set_business_data(first, customer_status_str="active-overdue", customer_status_name="Overdue")
    shown = read(http, first)
    assert (shown["balance"], shown["paid"], shown["total"]) == (1510.65, 1145.46, 2656.11)
    assert (shown["customer_status_str"], shown["customer_status_name"]) == ("active-overdue", "Overdue")
    assert (shown["customer_status_state"], shown["mod_datetime"]) == ("a", before["mod_datetime"])
    answer = http.get(CUSTOMER, params={"where": "customer_status_str:EQUALS:active-overdue"})
    assert [one["customer_id"] for one in answer.json()["response"]] == [first]
    assert read(http, second)["balance"] == 0
    assert [exchange.path for exchange in sandbox.journal if "_sandbox" in exchange.path] == []


@pytest.mark.usefixtures("sandbox")
def test_what_is_wrong_with_business_data_is_said(http: httpx2.Client) -> None:
    create(http)
    for path, body, words in (
        (f"{SET}/9", {"balance": 1}, "there is no customer 9"),
        (f"{SET}/1", {"balance": "1"}, "balance"),
        (f"{SET}/1", {"balnce": 1}, "there is no such field"),
        (f"{SET}/1", {"company": "x"}, "there is no such field"),
        (f"{SET}/1", {"customer_status_state": "x"}, "customer_status_state"),
        (f"{SET}/1", {"customer_status_str": "active"}, "customer_status_str"),
        (f"{SET}/0", {"balance": 1}, "customer_id"),
        (f"{SET}/1", [], "the body"),
    ):
        assert words in refused(http.post(path, json=body), 400), (path, body)
    assert refused(http.delete(f"{SET}/1"), 405) == "DELETE is not allowed here. Allowed: GET, POST."
    assert "customer_id" in refused(http.post(f"{SET}/x", json={"balance": 1}), 400)
    assert refused(http.post(SET, json={"balance": 1}), 405) == "POST is not allowed here. Allowed: GET."
    for path in (f"{SET}/1/x", "/_sandbox/payments/1"):
        assert f"There is no endpoint {path}." in refused(http.post(path, json={"balance": 1}), 400)
    assert read(http, 1)["balance"] == 0
