"""What a run of pytest has found: from its reports, whichever process they come from."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx2
import pytest

from .coverage import Coverage
from .document import OPERATIONS
from .findings import ContractFailure, Finding, Notes, general
from .http import said
from .openapi import operations
from .operations import MissingOperations
from .ownership import WrongCustomerError

LEFT_TO_THE_END = "this worker has seen its own share alone; the end of the run has all of them"
"""Why a process of xdist does not hold the floor."""
_FILES = {"test_model": "model", "test_schemathesis": "schemathesis", "test_the_floor": "floor"}


def part_of(nodeid: str) -> str:
    """The part of the suite that a test belongs to: edges, model, schemathesis, or floor."""
    file = nodeid.partition("::")[0].rpartition("/")[2].removesuffix(".py")
    return _FILES.get(file, "edges")


@dataclass(slots=True)
class Result:
    """What became of one test.

    Attributes:
        case: its name, as ``--only`` takes it.
        part: of the suite.
        outcome: passed, failed or skipped.
        why: of a skipped one.
        seconds: that it took.
    """

    case: str
    part: str
    outcome: str
    why: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class Collector:
    """Results and findings of a run.

    Attributes:
        results: by test, in the order in which they ended.
        findings: of all tests.
        coverage: what was reached.
        missing: the operations that the server lacks.
    """

    results: dict[str, Result] = field(default_factory=dict[str, Result])
    findings: list[Finding] = field(default_factory=list[Finding])
    coverage: Coverage = field(default_factory=Coverage)
    missing: MissingOperations = field(default_factory=MissingOperations)

    @property
    def is_left_with_the_floor(self) -> bool:
        """Whether the processes of xdist have left it to the end of the run to hold the floor."""
        return any(result.why == LEFT_TO_THE_END for result in self.results.values())

    @property
    def ran(self) -> int:
        """How many cases ran; the floor is none."""
        return sum(one.outcome != "skipped" and one.part != "floor" for one in self.results.values())

    def take(self, report: pytest.TestReport) -> None:
        """Note the report of a phase of a test."""
        known = self.results.get(report.nodeid)
        if report.when == "setup" and report.outcome == "passed":
            return
        if report.when == "teardown" and report.outcome == "passed":
            return
        outcome = "failed" if known and known.outcome == "failed" else str(report.outcome)
        why = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else ""
        case = report.nodeid.partition("::")[2]
        seconds = (known.seconds if known else 0.0) + report.duration
        self.results[report.nodeid] = Result(
            case, part_of(report.nodeid), outcome, why.removeprefix("Skipped: "), seconds
        )
        for name, value in report.user_properties:
            if name == "contract_findings" and report.outcome == "failed":
                self.findings += map(Finding.from_json, json.loads(str(value)))


def sentence_of(name: str) -> str:
    """The sentence that is the name of a test."""
    return name.partition("[")[0].removeprefix("test_").replace("_", " ")


def findings_of(
    error: BaseException, item: pytest.Item, notes: Notes | None, *, is_followed_by: bool = False
) -> Sequence[Finding]:
    """What an exception means: a finding about the server, without a traceback.

    Args:
        error: the exception.
        item: the test.
        notes: of its HTTP, with the last exchange.
        is_followed_by: whether something else was found before it, which may have led to it.
    """
    if isinstance(error, ContractFailure):
        return error.findings
    sentence = sentence_of(item.name)
    first = " ".join(str(error).split()).removeprefix("assert ")[:600]
    last = notes.last if notes else None
    again = notes.again if notes else ""
    came = "; ".join(filter(None, [first, f"after: {said(last)}" if last else ""]))
    if isinstance(error, (httpx2.HTTPStatusError, WrongCustomerError)):
        return [
            Finding(
                f"a customer of the suite's own cannot be made: {general(first)}", first, "docs: a creation is a 201"
            )
        ]
    if isinstance(error, httpx2.HTTPError):
        return [Finding(f"no response: {type(error).__name__}", came, "a response", again=again)]
    if isinstance(error, AssertionError):
        return [Finding(f"not so: {sentence}", came, sentence, source_of_test(item), again=again, exchange=last)]
    # A member that is missing or of another type: where that was found before, this only follows from it.
    if is_followed_by:
        return []
    cause = f"a response cannot be used: {type(error).__name__} ({general(first)[:80]})"
    return [Finding(cause, came, sentence, source_of_test(item), again=again, exchange=last)]


def source_of_test(item: pytest.Item) -> str:
    """The source of the operations that a test names; docs where it names several."""
    function = getattr(item, "function", None)
    code = getattr(function, "__code__", None)
    texts = {
        one for const in getattr(code, "co_consts", ()) for one in (const if isinstance(const, tuple) else (const,))
    }
    named = [name for name in OPERATIONS if name in texts]
    sources = {str(node.get("x-source")) for _, _, node in operations() if node["operationId"] in named}
    order = [one for one in ("seed", "docs", "recorded", "client", "assumed") if one in sources]
    return re.sub(r"\bNone\b", "openapi.yaml", ", ".join(order)) or "openapi.yaml"
