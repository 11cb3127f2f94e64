"""The only code with I/O, and so the only code that exists twice: it sends a call and has its response read."""

import inspect
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Generic, NoReturn, TypeVar

import anyio
import httpx2
import tenacity

from chargeover._calls.call import Call, KnownResult
from chargeover._errors import ChargeOverError, ConfigurationError, InvalidFieldError
from chargeover._exchange import ReceivedResponse, SentRequest, plain_response
from chargeover._settings.options import RequestOptions

from . import transports
from .attempts import Attempts
from .connections import Http, Pool
from .exchange import Exchange, StaleConnectionError, current
from .failures import FAILURES
from .middleware import OutgoingRequest, async_chained, chained, is_async_function
from .session import Session

T = TypeVar("T")


class _Transport(Generic[Http]):
    """What both transports have in common: a pool of connections, and how requests are sent over it.

    Args:
        pool: the pool.
        session: what the calls of its client share.
        options: all of them set.
    """

    def __init__(self, pool: Pool[Http], session: Session, options: RequestOptions) -> None:
        self._pool: Pool[Http] = pool
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

    def __reduce__(self) -> NoReturn:
        raise TypeError("The methods of a client cannot be pickled or copied: they have its connections and password.")

    def _attempts(self, call: Call[T], options: RequestOptions | None) -> Attempts[T]:
        return Attempts(call, self._resolved(options), self._session, stop=self._stop)


class Transport(_Transport[httpx2.Client | transports.Transport]):
    """Sends calls over one pool of connections."""

    def __init__(
        self, pool: Pool[httpx2.Client | transports.Transport], session: Session, options: RequestOptions
    ) -> None:
        _refuse_async_hook(options)
        super().__init__(pool, session, options)

    def _resolved(self, options: RequestOptions | None) -> RequestOptions:
        resolved = super()._resolved(options)
        if options is not None:
            _refuse_async_hook(options)
        return resolved

    def with_options(self, options: RequestOptions | None) -> "Transport":
        """A transport over the same connections, with other options."""
        return Transport(self._pool, self._session, self._resolved(options))

    def until(self, stop: threading.Event) -> "Transport":
        """A transport over the same connections that sends nothing once an event is set, and does not wait either."""
        other = Transport(self._pool, self._session, self._options)
        other._stop = stop
        return other

    def send(self, call: Call[T], options: RequestOptions | None = None) -> T:
        """Send a call and read its response; retry where that is allowed, and send another call in its place.

        Raises:
            ChargeOverError: see the tree in ``chargeover._errors``.
        """
        attempts = self._attempts(call, options)
        while True:
            try:
                return self._retried(attempts)
            except ChargeOverError as error:
                following = attempts.instead(error)
                if following is None:
                    raise
            attempts = following

    def _retried(self, attempts: Attempts[T]) -> T:
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

        def note(state: tenacity.RetryCallState) -> None:
            if inspect.isawaitable(noted := attempts.note_retry(_failure(state), state.upcoming_sleep)):
                _refuse_to_await(noted)

        sleep = partial(self._session.clock.wait, stop=self._stop)
        return tenacity.Retrying(sleep=sleep, before_sleep=note, **_rules(attempts))(again)

    def close(self) -> None:
        """Close the connections. May be called more than once."""
        self._pool.http().close()

    def _attempt(self, attempts: Attempts[T]) -> T:
        authorization = self._session.authorization
        if authorization.value is None:
            authorization.ask(None)
        attempts.begin()
        while wait := attempts.turn():
            self._session.clock.wait(wait, self._stop)
        try:
            return attempts.responded(*self._received(attempts))
        except ChargeOverError as error:
            if not (attempts.asks_again(error) and authorization.ask(attempts.authorized_by)):
                found = attempts.recovery(error)
                if found is None:
                    raise
                if isinstance(found, KnownResult):
                    return found.result
                try:
                    return self._attempt(found)
                except ChargeOverError:
                    raise error from None
        return self._attempt(attempts)

    def _received(self, attempts: Attempts[Any]) -> tuple[int, httpx2.Headers, bytes]:
        if not self._session.middleware:
            return self._sent(attempts, attempts.exchange)

        def send(request: OutgoingRequest) -> ReceivedResponse:
            status, headers, body = self._sent(attempts, partial(attempts.passed_on, request))
            return plain_response(status, headers, body)

        received = chained(self._session.middleware, send)(attempts.outgoing())
        return received.status, httpx2.Headers(received.headers), received.body

    def _sent(self, attempts: Attempts[Any], begin: Callable[[], Exchange]) -> tuple[int, httpx2.Headers, bytes]:
        try:
            response, body = self._exchanged(begin())
        except (*FAILURES, ChargeOverError) as error:
            raise attempts.broken(error, is_closed=self._pool.is_closed) from _cause(error)
        return response.status_code, response.headers, body

    def _exchanged(self, exchange: Exchange) -> tuple[httpx2.Response, bytes]:
        before = current.get()
        current.set(exchange)
        try:
            response = self._response(exchange)
            try:
                exchange.check(response)
                for part in response.iter_bytes():
                    exchange.add(part)
                return response, exchange.body()
            finally:
                response.close()
        finally:
            current.set(before)

    def _response(self, exchange: Exchange) -> httpx2.Response:
        send: Callable[[httpx2.Request], httpx2.Response] = self._pool.sender()
        try:
            return send(exchange.request)
        except StaleConnectionError:
            exchange.wants_new = True
            return send(exchange.request)


