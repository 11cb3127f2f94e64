"""The two clients: where an account is, as whom, and what can be done there."""

import os
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from ._customers import AsyncCustomers, Customers
from ._settings import DEFAULT_TIMEOUT, Settings, resolve
from ._transport import AsyncTransport, Transport


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

    async def close(self) -> None:
        """Close the connections. May be called more than once."""
        await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()
