"""Exactly what a plan says is done, and whatever happens, the plan knows how far it came."""

import io
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest

from chargeover import APIConnectionError, AuthenticationError, ChargeOver, InternalServerError, sync
from chargeover_sandbox import LocalSandbox
from tests.support.plans import Network, changes_in, connected, customers, fill, outcomes, plan_of, rows
from tests.support.scripted import no


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
def far_client(sandbox: LocalSandbox, network: Network) -> Iterator[ChargeOver]:
    """A client over a network that the test can disturb; it does not retry."""
    with connected(sandbox, network, max_retries=0) as client:
        yield client


def refusal(status: int) -> httpx2.Response:
    reply = no(status)
    return httpx2.Response(status, content=reply.body)


def test_it_is_done_and_nothing_else(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 60, bill_city="Ulm", company="Acme")
    given = [*rows(40, bill_city="Bonn"), {"external_key": "new", "company": "New"}]
    plan = plan_of(client, tmp_path, given, create_missing=True)
    assert sync.apply(client, plan) == sync.Status({"done": 41}, 1)
    expected = {f"crm-{one}": ("Acme", "Bonn" if one < 40 else "Ulm") for one in range(60)}
    assert customers(client, "company", "bill_city") == {**expected, "new": ("New", None)}
    assert {change.read_back for row in plan for change in row.changes} == {"Bonn", "New"}
    assert [row.customer_id for row in plan][-1] == 61
    assert sorted(one.name for one in tmp_path.iterdir()) == ["crm.plan", "crm.plan.lock"]


def test_a_second_time_nothing_is_sent(far_client: ChargeOver, network: Network, tmp_path: Path) -> None:
    fill(far_client, 3)
    plan = plan_of(far_client, tmp_path, rows(3, bill_city="Ulm"))
    sync.apply(far_client, plan)
    network.requests.clear()
    assert sync.apply(far_client, plan).done == 3
    assert network.requests == []


def test_only_the_fields_that_differ_are_sent(far_client: ChargeOver, network: Network, tmp_path: Path) -> None:
    fill(far_client, 1, bill_city="Ulm")
    plan = plan_of(far_client, tmp_path, rows(1, bill_city="Ulm", custom_1="x"))
    sent: list[Any] = []
    network.after = lambda request, body: sent.extend(changes_in(body))
    sync.apply(far_client, plan)
    assert sent == [{"request_method": "PUT", "uri": "/api/v3/customer/1", "payload": {"custom_1": "x"}}]


def test_what_has_changed_since_is_stale(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 4, bill_city="Ulm")
    plan = plan_of(client, tmp_path, rows(4, bill_city="Bonn", custom_1="x"))
    client.customers.update(1, bill_city="Kiel")
    client.customers.update(2, bill_country="France")
    client.customers.update(3, bill_city="Bonn", custom_1="x")
    client.customers.delete(4)
    status = sync.apply(client, plan)
    assert outcomes(plan) == {"crm-0": "stale", "crm-1": "done", "crm-2": "unchanged", "crm-3": "failed"}
    assert (status.rejected, status.left) == (2, 0)
    reasons = {one.line: one.reason for one in sync.rejects(plan)}
    assert reasons == {
        1: "Changed since the plan was made: bill_city.",
        4: "The customer does not exist any more.",
    }
    assert customers(client, "bill_city")["crm-0"] == ("Kiel",)


def test_force_overwrites_and_keeps_what_was_there(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 1, bill_city="Ulm")
    plan = plan_of(client, tmp_path, rows(1, bill_city="Bonn"))
    client.customers.update(1, bill_city="Kiel")
    assert sync.apply(client, plan, force=True).done == 1
    assert [(one.old, one.read_back) for row in plan for one in row.changes] == [("Kiel", "Bonn")]
    sync.apply(client, sync.undo(plan, tmp_path / "back.plan"))
    assert customers(client, "bill_city") == {"crm-0": ("Kiel",)}


