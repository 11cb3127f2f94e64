"""A plan says what would change, and making it changes nothing."""

import io
import math
import pickle
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import pytest

from chargeover import APIConnectionError, ChargeOver, InvalidFieldError, sync
from chargeover_sandbox import LocalSandbox
from tests.support.plans import Network, connected, customers, fill, outcomes, plan_of, rows
from tests.support.servers import json_server


def changed(plan: sync.Plan) -> dict[str, dict[str, tuple[Any, Any]]]:
    return {row.key or "": {one.field: (one.old, one.new) for one in row.changes} for row in plan if row.changes}


def test_it_has_what_differs_and_nothing_is_changed(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 3, bill_city="Ulm", no_taxes=True)
    before = customers(client, "company", "bill_city", "no_taxes")
    given = rows(3, bill_city="Ulm", no_taxes=True)
    given[1] |= {"bill_city": "Bonn", "company": "Company 1"}
    given[2] |= {"no_taxes": False, "custom_1": "x"}
    plan = plan_of(client, tmp_path, given)
    assert changed(plan) == {
        "crm-1": {"bill_city": ("Ulm", "Bonn")},
        "crm-2": {"no_taxes": (True, False), "custom_1": (None, "x")},
    }
    assert [(row.line, row.customer_id, row.action, row.outcome) for row in plan] == [
        (1, 1, "none", "unchanged"),
        (2, 2, "update", "planned"),
        (3, 3, "update", "planned"),
    ]
    assert plan.status == sync.Status({"planned": 2, "unchanged": 1})
    assert customers(client, "company", "bill_city", "no_taxes") == before


def test_the_file_is_for_its_owner_alone_and_never_overwritten(client: ChargeOver, tmp_path: Path) -> None:
    plan = plan_of(client, tmp_path, [])
    assert stat.S_IMODE(plan.path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["crm.plan"]
    with pytest.raises(sync.PlanError, match="exists already"):
        plan_of(client, tmp_path, [])


@pytest.mark.parametrize("place", ["missing/crm.plan", "file/crm.plan"])
def test_a_place_that_cannot_be_written_is_one_sentence(client: ChargeOver, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(sync.PlanError, match=r"cannot be used: (No such file|Not a directory)"):
        sync.plan(client, [], tmp_path / place)


def test_a_row_without_a_customer_is_missing_or_a_creation(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 1)
    given = [{"external_key": "new", "company": "New", "currency_id": 1, "custom_1": None}]
    with pytest.raises(sync.InputError, match=r"'currency_id'.* create_missing allows it"):
        plan_of(client, tmp_path, given)
    assert outcomes(plan_of(client, tmp_path, [{"external_key": "new"}], "missing.plan")) == {"new": "missing"}
    plan = plan_of(client, tmp_path, given, create_missing=True)
    assert [(row.action, row.outcome, row.customer_id) for row in plan] == [("create", "planned", None)]
    assert changed(plan) == {"new": {"company": (None, "New"), "currency_id": (None, 1)}}
    with pytest.raises(sync.InvalidRowsError, match="needs company"):
        plan_of(client, tmp_path, [{"external_key": "x"}], "x.plan", create_missing=True)
    with pytest.raises(sync.PlanError, match="key='external_key'"):
        plan_of(client, tmp_path, [], "y.plan", create_missing=True, key="customer_id")


def test_a_field_of_a_creation_alone_is_kept_for_a_customer_that_exists(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 1)
    plan = plan_of(client, tmp_path, rows(1, superuser_username="ann"), create_missing=True)
    assert [(one.line, one.field) for one in plan.notices] == [(1, "superuser_username")]
    assert outcomes(plan) == {"crm-0": "unchanged"}


def test_invalid_rows_are_all_named_before_anything_is_sent(sandbox: LocalSandbox, tmp_path: Path) -> None:
    given = [
        {"external_key": "a", "class_id": "x", "no_taxes": "perhaps"},
        {"external_key": "b", "company": "B"},
        {"external_key": "c"},
        {"company": "D"},
        {"external_key": "c"},
        {"external_key": 7, "invoice_delivery": "fax"},
        {"external_key": True},
    ]
    network = Network()
    with connected(sandbox, network) as client:
        with pytest.raises(sync.InvalidRowsError) as caught:
            plan_of(client, tmp_path, given)
        assert network.requests == []
        assert list(tmp_path.iterdir()) == []
        assert caught.value.count == 6
        reasons = dict(caught.value.rows)
        assert sorted(reasons) == [1, 3, 4, 5, 6, 7]
        assert "class_id: " in reasons[1]
        assert "no_taxes: " in reasons[1]
        assert reasons[3] == "external_key: it is also the key of line 5."
        assert reasons[5] == "external_key: it is also the key of line 3."
        assert "'print' or 'email'" in reasons[6]
        plan = plan_of(client, tmp_path, given, skip_invalid=True)
    assert plan.status.counts == {"invalid": 6, "missing": 1}
    found = {one.line: one for one in sync.rejects(plan)}
    assert found[1].columns == {"external_key": "a", "class_id": "x", "no_taxes": "perhaps"}
    assert found[2].reason == "There is no customer with this key."
    assert list(found) == [1, 2, 3, 4, 5, 6, 7]
    assert plan.columns == ["external_key", "class_id", "no_taxes", "company", "invoice_delivery"]
    assert sync.write_rejects(sync.rejects(plan), io.StringIO(), columns=plan.columns) == 7


def test_the_first_hundred_invalid_rows_are_kept(client: ChargeOver, tmp_path: Path) -> None:
    with pytest.raises(sync.InvalidRowsError, match=r"^2,000 rows are not valid, the first in line 1: ") as caught:
        plan_of(client, tmp_path, [{} for _ in range(2000)])
    assert [one.line for one in caught.value.rows] == list(range(1, 101))
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.count, again.rows) == (str(caught.value), 2000, caught.value.rows)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ABC", "abc"),
        ("a b", "ab"),
        ("abc", "abc "),
        ("K\u00f6ln", "Ko\u0308ln"),
        ("STRASSE", "straße"),
    ],
)
def test_keys_that_look_alike_are_warned_of(client: ChargeOver, tmp_path: Path, first: str, second: str) -> None:
    plan = plan_of(client, tmp_path, [{"external_key": first}, {"external_key": "other"}, {"external_key": second}])
    assert {(one.line, one.field) for one in plan.notices} == {(1, "external_key"), (3, "external_key")}
    assert outcomes(plan) == {first: "missing", "other": "missing", second: "missing"}


