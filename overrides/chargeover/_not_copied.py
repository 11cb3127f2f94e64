"""What fetches while it is iterated can be in one place only."""

from typing import TYPE_CHECKING, NoReturn


class NotCopied:
    """A base of iterators over a client's connections, which say so instead of sharing a half-read page."""

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} cannot be pickled or copied: it sends requests during iteration. Keep what it "
            "gives: list(…)."
        )


class NotAwaited:
    """A base of async iterators, which say how they are used to those who await them."""

    _instead = ""

    if not TYPE_CHECKING:  # a type checker says it by itself

        def __await__(self) -> NoReturn:
            self._is_asked = True  # of a bulk run: nothing to warn about besides
            raise TypeError(f"{type(self).__name__} is iterated over, and not awaited: {self._instead}.")
