"""When a request may be sent again, and after how long: decided without any I/O."""

import math
import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from chargeover import (
    APIConnectionError,
    APITimeoutError,
    ChargeOverError,
    ClosedClientError,
    ConfigurationError,
    InvalidFieldError,
    InvalidResponseError,
    ReceivedResponse,
    ResponseTooLargeError,
    SentRequest,
    UnknownFieldError,
)
from chargeover._calls.call import Repeat
from chargeover._errors import error_class
from chargeover._exchange import retry_after
from chargeover._http.retries import may_have_been_processed, may_repeat, wait_before

SENT = SentRequest("PUT", "https://acme.chargeover.com/api/v3/customer/7", {})
NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


def answered(status: int, **headers: str) -> ChargeOverError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return error_class(status)(SENT, ReceivedResponse(status, named))


def unanswered(*, was_sent: bool, is_transient: bool = True) -> APIConnectionError:
    return APIConnectionError("x", SENT, was_sent, is_transient)


@pytest.mark.parametrize("status", [408, 500, 501, 502, 503, 504, 520, 599])
def test_after_these_only_what_may_be_carried_out_twice_is_sent_again(status: int) -> None:
    assert may_repeat(Repeat.ALWAYS, answered(status))
    assert not may_repeat(Repeat.UNLESS_PROCESSED, answered(status))
    assert may_have_been_processed(answered(status))


@pytest.mark.parametrize("status", [202, 302, 400, 401, 403, 404, 405, 409, 410, 422, 451, 600, 999])
def test_after_these_nothing_is_sent_again(status: int) -> None:
    assert not may_repeat(Repeat.ALWAYS, answered(status))


@pytest.mark.parametrize("repeat", Repeat)
def test_after_a_429_everything_is_sent_again_because_it_was_not_carried_out(repeat: Repeat) -> None:
    assert may_repeat(repeat, answered(429))
    assert not may_have_been_processed(answered(429))


@pytest.mark.parametrize("kind", [APIConnectionError, APITimeoutError])
def test_a_post_without_an_answer_is_sent_again_only_if_it_was_never_sent(kind: type[APIConnectionError]) -> None:
    for was_sent in (True, False):
        error = kind("x", SENT, was_sent)
        assert may_repeat(Repeat.ALWAYS, error)
        assert may_repeat(Repeat.UNLESS_PROCESSED, error) is not was_sent
        assert may_have_been_processed(error) is was_sent


