"""Updates of one customer, put back afterwards; and the line that puts it back where this cannot."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from chargeover_contract.curl import curl
from chargeover_contract.equality import is_same
from chargeover_contract.ownership import response_of

from .patience import Patience
from .session import Session

# Texts that nothing else in an account depends on. Null cannot be put back, so what is null is left alone.
_PLACES = ("addr1", "addr2", "addr3", "city", "state", "postcode", "country")
SAFE = (
    *(f"custom_{number}" for number in range(1, 21)),
    *(f"{kind}_{place}" for kind in ("bill", "ship") for place in _PLACES),
)
_LONGEST = 300
"""Characters of a text that is changed: the line that restores all of them must fit a shell."""
_MARKS = ("contract suite", "suite of the contract")
_MOVES = frozenset({"mod_datetime", "mod_ipaddr", "bill_block", "ship_block"})


class NotRestoredError(Exception):
    """The customer is not, or perhaps not, as it was. The text says it, with the line that puts it back."""


class Change:
    """Updates of one customer.

    Args:
        session: the server.
        customer_id: the customer.
        before: all its fields.
        names: of the fields that are changed and put back, where they have a text.
        patience: for putting them back.
    """

    def __init__(
        self, session: Session, customer_id: int, before: Mapping[str, Any], names: Iterable[str], patience: Patience
    ) -> None:
        self._session = session
        self._path = f"/api/v3/customer/{customer_id}"
        self._before = before
        self._patience = patience
        self._fields = {name: before[name] for name in names if _is_short_text(before.get(name))}
        self._touched: list[str] = []
        # Those that were perhaps changed, and whose putting back no answer has confirmed.
        self._open: set[str] = set()

    def restoring_line(self, names: Iterable[str] | None = None) -> str:
        """The line that puts fields back, whatever happened; without names, all that this changes."""
        fields = self._fields if names is None else self._values(names)
        body = json.dumps(fields).encode("ascii")
        return curl(
            "PUT", self._session.server.url + self._path, [("Content-Type", "application/json")], body, cuts=False
        )

    def run(self) -> None:
        """Change each field and put it back, looking at all of the customer every time.

        Raises:
            NotRestoredError: it is not as it was.
        """
        try:
            for name, value in self._fields.items():
                if self._must_stop() or not self._swap(name, value):
                    break
        finally:
            self._restore()

    def _must_stop(self) -> bool:
        if not self._session.is_heard:
            self._session.complain("standard output is closed, so no more was changed")
        return bool(self._session.told_to_end) or not self._session.is_heard

    def _swap(self, name: str, value: str) -> bool:
        """Whether a field was changed and put back, and the customer could be read each time."""
        self._touched.append(name)
        self._open.add(name)
        other = next(mark for mark in _MARKS if mark != value)
        if self._session.put(self._path, {name: other}) and not self._compare({**self._before, name: other}):
            return False
        if self._session.told_to_end or not self._session.put(self._path, {name: value}):
            return False
        self._open.remove(name)
        return self._compare(self._before)

    def _compare(self, expected: Mapping[str, Any]) -> bool:
        """Whether the customer can be read; what is not as expected is said."""
        shown = self._session.get(self._path, operation="get_customer")
        if not isinstance(shown, dict):
            return False
        self._complain(_differing(expected, shown))
        return True

    def _complain(self, names: Iterable[str]) -> None:
        for name in names:
            self._session.complain(f"{name} is not what it must be")

    def _restore(self) -> None:
        """Put back the fields that are not confirmed, and no others: they may have been edited meanwhile."""
        if not self._touched:
            return
        fields = self._values(self._open)
        if fields:
            self._session.say(f"       putting back {', '.join(fields)}")
        if fields and self._insist("PUT", fields) is None:
            self._session.complain("the customer is not put back")
            raise NotRestoredError(self._not_put_back(fields))
        answer = self._insist("GET", None)
        shown = response_of(answer) if answer else None
        if not isinstance(shown, dict):
            self._session.complain("the customer cannot be read, so it may not be as it was")
            raise NotRestoredError(
                f"NOT VERIFIED: {', '.join(self._touched)}. Should they not be as they were, this puts them back:\n"
                f"{self.restoring_line(self._touched)}"
            )
        differing = _differing(self._before, shown)
        if not differing:
            self._session.say("       every field is as it was")
            return
        self._complain(differing)
        raise NotRestoredError(self._explained(differing))

    def _insist(self, method: str, body: Any) -> Any:
        return self._patience.insist(lambda: self._session.ask(method, self._path, body), self._session.say)

    def _explained(self, differing: list[str]) -> str:
        """What differs in the end, and what is to be done."""
        said = []
        if missing := self._values(set(differing) & self._open):
            said.append(self._not_put_back(missing))
        if others := [name for name in differing if name not in missing]:
            said.append(
                f"NOT AS BEFORE: {', '.join(others)}. The server, or another user, has changed this meanwhile; "
                "it was not put back, since it may be intended."
            )
            if touched := self._values(set(others) & {*self._touched}):
                said.append(
                    f"If it is not intended, this puts {', '.join(touched)} back:\n{self.restoring_line(touched)}"
                )
        return "\n".join(said)

    def _not_put_back(self, names: Iterable[str]) -> str:
        return f"NOT PUT BACK: {', '.join(names)}. This does it:\n{self.restoring_line(names)}"

    def _values(self, names: Iterable[str]) -> dict[str, str]:
        """The values before, in their order."""
        return {name: value for name, value in self._fields.items() if name in set(names)}


def changeable(customer: Mapping[str, Any]) -> list[str]:
    """The names of the fields that can be changed and put back."""
    return [name for name in SAFE if _is_short_text(customer.get(name))]


def _differing(expected: Mapping[str, Any], shown: Mapping[str, Any]) -> list[str]:
    names = sorted({*expected, *shown} - _MOVES)
    return [name for name in names if not is_same(shown.get(name), expected.get(name))]


def _is_short_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST
