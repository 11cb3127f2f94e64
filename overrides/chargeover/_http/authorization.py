"""The Authorization header: fixed, or of credentials that a function of the caller's gives and may change."""

import base64
import inspect
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, NoReturn, cast

from chargeover._errors import ConfigurationError
from chargeover._settings.secrets import Hidden, Secret
from chargeover._settings.settings import authorization_of

from .forks import Lock

if TYPE_CHECKING:
    import anyio

Credentials = Callable[[], tuple[str, str]] | Callable[[], Awaitable[tuple[str, str]]]
"""Gives the user name and the password. An AsyncChargeOver takes an async function too."""


class Authorization:
    """The value of the Authorization header, as far as it is known.

    A function is asked before the first request, and again after a 401: by one of the calls that meet it, while the
    others take what that one got.

    Args:
        fixed: the value; None to ask the function.
        source: the function; None for none.
    """

    def __init__(self, fixed: Secret | None, source: Credentials | None) -> None:
        self._source = source
        self._lock = Lock()
        self._async_lock: anyio.Lock | None = None
        self.value = fixed
        """None as long as the function has not been asked."""

    def ask(self, refused: Secret | None) -> bool:
        """Ask the function, unless the value is another one than the refused one already.

        Returns:
            Whether the value is another one now.

        Raises:
            ConfigurationError: the function does not give credentials that can be sent.
        """
        if self._source is None:
            return False
        with self._lock:
            if self.value is refused:
                given = Hidden(self._source())
                if inspect.isawaitable(given.value):
                    if inspect.iscoroutine(given.value):
                        given.value.close()
                    raise ConfigurationError("credentials is an async function, which only an AsyncChargeOver awaits.")
                self._take(given)
        return self.value is not refused

    async def async_ask(self, refused: Secret | None) -> bool:
        """Ask the function, which may be async; see ``ask``."""
        import anyio

        if self._source is None:
            return False
        self._async_lock = self._async_lock or anyio.Lock()
        async with self._async_lock:
            if self.value is refused:
                given = Hidden(self._source())
                if inspect.isawaitable(given.value):
                    given = Hidden(await cast("Awaitable[object]", given.value))
                self._take(given)
        return self.value is not refused

    def username(self) -> bytes:
        """The user name, for which the function is asked if it has not been.

        Raises:
            ConfigurationError: the function does not give credentials that can be sent.
        """
        if self.value is None:
            self.ask(None)
        header = cast("Secret", self.value)
        return base64.b64decode(header.reveal().removeprefix("Basic ")).partition(b":")[0]

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret cannot be pickled or copied.")

    def _take(self, given: Hidden) -> None:
        value = authorization_of(given)
        # The same credentials would be refused again.
        if self.value is None or value.reveal() != self.value.reveal():
            self.value = value
