"""``apply``: exactly what a plan says, and after a crash the rest of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple, cast

from chargeover._client import ChargeOver
from chargeover._customers.customer import Customer
from chargeover._errors import ChargeOverError
from chargeover._wire import MOST_BULK_REQUESTS
from chargeover.sync._ahead import Later
from chargeover.sync._errors import PlanError
from chargeover.sync._plan import Status, status_of
from chargeover.sync._progress import Meter, OnProgress
from chargeover.sync._store.account import check_account
from chargeover.sync._store.files import PlanPath, locked, opened_plan, settings_of
from chargeover.sync._store.schema import REJECTED

from .journal import Item, Journal, Verdict
from .reading import Found, customers_of
from .sending import Sender, Sent
from .verdicts import after_a_loss, before_sending, known_outcome, read_back

FLAGS: Final = ("emails", "webhooks", "quickbooks", "events")
"""What can be switched off for a change: clients in use send ``_flag_emails`` and its kind (client)."""

_CHUNK = 500
"""Rows that are read, marked and sent together."""
_PASSES = 3


def apply(
    client: ChargeOver,
    plan: PlanPath,
    *,
    force: bool = False,
    flags: Mapping[str, Literal["on", "off"]] | None = None,
    in_flight: int = 8,
    on_progress: OnProgress | None = None,
) -> Status:
    """Change in the account what a plan says: all of it, or what an earlier run has left.

    Each customer is read before it is changed, and not changed if a planned field has changed since the plan was made
    (``stale``). After a change its fields are read back and kept in the plan. What was under way when an earlier run
    died is read first: it is done if the customer has the planned values, and sent if it has the old ones; otherwise it
    is ``unclear`` and never sent again.

    A row that the server refuses does not stop the others. An exception, such as KeyboardInterrupt, leaves the plan
    such that the next call does the rest.

    Args:
        client: the account that the plan was made for, with the same user name.
        plan: the plan, or its file. Two calls never work on one plan at the same time.
        force: overwrite fields that have changed since. Their present values are kept in the plan as the old ones.
        flags: ``{"emails": "off"}`` asks the service not to mail people about the changes; the names are in FLAGS
            (client: the service does not document them).
        in_flight: bulk requests of 25 changes in flight at once, at most.
        on_progress: called with a Progress after each bulk request, in the order of the plan.

    Returns:
        How far the plan has come. Rows that are ``left`` met a fault that may pass: call again.

    Raises:
        PlanError: the plan does not exist, is not a plan, is for another account, or is being applied by another
            process.
        ChargeOverError: no request succeeds, such as without a connection or with wrong credentials.
    """
    parameters = _parameters(flags or {})
    with opened_plan(plan) as connection:
        check_account(client, settings_of(connection))
    with locked(plan), opened_plan(plan) as connection:
        journal = Journal(connection)
        try:
            meter = Meter("apply", status_of(connection).left, on_progress)
            run = _Run(client, journal, Sender(client, in_flight, parameters), in_flight, meter, force=force)
            run.recover()
            for number in range(_PASSES):
                if not run.is_worth_another_pass(number):
                    break
            return status_of(connection)
        finally:
            journal.close()


def _parameters(flags: Mapping[str, str]) -> dict[str, str | int]:
    for name, value in flags.items():
        if name not in FLAGS:
            raise PlanError(f"There is no flag {name!r}. The flags are {', '.join(FLAGS)}.")
        if value not in {"on", "off"}:
            raise PlanError(f"The flag {name} must be 'on' or 'off', not {value!r}.")
    return {f"_flag_{name}": int(value == "on") for name, value in flags.items()}


class _Chunk(NamedTuple):
    """Rows that are read, marked and sent together, and their customers."""

    items: list[Item]
    found: Later[list[Found]]


class _Run:
    """One call of ``apply``."""

    def __init__(
        self, client: ChargeOver, journal: Journal, sender: Sender, in_flight: int, meter: Meter, *, force: bool
    ) -> None:
        self._client = client
        self._journal = journal
        self._sender = sender
        self._in_flight = in_flight
        self._meter = meter
        self._force = force

    def recover(self) -> None:
        """Settle what an earlier run left under way."""
        row = 0
        while items := self._journal.after(row, "accepted", _CHUNK):
            self._note_read(items, self._read_later(items))
            self._meter.done += len(items)
            row = items[-1].row
        row = 0
        while items := self._journal.after(row, "sending", _CHUNK):
            self._meter.done += self._settle([Sent(item, None) for item in items])
            row = items[-1].row
        self._meter.tell()

    def is_worth_another_pass(self, number: int) -> bool:
        """Go once through the rows that are left; returns whether another pass may do more.

        Args:
            number: how many passes were made before.

        Raises:
            ChargeOverError: nothing of a chunk succeeded in the first pass. In a later one that is its end.
        """
        row, left, settled = 0, 0, 0
        accepted: list[Item] = []
        # The next chunk is read while this one is sent, and so are the changes of the one before.
        following = self._chunk(row)
        while (chunk := following).items:
            found = chunk.found.result()
            row = chunk.items[-1].row
            following = self._chunk(row)
            changed = self._read_later(accepted)
            done, now_accepted, error = self._apply(chunk.items, found)
            self._note_read(accepted, changed)
            accepted = now_accepted
            settled += done
            left += len(chunk.items) - done
            if error and not done:
                if number:
                    break
                raise error
        self._note_read(accepted, self._read_later(accepted))
        return bool(left and settled)

    def _chunk(self, row: int) -> _Chunk:
        items = self._journal.after(row, "planned", _CHUNK)
        return _Chunk(items, self._read_later(items))

    def _read_later(self, items: Sequence[Item]) -> Later[list[Found]]:
        return Later(lambda: customers_of(self._client, items, self._in_flight))

    def _apply(self, items: list[Item], found: list[Found]) -> tuple[int, list[Item], ChargeOverError | None]:
        """Apply a chunk; returns how many of its rows are settled, those still to be read back, and the first error."""
        verdicts = [before_sending(item, one, force=self._force) for item, one in zip(items, found, strict=True)]
        others = [one for one in verdicts if not one.is_ready]
        ready = [one for one in verdicts if one.is_ready]
        if self._force:
            changed = [one for one in ready if one.customer and not one.item.has_old(one.customer)]
            for one in changed:
                one.item.take_old(cast("Customer", one.customer))
            self._journal.replace_old(one.item for one in changed)
        # In one step: nothing is sent before it is marked.
        settled = self._note([*others, *(Verdict(one.item, "sending") for one in ready)])
        sent: list[Sent] = []
        try:
            self._sender.send([one.item for one in ready], sent, lambda: self._tell(len(sent)))
        finally:
            known = [(one, known_outcome(one)) for one in sent]
            settled += self._note(verdict for _, verdict in known if verdict)
        settled += self._settle([one for one, verdict in known if verdict is None])
        self._meter.done += settled
        self._meter.tell()
        accepted = [one.item for one, verdict in known if verdict and verdict.outcome == "accepted"]
        return settled, accepted, next((one.error for one in sent if one.error), None)

    def _settle(self, unknown: Sequence[Sent]) -> int:
        """Find out what became of items whose result is not known."""
        items = [one.item for one in unknown]
        # One by one: an item that is unclear stays so.
        found = customers_of(self._client, items, self._in_flight, in_ranges=False)
        return self._note(after_a_loss(one.item, each, one.error) for one, each in zip(unknown, found, strict=True))

    def _note_read(self, accepted: Sequence[Item], found: Later[list[Found]]) -> None:
        self._note(read_back(item, one) for item, one in zip(accepted, found.result(), strict=True))

    def _note(self, verdicts: Iterable[Verdict]) -> int:
        """Commit verdicts; returns how many of the rows are settled by them."""
        noted = list(verdicts)
        if not noted:
            return 0
        self._journal.note(noted)
        self._meter.failed += sum(one.outcome in REJECTED for one in noted)
        return sum(one.outcome not in {"planned", "sending"} for one in noted)

    def _tell(self, under_way: int) -> None:
        if under_way % MOST_BULK_REQUESTS == 0:
            self._meter.tell(under_way)
