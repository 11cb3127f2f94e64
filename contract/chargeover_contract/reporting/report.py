"""A run as a whole: its causes, most frequent first, its cases and its coverage."""

import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from chargeover_contract.collecting import Collector, Result
from chargeover_contract.findings import Finding


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings that have one cause.

    Attributes:
        text: the sentence that they share.
        findings: in the order in which they were found.
    """

    text: str
    findings: Sequence[Finding]

    @property
    def first(self) -> Finding:
        """The first finding, or the first with a line that sends its request again."""
        return next((one for one in self.findings if one.again), self.findings[0])

    @property
    def cases(self) -> list[str]:
        """The names of the cases, each once."""
        return list(dict.fromkeys(one.case for one in self.findings))

    @property
    def parts(self) -> list[str]:
        """The parts of the suite that found it."""
        return list(dict.fromkeys(one.part for one in self.findings))

    @property
    def operations(self) -> list[str]:
        """The operations that were asked for."""
        return sorted({one.operation for one in self.findings if one.operation})


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a run has to say.

    Attributes:
        url: of the server.
        command: how the run was started, without credentials.
        started: when, as ISO 8601.
        seconds: that it took.
        version: of the package.
        results: what became of each case.
        causes: the most frequent first.
        coverage: what was reached, as JSON has it.
        notes: sentences about what was left out.
        known: the causes that a baseline accepts, with the reason.
    """

    url: str
    command: str
    started: str
    seconds: float
    version: str
    results: Sequence[Result]
    causes: Sequence[Cause]
    coverage: dict[str, Any]
    notes: Sequence[str] = ()
    known: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def outcomes(self) -> Counter[str]:
        """How many cases passed, failed and were skipped."""
        return Counter(one.outcome for one in self.results)

    @property
    def pace(self) -> float:
        """Cases a second, those that were skipped left out."""
        return (len(self.results) - self.outcomes["skipped"]) / self.seconds if self.seconds else 0.0

    @property
    def skips(self) -> Counter[str]:
        """Why cases were skipped, and how many."""
        return Counter(one.why for one in self.results if one.outcome == "skipped")

    def alone(self, finding: Finding) -> str:
        """The command that runs the case of a finding and no other."""
        words = ["python -m chargeover_contract", *([shlex.quote(self.url)] if self.url else [])]
        if finding.part == "schemathesis":
            operation = f" --operations {finding.operation}" if finding.operation else ""
            return " ".join([*words, f"--part schemathesis{operation}"])
        return " ".join([*words, f"--only {shlex.quote(finding.case)}"])


_FEW = 3


def grouped(findings: Iterable[Finding]) -> list[Cause]:
    """The causes of findings, the most frequent first; of two as frequent, the one that was found first.

    Where a kind of cause has more than a few members, such as one for each field, it stands for them all.
    """
    found = list(findings)
    members: dict[str, set[str]] = {}
    for one in found:
        members.setdefault(one.family, set()).add(one.cause)
    by_cause: dict[str, list[Finding]] = {}
    for one in found:
        is_one_of_many = bool(one.family) and len(members[one.family]) > _FEW
        by_cause.setdefault(one.family if is_one_of_many else one.cause, []).append(one)
    causes = [Cause(text, found) for text, found in by_cause.items()]
    return sorted(causes, key=lambda cause: -len(cause.cases))


def report_of(collector: Collector, **of_the_run: Any) -> Report:
    """The report of what a run collected; the other arguments are those of `Report`."""
    return Report(
        results=list(collector.results.values()),
        causes=grouped(collector.findings),
        coverage=collector.coverage.as_json(),
        notes=[*collector.missing.lines()],
        **of_the_run,
    )
