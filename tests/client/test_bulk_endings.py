"""However a bulk run ends, each item that was sent has a result, and nothing is sent after it was asked to stop."""

import asyncio
import contextvars
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from chargeover import (
    APIConnectionError,
    AsyncChargeOver,
    BulkError,
    BulkProgress,
    Change,
    ChargeOver,
    Clock,
)
from chargeover_sandbox import LocalSandbox
from tests.support.servers import json_server


def changes(number: int) -> list[Change]:
    return [(customer_id, {"company": "New"}) for customer_id in range(1, number + 1)]


def done(sent: Any) -> dict[str, Any]:
    """The response to a bulk request whose updates were all carried out."""
    ids = [int(one["uri"].rpartition("/")[2]) for one in sent]
    return {"_bulk": [{"code": 202, "status": "OK", "message": "", "response": {"id": one}} for one in ids]}


class Server:
    """Answers bulk requests, and counts them; those that it is told to refuse end without a response."""

    def __init__(self, refuses: Callable[[int], bool] = lambda first: False) -> None:
        self.count = 0
        self._refuses = refuses
        self.refused = threading.Event()

    def __call__(self, path: str, sent: Any) -> object:
        self.count += 1
        if self._refuses(int(sent[0]["uri"].rpartition("/")[2])):
            self.refused.set()
            raise ConnectionError
        return done(sent)


@contextmanager
def client_of(server: Server, **options: Any) -> Generator[ChargeOver]:
    """A client whose waits are real."""
    with (
        json_server(server) as url,
        ChargeOver(base_url=url, username="u", password="p", clock=Clock(), **options) as c,
    ):
        yield c


@pytest.fixture
def interrupt() -> Iterator[Callable[[threading.Event], None]]:
    """Sends Ctrl-C to this process, a moment after an event."""

    def after(event: threading.Event) -> None:
        def send() -> None:
            event.wait(10)
            time.sleep(0.2)
            os.kill(os.getpid(), signal.SIGINT)

        threading.Thread(target=send, daemon=True).start()

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield after
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_ends_retries_and_keeps_a_result_for_all_that_was_sent(
    interrupt: Callable[[threading.Event], None],
) -> None:
    server = Server(refuses=lambda first: first > 25)
    with client_of(server, max_retries=6) as client:
        results = client.customers.bulk_update(changes(400), in_flight=4)
        given = [next(results) for _ in range(25)]
        interrupt(server.refused)
        began = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            next(results)
        count = server.count
        time.sleep(0.5)
        assert server.count == count
    assert time.monotonic() - began < 3
    assert all(result.ok for result in given)
    assert [result.index for result in results.undelivered] == list(range(25, 125))
    assert {type(result.error) for result in results.undelivered} == {APIConnectionError}


def test_closing_a_run_ends_the_waits_of_its_retries() -> None:
    server = Server(refuses=lambda first: first > 25)
    with client_of(server, max_retries=20, deadline=60) as client:
        results = client.customers.bulk_update(changes(400), in_flight=3)
        with results:
            assert next(results).value == 1
            assert server.refused.wait(10)
            time.sleep(1)
            began = time.monotonic()
        assert time.monotonic() - began < 2
        count = server.count
        time.sleep(0.5)
        assert server.count == count
    assert [result.index for result in results.undelivered] == list(range(1, 75))
    assert [result.ok for result in results.undelivered] == [True] * 24 + [False] * 50
    assert list(results) == []


def test_a_run_that_waits_for_its_turn_stops_too() -> None:
    server = Server()
    with client_of(server, requests_per_second=0.2, deadline=60) as client:
        results = client.customers.bulk_update(changes(100), in_flight=2)
        assert next(results).ok
        began = time.monotonic()
        results.close()
        assert (server.count, time.monotonic() - began < 2) == (1, True)
    unsent = results.undelivered[24:]
    assert [result.index for result in unsent] == list(range(25, 50))
    for result in unsent:
        assert isinstance(result.error, APIConnectionError)
        assert (result.error.was_sent, "was not sent: its run was stopped" in str(result.error)) == (False, True)


def test_a_run_knows_the_context_of_its_caller() -> None:
    job = contextvars.ContextVar("job", default="none")
    seen: list[str] = []
    refusals = iter([True, False])
    with client_of(Server(lambda first: next(refusals)), on_retry=lambda event: seen.append(job.get())) as client:
        job.set("job-7")
        assert len(list(client.customers.bulk_update(changes(1)))) == 1
    assert seen == ["job-7"]


