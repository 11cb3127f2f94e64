"""The server under test, the operations it lacks, and the coverage: shared by all parts of the contract suite."""

import signal
from collections.abc import Callable, Generator
from uuid import uuid4

import httpx2
import pytest

from chargeover_contract.coverage import Coverage
from chargeover_contract.edges.case import Subject
from chargeover_contract.edges.running import Runner
from chargeover_contract.http import CheckedHttp
from chargeover_contract.operations import MissingOperations, probe
from chargeover_contract.ownership import CUSTOMER, create_own
from chargeover_contract.server import Server, UnusableServerError, the_server

_MISSING = pytest.StashKey[MissingOperations]()
NOTHING_TO_TEST = 4


@pytest.fixture(scope="session", autouse=True)
def end_in_order() -> None:
    """End the processes that the run started too."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture
def sandbox_only(server: Server) -> None:
    """Skip a test whose expectation is not published, except on our sandbox."""
    if not server.is_own:
        pytest.skip("decided by our sandbox, not by the document")


@pytest.fixture(scope="session")
def server() -> Generator[Server]:
    try:
        with the_server() as server:
            yield server
    except UnusableServerError as error:
        pytest.exit(str(error), returncode=NOTHING_TO_TEST)


@pytest.fixture(scope="session")
def plain_http(server: Server) -> Generator[httpx2.Client]:
    with server.client() as http:
        yield http


@pytest.fixture(scope="session")
def missing(plain_http: httpx2.Client, request: pytest.FixtureRequest) -> MissingOperations:
    return request.config.stash.setdefault(_MISSING, probe(plain_http))


@pytest.fixture
def needs(missing: MissingOperations, request: pytest.FixtureRequest) -> Callable[..., None]:
    """Skip a test, and note it, if the server lacks one of the operations."""

    def check(*operations: str) -> None:
        if found := missing.first_of(request.node.name, *operations):
            pytest.skip(f"the server has no {found}")

    return check


@pytest.fixture(scope="session")
def coverage() -> Coverage:
    return Coverage()


@pytest.fixture(scope="session")
def subject(plain_http: httpx2.Client, missing: MissingOperations) -> Subject | None:
    """The customer that the edges are about; None for a server that cannot make one and show it."""
    if "create_customer" in missing or "get_customer" in missing:
        return None
    key, marker = f"key-{uuid4().hex}", f"edges-{uuid4().hex}"
    customer_id = create_own(
        plain_http, "Subject of the edges", external_key=key, custom_20=marker, tags=["a"], no_taxes=True
    )
    token = plain_http.get(f"{CUSTOMER}/{customer_id}").json()["response"].get("token") or "no-token"
    return Subject(customer_id, key, token, marker)


@pytest.fixture(scope="session")
def runner(server: Server, plain_http: httpx2.Client, subject: Subject | None, coverage: Coverage) -> Runner | None:
    return Runner(server, plain_http, subject, coverage) if subject else None


@pytest.fixture
def http(plain_http: httpx2.Client, coverage: Coverage) -> CheckedHttp:
    return CheckedHttp(plain_http, coverage)


@pytest.fixture
def marker() -> str:
    """What the customers of one test have in common, and no others."""
    return f"turn-{uuid4().hex}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what the server lacks, whether or not anything failed."""
    missing = config.stash.get(_MISSING, None)
    for line in missing.lines() if missing else ():
        terminalreporter.write_line(line)
