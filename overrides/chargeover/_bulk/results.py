"""What became of each item of a bulk run."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, Self, TypeVar, cast

from chargeover._errors import ChargeOverError

Item = TypeVar("Item")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class BulkResult(Generic[Item, Value]):
    """The outcome of one item of the input.

    Attributes:
        index: its position in the input, from 0.
        item: the item itself, as it was given.
        value: the result; None if there is an error.
        error: why it failed; None if it succeeded. If the bulk request failed as a whole, such as without a
            connection, all its items share that error.
    """

    index: int
    item: Item = field(hash=False)
    value: Value | None = field(hash=False)
    error: ChargeOverError | None

    @property
    def ok(self) -> bool:
        """Whether it succeeded."""
        return self.error is None

    def __repr__(self) -> str:
        # Not the item: it may be long, and it is the caller's data.
        outcome = f"value={self.value!r}" if self.error is None else f"error={self.error!r}"
        return f"BulkResult(index={self.index}, {outcome})"


class BulkProgress(NamedTuple):
    """The progress of a bulk run.

    Attributes:
        done: items with a result so far, including failed ones.
        failed: how many of them failed.
    """

    done: int
    failed: int


class BulkError(ChargeOverError, ExceptionGroup[ChargeOverError]):
    """Some requests of a bulk run failed. The others were carried out.

    ``except* NotFoundError`` and the like work on it.

    Attributes:
        exceptions: the errors, each once.
        results: the results that failed, in the order of the input.
        done: how many items have a result, including these.
    """

    results: tuple[BulkResult[Any, Any], ...]
    done: int

    @classmethod
    def of(cls, results: Sequence[BulkResult[Any, Any]], done: int) -> Self:
        """The error for these failed results out of ``done``."""
        errors = list({id(result.error): result.error for result in results if result.error}.values())
        return cls._group(f"{len(results)} of {done} items failed, the first: {errors[0]}", errors, results, done)

    def derive(self, excs: Sequence[Exception]) -> Self:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        """The same error for a part of its exceptions."""
        errors = cast("list[ChargeOverError]", list(excs))
        kept = set(map(id, errors))
        return self._group(self.message, errors, [one for one in self.results if id(one.error) in kept], self.done)

    @classmethod
    def _group(
        cls, message: str, errors: Sequence[ChargeOverError], results: Sequence[BulkResult[Any, Any]], done: int
    ) -> Self:
        # Set here and not in __init__, whose arguments unpickling passes to a group.
        group = cls(message, errors)
        group.results = tuple(results)
        group.done = done
        return group
