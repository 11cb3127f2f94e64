"""The rate limit of an account: a number of requests within any period of a given length."""

import math
import re
from collections import deque
from http import HTTPStatus

from chargeover_sandbox.contract.responses import Refusal

_PERIODS = {"second": 1, "minute": 60, "hour": 3600}
_LIMIT = re.compile(r"([1-9][0-9]{0,5})/(second|minute|hour)")


class RateLimit:
    """Counts the requests of an account.

    Args:
        text: the limit, such as ``100/minute``.

    Raises:
        ValueError: it is not a limit.
    """

    def __init__(self, text: str) -> None:
        found = _LIMIT.fullmatch(text)
        if not found:
            raise ValueError(f"a rate limit is such as 10/second, 100/minute or 1000/hour, not {text!r}")
        self._text = text
        self._period = _PERIODS[found[2]]
        self._times: deque[float] = deque(maxlen=int(found[1]))

    def count(self, now: float) -> Refusal | None:
        """Count a request, or refuse it with 429 and the seconds until one is possible.

        Args:
            now: the time in seconds, on a clock that does not go back.
        """
        if len(self._times) == self._times.maxlen and (left := self._times[0] + self._period - now) > 0:
            wait = math.ceil(left)
            message = f"Too many requests. [The limit is {self._text}; try again in {wait} seconds]"
            return Refusal(HTTPStatus.TOO_MANY_REQUESTS, message, headers={"Retry-After": str(wait)})
        self._times.append(now)
        return None

    def clear(self) -> None:
        """Forget all requests."""
        self._times.clear()

    def __str__(self) -> str:
        return f"rate limit {self._text}"
