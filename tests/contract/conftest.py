"""The server under test, what it lacks, and what was reached: shared by all parts of the contract suite."""

import signal
from collections.abc import Callable, Generator
from uuid import uuid4

import httpx2
import pytest

from contract_suite.api import Api
from contract_suite.edges.case import Subject
from contract_suite.edges.running import Runner
from contract_suite.lacks import Lacks, probe
from contract_suite.ours import CUSTOMER, make
from contract_suite.reached import Reached
from contract_suite.target import Server, UnusableServerError, the_server

_LACKS = pytest.StashKey[Lacks]()
NOTHING_TO_TEST = 4


@pytest.fixture(scope="session", autouse=True)
def end_in_order() -> None:
    """A signal must end what was started too, not this process alone."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture
def our_sandbox(server: Server) -> None:
    """Leaves a test out where nothing published says what it says."""
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
def plain(server: Server) -> Generator[httpx2.Client]:
    with server.client() as http:
        yield http


@pytest.fixture(scope="session")
def lacks(plain: httpx2.Client, request: pytest.FixtureRequest) -> Lacks:
    return request.config.stash.setdefault(_LACKS, probe(plain))


@pytest.fixture
def needs(lacks: Lacks, request: pytest.FixtureRequest) -> Callable[..., None]:
    """Leaves a test out, and notes it, if the server lacks one of the operations that are named."""

    def check(*operations: str) -> None:
        if missing := lacks.first_of(request.node.name, *operations):
            pytest.skip(f"the server has no {missing}")

    return check


@pytest.fixture(scope="session")
def reached() -> Reached:
    return Reached()


@pytest.fixture(scope="session")
def subject(plain: httpx2.Client, lacks: Lacks) -> Subject | None:
    """The customer that the edges are about; None for a server that cannot make one and show it."""
    if "create_customer" in lacks or "get_customer" in lacks:
        return None
    key, marker = f"key-{uuid4().hex}", f"edges-{uuid4().hex}"
    customer_id = make(plain, "Subject of the edges", external_key=key, custom_20=marker, tags=["a"], no_taxes=True)
    token = plain.get(f"{CUSTOMER}/{customer_id}").json()["response"].get("token") or "no-token"
    return Subject(customer_id, key, token, marker)


@pytest.fixture(scope="session")
def runner(server: Server, plain: httpx2.Client, subject: Subject | None, reached: Reached) -> Runner | None:
    return Runner(server, plain, subject, reached) if subject else None


@pytest.fixture
def api(plain: httpx2.Client, reached: Reached) -> Api:
    return Api(plain, reached)


@pytest.fixture
def marker() -> str:
    """What the customers of one test have in common, and no others."""
    return f"turn-{uuid4().hex}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what the server lacks, whether or not anything failed."""
    lacks = config.stash.get(_LACKS, None)
    for line in lacks.lines() if lacks else ():
        terminalreporter.write_line(line)