def test_a_key_that_looks_like_that_of_a_customer_is_warned_of(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 30)
    given = [{"external_key": f"CRM-{one}", "company": "X"} for one in range(30)]
    plan = plan_of(client, tmp_path, given, create_missing=True)
    assert {one.line for one in plan.notices if one.field} == set(range(1, 31))
    assert plan.status.creations == 30


def test_two_keys_that_the_service_takes_for_one_customer_are_refused(tmp_path: Path) -> None:
    def answer(path: str, body: Any) -> Any:
        return {"_bulk": [{"code": 200, "status": "OK", "response": {"customer_id": 7}} for _ in body]}

    with json_server(answer) as url, ChargeOver(base_url=url, username="u", password="p") as client:
        given = [{"external_key": "a", "company": "A"}, {"external_key": "A", "company": "B"}]
        with pytest.raises(sync.InvalidRowsError, match="another row names the same customer, 7"):
            plan_of(client, tmp_path, given)
        plan = plan_of(client, tmp_path, given, skip_invalid=True)
    assert outcomes(plan) == {"line 1": "invalid", "line 2": "invalid"}


def test_one_key_of_two_customers_is_refused(tmp_path: Path) -> None:
    def answer(path: str, body: Any) -> Any:
        if "_count" in path:
            return 2
        return (
            [{"customer_id": one, "external_key": "crm-0", "company": "A"} for one in (1, 2)]
            if "GT" not in path
            else []
        )

    with (
        json_server(answer) as url,
        ChargeOver(base_url=url, username="u", password="p") as client,
        pytest.raises(sync.InvalidRowsError, match="two customers have its key") as caught,
    ):
        plan_of(client, tmp_path, [{"external_key": "crm-0", "company": "B"}, *rows(40)[1:]])
    assert caught.value.count == 1


def test_two_rows_cannot_set_one_key(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 2)
    given = [{"customer_id": 1, "external_key": "same"}, {"customer_id": "2", "external_key": "same"}]
    with pytest.raises(sync.InvalidRowsError, match="another row sets the same key"):
        plan_of(client, tmp_path, given, key="customer_id")


