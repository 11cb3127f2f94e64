"""What a comparison has found, as a whole."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from chargeover_contract.document import operation_at
from chargeover_contract.findings import Finding
from chargeover_contract.reporting.report import Cause, grouped

from .exchange import Recorded
from .expected import CONTRACT, NEW, SANDBOX, findings_in
from .reading import Recording
from .replay import NEEDS_SANDBOX, ReplayError, can_replay, replay

VERDICTS = (CONTRACT, SANDBOX, NEW)


@dataclass(frozen=True, slots=True)
class Drift:
    """The comparison of recordings.

    Attributes:
        title: what was compared.
        exchanges: how many there were.
        replayed: how many of them a sandbox was asked again.
        operations: how often each operation was asked for.
        notes: sentences about what was left out.
        causes: the findings by their cause, with the verdict as the part: the most frequent first.
    """

    title: str
    exchanges: int
    replayed: int
    operations: Counter[str]
    notes: Sequence[str] = ()
    causes: Sequence[Cause] = field(default=())

    def of(self, verdict: str) -> list[Cause]:
        """The causes with a verdict."""
        return [cause for cause in self.causes if cause.first.part == verdict]


def compared(recording: Recording, title: str, *, replays: bool = True) -> Drift:
    """Hold a recording against openapi.yaml, and against a sandbox.

    Args:
        recording: the exchanges.
        title: what they are.
        replays: whether a sandbox is started; one sentence of the notes says so if it cannot be.
    """
    exchanges = [one for whole in recording.exchanges for one in (whole, *whole.inner())]
    by_place: dict[str, list[Finding]] = {one.place: [*findings_in(one)] for one in exchanges}
    findings = [finding for found in by_place.values() for finding in found]
    notes = [*recording.notes]
    notes += [f"{number:,} left out {why}" for why, number in recording.left_out.items() if number]
    replayed = 0
    if replays and not can_replay():
        notes.append(NEEDS_SANDBOX)
    elif replays:
        try:
            made = replay(exchanges, lambda one: by_place[one.place])
        except ReplayError as error:
            notes.append(str(error))
        else:
            findings += made.findings
            replayed = made.number
            notes += [f"{number:,} not replayed {why}" for why, number in made.left_out.items()]
    return Drift(title, len(recording.exchanges), replayed, _operations(exchanges), notes, grouped(findings))


def _operations(exchanges: Sequence[Recorded]) -> Counter[str]:
    found = (operation_at(one.method, one.path) for one in exchanges)
    return Counter(operation.name for operation in found if operation)
