"""Sends the requests of a recording to a sandbox that is seeded from it, and compares the responses."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx2

from chargeover_contract.document import operation_at, path_of
from chargeover_contract.findings import Finding
from chargeover_contract.sandbox import sandbox_process

from . import schemas
from .exchange import BULK, Recorded, json_of, kind_of
from .expected import SANDBOX, members_of
from .state import Account, Row, seedable

MOST = 1_000
"""Exchanges that are replayed; a longer recording has the same kinds again."""
_SEEDS = 60
"""Tries to seed: each leaves out one more value that no seed can have."""
_PLACE = re.compile(r"customers\[(\d+)\], (\w+):")
# Conditions that texts do not keep once stand-ins replace them.
_ORDERED = re.compile(r":(?:GT|LT|GTE|LTE|CONTAINS|NOTEQUALS):")
_OLDER = {
    *("language_id", "brand_id", "tax_ident", "no_latefees", "no_procfees", "default_paymethod"),
    *("default_creditcard_id", "default_ach_id", "class_name", "admin_name", "admin_email", "url_self"),
}
"""Members that customers of 2015 lack, all of them (recorded): the contract allows it, and that is not drift."""
NEEDS_SANDBOX = (
    "Not replayed in a sandbox, which needs one more extra of the distribution: chargeover[contract,sandbox]."
)


class ReplayError(Exception):
    """No sandbox can be started."""


def can_replay() -> bool:
    """Whether the extra of the sandbox is there."""
    return all(find_spec(name) for name in ("chargeover_sandbox", "starlette", "uvicorn"))


@dataclass(slots=True)
class Replayed:
    """What a replay has seen.

    Attributes:
        findings: where the sandbox differs.
        number: of exchanges that were replayed.
        left_out: how many were not, by the reason.
    """

    findings: list[Finding] = field(default_factory=list[Finding])
    number: int = 0
    left_out: Counter[str] = field(default_factory=Counter[str])


def replay(exchanges: Sequence[Recorded], explained: Callable[[Recorded], Iterable[Finding]]) -> Replayed:
    """Replay exchanges, each in a sandbox that has what the recording shows up to there.

    Args:
        exchanges: in their order; the requests of a bulk request stand behind it.
        explained: the findings that an exchange has already: what they name is not compared.

    Raises:
        ReplayError: no sandbox can be started.
    """
    made, account, members = Replayed(), Account(), _Members()
    try:
        with (
            sandbox_process() as sandbox,
            httpx2.Client(base_url=sandbox.url, auth=(sandbox.username, sandbox.password), trust_env=False) as http,
        ):
            for one in exchanges:
                why = _cannot(one) if made.number < MOST else f"after the first {MOST:,}"
                dropped = None if why else _seeded(http, seedable(account.before(one)))
                if not why and dropped is None:
                    why = "since no seed can have their customers"
                got = None if why else _sent(http, one)
                if got is not None:
                    made.number += 1
                    made.findings += _Comparison(one, [*explained(one)], dropped or set(), members).findings(got)
                else:
                    made.left_out[why or "since a client cannot send their requests"] += 1
                account.after(one)
    except AssertionError as error:
        raise ReplayError(f"The sandbox did not start: {error}") from error
    except httpx2.HTTPError as error:
        raise ReplayError(f"The sandbox does not respond: {type(error).__name__}") from error
    made.findings += members.findings()
    return made


def _cannot(one: Recorded) -> str:
    """Why an exchange is not replayed; empty if it can be."""
    if one.path.partition("?")[0] == BULK:
        return "as a whole: the requests of a bulk request are replayed one by one"
    if one.status in {401, 403, 408, 429} or one.status >= 500:
        return "since their status says nothing about the request"
    operation = operation_at(one.method, one.path)
    if operation is None and one.status not in ({400, 405} if path_of(one.path) else {400}):
        return "since the contract does not have their operation"
    return (
        "since a sandbox does not send webhooks elsewhere"
        if operation and operation.name == "subscribe_webhook"
        else ""
    )


def _seeded(http: httpx2.Client, rows: list[Row]) -> set[str] | None:
    """Start the sandbox anew with rows. Returns the names of values that no seed can have; None if that is hopeless."""
    dropped: set[str] = set()
    for _ in range(_SEEDS):
        text = json.dumps({"customers": rows})
        response = http.post("/_sandbox/seed", content=text, headers={"Content-Type": "application/json"})
        if response.is_success:
            return dropped
        place = _PLACE.search(response.json()["message"])
        if not place or place[2] not in rows[int(place[1])] or place[2] in {"company", "customer_id"}:
            return None
        del rows[int(place[1])][place[2]]
        dropped.add(place[2])
    return None


def _sent(http: httpx2.Client, one: Recorded) -> httpx2.Response | None:
    """What the sandbox responds; None if a client refuses to send this."""
    path, _, query = one.path.partition("?")
    operation = operation_at(one.method, one.path)
    if operation and operation.name == "list_customers" and "offset=" in query:
        # The seed has this page alone.
        pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != "offset"]
        query = urlencode(pairs)
    kind = one.sent_headers.get("content-type")
    headers = {"Content-Type": kind} if kind else {}
    try:
        url = path + (f"?{query}" if query else "")
        return http.request(one.method, url, content=one.sent or None, headers=headers)
    except (httpx2.InvalidURL, httpx2.LocalProtocolError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class _Comparison:
    """An exchange and what the sandbox responds.

    Attributes:
        one: the exchange.
        explained: the findings that it has already.
        dropped: names of values that the sandbox could not be seeded with.
        members: where the members of customers are noted.
    """

    one: Recorded
    explained: Sequence[Finding]
    dropped: set[str]
    members: "_Members"

    def findings(self, got: httpx2.Response) -> Iterator[Finding]:
        """What differs."""
        one, operation = self.one, self._operation or "a path that the contract does not have"
        if any(" status " in known.cause for known in self.explained):
            return
        if got.status_code != one.status:
            # What the API takes although the contract does not is a finding already.
            if not any(" accepted" in known.cause or "`where`" in known.cause for known in self.explained):
                cause = f"{operation} has the status {one.status}, and the sandbox {got.status_code}"
                yield self._finding(cause, f"a {one.status}", f"a {got.status_code}, after what the recording shows")
            return
        envelope, other, names = one.envelope, json_of(got.content), self._names
        if not isinstance(envelope, dict) or not isinstance(other, dict):
            return
        for member in sorted({*envelope, *other} - names):
            if (member in envelope) != (member in other):
                who = "the API alone" if member in envelope else "the sandbox alone"
                yield self._finding(f"`{member}` of the envelope is given by {who}", "something else", "both give it")
            elif _differ(envelope[member], other[member]):
                cause = f"`{member}` of {operation} {one.status} has another type in the sandbox"
                yield self._finding(cause, kind_of(envelope[member]), kind_of(other[member]))
        if "response" not in names:
            yield from self._of_the_result(other.get("response"), operation)

    @property
    def _operation(self) -> str:
        operation = operation_at(self.one.method, self.one.path)
        return operation.name if operation else ""

    @property
    def _names(self) -> set[str]:
        return {name for known in self.explained for name in members_of(known)}

    def _finding(self, cause: str, came: str, says: str) -> Finding:
        return Finding(cause, came, says, "the sandbox", SANDBOX, self.one.place, self._operation)

    def _of_the_result(self, other: Any, operation: str) -> Iterator[Finding]:
        one, names = self.one, self._names
        rows = [*schemas.customers_in(one.result)]
        if not rows and isinstance(one.result, dict) and isinstance(other, dict):
            for member in sorted(({*one.result} ^ {*other}) - names):
                cause = f"`{member}` of the response of {operation} is not given by both"
                yield self._finding(cause, "something else", "both give it")
        by_id = {row.get("customer_id"): row for row in schemas.customers_in(other)}
        for row in rows:
            same = by_id.get(row.get("customer_id"))
            if same is None and not isinstance(one.result, list):
                same = next(iter(by_id.values()), None)
            if same is not None:
                self.members.note(one, operation, row, same, names)
                yield from self._of_a_customer(row, same)
            elif row.get("customer_id") is not None and self._has_its_conditions:
                cause = f"{operation} leaves out a customer in the sandbox that the API returns"
                yield self._finding(cause, "a customer", "none with this ID for the same query")

    @property
    def _has_its_conditions(self) -> bool:
        """Whether the sandbox has what the query asks for."""
        query = self.one.query
        return not (self.one.has_stand_ins and _ORDERED.search(query)) and not any(one in query for one in self.dropped)

    def _of_a_customer(self, row: Row, same: Row) -> Iterator[Finding]:
        for member in sorted((row.keys() & same.keys()) - self._names):
            if _differ(row[member], same[member]):
                cause = f"`{member}` of a customer has another type in the sandbox"
                yield self._finding(cause, kind_of(row[member]), kind_of(same[member]))


class _Members:
    """Which members of customers the API gives, and which the sandbox, by operation."""

    def __init__(self) -> None:
        self._rows: Counter[str] = Counter()
        self._missing: dict[tuple[str, str], list[str]] = {}
        self._alone: dict[tuple[str, str], list[str]] = {}

    def note(self, one: Recorded, operation: str, row: Row, other: Row, names: set[str]) -> None:
        """Note the members of a customer, except those that a finding names."""
        self._rows[operation] += 1
        missing = other.keys() - row.keys() - names
        if len(missing & _OLDER) > len(_OLDER) // 2:
            missing -= _OLDER  # an update can have given it some of them
        for member in missing:
            self._missing.setdefault((operation, member), []).append(one.place)
        for member in (row.keys() & schemas.CUSTOMER.keys()) - other.keys() - names:
            self._alone.setdefault((operation, member), []).append(one.place)

    def findings(self) -> Iterator[Finding]:
        """What differs: members that the same customers lack are one finding."""
        together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for (operation, member), where in sorted(self._missing.items()):
            together.setdefault((operation, tuple(where)), []).append(member)
        for (operation, places), members in together.items():
            whom = "all" if len(places) == self._rows[operation] else "some"
            many, it = (f"{len(members)} members are", "them") if len(members) > 1 else (f"`{members[0]}` is", "it")
            cause = f"{many} missing from {whom} customers of {operation}, and the sandbox gives {it}"
            came = f"{len(places):,} of {self._rows[operation]:,} customers without"
            for place in places:
                yield Finding(cause, came, ", ".join(members), "the sandbox", SANDBOX, place, operation)
        for (operation, member), where in sorted(self._alone.items()):
            cause = f"`{member}` is given by {operation}, and the sandbox does not give it there"
            for place in where:
                yield Finding(cause, "a member", "no such member", "the sandbox", SANDBOX, place, operation)


def _differ(value: Any, other: Any) -> bool:
    """Whether two values have types that differ; null goes with any."""
    return value is not None and other is not None and kind_of(value) != kind_of(other)
