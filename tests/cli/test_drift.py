"""``--record``, ``chargeover drift`` and ``chargeover check --drift``."""

import json
from pathlib import Path

import pytest

from chargeover import ChargeOver
from chargeover_cli import drift
from chargeover_sandbox import LocalSandbox
from tests.cli.conftest import Run
from tests.support.servers import json_server

ROW = {"customer_id": 7, "company": "Acme Ltd", "external_key": "crm:4711", "loyalty": "gold"}


def test_a_command_records_and_its_recording_is_compared(chargeover: Run, client: ChargeOver, tmp_path: Path) -> None:
    file = tmp_path / "traffic.har"
    assert chargeover("customers", "create", "--company", "Acme Ltd", "--record", str(file)).status == 0
    assert chargeover("--record", str(file), "customers", "get", "1").status == 0
    text = file.read_text(encoding="utf-8")
    assert len(json.loads(text)["log"]["entries"]) == 2
    assert "Acme" not in text
    done = chargeover("drift", str(file), "--no-replay")
    assert (done.status, done.out.splitlines()[0]) == (0, "2 exchanges, 0 replayed in a sandbox; no drift")
    with_values = tmp_path / "values.har"
    assert chargeover("customers", "get", "1", "--record", str(with_values), "--record-values").status == 0
    assert "Acme Ltd" in with_values.read_text(encoding="utf-8")
    refused = chargeover("customers", "get", "1", "--record-values")
    assert (refused.status, refused.err) == (2, "chargeover: --record-values belongs to --record FILE.\n")


def test_check_compares_an_account_by_gets_alone(
    chargeover: Run, sandbox: LocalSandbox, client: ChargeOver, tmp_path: Path
) -> None:
    for number in range(4):
        client.customers.create(company=f"Acme {number}", external_key=f"crm:471{number}")
    sandbox.journal.clear()
    done = chargeover("check", "--drift", "--report", str(tmp_path / "report"))
    assert (done.status, done.err) == (0, "18 GETs were sent; nothing was changed.\n")
    assert done.out.splitlines()[0] == "18 exchanges, 18 replayed in a sandbox; no drift"
    assert {exchange.method for exchange in sandbox.journal} == {"GET"}
    assert len(sandbox.journal) == 18
    report = json.loads((tmp_path / "report" / "drift.json").read_text(encoding="utf-8"))
    assert (report["exchanges"], report["findings"]) == (18, [])
    assert "Acme" not in (tmp_path / "report" / "drift.html").read_text(encoding="utf-8")


def test_what_an_account_has_that_the_contract_lacks_is_told_without_values(
    chargeover: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def respond(path: str, body: object) -> object:
        return 1 if "_count" in path else [ROW] if path.endswith("/customer") or "?" in path else ROW

    monkeypatch.setattr("chargeover_contract.drift.drift.can_replay", lambda: False)
    with json_server(respond) as url:
        monkeypatch.setenv("CHARGEOVER_BASE_URL", url)
        done = chargeover("check", "--drift")
    assert done.status == 1
    assert "`loyalty` of a customer is not in the contract" in done.out
    assert "Not replayed in a sandbox, which needs one more extra" in done.out
    assert not [value for value in ("gold", "Acme", "4711", url) if value in done.out]


def test_an_account_that_cannot_be_asked_is_told_as_by_any_command(chargeover: Run, sandbox: LocalSandbox) -> None:
    done = chargeover("check", "--drift", "--username", "nobody", "--password", "wrong")
    assert done.status == 3
    assert "401" in done.err
    assert chargeover("check", "--report", "folder").status == 2


def test_a_missing_extra_is_named(chargeover: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise ModuleNotFoundError(name="jsonschema_rs")

    monkeypatch.setattr(drift, "import_module", fail)
    done = chargeover("check", "--drift")
    assert done.status == 2
    assert "jsonschema_rs is missing: install the distribution with its extra contract" in done.err
