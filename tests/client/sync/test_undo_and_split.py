"""Plans that are made of plans."""

from pathlib import Path
from typing import Any

import pytest

from chargeover import ChargeOver, InvalidFieldError, sync
from tests.support.plans import customers, fill, outcomes, plan_of, rows

NAMES = ("company", "bill_city", "no_taxes", "terms_id", "class_id", "external_key")


def test_undo_puts_back_what_was_done_and_nothing_else(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 5, bill_city="Ulm")
    client.customers.update(2, custom_1="kept")
    before = customers(client, *NAMES)
    given: list[dict[str, Any]] = rows(4, bill_city="Bonn", no_taxes=True, terms_id=7, company="X")
    plan = plan_of(client, tmp_path, [*given, {"external_key": "new", "company": "New"}], create_missing=True)
    client.customers.update(4, bill_city="Kiel")  # stale: not done, so not undone
    sync.apply(client, plan)
    assert len(list(sync.rejects(plan))) == 1
    back = sync.undo(plan, tmp_path / "back.plan")
    assert (back.kind, back.status.counts) == ("undo", {"planned": 3})
    assert [one.text for one in back.notices] == ["1 customers that were created stay: a plan never deletes."]
    assert sync.apply(client, back).done == 3
    after = customers(client, *NAMES)
    assert after.pop("new")[0] == "New"
    before["crm-3"] = (before["crm-3"][0], "Kiel", *before["crm-3"][2:])
    assert after == before
    # And the undoing can be undone.
    sync.apply(client, sync.undo(back, tmp_path / "again.plan"))
    assert customers(client, "bill_city")["crm-0"] == ("Bonn",)


def test_undo_says_what_cannot_be_put_back(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 2)
    given = rows(2, class_id=5)
    given[0]["custom_1"] = "x"
    plan = plan_of(client, tmp_path, given)
    sync.apply(client, plan)
    back = sync.undo(plan, tmp_path / "back.plan")
    assert [(one.line, one.field) for one in back.notices] == [(1, "class_id"), (2, "class_id")]
    assert all("cannot be put back" in one.text for one in back.notices)
    assert outcomes(back) == {"crm-0": "planned", "crm-1": "unchanged"}
    sync.apply(client, back)
    assert [client.customers.get(1).custom_1, client.customers.get(1).class_id] == ["", 5]


def test_undo_puts_back_a_parent_and_a_key(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 2)
    given = [{"customer_id": 2, "external_key": "other", "parent_customer_id": 1}]
    plan = plan_of(client, tmp_path, given, key="customer_id")
    sync.apply(client, plan)
    assert customers(client, "parent_customer_id") == {"crm-0": (None,), "other": (1,)}
    sync.apply(client, sync.undo(plan, tmp_path / "back.plan"))
    assert customers(client, "parent_customer_id") == {"crm-0": (None,), "crm-1": (None,)}


def test_undo_leaves_what_has_changed_since(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 2, bill_city="Ulm")
    plan = plan_of(client, tmp_path, rows(2, bill_city="Bonn"))
    sync.apply(client, plan)
    client.customers.update(1, bill_city="Kiel")
    back = sync.undo(plan, tmp_path / "back.plan")
    sync.apply(client, back)
    assert outcomes(back) == {"crm-0": "stale", "crm-1": "done"}
    assert customers(client, "bill_city") == {"crm-0": ("Kiel",), "crm-1": ("Ulm",)}


def test_a_run_that_was_interrupted_can_be_undone_at_once(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 60, bill_city="Ulm")
    plan = plan_of(client, tmp_path, [*rows(60, bill_city="Bonn"), {"external_key": "z"}])

    def stop(progress: sync.Progress) -> None:
        if progress.done == 25:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync.apply(client, plan, on_progress=stop, in_flight=1)
    assert ("Bonn",) in customers(client, "bill_city").values()
    back = sync.undo(plan, tmp_path / "back.plan")
    status = sync.apply(client, back)
    assert (status.rows, status.left, status.rejected) == (60, 0, 0)
    assert set(status.counts) == {"done", "unchanged"}
    assert set(customers(client, "bill_city").values()) == {("Ulm",)}


def test_undo_never_overwrites_a_file(client: ChargeOver, tmp_path: Path) -> None:
    plan = plan_of(client, tmp_path, [])
    for name in ("crm.plan", "other"):
        (tmp_path / "other").touch()
        with pytest.raises(sync.PlanError, match="exists already"):
            sync.undo(plan, tmp_path / name)


def test_the_parts_add_up_and_do_all_of_it(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 40, bill_city="Ulm")
    given = rows(40, bill_city="Bonn")
    given[0] |= {"bill_city": "Ulm"}
    plan = plan_of(client, tmp_path, [*given, {"external_key": "none"}])
    parts = sync.split(plan, 4)
    assert [part.path.name for part in parts] == [f"crm-0{number}.plan" for number in (1, 2, 3, 4)]
    assert [part.status.rows for part in parts] == [9, 10, 10, 10]
    whole = sync.status(plan, *parts)
    assert whole.counts == {"planned": 39, "unchanged": 1, "missing": 1}
    assert sync.apply(client, plan).left == 0  # nothing of it is left here
    assert set(customers(client, "bill_city").values()) == {("Ulm",)}
    for part in reversed(parts):
        sync.apply(client, part)
    assert sync.status(plan, *parts).counts == {"done": 39, "unchanged": 1, "missing": 1}
    assert sorted(row.line for part in parts for row in part) == list(range(2, 41))
    back = sync.undo(parts[0], tmp_path / "back.plan")
    assert sync.apply(client, back).done == 9


def test_no_more_parts_than_rows_and_none_of_nothing(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 2)
    plan = plan_of(client, tmp_path, rows(2, custom_1="x"))
    with pytest.raises(InvalidFieldError, match="into must be an integer from 1"):
        sync.split(plan, 0)
    (tmp_path / "crm-02.plan").touch()
    with pytest.raises(sync.PlanError, match=r"crm-02\.plan exists already"):
        sync.split(plan, 2)
    (tmp_path / "crm-02.plan").unlink()
    assert plan.status.left == 2
    assert len(sync.split(plan, 9)) == 2
    with pytest.raises(sync.PlanError, match="nothing to split"):
        sync.split(plan, 2)
