"""The only code with I/O, and so the only code that exists twice: it sends a call and has its response read."""

import threading
from functools import partial
from typing import Any, Generic, TypeVar

import httpx2
import tenacity

from chargeover._calls.call import Call, KnownResult
from chargeover._errors import ChargeOverError, InvalidFieldError
from chargeover._exchange import SentRequest
from chargeover._settings.options import RequestOptions

from .attempts import Attempts
from .failures import FAILURES
from .session import Session

T = TypeVar("T")
Http = TypeVar("Http", httpx2.Client, httpx2.AsyncClient)


class _Transport(Generic[Http]):
    """What both transports have in common: a pool of connections, and how requests are sent over it.

    Args:
        http: the pool.
        session: what the calls of its client share.
        options: all of them set.
    """

    def __init__(self, http: Http, session: Session, options: RequestOptions) -> None:
        self._http: Http = http
        self._session = session
        self._options = options
        self._stop: threading.Event | None = None

    def preview(self, call: Call[Any], options: RequestOptions | None) -> SentRequest:
        """The request that would be sent, without secrets. Nothing is sent."""
        return self._session.preview(call.request, self._resolved(options))

    def _resolved(self, options: RequestOptions | None) -> RequestOptions:
        if options is None:
            return self._options
        if not isinstance(options, RequestOptions):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without types
            raise InvalidFieldError(f"options must be a RequestOptions, not {type(options).__name__}.", "options")
        return options.over(self._options)

    def _attempts(self, call: Call[T], options: RequestOptions | None) -> Attempts[T]:
        return Attempts(call, self._resolved(options), self._session, stop=self._stop)


class Transport(_Transport[httpx2.Client]):
    """Sends calls over one pool of connections."""

    def with_options(self, options: RequestOptions | None) -> "Transport":
        """A transport over the same connections, with other options."""
        return Transport(self._http, self._session, self._resolved(options))

    def until(self, stop: threading.Event) -> "Transport":
        """A transport over the same connections that sends nothing once an event is set, and does not wait either."""
        other = Transport(self._http, self._session, self._options)
        other._stop = stop
        return other

    def send(self, call: Call[T], options: RequestOptions | None = None) -> T:
        """Send a call and read its response; retry where that is allowed.

        Raises:
            ChargeOverError: see the tree in ``chargeover._errors``.
        """
        attempts = self._attempts(call, options)
        try:
            return self._attempt(attempts)
        except ChargeOverError as error:
            if not attempts.may_repeat(error):
                raise
            first = error
        outcomes = iter([first])

        def again() -> T:
            for error in outcomes:  # the first attempt was made above
                raise error
            return self._attempt(attempts)

        return tenacity.Retrying(sleep=partial(self._session.clock.wait, stop=self._stop), **_rules(attempts))(again)

    def close(self) -> None:
        """Close the connections. May be called more than once."""
        self._http.close()

    def _attempt(self, attempts: Attempts[T]) -> T:
        attempts.begin()
        while wait := attempts.turn():
            self._session.clock.wait(wait, self._stop)
        try:
            response, body = self._exchange(attempts)
        except (*FAILURES, ChargeOverError) as error:
            raise attempts.broken(error, is_closed=self._http.is_closed) from _cause(error)
        try:
            return attempts.responded(response, body)
        except ChargeOverError as error:
            found = attempts.recovery(error)
            if found is None:
                raise
            if isinstance(found, KnownResult):
                return found.result
            try:
                return self._attempt(found)
            except ChargeOverError:
                raise error from None

    def _exchange(self, attempts: Attempts[Any]) -> tuple[httpx2.Response, bytes]:
        response = self._http.send(attempts.request(), stream=True, auth=None, follow_redirects=False)
        try:
            body = attempts.body_of(response)
            for part in response.iter_bytes():
                body.add(part)
            return response, body.whole()
        finally:
            response.close()


class AsyncTransport(_Transport[httpx2.AsyncClient]):
    """Sends calls over one pool of connections, without blocking."""

    def with_options(self, options: RequestOptions | None) -> "AsyncTransport":
        """A transport over the same connections, with other options."""
        return AsyncTransport(self._http, self._session, self._resolved(options))

    async def send(self, call: Call[T], options: RequestOptions | None = None) -> T:
        """Send a call and read its response; retry where that is allowed.

        Raises:
            ChargeOverError: see the tree in ``chargeover._errors``.
        """
        attempts = self._attempts(call, options)
        try:
            return await self._attempt(attempts)
        except ChargeOverError as error:
            if not attempts.may_repeat(error):
                raise
            first = error
        outcomes = iter([first])

        async def again() -> T:
            for error in outcomes:  # the first attempt was made above
                raise error
            return await self._attempt(attempts)

        return await tenacity.AsyncRetrying(sleep=self._session.clock.async_sleep, **_rules(attempts))(again)

    async def close(self) -> None:
        """Close the connections. May be called more than once."""
        await self._http.aclose()

    async def _attempt(self, attempts: Attempts[T]) -> T:
        attempts.begin()
        while wait := attempts.turn():
            await self._session.clock.async_sleep(wait)
        try:
            response, body = await self._exchange(attempts)
        except (*FAILURES, ChargeOverError) as error:
            raise attempts.broken(error, is_closed=self._http.is_closed) from _cause(error)
        try:
            return attempts.responded(response, body)
        except ChargeOverError as error:
            found = attempts.recovery(error)
            if found is None:
                raise
            if isinstance(found, KnownResult):
                return found.result
            try:
                return await self._attempt(found)
            except ChargeOverError:
                raise error from None

    async def _exchange(self, attempts: Attempts[Any]) -> tuple[httpx2.Response, bytes]:
        response = await self._http.send(attempts.request(), stream=True, auth=None, follow_redirects=False)
        try:
            body = attempts.body_of(response)
            async for part in response.aiter_bytes():
                body.add(part)
            return response, body.whole()
        finally:
            await response.aclose()


def _rules(attempts: Attempts[Any]) -> dict[str, Any]:
    """The library runs the loop, ``attempts`` decides."""

    def failure(state: tenacity.RetryCallState) -> BaseException | None:
        return state.outcome.exception() if state.outcome else None

    def may_repeat(state: tenacity.RetryCallState) -> bool:
        return attempts.may_repeat(failure(state))

    def wait(state: tenacity.RetryCallState) -> float:
        return attempts.wait(failure(state))

    def is_over(state: tenacity.RetryCallState) -> bool:
        return attempts.is_over(state.upcoming_sleep)

    def note(state: tenacity.RetryCallState) -> None:
        attempts.note_retry(failure(state), state.upcoming_sleep)

    return {"retry": may_repeat, "wait": wait, "stop": is_over, "before_sleep": note, "reraise": True}


def _cause(error: Exception) -> Exception | None:
    return None if isinstance(error, ChargeOverError) else error