def test_what_is_overwritten_by_force_is_not_unclear_when_its_response_is_lost(
    far_client: ChargeOver, network: Network, tmp_path: Path
) -> None:
    fill(far_client, 2, bill_city="Ulm")
    plan = plan_of(far_client, tmp_path, rows(2, bill_city="Bonn"))
    far_client.customers.update(1, bill_city="Kiel")
    failures = iter([httpx2.ReadError("lost before it was carried out")])

    def lose_one(request: object, body: Any) -> Any:
        if changes_in(body) and (failure := next(failures, None)):
            raise failure
        return body

    network.before = lose_one
    with pytest.raises(APIConnectionError):
        sync.apply(far_client, plan, force=True)
    assert plan.status.counts == {"planned": 2}
    assert sync.apply(far_client, plan).done == 2
    assert [row.changes[0].old for row in plan] == ["Kiel", "Ulm"]


def test_what_the_server_refuses_can_be_exported_and_planned_again(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 3)
    given = rows(3, custom_1="x")
    given[1]["parent_customer_id"] = 2  # itself
    plan = plan_of(client, tmp_path, given)
    status = sync.apply(client, plan)
    assert (status.done, status.rejected) == (2, 1)
    (reject,) = sync.rejects(plan)
    assert reject.line == 2
    assert reject.reason
    file = io.StringIO()
    assert sync.write_rejects(sync.rejects(plan), file) == 1
    assert ",crm-1,x,2\n" in file.getvalue()
    assert reject.columns == {"external_key": "crm-1", "custom_1": "x", "parent_customer_id": "2"}
    assert sync.apply(client, plan) == status
    fixed = plan_of(client, tmp_path, [{**reject.columns, "parent_customer_id": 1}], "fixed.plan")
    assert sync.apply(client, fixed).done == 1


def test_flags_are_sent_with_every_change(far_client: ChargeOver, network: Network, tmp_path: Path) -> None:
    fill(far_client, 1)
    plan = plan_of(
        far_client, tmp_path, [*rows(1, custom_1="x"), {"external_key": "new", "company": "N"}], create_missing=True
    )
    uris: list[str] = []
    network.after = lambda request, body: uris.extend(part["uri"] for part in changes_in(body))
    network.requests.clear()
    assert sync.apply(far_client, plan, flags={"emails": "off", "webhooks": "on"}).done == 2
    query = "?_flag_emails=0&_flag_webhooks=1"
    assert uris == [f"/api/v3/customer/1{query}", f"/api/v3/customer{query}"]
    assert network.requests.count(f"POST /api/v3/_bulk{query}") == 1
    with pytest.raises(sync.PlanError, match=r"no flag 'mails'\. The flags are emails, "):
        sync.apply(far_client, plan, flags={"mails": "off"})
    with pytest.raises(sync.PlanError, match="must be 'on' or 'off', not 0"):
        sync.apply(far_client, plan, flags={"emails": 0})  # type: ignore[dict-item]


def test_a_plan_is_for_its_account_alone(client: ChargeOver, sandbox: LocalSandbox, tmp_path: Path) -> None:
    fill(client, 1)
    plan = plan_of(client, tmp_path, rows(1, custom_1="x"))
    sandbox.journal.clear()
    cases: list[tuple[dict[str, Any], type[Exception], str]] = [
        ({"base_url": sandbox.url, "username": "other"}, sync.PlanError, "another user name"),
        ({"instance": "acme", "username": sandbox.username}, sync.PlanError, r"is for https://acme\.chargeover\.com"),
        ({"base_url": sandbox.url, "username": sandbox.username}, AuthenticationError, "401"),
    ]
    for arguments, error, text in cases:
        with ChargeOver(**arguments, password="wrong") as other, pytest.raises(error, match=text):
            sync.apply(other, plan)
        assert bool(sandbox.journal) == (error is AuthenticationError)
    assert sync.apply(client, plan).done == 1


def test_two_applies_exclude_each_other(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 1)
    plan = plan_of(client, tmp_path, rows(1, custom_1="x"))
    link = tmp_path / "link.plan"
    link.symlink_to(plan.path)
    refused: list[str] = []

    def again(_: sync.Progress) -> None:
        for path in (plan, link):
            for act in (lambda path: sync.apply(client, path), lambda path: sync.split(path, 2)):
                with pytest.raises(sync.PlanError) as caught:
                    act(path)
                refused.append(str(caught.value))
        assert plan.status.rows == 1  # it can be looked at meanwhile
        assert len(list(plan)) == 1

    assert sync.apply(client, plan, on_progress=again).done == 1
    assert refused
    assert all("is in use" in one for one in refused)


