"""Recordings: whole after each exchange, without secrets, with stand-ins that agree, bounded, safe from kills."""

import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chargeover import AsyncChargeOver, ChargeOver, ChargeOverError, ConfigurationError, StandIns
from chargeover._recording import recorder
from chargeover_sandbox import LocalSandbox

PRIVATE: Any = {
    "company": "Umbrella Labs",
    "external_key": "crm-4711",
    "superuser_name": "Ann Roy",
    "superuser_email": "ann.roy@umbrella.example",
    "superuser_phone": "8025550100",
    "bill_addr1": "22 Hill Road",
    "custom_1": "203.0.113.55",
    "custom_2": "Żółć",
}
WORDS = (
    "Umbrella",
    "4711",
    "Roy",
    "ann",
    "8025550100",
    "Hill",
    "203.0.113.55",
    "Żółć",
    "\\u017b",
    "sandbox",
    "127.0.0.1",
)


def arguments(sandbox: LocalSandbox, file: Path, **others: Any) -> dict[str, Any]:
    right = {"base_url": sandbox.url, "username": sandbox.username, "password": sandbox.password}
    return {**right, "record": file, "max_retries": 0, **others}


def entries_in(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["log"]["entries"]
    return found


def answers_in(file: Path) -> list[Any]:
    return [json.loads(entry["response"]["content"]["text"]) for entry in entries_in(file)]


def test_a_recording_has_no_value_and_its_stand_ins_agree(sandbox: LocalSandbox, tmp_path: Path) -> None:
    file = tmp_path / "traffic.har"
    with ChargeOver(**arguments(sandbox, file)) as client:
        customer_id = client.customers.create(**PRIVATE)
        assert client.customers.get_by_external_key(PRIVATE["external_key"]).company == PRIVATE["company"]
        assert len(list(client.customers.list(where=f"external_key:EQUALS:{PRIVATE['external_key']}"))) == 1
        with pytest.raises(ChargeOverError):
            client.customers.get(customer_id + 1)
    text = file.read_text(encoding="utf-8")
    assert not [word for word in WORDS if word in text]
    created, shown, listed, missing = entries_in(file)
    sent = json.loads(created["request"]["postData"]["text"])
    customer = json.loads(shown["response"]["content"]["text"])["response"]
    assert sent.keys() == PRIVATE.keys()
    assert {name: customer[name] for name in sent} == sent
    assert sent["superuser_name"] == f"{customer['superuser_first_name']} {customer['superuser_last_name']}"
    assert sent["external_key"] in shown["request"]["url"]
    assert f"external_key:EQUALS:{sent['external_key']}" in listed["request"]["url"]
    assert sent["bill_addr1"] in customer["bill_block"]
    assert re.fullmatch(r"[a-z]{3}\.[a-z]{3}@[a-z]{8}\.[a-z]{7}\.example", sent["superuser_email"])
    assert customer["customer_id"] == customer_id
    assert missing["response"]["status"] == 404
    assert {header["name"] for header in shown["request"]["headers"]} <= {"accept", "accept-encoding", "content-type"}


def test_values_are_kept_if_that_is_asked_for_and_secrets_never(sandbox: LocalSandbox, tmp_path: Path) -> None:
    file = tmp_path / "traffic.har"
    with ChargeOver(**arguments(sandbox, file, record_values=True, default_headers={"X-Api-Key": "s3cret"})) as client:
        client.customers.create(**PRIVATE)
    (entry,) = entries_in(file)
    assert json.loads(entry["request"]["postData"]["text"]) == PRIVATE
    headers = {header["name"]: header["value"] for header in entry["request"]["headers"]}
    assert headers["authorization"] == headers["x-api-key"] == "[removed]"
    assert "s3cret" not in file.read_text(encoding="utf-8")


async def test_an_async_client_records_too_and_many_at_once(sandbox: LocalSandbox, tmp_path: Path) -> None:
    file = tmp_path / "traffic.har"
    async with AsyncChargeOver(**arguments(sandbox, file)) as client:
        await asyncio.gather(*(client.customers.count() for _ in range(20)))
    assert [answer["response"] for answer in answers_in(file)] == [0] * 20


def test_attempts_without_a_response_are_recorded(tmp_path: Path) -> None:
    file = tmp_path / "traffic.har"
    nothing: dict[str, Any] = {"base_url": "http://127.0.0.1:9", "username": "u", "password": "p"}
    with ChargeOver(**nothing, record=file, max_retries=1) as client, pytest.raises(ChargeOverError):
        client.customers.count()
    first, second = entries_in(file)
    assert (first["response"]["status"], second["response"]["status"]) == (0, 0)
    assert first["comment"] == "APIConnectionError"


def test_a_second_client_continues_the_file_and_a_torn_one_is_repaired(sandbox: LocalSandbox, tmp_path: Path) -> None:
    file = tmp_path / "traffic.har"
    whole: list[bytes] = []
    for _ in range(3):
        with ChargeOver(**arguments(sandbox, file)) as client:
            client.customers.count()
        whole.append(file.read_bytes())
    assert len(answers_in(file)) == 3
    beginning = whole[1][: -len(b"\n]}}\n")]
    for size in range(len(whole[0]) - 8, len(whole[2]), 37):
        # What a process leaves that was killed in the middle of a write.
        file.write_bytes(whole[2][:size] if size > len(beginning) else whole[2][:size] + whole[1][size:])
        with ChargeOver(**arguments(sandbox, file)) as client:
            client.customers.count()
        assert 2 <= len(answers_in(file)) <= 4
    for torn in (b"", whole[0][:40], whole[0][: whole[0].index(b"\n") + 20]):
        file.write_bytes(torn)
        with ChargeOver(**arguments(sandbox, file)) as client:
            client.customers.count()
        assert len(answers_in(file)) == 1


def test_a_file_has_a_largest_size_and_older_ones_are_deleted(
    sandbox: LocalSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder.Recorder.__init__, "__kwdefaults__", {"largest": 3000})
    file = tmp_path / "traffic.har"
    with ChargeOver(**arguments(sandbox, file)) as client:
        for _ in range(30):
            client.customers.count()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["traffic.1.har", "traffic.2.har", "traffic.3.har", "traffic.har"]
    assert all(path.stat().st_size <= 3000 and answers_in(path) for path in tmp_path.iterdir())


PROGRAM = """
import sys
from chargeover import ChargeOver
with ChargeOver(base_url=sys.argv[1], username="sandbox", password="sandbox", record=sys.argv[2]) as client:
    while True:
        client.customers.count()
        print("x", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGKILL, and no locks between processes")
def test_killed_processes_leave_a_file_that_is_read(sandbox: LocalSandbox, tmp_path: Path) -> None:
    file = tmp_path / "traffic.har"
    command = [sys.executable, "-c", PROGRAM, sandbox.url, str(file)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    for process in processes:
        with process:
            assert process.stdout
            for _ in range(5):
                process.stdout.readline()
            process.kill()
    with ChargeOver(**arguments(sandbox, file)) as client:
        client.customers.count()
    assert len(answers_in(file)) >= 11


def test_a_file_that_is_not_a_recording_is_left_alone(sandbox: LocalSandbox, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    with pytest.raises(ConfigurationError, match=r"notes\.txt is not a recording of this client. Name a new file"):
        ChargeOver(**arguments(sandbox, file))
    assert file.read_text() == "mine"
    with pytest.raises(ConfigurationError, match="cannot be written: No such file or directory"):
        ChargeOver(**arguments(sandbox, tmp_path / "missing" / "traffic.har"))


def test_a_recording_that_cannot_be_written_does_not_stop_a_call(
    sandbox: LocalSandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with ChargeOver(**arguments(sandbox, folder / "traffic.har")) as client:
        (folder / "traffic.har").unlink()
        folder.rmdir()
        assert client.customers.count() == client.customers.count() == 0
    assert [record.message for record in caplog.records if "recording" in record.message] == [
        f"The recording {folder / 'traffic.har'} cannot be written: No such file or directory"
    ]
    caplog.clear()


@pytest.mark.parametrize(
    "text",
    ["Ann Roy", "ann@acme.com", "203.0.113.7", "2001:4860::8888", "05401", "2026-01-31T09:30:00-06:00", "crm:4711"],
)
def test_a_stand_in_has_the_form_of_its_value(text: str) -> None:
    made = StandIns(b"key").text(text)
    assert made != text
    assert made == StandIns(b"key").text(text) != StandIns(b"other").text(text)
    form = re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", re.sub(r"\d", "0", text)))
    if not re.search(r"[@]|\d[.:]\d|::", text):
        assert re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", re.sub(r"\d", "0", made))) == form


def test_different_words_have_different_stand_ins() -> None:
    stand_ins = StandIns()
    for words in ([f"{number}" for number in range(1000)], [a + b for a in "abcdefghijklmnop" for b in "aBc1"]):
        assert len({stand_ins.text(word) for word in words}) == len(words)


def test_what_says_nothing_about_a_person_stays() -> None:
    stand_ins = StandIns(b"key")
    value = {
        "code": 200, "status": "OK", "customer_id": 1234, "no_taxes": False, "paid": 0, "external_key": None,
        "invoice_delivery": "print", "currency_symbol": "$", "currency_iso4217": "USD", "customer_status_state": "a",
        "bill_addr2": "", "tags": [],
    }  # fmt: skip
    assert stand_ins.value(value) == value
    assert stand_ins.value({"password": "x", "ann@acme.com": 1}).keys() == {"password", stand_ins.text("ann@acme.com")}
    assert stand_ins.value({"security_token": "kZ7"}) == {"security_token": "[removed]"}
    amounts = stand_ins.value({"total": 11174.82, "terms_days": 30, "balance": -5})
    assert [type(amount) for amount in amounts.values()] == [float, int, int]
    assert amounts["balance"] < 0 < amounts["total"] != 11174.82
    earlier, later = stand_ins.text("2026-01-31 09:30:00"), stand_ins.text("2026-02-01 09:30:00")
    assert earlier < later < "2026"
    assert stand_ins.url("https://acme.chargeover.com/api/v3/customer/7/_action/x?limit=5&order=company:ASC") == (
        "https://example.chargeover.com/api/v3/customer/7/_action/x?limit=5&order=company:ASC"
    )
    where = "customer_id:EQUALS:7,company:CONTAINS:Smith\\, Jones,external_key:ISNOT:NULL"
    made = stand_ins.url(f"/api/v3/customer?where={where}")
    assert made.startswith("/api/v3/customer?where=customer_id:EQUALS:7,company:CONTAINS:")
    assert made.endswith("external_key:ISNOT:NULL")
    assert "Smith" not in made
    assert "Jones" not in made
    assert stand_ins.body(b"<h1>Ann</h1>") == b"(12 bytes that are not JSON)"
