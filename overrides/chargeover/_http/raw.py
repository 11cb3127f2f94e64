"""Results together with their responses: ``client.customers.with_raw_response``."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, cast

from chargeover._calls.call import Call, KnownResult
from chargeover._calls.envelopes import Envelope
from chargeover._errors import APIStatusError, ChargeOverError
from chargeover._exchange import ReceivedResponse
from chargeover._settings.options import RequestOptions

if TYPE_CHECKING:
    from .transport import AsyncTransport, Transport

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class RawResponse(Generic[Value]):
    """A result together with its response.

    Attributes:
        value: the result that the method returns otherwise.
        response: the response: ``status``, ``headers`` and ``body``. It carries no secret.
    """

    value: Value = field(hash=False)
    response: ReceivedResponse


class RawTransport:
    """Sends calls as another transport does, and returns each result with its response."""

    def __init__(self, transport: "Transport") -> None:
        self._transport = transport

    def send(self, call: Call[Any], options: RequestOptions | None = None) -> Any:
        """Send a call; returns a RawResponse."""
        return self._transport.send(_with_response(call), options)


class AsyncRawTransport:
    """Sends calls as another transport does, and returns each result with its response."""

    def __init__(self, transport: "AsyncTransport") -> None:
        self._transport = transport

    async def send(self, call: Call[Any], options: RequestOptions | None = None) -> Any:
        """Send a call; returns a RawResponse."""
        return await self._transport.send(_with_response(call), options)


def with_response(method: Callable[Arguments, Value]) -> Callable[Arguments, RawResponse[Value]]:
    """A method over a RawTransport, typed to return a RawResponse."""
    return cast("Callable[Arguments, RawResponse[Value]]", method)


def async_with_response(
    method: Callable[Arguments, Awaitable[Value]],
) -> Callable[Arguments, Awaitable[RawResponse[Value]]]:
    """A method over an AsyncRawTransport, typed to return a RawResponse."""
    return cast("Callable[Arguments, Awaitable[RawResponse[Value]]]", method)


def _with_response(call: Call[Any]) -> Call[Any]:
    def read(envelope: Envelope) -> RawResponse[Any]:
        _, received = envelope.exchange()
        return RawResponse(call.read(envelope), received)

    def recover(error: ChargeOverError) -> KnownResult[Any] | Call[Any] | None:
        found = call.recover(error) if call.recover else None
        if isinstance(found, KnownResult) and isinstance(error, APIStatusError):
            return KnownResult(RawResponse(found.result, error.response))
        return _with_response(found) if isinstance(found, Call) else None

    def instead(error: ChargeOverError) -> Call[Any] | None:
        found = call.instead(error) if call.instead else None
        return found and _with_response(found)

    return Call(call.request, read, call.may_be_doubled, recover, instead)