def test_a_reader_does_not_keep_a_plan_from_being_applied(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 3)
    plan = plan_of(client, tmp_path, rows(3, custom_1="x"))
    reading = iter(plan)
    next(reading)
    assert sync.apply(client, plan).done == 3
    assert len(list(reading)) == 2


def test_progress_has_rate_time_and_failures(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 60)
    given = rows(60, custom_1="x")
    given[5]["parent_customer_id"] = 6
    plan = plan_of(client, tmp_path, given)
    told: list[sync.Progress] = []
    sync.apply(client, plan, on_progress=told.append)
    assert [one.done for one in told] == [0, 25, 50, 60]
    assert {(one.phase, one.total) for one in told} == {("apply", 60)}
    assert (told[-1].failed, told[-1].seconds_left) == (1, 0.0)
    assert told[1].per_second > 0
    assert told[1].seconds_left


class Death(BaseException):
    """What a test ends a run with, where a kill would."""


def interrupted(client: ChargeOver, plan: sync.Plan, network: Network, when: str = "after") -> None:
    """Apply a plan whose first bulk request with changes ends the run."""

    def die(request: object, body: Any) -> Any:
        if changes_in(body):
            raise Death
        return body

    setattr(network, when, die)
    with pytest.raises(Death):
        sync.apply(client, plan)
    network.before, network.after = (lambda request, body: body), (lambda request, body: None)


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_was_under_way_is_read_before_it_is_sent_again(
    far_client: ChargeOver, network: Network, tmp_path: Path, when: str
) -> None:
    fill(far_client, 3)
    given = [*rows(3, bill_city="Ulm"), {"external_key": "new", "company": "New"}]
    plan = plan_of(far_client, tmp_path, given, create_missing=True)
    interrupted(far_client, plan, network, when)
    assert set(outcomes(plan).values()) == {"sending"}
    sent: list[Any] = []
    network.after = lambda request, body: sent.extend(changes_in(body))
    assert sync.apply(far_client, plan) == sync.Status({"done": 4}, 1)
    assert len(sent) == (4 if when == "before" else 0)
    assert customers(far_client, "bill_city", "company")["new"] == (None, "New")
    assert [row.customer_id for row in plan] == [1, 2, 3, 4]
    assert {change.read_back for row in plan for change in row.changes} == {"Ulm", "New"}


def test_what_has_neither_value_after_a_crash_is_unclear_and_never_sent(
    far_client: ChargeOver, network: Network, tmp_path: Path
) -> None:
    fill(far_client, 3, bill_city="Ulm")
    given = [*rows(3, bill_city="Bonn"), {"external_key": "new", "company": "New"}]
    plan = plan_of(far_client, tmp_path, given, create_missing=True)
    interrupted(far_client, plan, network, "before")
    far_client.customers.update(2, bill_city="Kiel")
    far_client.customers.create(company="Other", external_key="new")
    for force in (False, True):
        status = sync.apply(far_client, plan, force=force)
        assert outcomes(plan) == {"crm-0": "done", "crm-1": "unclear", "crm-2": "done", "new": "unclear"}
        assert (status.left, status.rejected) == (0, 2)
    assert customers(far_client, "bill_city", "company")["crm-1"][0] == "Kiel"
    assert all("neither the old nor the planned" in one.reason for one in sync.rejects(plan))


def test_what_was_accepted_is_read_back_after_a_crash_whatever_it_became(
    far_client: ChargeOver, network: Network, tmp_path: Path
) -> None:
    """The server has said yes: a value that it normalised is not unclear."""
    fill(far_client, 3)

    def in_capitals(request: object, body: Any) -> Any:
        for part in changes_in(body):
            part["payload"]["bill_city"] = "ULM"
        return body

    def die(request: httpx2.Request, body: Any) -> None:
        if "GTE" in str(request.url) or (body and not changes_in(body) and plan.status.counts.get("accepted")):
            raise Death

    plan = plan_of(far_client, tmp_path, rows(3, bill_city="Ulm"))
    network.before = in_capitals
    network.after = die
    with pytest.raises((Death, APIConnectionError)):
        sync.apply(far_client, plan)
    assert set(outcomes(plan).values()) == {"accepted"}
    network.after = lambda request, body: None
    network.requests.clear()
    assert sync.apply(far_client, plan).done == 3
    assert len(network.requests) == 1
    assert {change.read_back for row in plan for change in row.changes} == {"ULM"}