@pytest.mark.parametrize(
    "error",
    [
        unanswered(was_sent=False, is_transient=False),
        ResponseTooLargeError("x", SENT),
        InvalidResponseError(SENT, ReceivedResponse(202, {})),
        InvalidFieldError("x"),
        UnknownFieldError("x", "compny"),
        ConfigurationError("x"),
        ClosedClientError("x"),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("repeat", Repeat)
def test_what_would_fail_again_or_was_done_is_not_sent_again(repeat: Repeat, error: ChargeOverError) -> None:
    assert not may_repeat(repeat, error)


@pytest.mark.parametrize("status", [408, 429, 500, 503])
@pytest.mark.parametrize(("seconds", "is_repeated"), [("0", True), ("60", True), ("60.001", False), ("86400", False)])
def test_a_server_that_asks_for_over_a_minute_is_not_asked_again(status: int, seconds: str, is_repeated: bool) -> None:
    assert may_repeat(Repeat.ALWAYS, answered(status, retry_after=seconds)) is is_repeated


@pytest.mark.parametrize(
    ("attempt", "ceiling"), [(1, 0.5), (2, 1), (3, 2), (4, 4), (5, 8), (6, 8), (50, 8), (100_000, 8)]
)
def test_the_wait_is_any_time_up_to_a_ceiling_that_doubles(attempt: int, ceiling: float) -> None:
    waits = [wait_before(attempt, answered(500)) for _ in range(2000)]
    assert all(0 <= wait <= ceiling for wait in waits)
    # Full jitter: the whole range is used, evenly.
    assert min(waits) < ceiling * 0.05
    assert max(waits) > ceiling * 0.95
    assert sum(waits) / len(waits) == pytest.approx(ceiling / 2, rel=0.1)


def test_what_the_server_asks_for_is_waited_exactly() -> None:
    assert {wait_before(attempt, answered(503, retry_after="7")) for attempt in (1, 2, 9)} == {7.0}
    assert wait_before(9, answered(429, retry_after="0.5")) == 0.5


@pytest.mark.parametrize("text", ["0", "0.1", "-5", "Thu, 01 Jan 1970 00:00:00 GMT"])
@pytest.mark.parametrize(("attempt", "ceiling"), [(1, 0.5), (3, 2.0), (9, 8.0)])
def test_a_server_that_asks_for_no_wait_is_not_asked_again_at_once(text: str, attempt: int, ceiling: float) -> None:
    waits = [wait_before(attempt, answered(429, retry_after=text)) for _ in range(200)]
    assert all(ceiling / 2 <= wait <= ceiling for wait in waits)
    assert len(set(waits)) > 100


def test_the_jitter_is_neither_seeded_by_the_program_nor_taken_from_its_numbers() -> None:
    def jitter() -> list[float]:
        random.seed(1)
        return [wait_before(3, answered(500)) for _ in range(5)]

    random.seed(1)
    expected = random.random()
    assert jitter() != jitter()
    assert random.random() == expected


@pytest.mark.parametrize(
    ("text", "seconds"), [("5", 5.0), (" 5 ", 5.0), ("2.5", 2.5), ("0", 0.0), ("-5", 0.0), ("007", 7.0)]
)
def test_retry_after_in_seconds(text: str, seconds: float) -> None:
    assert retry_after({"retry-after": text}) == seconds


@pytest.mark.parametrize("skew", [timedelta(0), timedelta(days=-400), timedelta(hours=5)])
def test_a_date_counts_from_the_date_of_the_answer_so_that_no_clock_matters(skew: timedelta) -> None:
    headers = {
        "date": format_datetime(NOW + skew, usegmt=True),
        "retry-after": format_datetime(NOW + skew + timedelta(seconds=30), usegmt=True),
    }
    assert retry_after(headers) == 30.0


@pytest.mark.parametrize("date", [{}, {"date": "yesterday"}], ids=["no Date", "an invalid Date"])
def test_without_a_date_of_the_answer_a_date_counts_from_now(date: dict[str, str]) -> None:
    until = datetime.now(UTC) + timedelta(seconds=30)
    assert retry_after({**date, "retry-after": format_datetime(until, usegmt=True)}) == pytest.approx(29.5, abs=1.5)


def test_a_date_that_is_over_means_now() -> None:
    headers = {"date": format_datetime(NOW, usegmt=True), "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT"}
    assert retry_after(headers) == 0.0


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "soon", "nan", "inf", "-inf", "1e999", "0x10", "5 seconds", "5, 6", "\x00", "9" * 400),
        "Wed, 21 Oct 2015",
        "Wed, 21 Oct 2015 25:61:00 GMT",
        "Wed, 21 Oct 99999999999 07:28:00 GMT",
        "Wed, 21 Oct 2015 07:28:00 +99999999999",
    ],
)
def test_what_cannot_be_read_is_as_if_nothing_were_said(text: str) -> None:
    assert retry_after({"retry-after": text}) is None
    error = answered(429, retry_after=text)
    assert may_repeat(Repeat.UNLESS_PROCESSED, error)
    assert 0 <= wait_before(1, error) <= 0.5


def test_dates_at_both_ends_of_the_calendar_can_be_subtracted() -> None:
    headers = {"retry-after": "Fri, 31 Dec 9999 23:59:59 -2359", "date": "Mon, 01 Jan 0001 00:00:00 +2359"}
    found = retry_after(headers)
    assert found is not None
    assert 60 < found < math.inf
    assert not may_repeat(Repeat.ALWAYS, answered(429, retry_after=headers["retry-after"], date=headers["date"]))
