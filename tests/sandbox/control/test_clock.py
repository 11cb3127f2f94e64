"""The clock: every date that the sandbox writes comes from it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import httpx2
import pytest

from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LocalSandbox
from chargeover_sandbox.customers.times import Clock
from tests.support.http import CUSTOMER, connect, create, read, refused

CLOCK = "/_sandbox/clock"
MOMENT = datetime(2026, 1, 31, 9, 30, tzinfo=timezone(timedelta(hours=-6)))


def written(http: httpx2.Client, customer_id: int) -> tuple[str, str]:
    shown = read(http, customer_id)
    return shown["write_datetime"], shown["mod_datetime"]


def test_a_clock_that_is_set_stands_still(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    assert sandbox.clock.set(MOMENT) == MOMENT
    first, second = create(http), create(http)
    assert written(http, first) == written(http, second) == ("2026-01-31T09:30:00-06:00",) * 2
    assert sandbox.clock.now() == MOMENT
    # In the order of the updates all the same.
    for name in (first, second, first):
        http.put(f"{CUSTOMER}/{name}", json={"company": "changed"})
    assert written(http, first) == written(http, second)
    rows = http.get(CUSTOMER, params={"order": "mod_datetime:DESC"}).json()["response"]
    assert [row["customer_id"] for row in rows] == [first, second]


def test_without_a_time_zone_it_is_that_of_the_account(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    sandbox.clock.set(datetime(2026, 7, 1, 12, 0, 0, 999_999))  # noqa: DTZ001
    assert written(http, create(http))[0] == "2026-07-01T12:00:00-05:00"


def test_a_clock_that_is_moved_goes_on_as_it_was(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    before = datetime.now(UTC)
    assert sandbox.clock.move(timedelta(days=400)) - before > timedelta(days=399)
    one, other = sandbox.clock.now(), sandbox.clock.now()
    assert one < other
    sandbox.clock.set(MOMENT)
    assert sandbox.clock.move(-90) == sandbox.clock.now() == MOMENT - timedelta(seconds=90)
    assert written(http, create(http))[0] == "2026-01-31T09:28:30-06:00"


def test_a_clock_that_ticks_moves_with_each_date_that_is_written(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    sandbox.clock.set(MOMENT)
    sandbox.clock.tick(60)
    first, second = create(http), create(http)
    read(http, first)
    http.put(f"{CUSTOMER}/{first}", json={"company": "changed"})
    assert written(http, first) == ("2026-01-31T09:30:00-06:00", "2026-01-31T09:32:00-06:00")
    assert written(http, second)[0] == "2026-01-31T09:31:00-06:00"
    sandbox.clock.tick(timedelta())
    assert sandbox.clock.now() == MOMENT + timedelta(minutes=3)
    create(http)
    assert sandbox.clock.now() == MOMENT + timedelta(minutes=3)


def test_it_goes_back_to_real_time(sandbox: LocalSandbox) -> None:
    changes: list[Callable[[], datetime]] = [
        lambda: sandbox.clock.set(MOMENT),
        lambda: sandbox.clock.move(1e9),
        lambda: sandbox.clock.tick(1),
    ]
    for change in changes:
        change()
        assert abs(sandbox.clock.resume() - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_reset_goes_back_to_the_clock_of_the_start() -> None:
    with LocalSandbox(clock=MOMENT) as sandbox, connect(sandbox.url) as http:
        sandbox.clock.resume()
        sandbox.reset()
        assert written(http, create(http))[0] == "2026-01-31T09:30:00-06:00"
        sandbox.clock.move(60)
        sandbox.seed([{"company": "x"}])
        assert written(http, 1)[0] == "2026-01-31T09:31:00-06:00"


def test_the_mode_is_shown(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    def mode(**body: Any) -> Any:
        return http.post(CLOCK, json=body).json()["response"]["mode"]

    assert http.get(CLOCK).json()["response"]["mode"] == "real"
    assert (mode(move=1), mode(tick=1), mode(tick=0), mode(resume=True)) == ("moved", "ticking", "fixed", "real")
    assert http.post(CLOCK, json={"set": "2026-01-31"}).json()["response"] == {
        "now": "2026-01-31T06:00:00+00:00",
        "mode": "fixed",
    }


@pytest.mark.usefixtures("sandbox")
def test_what_is_wrong_with_a_change_is_said(http: httpx2.Client) -> None:
    for body, words in (
        ({}, "give exactly one of set, move, tick and resume"),
        ({"move": 1, "tick": 1}, "give exactly one of set, move, tick and resume"),
        ({"set": "yesterday"}, "set: 'yesterday': it is not a date such as 2026-01-31"),
        ({"set": "0001-01-01"}, "the year 1 is not between 1900 and 2999"),
        ({"set": "9999-12-31T23:59:59-12:00"}, "set: "),
        ({"set": 5}, 'set: 5 is not of type "string"'),
        ({"move": "1"}, 'move: "1" is not of type "number"'),
        ({"move": 1e11}, "move: "),
        ({"move": -1e11}, "move: "),
        ({"tick": -1}, "tick: -1 is less than the minimum of 0"),
        ({"resume": False}, "resume: "),
        ({"sett": "2026-01-31"}, "sett: there is no such field; did you mean set?"),
    ):
        assert words in refused(http.post(CLOCK, json=body), 400), body
    assert http.get(CLOCK).json()["response"]["mode"] == "real"


def test_the_command_sets_it() -> None:
    options = ("--clock", "2026-01-31 09:30:00", "--timezone", "Asia/Kolkata")
    with sandbox_process(*options) as process, connect(process.url) as http:
        assert written(http, create(http))[0] == "2026-01-31T09:30:00+05:30"


def test_a_start_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="the year 1 is not between 1900 and 2999"):
        LocalSandbox(clock=datetime(1, 1, 1))  # noqa: DTZ001


def test_a_clock_never_leaves_its_range() -> None:
    clock = Clock(datetime(2999, 12, 31, tzinfo=UTC))
    clock.tick(timedelta(days=1))
    assert clock.stamped() == clock.stamped() == "2999-12-31T00:00:00.000000+00:00"
    with pytest.raises(ValueError, match="the year 3000"):
        clock.move(timedelta(days=1))
    with pytest.raises(ValueError, match="is then not between"):
        clock.move(timedelta(days=10_000_000))
    assert clock.stamped("2999-12-31T00:00:00.000000+00:00") == "2999-12-31T00:00:00.000001+00:00"
