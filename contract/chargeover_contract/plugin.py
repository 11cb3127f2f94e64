"""The suite's face in pytest: its fixtures, and findings instead of tracebacks.

    pytest -p chargeover_contract.plugin --pyargs chargeover_contract.cases -k bulk -n 4

The server and the credentials come from CONTRACT_BASE_URL, CHARGEOVER_USERNAME and CHARGEOVER_PASSWORD. Without an
address a sandbox is started, which needs the extra ``sandbox``.
"""

import json
import signal
from collections.abc import Callable, Generator, Iterable
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from .collecting import Collector, findings_of, part_of
from .coverage import Coverage
from .edges.case import Subject
from .edges.running import Runner
from .faults import Faults
from .findings import ContractFailure, Finding, printable
from .http import CheckedHttp
from .operations import MissingOperations, probe
from .options import CASE, PARTS, is_asked_for
from .ownership import CUSTOMER, create_own, response_of
from .server import Server, UnusableServerError, the_server

COLLECTOR = pytest.StashKey[Collector]()
_MISSING = pytest.StashKey[MissingOperations]()
_COVERAGE = pytest.StashKey[Coverage]()
NOTHING_TO_TEST = 4


def pytest_configure(config: pytest.Config) -> None:
    """Have the marker, and a place for what is found."""
    config.addinivalue_line("markers", "contract: a case of the contract suite, against a live server")
    config.addinivalue_line("markers", "long: takes several seconds")
    config.stash[COLLECTOR] = Collector()
    config.stash[_COVERAGE] = Coverage()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the parts and cases that were not asked for; the floor comes last, after all that it counts."""
    ours = [item for item in items if item.get_closest_marker("contract")]
    out = {item for item in ours if not _is_wanted(item)}
    last = {item for item in ours if part_of(item.nodeid) == "floor"} - out
    if out:
        config.hook.pytest_deselected(items=[item for item in items if item in out])
    items[:] = [one for one in items if one not in out | last] + [one for one in items if one in last]


def _is_wanted(item: pytest.Item) -> bool:
    part = part_of(item.nodeid)
    if CASE:
        return CASE in {item.name, printable(item.name)}
    return not PARTS or part in PARTS or part == "floor"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Have a test fail for everything that it has seen, also where it went on."""
    if not item.get_closest_marker("contract"):
        return (yield)
    notes = [one.notes for one in getattr(item, "funcargs", {}).values() if isinstance(one, CheckedHttp)]
    try:
        result = yield
    except Exception as error:
        found = [one for note in notes for one in note.findings]
        last = next((note for note in notes if note.last), None)
        raise ContractFailure([*found, *findings_of(error, item, last, is_followed_by=bool(found))]) from error
    if found := [one for note in notes for one in note.findings]:
        raise ContractFailure(found)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put the findings into the report: as its text, and for the files."""
    report = yield
    if not item.get_closest_marker("contract") or report.outcome != "failed" or call.excinfo is None:
        return report
    error = call.excinfo.value
    found = error.findings if isinstance(error, ContractFailure) else findings_of(error, item, None)
    part = part_of(item.nodeid)
    placed = [one if one.part else one.placed(part, item.name) for one in found]
    report.user_properties.append(("contract_findings", json.dumps([one.as_json() for one in placed])))
    report.longrepr = "\n\n".join(map(str, placed))
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collect; with xdist the reports of all workers come by here."""
    if _CONFIG:
        _CONFIG[-1].stash[COLLECTOR].take(report)


_CONFIG: list[pytest.Config] = []


def pytest_sessionstart(session: pytest.Session) -> None:
    """Remember whose reports come."""
    _CONFIG.append(session.config)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what a worker has covered to the one that has them all, which then holds the floor against it."""
    config = session.config
    coverage, missing = config.stash[_COVERAGE], config.stash.get(_MISSING, None)
    output = getattr(config, "workeroutput", None)
    if output is not None:
        output["contract_coverage"] = coverage.dump()
        output["contract_missing"] = dict(missing.reasons) if missing else {}
    collector = config.stash[COLLECTOR]
    collector.coverage, collector.missing = coverage, missing or collector.missing
    if session.exitstatus == 0 and collector.is_left_with_the_floor:
        try:
            raise_for_unseen(coverage, collector.missing.reasons)
        except ContractFailure as error:
            collector.findings += [
                one.placed("floor", "every documented response was reached") for one in error.findings
            ]
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
    _CONFIG.remove(config)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Take in what a worker of xdist has covered."""
    output = getattr(node, "workeroutput", None) or {}
    collector: Collector = node.config.stash[COLLECTOR]
    node.config.stash[_COVERAGE].merge(output.get("contract_coverage", ()))
    collector.missing.reasons.update(output.get("contract_missing", {}))