@pytest.mark.parametrize("number", [3, 60])
@pytest.mark.parametrize("key", ["external_key", "customer_id"])
def test_customers_are_read_in_the_fewest_requests(
    sandbox: LocalSandbox, tmp_path: Path, number: int, key: Any
) -> None:
    network = Network()
    with connected(sandbox, network) as client:
        fill(client, 60)
        network.requests.clear()
        given = [{key: f"crm-{one}" if key == "external_key" else one + 1, "custom_1": "x"} for one in range(number)]
        plan = plan_of(client, tmp_path, given, key=key)
    by_key, by_pages = (
        ["POST /api/v3/_bulk"],
        ["GET /api/v3/customer/_count", "GET /api/v3/customer?order=customer_id:ASC&limit=500"],
    )
    assert network.requests == (by_key if number == 3 else by_pages)
    assert plan.status.counts == {"planned": number}
    assert {row.customer_id for row in plan} == set(range(1, number + 1))


def test_what_the_rows_of_a_list_lack_is_read_by_itself(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 60, tags=["a"])
    given = rows(60, custom_1="x")
    given[7]["tags"] = ["a"]
    given[8]["tags"] = ["b"]
    plan = plan_of(client, tmp_path, given)
    found = changed(plan)
    assert found["crm-7"] == {"custom_1": (None, "x")}
    assert found["crm-8"] == {"custom_1": (None, "x"), "tags": (["a"], ["b"])}


def test_empty_values_keep_or_clear(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 2, bill_city="Ulm", terms_id=3, tags=["a"], parent_customer_id=None)
    client.customers.update(2, parent_customer_id=1)
    empty: dict[str, Any] = {
        "bill_city": "",
        "terms_id": math.nan,
        "tags": None,
        "parent_customer_id": None,
        "custom_1": "",
    }
    given = [{"external_key": "crm-1", **empty}]
    assert outcomes(plan_of(client, tmp_path, given)) == {"crm-1": "unchanged"}
    plan = plan_of(client, tmp_path, given, "clear.plan", empty="clear")
    assert changed(plan)["crm-1"] == {"bill_city": ("Ulm", ""), "tags": (["a"], []), "parent_customer_id": (1, None)}
    (notice,) = plan.notices
    assert (notice.line, notice.field) == (1, "terms_id")
    assert "cannot be emptied" in notice.text
    assert sync.apply(client, plan).done == 1
    # Null and "" are the same, whichever of them comes back.
    assert outcomes(plan_of(client, tmp_path, given, "again.plan", empty="clear")) == {"crm-1": "unchanged"}


def test_a_data_frame_is_rows(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 3)
    frame = pd.DataFrame(
        {
            "external_key": ["crm-0", "crm-1", "crm-2"],
            "terms_id": [3, None, 4],
            "no_taxes": [True, False, True],
            "bill_city": ["Ulm", pd.NA, float("nan")],
        }
    )
    assert changed(plan_of(client, tmp_path, frame)) == {
        "crm-0": {"terms_id": (2, 3), "no_taxes": (False, True), "bill_city": (None, "Ulm")},
        "crm-2": {"terms_id": (2, 4), "no_taxes": (False, True)},
    }


def test_rows_are_read_once_and_lazily(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 1)
    taken: list[int] = []

    def source() -> Iterator[dict[str, Any]]:
        for one in range(2500):
            taken.append(one)
            yield {"external_key": f"crm-{one}"}

    told: list[tuple[sync.Progress, int]] = []
    plan = plan_of(client, tmp_path, source(), on_progress=lambda progress: told.append((progress, len(taken))))
    assert [(one.done, number) for one, number in told if one.phase == "rows"] == [
        (1000, 1000),
        (2000, 2000),
        (2500, 2500),
    ]
    assert plan.status.counts == {"missing": 2499, "unchanged": 1}


def test_what_the_input_raises_is_raised_and_leaves_nothing(client: ChargeOver, tmp_path: Path) -> None:
    def source() -> Iterator[dict[str, Any]]:
        yield {"external_key": "a"}
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        plan_of(client, tmp_path, source())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["crm.csv", b"x", {"external_key": "a"}, 7, [7], [None]])
def test_what_is_no_row_is_refused(client: ChargeOver, tmp_path: Path, given: object) -> None:
    with pytest.raises(sync.InputError, match="mapping"):
        plan_of(client, tmp_path, given)


