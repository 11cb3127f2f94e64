"""The attempts of one call, without I/O: each attempt's request, its outcome, and whether another one follows."""

import sys
import threading
from dataclasses import replace
from typing import Generic, TypeVar, cast

import httpx2

from chargeover._calls.call import Call, KnownResult
from chargeover._calls.envelopes import read_envelope
from chargeover._errors import (
    APIConnectionError,
    APITimeoutError,
    AuthenticationError,
    ChargeOverError,
    RateLimitError,
    ResponseError,
)
from chargeover._exchange import WholeResponse
from chargeover._settings.options import RequestOptions, RetryEvent
from chargeover._settings.secrets import Secret

from .exchange import Exchange
from .failures import DROPPED, translated
from .log import log_attempt, log_bodies, log_retry
from .middleware import OutgoingRequest, changed_request, outgoing
from .retries import LONGEST_RETRY_AFTER, may_have_been_processed, may_repeat, wait_before
from .session import Session

T = TypeVar("T")


class Attempts(Generic[T]):
    """The attempts of one call.

    Args:
        call: the call.
        options: all of them set.
        session: what the calls of its client share.
        over_at: when it must be over, by the session's clock; None for the deadline of the options from now.
        stop: once it is set, there are no more attempts.
    """

    def __init__(
        self,
        call: Call[T],
        options: RequestOptions,
        session: Session,
        over_at: float | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._call = call
        self._options = options
        self._session = session
        self._over_at = session.clock.now() + cast("float", options.deadline) if over_at is None else over_at
        self._exchange: Exchange | None = None
        self._is_dropped = False
        self.stop = stop
        self._is_doubtful = False
        self._has_asked = False
        self.authorized_by: Secret | None = None
        self._refusals: int | None = None
        self._last: ChargeOverError | None = None
        # The exception that the caller is handling: it becomes the context of every failure here.
        self._handled = sys.exception()
        self.attempt = 0

    def begin(self) -> None:
        """Begin an attempt."""
        self.attempt += 1
        self._refusals = None

    def turn(self) -> float:
        """Seconds to wait before asking again; 0 if it is this attempt's turn.

        Raises:
            APITimeoutError: the turn would come after the deadline. Nothing was sent.
            ChargeOverError: the call was stopped: the failure of the last attempt, or that nothing was sent.
        """
        if self._is_stopped():
            request = self._session.preview(self._call.request, self._options)
            finding = f"{request.method} {request.url} was not sent: its run was stopped"
            raise self._last or APIConnectionError(finding, request, was_sent=False)
        limiter = self._session.limiter
        if self._refusals == limiter.refusals:
            return 0.0  # it has waited for its turn, and no 429 came meanwhile
        self._refusals = limiter.refusals
        remaining = self._over_at - self._session.clock.now()
        wait = limiter.turn(remaining)
        if wait > 0 and wait >= remaining:
            request = self._session.preview(self._call.request, self._options)
            again = " again" if self._last else ""
            finding = f"was not sent{again}: its turn would come in {wait:.1f} s, which is after the deadline"
            message = f"{request.method} {request.url} {finding}"
            raise self.failed(APITimeoutError(message, request, False, False)) from self._last
        return wait

    def _is_stopped(self) -> bool:
        return self.stop is not None and self.stop.is_set()

    def exchange(self) -> Exchange:
        """The exchange of this attempt."""
        self._exchange = None
        now = self._session.clock.now
        self.authorized_by = self._session.authorization.value
        request = self._session.request(self._call.request, self._options, max(self._over_at - now(), 0.001))
        self._exchange = Exchange(request, self._over_at, now, self._session.largest_response)
        self._exchange.wants_new, self._is_dropped = self._is_dropped, False
        return self._exchange

    def outgoing(self) -> OutgoingRequest:
        """The request of this attempt, for a middleware."""
        return outgoing(self.exchange().request, self.attempt)

    def passed_on(self, request: OutgoingRequest) -> Exchange:
        """The exchange of this attempt, with the request that a middleware passed on.

        Raises:
            ConfigurationError: it cannot be sent.
        """
        wants_new = self._exchange is not None and self._exchange.wants_new
        exchange = self.exchange()
        exchange.wants_new = exchange.wants_new or wants_new
        exchange.request = changed_request(exchange.request, request)
        return exchange

    def asks_again(self, error: ChargeOverError) -> bool:
        """Whether other credentials may help: once in a call."""
        is_first = isinstance(error, AuthenticationError) and not self._has_asked
        self._has_asked = self._has_asked or is_first
        return is_first and not self._is_stopped()

    def responded(self, status: int, headers: httpx2.Headers, body: bytes) -> T:
        """The result of a response.

        Raises:
            ChargeOverError: the response is a refusal, or cannot be read.
        """
        exchange = cast("Exchange", self._exchange)
        request = exchange.request
        log_attempt(request, status, exchange.seconds, self.attempt)
        if self._session.logs_bodies:
            log_bodies(request.content, body)
        try:
            result = self._call.read(read_envelope(WholeResponse(status, headers, body, request), self._session.zone))
        except ChargeOverError as error:
            raise self.failed(error) from None
        self._session.limiter.accepted()
        return result

    def broken(self, error: Exception, *, is_closed: bool) -> ChargeOverError:
        """The error for an attempt that the HTTP library gave up on."""
        found, exchange = error, self._exchange
        if exchange:
            self._is_dropped = exchange.is_over_kept and exchange.is_unanswered and isinstance(error, DROPPED)
        if not isinstance(found, ChargeOverError):
            found = translated(error, exchange, self._handled, is_closed=is_closed)
        if exchange:
            log_attempt(exchange.request, type(found).__name__, exchange.seconds, self.attempt)
        return self.failed(found)

    def failed(self, error: ChargeOverError) -> ChargeOverError:
        """Note a failure, and the number of attempts."""
        if isinstance(error, RateLimitError):
            self._session.limiter.refused(min(wait_before(1, error), LONGEST_RETRY_AFTER))
        if isinstance(error, APIConnectionError):
            error.was_sent = error.was_sent or self._is_doubtful  # by this attempt or by an earlier one
        if isinstance(error, (APIConnectionError, ResponseError)):
            error.attempts = max(error.attempts, self.attempt)
        return error

    def recovery(self, error: ChargeOverError) -> "KnownResult[T] | Attempts[T] | None":
        """The result of an earlier attempt that may have been carried out, or the call that finds it out."""
        found = self._call.recover(error) if self._call.recover and self._is_doubtful else None
        if not isinstance(found, Call):
            return found
        # Extra parameters and members belong to the call, not to the look-up of its result.
        options = replace(self._options, extra_query=None, extra_body=None)
        return Attempts(found, options, self._session, self._over_at, self.stop)

    def instead(self, error: ChargeOverError) -> "Attempts[T] | None":
        """The attempts of the call that is made in place of this one, within the same deadline."""
        found = self._call.instead(error) if self._call.instead else None
        return None if found is None else Attempts(found, self._options, self._session, self._over_at, self.stop)

    def may_repeat(self, error: BaseException | None) -> bool:
        """Whether there may be another attempt after this failure."""
        if not isinstance(error, ChargeOverError):
            return False
        self._last = error
        self._is_doubtful = self._is_doubtful or may_have_been_processed(error)
        is_left = self.attempt <= cast("int", self._options.max_retries) and not self._is_stopped()
        return is_left and may_repeat(self._call.repeat, error)

    def wait(self, error: BaseException | None) -> float:
        """Seconds to wait after this failure; none if the server had closed a kept connection."""
        return 0.0 if self._is_dropped else wait_before(self.attempt, cast("ChargeOverError", error))

    def is_over(self, wait: float) -> bool:
        """Whether a wait of so many seconds leaves no time for another attempt."""
        return self._session.clock.now() + wait >= self._over_at

    def note_retry(self, error: BaseException | None, wait: float) -> object:
        """Tell the log and the caller's hook that another attempt follows; returns what the hook does."""
        request, failure = cast("Exchange", self._exchange).request, cast("ChargeOverError", error)
        log_retry(request, failure, wait, self.attempt)
        if self._options.on_retry is None:
            return None
        return self._options.on_retry(RetryEvent(request.method, str(request.url), self.attempt, wait, failure))
