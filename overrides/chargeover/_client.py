"""The two clients: where an account is, as whom, and what can be done there."""

import os
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable, Callable, Iterable
from types import TracebackType
from typing import Self, TypeVar

from ._bulk import BulkProgress, BulkRequest
from ._bulk_runs import AsyncBulkResults, BulkResults, Errors, Options
from ._customers import AsyncCustomers, Customers
from ._errors import InvalidFieldError
from ._settings import DEFAULT_TIMEOUT, Settings, resolve
from ._transport import AsyncTransport, Transport

Value = TypeVar("Value")


class _Account(ABC):
    """What the two clients have in common: everything but the sending."""

    base_url: str

    def __init__(
        self,
        *,
        instance: str | None = None,
        base_url: str | None = None,
        username: str | None = None,
        password: str | None = None,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        settings = resolve(
            instance=instance,
            base_url=base_url,
            username=username,
            password=password,
            timeout=timeout,
            environ=os.environ,
        )
        self.base_url = settings.base_url
        self._open(settings)

    @abstractmethod
    def _open(self, settings: Settings) -> None: ...

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.base_url!r})"


class ChargeOver(_Account):
    """A client of one ChargeOver account.

    Usable in a ``with`` block or without one; ``close()`` gives its connections back. One client may serve many
    threads. Arguments that are left out are read from the environment when the client is built.

    Args:
        instance: the first label of the account's host name: ``"acme"`` for https://acme.chargeover.com (docs).
            Default: CHARGEOVER_INSTANCE.
        base_url: instead of ``instance``, the whole address, such as that of a sandbox. Plain http is refused except
            for loopback hosts. Default: CHARGEOVER_BASE_URL.
        username: the API key's user name (docs). Default: CHARGEOVER_USERNAME.
        password: the API key's private key (docs). Default: CHARGEOVER_PASSWORD.
        timeout: seconds to wait for a connection and for each part of an answer; finite.

    Attributes:
        customers: the customers of the account.
        base_url: the address that requests go to.

    Raises:
        ConfigurationError: something is missing, contradicts something else, or is not safe.
    """

    customers: Customers

    def _open(self, settings: Settings) -> None:
        self._transport = Transport(settings)
        self.customers = Customers(self._transport)

    def bulk(
        self,
        requests: Iterable[BulkRequest[Value]],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
    ) -> BulkResults[BulkRequest[Value], Value]:
        """Send many requests, up to 25 in each bulk request (docs).

        Nothing is sent before the results are asked for. A request that fails does not undo the others (assumed).

        Args:
            requests: the requests, any number of them, taken lazily. Those that are in the same bulk request are
                carried out in order; bulk requests that are under way at the same time overtake one another, so
                with ``in_flight=1`` all is in order.
            in_flight: bulk requests under way at once, at most.
            errors: ``"raise"`` raises a BulkError after the last result if some failed; ``"return"`` leaves it at the
                results.
            on_progress: called after each bulk request, in order, with what was done so far.

        Returns:
            An iterator of one result for each request, in order.

        Raises:
            InvalidFieldError: an option that cannot be; nothing was sent.
        """
        return BulkResults(self._transport, requests, _itself, Options(in_flight, errors, on_progress))

    def close(self) -> None:
        """Close the connections. May be called more than once."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncChargeOver(_Account):
    """A client of one ChargeOver account, for asyncio: the same arguments and methods as ChargeOver, awaited.

    Usable in an ``async with`` block or without one; ``await close()`` gives its connections back. One client may serve
    many tasks of one event loop.
    """

    customers: AsyncCustomers

    def _open(self, settings: Settings) -> None:
        self._transport = AsyncTransport(settings)
        self.customers = AsyncCustomers(self._transport)

    def bulk(
        self,
        requests: Iterable[BulkRequest[Value]] | AsyncIterable[BulkRequest[Value]],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
    ) -> AsyncBulkResults[BulkRequest[Value], Value]:
        """Send many requests, up to 25 in each bulk request. See ChargeOver.bulk; the input may be async too."""
        return AsyncBulkResults(self._transport, requests, _itself, Options(in_flight, errors, on_progress))

    async def close(self) -> None:
        """Close the connections. May be called more than once."""
        await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


def _itself(request: BulkRequest[Value]) -> BulkRequest[Value]:
    if not isinstance(request, BulkRequest):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without types
        raise InvalidFieldError(f"Each request must be a BulkRequest, not {type(request).__name__}.")
    return request
