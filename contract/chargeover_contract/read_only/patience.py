"""How long a request that must succeed is retried."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx2

from chargeover_contract.rate_limit import retry_after

_NOT_NOW = frozenset({408, 429})


@dataclass(frozen=True)
class Patience:
    """How long, in seconds.

    Attributes:
        total: no attempt is the last one before this.
        first: the first wait; each is twice the one before.
        longest: no wait is longer,
        longest_asked: unless the server asked for it with Retry-After; then this is the limit.
    """

    total: float = 90
    first: float = 1
    longest: float = 15
    longest_asked: float = 60

    def insist(self, ask: Callable[[], httpx2.Response], say: Callable[[str], None]) -> httpx2.Response | None:
        """The first answer that does not mean "later"; None if there was none in time."""
        end = time.monotonic() + self.total
        wait = self.first
        while True:
            asked: float | None = None
            try:
                answer = ask()
            except httpx2.HTTPError as error:
                why = f"{error!a}"
            else:
                if answer.status_code not in _NOT_NOW and answer.status_code < 500:
                    return answer
                why = str(answer.status_code)
                asked = retry_after(answer.headers)
            if time.monotonic() >= end:
                say(f"       {why}; no more attempts")
                return None
            # Never less than the first wait: "Retry-After: 0" would make this a storm.
            pause = wait if asked is None else max(self.first, min(asked, self.longest_asked))
            say(f"       {why}; once more in {pause:.0f} s")
            time.sleep(pause)
            wait = min(2 * wait, self.longest)
