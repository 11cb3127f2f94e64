"""Results together with the answer that they were read from: ``client.customers.with_raw_response``."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, NoReturn, ParamSpec, TypeVar, cast

from ._answers import Envelope
from ._errors import APIStatusError, ChargeOverError, InvalidFieldError
from ._exchange import ReceivedResponse
from ._operations import Call, Known
from ._options import RequestOptions
from ._transport import AsyncTransport, Transport

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class RawResponse(Generic[Value]):
    """A result, and the answer that it was read from.

    Attributes:
        value: the result, as the method returns it otherwise.
        response: the answer: ``status``, ``headers`` and ``body``. It carries no secret.
    """

    value: Value
    response: ReceivedResponse


class RawTransport:
    """Sends calls as another transport does, and gives results with their answers."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def send(self, call: Call[Any], options: RequestOptions | None = None) -> Any:
        """Send a call; the result is a RawResponse."""
        return self._transport.send(_keeping_the_answer(call), options)

    def preview(self, call: Call[Any], options: RequestOptions | None) -> NoReturn:
        """Refuse a dry run, which has no answer."""
        raise _no_answer()


class AsyncRawTransport:
    """Sends calls as another transport does, and gives results with their answers."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def send(self, call: Call[Any], options: RequestOptions | None = None) -> Any:
        """Send a call; the result is a RawResponse."""
        return await self._transport.send(_keeping_the_answer(call), options)

    def preview(self, call: Call[Any], options: RequestOptions | None) -> NoReturn:
        """Refuse a dry run, which has no answer."""
        raise _no_answer()


def keeping_the_answer(method: Callable[Arguments, Value]) -> Callable[Arguments, RawResponse[Value]]:
    """A method over a RawTransport, typed as what it then returns."""
    return cast("Callable[Arguments, RawResponse[Value]]", method)


def async_keeping_the_answer(
    method: Callable[Arguments, Awaitable[Value]],
) -> Callable[Arguments, Awaitable[RawResponse[Value]]]:
    """A method over an AsyncRawTransport, typed as what it then returns."""
    return cast("Callable[Arguments, Awaitable[RawResponse[Value]]]", method)


def _no_answer() -> InvalidFieldError:
    return InvalidFieldError("dry_run=True has no answer: leave out with_raw_response.", "dry_run")


def _keeping_the_answer(call: Call[Any]) -> Call[Any]:
    def read(answer: Envelope) -> RawResponse[Any]:
        _, received = answer.exchange()
        return RawResponse(call.read(answer), received)

    def recover(error: ChargeOverError) -> Known[Any] | Call[Any] | None:
        found = call.recover(error) if call.recover else None
        if isinstance(found, Known) and isinstance(error, APIStatusError):
            return Known(RawResponse(found.result, error.response))
        return _keeping_the_answer(found) if isinstance(found, Call) else None

    return Call(call.request, read, call.may_be_doubled, recover)
