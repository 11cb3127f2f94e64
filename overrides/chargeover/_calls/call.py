"""A call: what to send, and how its response is read."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from chargeover._errors import ChargeOverError
from chargeover._wire import WireRequest

from .envelopes import Envelope

Result_co = TypeVar("Result_co", covariant=True)


class Repeat(Enum):
    """Whether a request may be sent again when it is unknown whether it was carried out."""

    ALWAYS = "carrying it out twice has the effect of once"
    UNLESS_PROCESSED = "only if it was provably not carried out"


@dataclass(slots=True)
class Call(Generic[Result_co]):
    """One call of one operation.

    Attributes:
        request: what to send.
        read: turns the envelope into the result, or raises a ChargeOverError.
        may_be_doubled: whether a POST that is carried out twice has the effect of one. Other methods always do.
        recover: called with the error of a retry, if an earlier failed attempt may have been carried out: the result of
            that attempt, or the call that finds it out; None if the error is the result.
        instead: called with the error that the call led to: the call that is made in its place, or None.
    """

    request: WireRequest
    read: Callable[[Envelope], Result_co]
    may_be_doubled: bool = False
    recover: "Callable[[ChargeOverError], KnownResult[Result_co] | Call[Result_co] | None] | None" = None
    instead: "Callable[[ChargeOverError], Call[Result_co] | None] | None" = None

    @property
    def repeat(self) -> Repeat:
        """Whether it may be sent again when it is unknown whether it was carried out."""
        return Repeat.ALWAYS if self.may_be_doubled or self.request.method != "POST" else Repeat.UNLESS_PROCESSED


@dataclass(slots=True)
class KnownResult(Generic[Result_co]):
    """A result that needs no request."""

    result: Result_co