def raise_for_unseen(coverage: Coverage, missing: Iterable[str]) -> None:
    """Hold the floor against what was covered.

    Raises:
        ContractFailure: a documented response was never reached.
    """
    says = "a run without a failure has asked for everything"
    if unseen := coverage.missing(missing):
        raise ContractFailure(
            [Finding("nothing tested a documented response", ", ".join(unseen), says, "openapi.yaml")]
        )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what the server lacks, whether or not anything failed, and what the end of the run has found."""
    missing = config.stash.get(_MISSING, None)
    for line in missing.lines() if missing else ():
        terminalreporter.write_line(printable(line))
    collector = config.stash[COLLECTOR]
    if collector.is_left_with_the_floor:
        for finding in collector.findings:
            if finding.part == "floor":
                terminalreporter.write_line(printable(f"FAILED {finding.case}: {finding.cause}: {finding.came}"))


@pytest.fixture
def sandbox_only(server: Server) -> None:
    """Skip a test whose expectation is not published, except on our sandbox."""
    if not server.is_own:
        pytest.skip("decided by our sandbox, not by the document")


@pytest.fixture(scope="session")
def server() -> Generator[Server]:
    """The server under test. Processes that it started end with a SIGTERM too."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with the_server() as server:
            yield server
    except UnusableServerError as error:
        pytest.exit(printable(str(error)), returncode=NOTHING_TO_TEST)
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="session")
def plain_http(server: Server) -> Generator[httpx2.Client]:
    """Plain HTTP to the server, which waits out a 429."""
    with server.client() as http:
        yield http


@pytest.fixture(scope="session")
def missing(plain_http: httpx2.Client, request: pytest.FixtureRequest) -> MissingOperations:
    """The operations that the server lacks, with what is skipped for it."""
    return request.config.stash.setdefault(_MISSING, probe(plain_http))


@pytest.fixture
def needs(missing: MissingOperations, request: pytest.FixtureRequest) -> Callable[..., None]:
    """Skip a test if the server lacks one of its operations, and note it; or if it is about none that are asked for."""

    def check(*operations: str, is_about: bool = True) -> None:
        if is_about and not is_asked_for(*operations):
            pytest.skip("about other operations")
        if found := missing.first_of(request.node.name, *operations):
            pytest.skip(f"the server has no {found}")

    return check


@pytest.fixture(scope="session")
def coverage(request: pytest.FixtureRequest) -> Coverage:
    """What this run has reached."""
    return request.config.stash[_COVERAGE]


@pytest.fixture(scope="session")
def runner(server: Server, plain_http: httpx2.Client, missing: MissingOperations, coverage: Coverage) -> Runner | None:
    """Carries out the rows of the tables; None for a server that cannot make a customer and show it."""
    if "create_customer" in missing or "get_customer" in missing:
        return None
    return Runner(server, plain_http, lambda: _subject(plain_http), coverage)


def _subject(http: httpx2.Client) -> Subject:
    """A customer that the edges are about."""
    key, marker = f"key-{uuid4().hex}", f"edges-{uuid4().hex}"
    customer_id = create_own(
        http, "Subject of the edges", external_key=key, custom_20=marker, tags=["a"], no_taxes=True
    )
    shown = response_of(http.get(f"{CUSTOMER}/{customer_id}"))
    token = shown.get("token") if isinstance(shown, dict) else None
    return Subject(customer_id, key, str(token or "no-token"), marker)


@pytest.fixture
def http(server: Server, plain_http: httpx2.Client, coverage: Coverage) -> CheckedHttp:
    """HTTP that holds each response against the document."""
    return CheckedHttp(plain_http, coverage, server.prefix)


@pytest.fixture
def impatient(server: Server, coverage: Coverage) -> Generator[CheckedHttp]:
    """The same, without waiting out a 429."""
    with server.client(httpx2.Client) as http:
        yield CheckedHttp(http, coverage, server.prefix)


@pytest.fixture
def faults(server: Server, plain_http: httpx2.Client) -> Faults:
    """429 and 500, where the server is a sandbox that can be told to send them."""
    return Faults(plain_http, is_sandbox=server.is_own)


@pytest.fixture
def marker() -> str:
    """What the customers of one test have in common, and no others."""
    return f"turn-{uuid4().hex}"
