"""One row carried out, and everything that is held against its answer."""

import json
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import httpx2

from chargeover_contract.coverage import Coverage
from chargeover_contract.document import OPERATIONS, operation_at, path_of, violations
from chargeover_contract.equality import is_same
from chargeover_contract.findings import ContractFailure, Exchange, Finding, as_text, general
from chargeover_contract.http import said
from chargeover_contract.ownership import CUSTOMER, response_of
from chargeover_contract.rate_limit import RateLimitedError, Waits, pause
from chargeover_contract.server import Server
from chargeover_contract.sockets import Answer, Connection, NoAnswerError, UnreadableAnswerError

from .case import ONE, Case, Subject
from .sources import source_of_row

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
        make: makes the customer; and another one, should a row delete it.
        coverage: where answers are noted.
    """

    def __init__(self, server: Server, http: httpx2.Client, make: Callable[[], Subject], coverage: Coverage) -> None:
        self._server = server
        self._http = http
        self._make = make
        self._subject = make()
        self._coverage = coverage
        self._known: dict[str, Any] | None = None
        self._exchange: Exchange | None = None

    def findings(self, case: Case) -> list[Finding]:
        """What is wrong; empty if all is right."""
        before = self._known or self._readable_customer()
        number = self._number(case)
        self._exchange = None
        found = self._answered_in_turn(case)
        if self._number(case) != number:
            came = f"there were {number} customers before, and {self._number(case)} afterwards"
            found.append(Finding("a refused creation left a customer behind", came))
        # An update that changes nothing may move the date all the same; a refusal may not.
        is_change = case.request.method in {"PUT", "POST"} and max(case.statuses) < 300
        after = self._known = self._customer()
        if after is None:
            cause = "a request that must change nothing has deleted the customer"
            return [self._placed(case, one) for one in [*found, Finding(cause)]]
        differences = [*_differences(before, after, case.then, _DATES | _WORKED_OUT if is_change else frozenset())]
        # A request that was carried out, or refused, against the rule has consequences, which are not a second cause.
        exchange: Exchange | None = self._exchange
        has_right_status = exchange is not None and exchange.status in case.statuses
        if differences and (has_right_status or not found):
            cause = "a field is not as it was sent" if case.then else "a request changed what it must not"
            found.append(Finding(cause, "; ".join(differences[:5])))
        placed = [self._placed(case, one) for one in found]
        if differences:
            # What this one has now would make the rows that follow fail too.
            self._subject, self._known = self._make(), None
        return placed

    def _placed(self, case: Case, finding: Finding) -> Finding:
        target = self._subject.filled_in(case.request.target)
        operation = operation_at(case.request.method, target)
        says, source = (finding.says, finding.source) if finding.says else (case.why, source_of_row(case.why))
        return replace(
            finding,
            says=says,
            source=source,
            came=finding.came or (said(self._exchange) if self._exchange else ""),
            operation=operation.name if operation else "",
            again=case.request.as_shell_line(self._server, self._subject),
            exchange=self._exchange,
        )

    def _readable_customer(self) -> dict[str, Any]:
        """All fields of the subject, or of a new one where a row before has left none."""
        shown = self._customer()
        if shown is None:
            self._subject = self._make()
            shown = self._customer()
        if shown is None:
            cause = "a customer that was just created cannot be read"
            raise ContractFailure([Finding(cause, says="a customer that was created can be read", source="docs")])
        return shown

    def _customer(self) -> dict[str, Any] | None:
        answer = self._http.get(self._subject.filled_in(ONE))
        fields: Any = response_of(answer) if answer.status_code == 200 else None
        # One whose ID or key has changed would be another customer the next time.
        is_it = isinstance(fields, dict) and (str(fields.get("customer_id")), fields.get("external_key")) == (
            str(self._subject.customer_id),
            self._subject.key,
        )
        return fields if is_it else None

    def _number(self, case: Case) -> object:
        """How many customers there are, where nothing else can add one and the row must not either."""
        if self._server.is_own and case.request.method == "POST" and min(case.statuses) >= 400:
            return response_of(self._http.get(f"{CUSTOMER}/_count"))
        return None

    def _answered_in_turn(self, case: Case) -> list[Finding]:
        """What is wrong with the answer, once the server's rate limit lets the request through."""
        waits = Waits()
        while True:
            pause()
            try:
                return list(self._answered(case))
            except RateLimitedError as error:
                if not waits.wait(error.headers):
                    return [Finding("a 429 did not end within the longest wait", str(error), says="a 429 ends")]

    def _answered(self, case: Case) -> Iterator[Finding]:
        request = case.request
        target = self._subject.filled_in(request.target)
        started, clock = datetime.now(UTC), monotonic()
        with Connection(self._server) as connection:
            pieces = request.rendered(self._server, self._subject)
            connection.send(pieces, _PAUSE if len(pieces) > 1 else 0)
            if request.ends:
                connection.finish_sending()
            try:
                answer = connection.receive(request.method)
            except (NoAnswerError, UnreadableAnswerError) as error:
                self._exchange = self._noted(case, target, Answer(0), started, clock)
                if 0 not in case.statuses:
                    kind = "no response" if isinstance(error, NoAnswerError) else "the response is not readable as HTTP"
                    yield Finding(f"{kind}: {general(str(error))}", str(error))
                return
            self._exchange = self._noted(case, target, answer, started, clock)
            if answer.status not in case.statuses:
                _raise_if_limited(answer)
                cause = f"{answer.status} instead of {_listed(case.statuses)}: {case.why}"
                yield Finding(cause)
            # The case of a method matters, so `get` is not the document's GET.
            self._coverage.note(request.method, target, answer.status, request.body)
            yield from self._misfits(case, target, answer)
            if request.followed:
                yield from self._follower(connection)

    def _noted(self, case: Case, target: str, answer: Answer, started: datetime, clock: float) -> Exchange:
        headers = [*case.request.headers]
        path = f"{self._server.url}{target}" if target.startswith("/") else target
        return Exchange.of(
            case.request.method,
            path,
            answer.status,
            sent=([(name, self._subject.filled_in(value)) for name, value in headers], case.request.body),
            received=(answer.headers.items(), answer.body),
            started=started.isoformat(timespec="milliseconds"),
            milliseconds=(monotonic() - clock) * 1000,
        )

    def _misfits(self, case: Case, target: str, answer: Answer) -> Iterator[Finding]:
        """The answer held against the document, where it is one of a server that saw a request of HTTP."""
        if case.request.method == "HEAD" or not (case.is_http or self._server.is_own):
            return
        for one in violations(case.request.method, target, answer.status, answer.headers, answer.body):
            yield Finding(one.cause, says=one.says, source=one.source, family=one.family)
        path = path_of(target)
        if answer.status == 405 and path:
            yield from self._wrong_allow(case.request.method, path, answer.headers.get("allow", ""))

    def _wrong_allow(self, method: str, path: str, allow: str) -> Iterator[Finding]:
        named = {one.strip() for one in allow.split(",")}
        there = {operation.method for operation in OPERATIONS.values() if operation.path == path}
        if method in named:
            yield Finding("a 405 whose `Allow` names the method", f"{method} is in Allow: {allow}")
        if not there <= named or (self._server.is_own and there != named):
            came = f"Allow is {allow!r}, the document has {_listed(there)} for {path}"
            yield Finding("`Allow` does not name the methods of the path", came)

    def _follower(self, connection: Connection) -> Iterator[Finding]:
        try:
            second = connection.receive()
        except UnreadableAnswerError as error:
            yield Finding("what follows the response is not a response", str(error))
            return
        except NoAnswerError as error:
            # A server may hang up after an error. Our own does not.
            if self._server.is_own:
                yield Finding("the second request on a connection got no response", str(error))
            return
        _raise_if_limited(second)
        shown = _customer_in(second.body)
        came = f"{second.status} {as_text(second.body[:200])}"
        if second.status != 200 or shown is None:
            yield Finding("the second request on a connection got another response than alone", came)
        elif shown.get("customer_id") != self._subject.customer_id:
            yield Finding("the second request on a connection got another customer", came)


def _customer_in(body: bytes) -> dict[str, Any] | None:
    try:
        envelope = json.loads(body)
    except (ValueError, RecursionError):
        return None
    shown = envelope.get("response") if isinstance(envelope, dict) and envelope.get("status") == "OK" else None
    return shown if isinstance(shown, dict) else None


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
