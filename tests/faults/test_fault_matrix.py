"""Every kind of fault, with both clients, over real sockets: exactly the outcome in docs/faults.md."""

import copy
import pickle
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from chargeover import ChargeOverError
from chargeover._http import parsing, transports
from tests.support.secrets import assert_no_secret

from .catalog import KINDS, SECTIONS
from .fault import Kind
from .runs import PASSWORD, USERNAME, Run, server_of, title

PAGE = (Path(__file__).parents[2] / "docs" / "faults.md").read_text(encoding="utf-8")
ROWS = {found[1]: found[0] for found in re.finditer(r"^\| (\*\*.*?) \|.*\|$", PAGE, re.MULTILINE)}
CLOSES = {
    "one response too many": "returns 1 and 1 | PUT x2",
    "one response too many, create": "returns 1 and 1 | POST x2",
}
"""What differs over the connections of asyncio, which see that more came than was asked for."""
LONGEST_RUN = 3.0
"""Seconds. No fault of a server may hold a client for longer than it was told."""

kinds = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@kinds
def test_the_client_does_what_the_page_says(kind: Kind) -> None:
    with server_of(kind) as server:
        run = Run(kind, server)
        run.do()
    check(run)


@pytest.mark.parametrize("parser", ["httptools", "h11"])
@kinds
async def test_the_async_client_does_the_same(kind: Kind, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "PARSER", getattr(parsing, f"{parser.capitalize()}Parser"))
    with server_of(kind) as server:
        run = Run(kind, server)
        await run.do_async()
    check(run, CLOSES)


@kinds
async def test_and_over_the_connections_for_trio_and_proxies(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transports, "_is_asyncio", lambda: False)
    with server_of(kind) as server:
        run = Run(kind, server)
        await run.do_async()
    check(run)


def check(run: Run, others: Mapping[str, str] = MappingProxyType({})) -> None:
    row = ROWS.get(title(run.kind), "no row")
    if run.kind.name in others:
        row = f"{row.rpartition(' | ')[0].rpartition(' | ')[0]} | {others[run.kind.name]} |"
    assert run.row() == row, f"the row that would be right:\n{run.row()}"
    assert run.seconds < LONGEST_RUN
    if run.error is not None:
        assert_no_secret(run.error, USERNAME, PASSWORD)
        assert_copies_are_alike(run.error)
        assert getattr(run.error, "attempts", len(run.retries) + 1) == len(run.retries) + 1


def assert_copies_are_alike(error: ChargeOverError) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(again) is type(error)
        assert (str(again), again.reason) == (str(error), error.reason)
        assert repr(vars(again)) == repr(vars(error))
        assert getattr(again, "request", None) == getattr(error, "request", None)
        assert getattr(again, "response", None) == getattr(error, "response", None)


def test_the_page_has_every_kind_in_its_place_and_no_other() -> None:
    parts = PAGE.split("\n### ")[1:]
    on_page = {part.partition("\n")[0]: re.findall(r"^\| (\*\*.*?) \|.*\|$", part, re.MULTILINE) for part in parts}
    assert on_page == {heading: [title(kind) for kind in section] for heading, section in SECTIONS.items()}


def test_every_kind_has_a_name_of_its_own() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 40