def test_an_exception_of_a_hook_ends_the_run_and_loses_no_result() -> None:
    def fail(event: object) -> None:
        raise LookupError("the hook is broken")

    with client_of(Server(refuses=lambda first: first == 26), on_retry=fail) as client:
        results = client.customers.bulk_update(changes(60), in_flight=1)
        given = [next(results) for _ in range(50)]
        with pytest.raises(BulkError) as caught:
            next(results)
    assert [result.ok for result in given] == [True] * 25 + [False] * 25
    assert "not known whether this was carried out: the run was ended by LookupError" in str(given[-1].error)
    assert isinstance(caught.value.__cause__, LookupError)
    assert caught.value.done == 50


def test_an_exception_of_the_progress_hook_loses_no_result() -> None:
    def fail(progress: BulkProgress) -> None:
        if progress.done > 25:
            raise LookupError("the hook is broken")

    with client_of(Server()) as client:
        results = client.customers.bulk_update(changes(100), in_flight=2, on_progress=fail)
        given = [next(results) for _ in range(25)]
        with pytest.raises(LookupError):
            next(results)
    every = [*given, *results.undelivered]
    assert [result.index for result in every] == list(range(len(every)))
    assert len(every) >= 50
    assert all(result.ok for result in every)


class Row(Mapping[str, object]):
    """Fields that are read when they are asked for, and may be gone by then."""

    def __init__(self, is_gone: bool) -> None:
        self._is_gone = is_gone

    def __iter__(self) -> Iterator[str]:
        return iter(["company"])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, name: str) -> object:
        if self._is_gone:
            raise LookupError("the row is gone")
        return "New"


async def test_an_item_that_cannot_be_read_ends_the_run_after_the_results_of_those_before(
    client: ChargeOver, async_client: AsyncChargeOver
) -> None:
    for _ in range(4):
        client.customers.create(company="Old")
    rows: Any = [(customer_id, Row(customer_id == 3)) for customer_id in range(1, 5)]
    results = client.customers.bulk_update(rows)
    assert [next(results).value, next(results).value] == [1, 2]
    with pytest.raises(LookupError, match="the row is gone"):
        next(results)
    found = async_client.customers.bulk_update(rows)
    assert [(await anext(found)).value, (await anext(found)).value] == [1, 2]
    with pytest.raises(LookupError, match="the row is gone"):
        await anext(found)
    assert [customer.company for customer in client.customers.list()] == ["New", "New", "Old", "Old"]


async def test_cancelling_keeps_a_result_for_all_that_was_sent() -> None:
    release = threading.Event()

    def answer(path: str, sent: Any) -> object:
        if sent[0]["uri"].endswith("/26"):
            release.wait(10)
        return done(sent)

    with json_server(answer) as url:
        async with AsyncChargeOver(base_url=url, username="u", password="p") as client:
            results = client.customers.bulk_update(changes(400), in_flight=3)
            given = [await anext(results) for _ in range(25)]
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.5):
                    await anext(results)
        release.set()
    assert all(result.ok for result in given)
    assert [result.index for result in results.undelivered] == list(range(25, 100))
    assert [result.ok for result in results.undelivered] == [False] * 25 + [True] * 50
    error = results.undelivered[0].error
    assert isinstance(error, APIConnectionError)
    assert (error.was_sent, "not known whether this was carried out" in str(error)) == (True, True)


PROGRAM = """
import atexit, sys, threading, time
from chargeover import ChargeOver
client = ChargeOver(base_url=sys.argv[1], username="sandbox", password="sandbox")
def changes():
    for customer_id in range(1, 61):
        if customer_id == 30:
            time.sleep(0.5)  # the main thread ends meanwhile
        yield customer_id, {"company": "New"}
def job():
    print(sum(result.ok for result in client.customers.bulk_update(changes(), in_flight=2)), flush=True)
"""


@pytest.mark.parametrize("when", ["threading.Thread(target=job).start()", "atexit.register(job)"])
def test_a_run_goes_on_when_the_main_thread_has_ended(client: ChargeOver, sandbox: LocalSandbox, when: str) -> None:
    for _ in range(60):
        client.customers.create(company="Old")
    program = textwrap.dedent(PROGRAM) + when
    ended = subprocess.run(
        [sys.executable, "-c", program, sandbox.url], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.stdout, ended.stderr, ended.returncode) == ("60\n", "", 0)


def test_a_run_that_was_left_does_not_hold_up_the_end_of_the_program() -> None:
    program = """
        import sys
        from chargeover import ChargeOver
        client = ChargeOver(base_url=sys.argv[1], username="u", password="p", max_retries=20)
        results = client.customers.bulk_update([(number, {"company": "New"}) for number in range(1, 401)], in_flight=2)
        print(next(results).ok, flush=True)
        """
    with json_server(Server(refuses=lambda first: first > 25)) as url:
        began = time.monotonic()
        ended = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(program), url],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (ended.stdout, ended.returncode, time.monotonic() - began < 10) == ("True\n", 0, True), ended.stderr