def test_rows_of_the_input_module_keep_their_lines_and_problems(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 1)
    given = [
        sync.Row(2, {"Key": "crm-0", "Ort": "Ulm"}, {"external_key": "crm-0", "bill_city": "Ulm"}),
        sync.Row(5, {"Key": "?", "Ort": ""}, None, [sync.Problem("Ort", "it is not a town.")]),
    ]
    plan = plan_of(client, tmp_path, given, skip_invalid=True)
    assert [row.line for row in plan] == [2, 5]
    (reject,) = sync.rejects(plan)
    assert reject == sync.Reject(5, "Ort: it is not a town.", {"Key": "?", "Ort": ""})


def test_a_lost_connection_makes_no_plan(sandbox: LocalSandbox, tmp_path: Path) -> None:
    network = Network()

    def refuse(request: object, body: object) -> object:
        raise ConnectionResetError

    with connected(sandbox, network, max_retries=0) as client:
        network.before = refuse
        with pytest.raises(APIConnectionError):
            plan_of(client, tmp_path, rows(2))
    assert list(tmp_path.iterdir()) == []


def test_a_second_plan_knows_what_the_service_made_of_a_value(sandbox: LocalSandbox, tmp_path: Path) -> None:
    network = Network()

    def in_capitals(request: object, body: Any) -> Any:
        for part in body if isinstance(body, list) else ():
            if "bill_city" in part.get("payload", {}):
                part["payload"]["bill_city"] = part["payload"]["bill_city"].upper()
        return body

    with connected(sandbox, network) as client:
        fill(client, 2)
        network.before = in_capitals
        given = rows(2, bill_city="Ulm")
        first = plan_of(client, tmp_path, given)
        assert sync.apply(client, first).done == 2
        assert [row.changes[0].read_back for row in first] == ["ULM", "ULM"]
        assert plan_of(client, tmp_path, given, "2.plan").status.counts == {"planned": 2}
        assert plan_of(client, tmp_path, given, "3.plan", earlier=[first]).status.counts == {"unchanged": 2}
        client.customers.update(1, bill_city="Bonn")
        other = plan_of(client, tmp_path, given, "4.plan", earlier=[first])
        assert outcomes(other) == {"crm-0": "planned", "crm-1": "unchanged"}


@pytest.mark.parametrize("arguments", [{"key": "token"}, {"empty": "drop"}, {"in_flight": 0}])
def test_an_argument_that_is_not_allowed_is_refused(client: ChargeOver, tmp_path: Path, arguments: Any) -> None:
    with pytest.raises((sync.PlanError, InvalidFieldError), match=next(iter(arguments))):
        plan_of(client, tmp_path, rows(1), **arguments)
    assert list(tmp_path.iterdir()) == []


def test_the_tables_can_be_read_with_any_tool(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 1)
    plan = plan_of(client, tmp_path, rows(1, bill_city="Köln"))
    with closing(sqlite3.connect(plan.path)) as connection, connection:
        assert connection.execute("SELECT * FROM changes").fetchall() == [(1, "bill_city", "null", '"Köln"', None)]
        assert connection.execute("SELECT columns FROM inputs").fetchall() == [
            ('{"external_key":"crm-0","bill_city":"Köln"}',)
        ]
        assert "sandbox" not in dict(connection.execute("SELECT * FROM plan")).values()
    connection.close()


def test_a_plan_says_what_undo_could_not_put_back(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 4)
    client.customers.update(1, class_id=7)
    given: list[dict[str, Any]] = rows(4, class_id=5, custom_1="x", tags=["a"])
    plan = plan_of(client, tmp_path, [*given, {"external_key": "new", "company": "New"}], create_missing=True)
    assert [(one.line, one.field, one.text.partition(":")[0]) for one in plan.notices] == [
        (None, "class_id", "undo cannot put it back in 3 rows"),
        (None, None, "1 new customer stays after an undo"),
    ]
    sync.apply(client, plan)
    back = sync.undo(plan, tmp_path / "back.plan")
    assert [(one.line, one.field) for one in back.notices] == [
        (2, "class_id"),
        (3, "class_id"),
        (4, "class_id"),
        (None, None),
    ]