def test_a_lost_response_is_looked_up(far_client: ChargeOver, network: Network, tmp_path: Path) -> None:
    fill(far_client, 30)
    plan = plan_of(far_client, tmp_path, rows(30, bill_city="Ulm"))
    lost = threading.Event()

    def lose_one(request: object, body: Any) -> None:
        if changes_in(body) and not lost.is_set():
            lost.set()
            raise httpx2.ReadError("the response is lost")

    network.after = lose_one
    assert sync.apply(far_client, plan, in_flight=1).done == 30
    assert lost.is_set()


@pytest.mark.parametrize("status", [429, 500])
def test_a_fault_that_may_pass_leaves_the_rest(
    far_client: ChargeOver, network: Network, tmp_path: Path, status: int
) -> None:
    fill(far_client, 30)
    plan = plan_of(far_client, tmp_path, rows(30, bill_city="Ulm"))
    network.before = lambda request, body: refusal(status) if len(changes_in(body)) == 5 else body
    found = sync.apply(far_client, plan, in_flight=1)
    assert (found.done, found.left) == (25, 5)
    assert {row.reason for row in plan if row.outcome == "planned"} == {"No."}
    network.before = lambda request, body: body
    assert sync.apply(far_client, plan).done == 30


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (lambda: refusal(500), InternalServerError),
        (lambda: refusal(401), AuthenticationError),
        (None, APIConnectionError),
    ],
)
def test_if_nothing_succeeds_it_is_raised(
    far_client: ChargeOver, network: Network, tmp_path: Path, fault: Any, error: type[Exception]
) -> None:
    fill(far_client, 30)
    plan = plan_of(far_client, tmp_path, rows(30, bill_city="Ulm"))

    def fail(request: object, body: Any) -> Any:
        if not changes_in(body):
            return body
        if fault:
            return fault()
        raise httpx2.ConnectError("nothing answers")

    network.before = fail
    with pytest.raises(error):
        sync.apply(far_client, plan)
    assert plan.status == sync.Status({"planned": 30})
    network.before = lambda request, body: body
    assert sync.apply(far_client, plan).done == 30


def test_an_exception_of_the_caller_leaves_a_consistent_plan(client: ChargeOver, tmp_path: Path) -> None:
    fill(client, 60)
    plan = plan_of(client, tmp_path, rows(60, bill_city="Ulm"))

    def stop(progress: sync.Progress) -> None:
        if progress.done == 25:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync.apply(client, plan, on_progress=stop, in_flight=1)
    status = plan.status
    assert status.counts["accepted"] >= 25
    assert status.left == 60
    assert sync.apply(client, plan).done == 60


def test_a_creation_whose_key_was_taken_meanwhile_is_stale(client: ChargeOver, tmp_path: Path) -> None:
    given = [{"external_key": key, "company": "New"} for key in ("a", "b")]
    plan = plan_of(client, tmp_path, given, create_missing=True)
    client.customers.create(company="Other", external_key="a")
    client.customers.create(company="New", external_key="b")
    sync.apply(client, plan)
    assert outcomes(plan) == {"a": "stale", "b": "unchanged"}


def test_a_file_that_is_no_plan_is_refused(client: ChargeOver, tmp_path: Path) -> None:
    for name, content in (("text", b"x" * 5000), ("empty", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(sync.PlanError, match=f"{name} is not a plan"):
            sync.apply(client, tmp_path / name)
    with pytest.raises(sync.PlanError, match="There is no plan"):
        sync.apply(client, tmp_path / "none")
    plan = plan_of(client, tmp_path, [])
    with closing(sqlite3.connect(plan.path)) as connection, connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(sync.PlanError, match="version 2, and this program reads version 1"):
        sync.status(plan.path)