class AsyncTransport(_Transport[httpx2.AsyncClient | transports.AsyncTransport]):
    """Sends calls over one pool of connections, without blocking."""

    def with_options(self, options: RequestOptions | None) -> "AsyncTransport":
        """A transport over the same connections, with other options."""
        return AsyncTransport(self._pool, self._session, self._resolved(options))

    async def send(self, call: Call[T], options: RequestOptions | None = None) -> T:
        """Send a call and read its response; retry where that is allowed, and send another call in its place.

        Raises:
            ChargeOverError: see the tree in ``chargeover._errors``.
        """
        attempts = self._attempts(call, options)
        while True:
            try:
                return await self._retried(attempts)
            except ChargeOverError as error:
                following = attempts.instead(error)
                if following is None:
                    raise
            attempts = following

    async def _retried(self, attempts: Attempts[T]) -> T:
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

        async def note(state: tenacity.RetryCallState) -> None:
            if inspect.isawaitable(noted := attempts.note_retry(_failure(state), state.upcoming_sleep)):
                await noted

        rules = _rules(attempts)
        return await tenacity.AsyncRetrying(sleep=self._session.clock.async_sleep, before_sleep=note, **rules)(again)

    async def close(self) -> None:
        """Close the connections. May be called more than once.

        In another event loop than that of the calls, or after that loop has ended, they cannot be closed from here:
        they are left to the garbage collector.
        """
        try:
            await self._pool.http().aclose()
        except RuntimeError as error:
            if "loop" not in str(error):
                raise

    async def _attempt(self, attempts: Attempts[T]) -> T:
        authorization = self._session.authorization
        if authorization.value is None:
            await authorization.async_ask(None)
        attempts.begin()
        while wait := attempts.turn():
            await self._session.clock.async_sleep(wait)
        try:
            return attempts.responded(*await self._received(attempts))
        except ChargeOverError as error:
            if not (attempts.asks_again(error) and await authorization.async_ask(attempts.authorized_by)):
                found = attempts.recovery(error)
                if found is None:
                    raise
                if isinstance(found, KnownResult):
                    return found.result
                try:
                    return await self._attempt(found)
                except ChargeOverError:
                    raise error from None
        return await self._attempt(attempts)

    async def _received(self, attempts: Attempts[Any]) -> tuple[int, httpx2.Headers, bytes]:
        if not self._session.middleware:
            return await self._sent(attempts, attempts.exchange)

        async def send(request: OutgoingRequest) -> ReceivedResponse:
            status, headers, body = await self._sent(attempts, partial(attempts.passed_on, request))
            return plain_response(status, headers, body)

        received = await async_chained(self._session.middleware, send)(attempts.outgoing())
        return received.status, httpx2.Headers(received.headers), received.body

    async def _sent(self, attempts: Attempts[Any], begin: Callable[[], Exchange]) -> tuple[int, httpx2.Headers, bytes]:
        try:
            response, body = await self._exchanged(begin())
        except (*FAILURES, ChargeOverError) as error:
            raise attempts.broken(error, is_closed=self._pool.is_closed) from _cause(error)
        return response.status_code, response.headers, body

    async def _exchanged(self, exchange: Exchange) -> tuple[httpx2.Response, bytes]:
        before = current.get()
        current.set(exchange)
        try:
            # The scope ends whatever keeps the exchange from going on; the network layer's own limits are per step.
            with anyio.move_on_after(exchange.remaining):
                response = await self._response(exchange)
                try:
                    exchange.check(response)
                    async for part in response.aiter_bytes():
                        exchange.add(part)
                    return response, exchange.body()
                finally:
                    await response.aclose()
            is_unsent = self._pool.is_own and not exchange.is_begun
            kind = httpx2.ConnectTimeout if is_unsent else httpx2.ReadTimeout
            raise kind("the deadline has passed", request=exchange.request)
        finally:
            current.set(before)  # not reset(): a coroutine may be closed in another context

    async def _response(self, exchange: Exchange) -> httpx2.Response:
        send: Callable[[httpx2.Request], Awaitable[httpx2.Response]] = self._pool.sender()
        try:
            return await send(exchange.request)
        except StaleConnectionError:
            exchange.wants_new = True
            return await send(exchange.request)


_ASYNC_HOOK = "on_retry is an async function, which only an AsyncChargeOver awaits. Pass an ordinary function."


def _refuse_async_hook(options: RequestOptions) -> None:
    if is_async_function(options.on_retry):
        raise ConfigurationError(_ASYNC_HOOK)


def _refuse_to_await(noted: object) -> NoReturn:
    if inspect.iscoroutine(noted):
        noted.close()
    raise ConfigurationError(_ASYNC_HOOK)


def _rules(attempts: Attempts[Any]) -> dict[str, Any]:
    """The library runs the loop, ``attempts`` decides."""

    def may_repeat(state: tenacity.RetryCallState) -> bool:
        return attempts.may_repeat(_failure(state))

    def wait(state: tenacity.RetryCallState) -> float:
        return attempts.wait(_failure(state))

    def is_over(state: tenacity.RetryCallState) -> bool:
        return attempts.is_over(state.upcoming_sleep)

    return {"retry": may_repeat, "wait": wait, "stop": is_over, "reraise": True}


def _failure(state: tenacity.RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _cause(error: Exception) -> Exception | None:
    return None if isinstance(error, ChargeOverError) else error
