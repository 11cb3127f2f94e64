"""Whether a request is sent again, and after which wait: decided here, carried out by tenacity."""

from random import SystemRandom

from chargeover._calls.call import Repeat
from chargeover._errors import (
    APIConnectionError,
    APIStatusError,
    ChargeOverError,
    RateLimitError,
    ResponseTooLargeError,
)

# Its own, and the system's: `random` may be seeded by the program, and a fork copies its state.
_random = SystemRandom()
_FIRST_CEILING = 0.5
_LARGEST_CEILING = 8.0
LONGEST_RETRY_AFTER = 60.0
"""Seconds. If the server asks for a longer wait, there is no retry; the error says what it asked for."""


def may_repeat(repeat: Repeat, error: ChargeOverError) -> bool:
    """Whether a request that failed like this may be sent again.

    Connection failures, timeouts, 408, 429 and 5xx; those after which the request may have been carried out only for a
    request that may safely be carried out twice.
    """
    if isinstance(error, RateLimitError):
        return error.retry_after is None or error.retry_after <= LONGEST_RETRY_AFTER
    if isinstance(error, ResponseTooLargeError):
        return False
    if isinstance(error, APIConnectionError):
        return error.is_transient and (repeat is Repeat.ALWAYS or not error.was_sent)
    if isinstance(error, APIStatusError):
        is_transient = error.http_status == 408 or 500 <= error.http_status <= 599
        asked_for = error.retry_after or 0.0
        return is_transient and repeat is Repeat.ALWAYS and asked_for <= LONGEST_RETRY_AFTER
    return False


def may_have_been_processed(error: ChargeOverError) -> bool:
    """Whether a request that failed like this may have been carried out nevertheless."""
    if isinstance(error, APIConnectionError):
        return error.was_sent
    return isinstance(error, APIStatusError) and (error.http_status == 408 or error.http_status >= 500)


def wait_before(attempt: int, error: ChargeOverError) -> float:
    """Seconds to wait after a failed attempt.

    The wait that the server asked for; otherwise a random time up to a ceiling that doubles with each attempt (full
    jitter), so that clients that failed together do not come back together. A server that asks for less than half a
    second, such as ``Retry-After: 0``, gets a random time in the upper half of that range.

    Args:
        attempt: its number, from 1.
        error: why it failed.
    """
    asked_for = getattr(error, "retry_after", None)
    ceiling = min(_FIRST_CEILING * 2 ** min(attempt - 1, 30), _LARGEST_CEILING)
    if asked_for is None:
        return _random.uniform(0, ceiling)
    return float(asked_for) if asked_for >= _FIRST_CEILING else _random.uniform(ceiling / 2, ceiling)
