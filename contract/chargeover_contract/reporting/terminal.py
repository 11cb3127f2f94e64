"""The report in a few lines: for each cause, what it is, what was expected and came, and how to see it again."""

from collections.abc import Iterator, Sequence

from chargeover_contract.findings import Finding, printable

from .report import Cause, Report

_SHOWN = 15
"""Causes on the terminal; the files have all."""
_WIDTH = 400
"""Characters of a line, which a terminal breaks; a curl line may have more."""


def lines_of(report: Report, changes: Sequence[str] = (), *, is_a_share: bool = False) -> Iterator[str]:
    """The lines.

    Args:
        report: of the run.
        changes: what a baseline says about it.
        is_a_share: whether only a few cases were to run, so that what they have not reached says nothing.
    """
    new = [cause for cause in report.causes if cause.text not in report.known]
    for number, cause in enumerate(new[:_SHOWN], 1):
        yield from _of_a_cause(number, cause)
    if len(new) > _SHOWN:
        yield f"… and {len(new) - _SHOWN} more causes; the files have all of them."
    if new:
        yield ""
    yield from changes
    yield from map(printable, report.notes)
    for why, number in report.skips.most_common():
        yield f"skipped {number}: {why}"
    if not is_a_share:
        yield from _of_the_coverage(report)
    outcomes = report.outcomes
    counted = f"{outcomes['passed']:,} passed, {outcomes['failed']:,} failed, {outcomes['skipped']:,} skipped"
    causes = f"; {len(report.causes)} causes" if len(report.causes) != 1 else "; 1 cause"
    pace = f", {report.pace:.1f} cases a second" if report.pace else ""
    yield f"{counted}{causes if report.causes else ''}; {report.seconds:.0f} s{pace}"


def _of_a_cause(number: int, cause: Cause) -> Iterator[str]:
    first = cause.first
    cases = f"{len(cause.cases):,} cases" if len(cause.cases) != 1 else "1 case"
    yield f"{number:3}. {_line(cause.text)} ({cases}, first: {first.case})"
    yield f"     expected: {_expected(first)}; came: {_line(first.came)[:200] or 'nothing'}"
    yield f"     again: {first.again or 'no single request does it: --only runs the case'}"


def _expected(finding: Finding) -> str:
    text = _line(finding.says)[:200]
    return f"{text} ({finding.source})" if finding.source and finding.source not in text else text


def _line(text: str) -> str:
    return " ".join(printable(text).split())[:_WIDTH]


def _of_the_coverage(report: Report) -> Iterator[str]:
    coverage = report.coverage
    documented = sum(len(one["documented"]) for one in coverage["operations"].values())
    not_on_request, unseen = coverage["cannot_be_asked_for"], coverage["never_seen"]
    reached = documented - len(unseen) - len(not_on_request)
    rest = f"; {len(not_on_request)} (429 and 500) cannot be asked for" if not_on_request else ""
    yield f"reached {reached} of {documented} documented responses{rest}"
    if unseen:
        yield f"never seen: {', '.join(unseen[:8])}{f', and {len(unseen) - 8} more' if len(unseen) > 8 else ''}"
    if never := coverage["never_sent"]:
        yield f"never sent: {len(never)} parameters and fields, such as {', '.join(never[:3])}"
