"""One row carried out, and everything that is held against its answer."""

import json
from collections.abc import Iterator, Mapping, Set
from typing import Any

import httpx2

from chargeover_contract.coverage import Coverage
from chargeover_contract.document import OPERATIONS, path_of, violations
from chargeover_contract.equality import is_same
from chargeover_contract.ownership import CUSTOMER
from chargeover_contract.rate_limit import RateLimitedError, Waits
from chargeover_contract.server import Server
from chargeover_contract.sockets import Answer, Connection, NoAnswerError

from .case import ONE, Case, Subject

# What changes by itself with every update.
_DATES = frozenset({"mod_datetime", "mod_ipaddr"})
# What a server may work out of other fields.
_WORKED_OUT = frozenset({"display_as", "bill_block", "ship_block"})
_PAUSE = 0.005
"""Seconds between the pieces of a request that is sent in pieces."""


class Runner:
    """Carries out rows against one customer.

    Args:
        server: the server under test.
        http: an ordinary client of it, to look at the customer with.
        subject: the customer.
        coverage: where answers are noted.
    """

    def __init__(self, server: Server, http: httpx2.Client, subject: Subject, coverage: Coverage) -> None:
        self._server = server
        self._http = http
        self._subject = subject
        self._coverage = coverage
        self._known: dict[str, Any] | None = None

    def complaints(self, case: Case) -> list[str]:
        """What is wrong; empty if all is right."""
        before = self._known or self._customer()
        number = self._number(case)
        found = self._answered_in_turn(case)
        if self._number(case) != number:
            found.append(f"there were {number} customers before, and {self._number(case)} afterwards")
        # An update that changes nothing may move the date all the same; a refusal may not.
        is_change = case.request.method in {"PUT", "POST"} and max(case.statuses) < 300
        self._known = self._customer()
        found += _differences(before, self._known, case.then, _DATES | _WORKED_OUT if is_change else frozenset())
        return found

    def _customer(self) -> dict[str, Any]:
        answer = self._http.get(self._subject.filled_in(ONE))
        assert answer.status_code == 200, f"the subject cannot be read any more: {answer.status_code} {answer.text}"
        fields: dict[str, Any] = answer.json()["response"]
        return fields

    def _number(self, case: Case) -> object:
        """How many customers there are, where nothing else can add one and the row must not either."""
        if self._server.is_own and case.request.method == "POST" and min(case.statuses) >= 400:
            return self._http.get(f"{CUSTOMER}/_count").json().get("response")
        return None

    def _answered_in_turn(self, case: Case) -> list[str]:
        """What is wrong with the answer, once the server's rate limit lets the request through."""
        waits = Waits()
        while True:
            try:
                return list(self._answered(case))
            except RateLimitedError as error:
                if not waits.wait(error.headers):
                    return [f"no answer: {error}"]

    def _answered(self, case: Case) -> Iterator[str]:
        request = case.request
        target = self._subject.filled_in(request.target)
        with Connection(self._server) as connection:
            pieces = request.rendered(self._server, self._subject)
            connection.send(pieces, _PAUSE if len(pieces) > 1 else 0)
            if request.ends:
                connection.finish_sending()
            try:
                answer = connection.receive(request.method)
            except NoAnswerError as error:
                if 0 not in case.statuses:
                    yield f"no answer: {error}"
                return
            if answer.status not in case.statuses:
                _raise_if_limited(answer)
                yield f"{answer.status} instead of {_listed(case.statuses)}: {answer.body[:300]!r}"
            # The case of a method matters, so `get` is not the document's GET.
            self._coverage.note(request.method, target, answer.status)
            yield from self._misfits(case, target, answer)
            if request.followed:
                yield from self._follower(connection)

    def _misfits(self, case: Case, target: str, answer: Answer) -> Iterator[str]:
        """The answer held against the document, where it is one of a server that saw a request of HTTP."""
        if case.request.method == "HEAD" or not (case.is_http or self._server.is_own):
            return
        yield from violations(case.request.method, target, answer.status, answer.headers, answer.body)
        path = path_of(target)
        if answer.status == 405 and path:
            yield from self._wrong_allow(case.request.method, path, answer.headers.get("allow", ""))

    def _wrong_allow(self, method: str, path: str, allow: str) -> Iterator[str]:
        named = {one.strip() for one in allow.split(",")}
        there = {operation.method for operation in OPERATIONS.values() if operation.path == path}
        if method in named:
            yield f"405, but Allow names {method}: {allow}"
        if not there <= named or (self._server.is_own and there != named):
            yield f"Allow is {allow!r}, the document has {_listed(there)}"

    def _follower(self, connection: Connection) -> Iterator[str]:
        try:
            second = connection.receive()
        except NoAnswerError as error:
            # A server may hang up after an error. OwnCustomers does not.
            if self._server.is_own:
                yield f"the request behind it was not answered: {error}"
            return
        _raise_if_limited(second)
        body = json.loads(second.body)
        if (second.status, body["status"]) != (200, "OK"):
            yield f"the request behind it was answered {second.status}: {second.body[:200]!r}"
        elif body["response"]["customer_id"] != self._subject.customer_id:
            yield "the request behind it was answered with another customer"


def _raise_if_limited(answer: Answer) -> None:
    if answer.status == 429:
        raise RateLimitedError(answer.headers)


def _differences(
    before: Mapping[str, Any], after: Mapping[str, Any], then: Mapping[str, Any], ignored: Set[str]
) -> Iterator[str]:
    for name in sorted({*before, *after} - ignored):
        expected = then.get(name, before.get(name))
        if not is_same(after.get(name), expected):
            yield f"afterwards {name} is {after.get(name)!r:.100} instead of {expected!r:.100}"


def _listed(values: object) -> str:
    return " or ".join(sorted(str(one or "no answer") for one in values)) if isinstance(values, (set, tuple)) else ""
