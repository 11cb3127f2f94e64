"""Updates of one customer, put back afterwards; and the line that puts it back where this cannot."""

import json
import time
from collections.abc import Mapping
from typing import Any

import httpx2

from contract_suite.curl import curl
from contract_suite.same import is_same

from .talk import Talk

# Texts that no other part of an account works with. Null cannot be put back, so what is null is left alone.
_PLACES = ("addr1", "addr2", "addr3", "city", "state", "postcode", "country")
SAFE = (
    *(f"custom_{number}" for number in range(1, 21)),
    *(f"{kind}_{place}" for kind in ("bill", "ship") for place in _PLACES),
)
_LONGEST = 300
"""Characters of a text that is changed: the line that restores all of them must fit a shell."""
_MARKS = ("contract suite", "suite of the contract")
_MOVES = frozenset({"mod_datetime", "mod_ipaddr", "bill_block", "ship_block"})
_ATTEMPTS = 5


class NotRestoredError(Exception):
    """The customer is not as it was."""


class Change:
    """Updates of one customer.

    Args:
        talk: the server.
        customer_id: the customer.
        before: all its fields.
    """

    def __init__(self, talk: Talk, customer_id: int, before: Mapping[str, Any]) -> None:
        self._talk = talk
        self._path = f"/api/v3/customer/{customer_id}"
        self._before = before
        self.fields = {name: before[name] for name in SAFE if _is_short_text(before.get(name))}
        """What is changed and put back, with its value before."""

    def restoring_line(self) -> str:
        """The line that puts the customer back, whatever happened."""
        body = json.dumps(self.fields).encode("ascii")
        return curl("PUT", self._talk.server.url + self._path, [("Content-Type", "application/json")], body, cuts=False)

    def run(self) -> None:
        """Change each field and put it back, looking at all of the customer every time; put all back in the end.

        Raises:
            NotRestoredError: that did not succeed.
        """
        try:
            for name, value in self.fields.items():
                other = next(mark for mark in _MARKS if mark != value)
                for sent in (other, value):
                    if self._talk.put(self._path, {name: sent}):
                        self._compare({**self._before, name: sent})
        finally:
            self._restore()

    def _restore(self) -> None:
        for attempt in range(_ATTEMPTS):
            status: int | str
            wait: str | None = None
            try:
                status, wait = self._talk.put_quietly(self._path, self.fields)
            except httpx2.HTTPError as error:
                status = str(error)
            if status == 202:
                break
            print(f"       not put back yet: {status}", flush=True)
            if attempt < _ATTEMPTS - 1:
                time.sleep(min(float(wait), 60) if wait and wait.isdigit() else 5 * attempt * self._talk.pause)
        else:
            raise NotRestoredError
        wrong = self._talk.wrong
        self._compare(self._before)
        if self._talk.wrong > wrong:
            raise NotRestoredError
        print("       every field is as it was", flush=True)

    def _compare(self, expected: Mapping[str, Any]) -> None:
        shown = self._talk.get(self._path, operation="get_customer")
        if not isinstance(shown, dict):
            self._talk.complain("the customer cannot be read")
            return
        for name in sorted({*expected, *shown} - _MOVES):
            if not is_same(shown.get(name), expected.get(name)):
                self._talk.complain(f"{name} is not what it must be")


def _is_short_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST
