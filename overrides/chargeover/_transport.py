"""The only code with I/O, and so the only code that exists twice: send a call, hand the answer over to be read."""

import asyncio
import time
from typing import Any, Generic, TypeVar

import httpx2
import tenacity

from ._errors import ChargeOverError, InvalidFieldError
from ._exchange import SentRequest
from ._failures import FAILURES
from ._operations import Call, Known
from ._options import RequestOptions
from ._sending import Account, Sending

T = TypeVar("T")
Http = TypeVar("Http", httpx2.Client, httpx2.AsyncClient)


class _Sender(Generic[Http]):
    """What both transports have in common: a pool of connections, and how requests are sent over it.

    Args:
        http: the pool.
        account: what its client has in common with others.
        options: all of them set.
    """

    def __init__(self, http: Http, account: Account, options: RequestOptions) -> None:
        self._http: Http = http
        self._account = account
        self._options = options

    def preview(self, call: Call[Any], options: RequestOptions | None) -> SentRequest:
        """What would be sent, without secrets. Nothing is sent."""
        return self._account.preview(call.request, self._resolved(options))

    def _resolved(self, options: RequestOptions | None) -> RequestOptions:
        if options is None:
            return self._options
        if not isinstance(options, RequestOptions):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without types
            raise InvalidFieldError(f"options must be a RequestOptions, not {type(options).__name__}.", "options")
        return options.over(self._options)

    def _sending(self, call: Call[T], options: RequestOptions | None) -> Sending[T]:
        return Sending(call, self._resolved(options), self._account)


class Transport(_Sender[httpx2.Client]):
    """Sends calls over one pool of connections."""

    _sleep = staticmethod(time.sleep)

    def with_options(self, options: RequestOptions | None) -> "Transport":
        """A transport over the same connections, with other options."""
        return Transport(self._http, self._account, self._resolved(options))

    def send(self, call: Call[T], options: RequestOptions | None = None) -> T:
        """Send a call and read its answer; again, if it failed and may be sent again.

        Raises:
            ChargeOverError: see the tree in ``chargeover._errors``.
        """
        sending = self._sending(call, options)
        try:
            return self._attempt(sending)
        except ChargeOverError as error:
            if not sending.may_repeat(error):
                raise
            first = error
        outcomes = iter([first])

        def again() -> T:
            for error in outcomes:  # the attempt that was made above is the first one
                raise error
            return self._attempt(sending)

        return tenacity.Retrying(sleep=self._sleep, **_rules(sending))(again)

    def close(self) -> None:
        """Close the connections. May be called more than once."""
        self._http.close()

    def _attempt(self, sending: Sending[T]) -> T:
        sending.begin()
        while wait := sending.turn():
            self._sleep(wait)
        try:
            response, body = self._exchange(sending)
        except (*FAILURES, ChargeOverError) as error:
            raise sending.broken(error, is_closed=self._http.is_closed) from _cause(error)
        try:
            return sending.answered(response, body)
        except ChargeOverError as error:
            found = sending.recovery(error)
            if found is None:
                raise
            if isinstance(found, Known):
                return found.result
            try:
                return self._attempt(found)
            except ChargeOverError:
                raise error from None

    def _exchange(self, sending: Sending[Any]) -> tuple[httpx2.Response, bytes]:
        response = self._http.send(sending.request(), stream=True, auth=None, follow_redirects=False)
        try:
            body = sending.body_of(response)
            for part in response.iter_bytes():
                body.add(part)
            return response, body.whole()
        finally:
            response.close()


class AsyncTransport(_Sender[httpx2.AsyncClient]):
    """Sends calls over one pool of connections, without blocking."""

    _sleep = staticmethod(asyncio.sleep)

    def with_options(self, options: RequestOptions | None) -> "AsyncTransport":
        """A transport over the same connections, with other options."""
        return AsyncTransport(self._http, self._account, self._resolved(options))

    async def send(self, call: Call[T], options: RequestOptions | None = None) -> T:
        """Send a call and read its answer; again, if it failed and may be sent again.

        Raises:
            ChargeOverError: see the tree in ``chargeover._errors``.
        """
        sending = self._sending(call, options)
        try:
            return await self._attempt(sending)
        except ChargeOverError as error:
            if not sending.may_repeat(error):
                raise
            first = error
        outcomes = iter([first])

        async def again() -> T:
            for error in outcomes:  # the attempt that was made above is the first one
                raise error
            return await self._attempt(sending)

        return await tenacity.AsyncRetrying(sleep=self._sleep, **_rules(sending))(again)

    async def close(self) -> None:
        """Close the connections. May be called more than once."""
        await self._http.aclose()

    async def _attempt(self, sending: Sending[T]) -> T:
        sending.begin()
        while wait := sending.turn():
            await self._sleep(wait)
        try:
            response, body = await self._exchange(sending)
        except (*FAILURES, ChargeOverError) as error:
            raise sending.broken(error, is_closed=self._http.is_closed) from _cause(error)
        try:
            return sending.answered(response, body)
        except ChargeOverError as error:
            found = sending.recovery(error)
            if found is None:
                raise
            if isinstance(found, Known):
                return found.result
            try:
                return await self._attempt(found)
            except ChargeOverError:
                raise error from None

    async def _exchange(self, sending: Sending[Any]) -> tuple[httpx2.Response, bytes]:
        response = await self._http.send(sending.request(), stream=True, auth=None, follow_redirects=False)
        try:
            body = sending.body_of(response)
            async for part in response.aiter_bytes():
                body.add(part)
            return response, body.whole()
        finally:
            await response.aclose()


def _rules(sending: Sending[Any]) -> dict[str, Any]:
    """The library's loop asks, ``sending`` decides."""

    def failure(state: tenacity.RetryCallState) -> BaseException | None:
        return state.outcome.exception() if state.outcome else None

    def may_repeat(state: tenacity.RetryCallState) -> bool:
        return sending.may_repeat(failure(state))

    def wait(state: tenacity.RetryCallState) -> float:
        return sending.wait(failure(state))

    def is_over(state: tenacity.RetryCallState) -> bool:
        return sending.is_over(state.upcoming_sleep)

    def note(state: tenacity.RetryCallState) -> None:
        sending.note_retry(failure(state), state.upcoming_sleep)

    return {"retry": may_repeat, "wait": wait, "stop": is_over, "before_sleep": note, "reraise": True}


def _cause(error: Exception) -> Exception | None:
    return None if isinstance(error, ChargeOverError) else error
