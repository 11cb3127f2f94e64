"""What fetches while it is iterated can be in one place only."""

from typing import NoReturn


class NotCopied:
    """A base of iterators over a client's connections, which say so instead of sharing a half-read page."""

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} cannot be copied or pickled: it asks the server while it is iterated. Keep what it "
            "gives: list(…)."
        )
