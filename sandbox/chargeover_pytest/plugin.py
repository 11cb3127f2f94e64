"""What pytest loads: the options, the marker and the fixtures.

An entry point cannot depend on an extra. So this module, and what it imports at its top, needs the standard library and
pytest alone; everything else is imported by the first test that uses it.
"""

from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from . import bug_runs, reports
from .marks import MARKER, marked

if TYPE_CHECKING:
    from chargeover import AsyncChargeOver, ChargeOver
    from chargeover_sandbox import LocalSandbox

    from .sandbox import SandboxOfTests


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("chargeover", "ChargeOver sandbox")
    group.addoption(
        "--chargeover-bug",
        metavar="NAME",
        action="append",
        default=[],
        help="plant this bug in the sandbox of the tests, to see what they notice; may be repeated",
    )
    group.addoption(
        "--chargeover-bugs",
        metavar="NAME,NAME",
        nargs="?",
        const="",
        default=None,
        help="run the suite once for each planted bug, or for those named (with =), and show which it does not notice",
    )
    group.addoption(
        "--chargeover-jobs",
        metavar="N",
        type=int,
        default=1,
        help="how many runs of --chargeover-bugs go on at once (default: 1)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Describe the marker."""
    config.addinivalue_line("markers", MARKER)


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Run the suite once for each bug, if that is asked for; otherwise let pytest go on."""
    return bug_runs.main(config)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give a marked test the sandbox, whether it names the fixture or not."""
    if not isinstance(item, pytest.Function) or not item.get_closest_marker("chargeover"):
        return
    if "chargeover_sandbox" not in item.fixturenames:
        item.fixturenames.insert(0, "chargeover_sandbox")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add what the sandbox knows to the report of a failed test."""
    report = yield
    reports.complete(item, report)
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In a run with a planted bug, remember which test noticed it."""
    bug_runs.note(report)


@pytest.fixture(scope="session")
def chargeover_sandbox_options() -> Mapping[str, Any]:
    """Arguments of ``LocalSandbox`` for the sandbox of the session, such as ``{"lenient": True}``: override it."""
    return {}


@pytest.fixture(scope="session")
def chargeover_session_sandbox(
    request: pytest.FixtureRequest, chargeover_sandbox_options: Mapping[str, Any]
) -> Generator["SandboxOfTests"]:
    """The sandbox of the session, for fixtures with a wider scope than a test. ``chargeover_sandbox`` resets it."""
    names: list[str] = request.config.option.chargeover_bug
    try:
        from .sandbox import SandboxOfTests

        sandbox: SandboxOfTests | str = SandboxOfTests(names, **chargeover_sandbox_options)
    except (ModuleNotFoundError, TypeError, ValueError) as error:
        sandbox = str(error)
    if isinstance(sandbox, str):  # failed outside the handler, so that the sentence is shown alone
        pytest.fail(f"The ChargeOver sandbox cannot start: {sandbox}", pytrace=False)
    with sandbox:
        yield sandbox


@pytest.fixture
def chargeover_sandbox(
    request: pytest.FixtureRequest, chargeover_session_sandbox: "SandboxOfTests"
) -> Generator["LocalSandbox"]:
    """A sandbox with no customers, or with those that ``@pytest.mark.chargeover(seed=…)`` names.

    One runs for the whole session, in each xdist worker, and starts over for each test. A test fails if the sandbox
    failed in it, or if a fault was added that was never applied.
    """
    running = chargeover_session_sandbox
    running.start_over()
    bug_runs.note_use(request.node.nodeid)
    mark = marked(request.node)
    mark.apply(running)
    with running.watched() as failures:
        yield running
    if running.has_bugs:  # only what the tests themselves notice counts
        return
    reports.check_failures(failures)
    if not mark.allow_unmatched:
        reports.check_faults(request.node, running.unmatched())


@pytest.fixture
def chargeover_waits() -> Generator[list[float]]:
    """The seconds that clients of this process waited between attempts. They pass at once for those built meanwhile."""
    from .waits import noted

    with noted() as waits:
        yield waits


@pytest.fixture
def chargeover_client(chargeover_sandbox: "LocalSandbox", chargeover_waits: list[float]) -> Generator["ChargeOver"]:
    """A client of the sandbox. It waits no real time between attempts."""
    from chargeover import ChargeOver

    with ChargeOver(
        base_url=chargeover_sandbox.url, username=chargeover_sandbox.username, password=chargeover_sandbox.password
    ) as client:
        yield client


@pytest.fixture
def async_chargeover_client(chargeover_sandbox: "LocalSandbox", chargeover_waits: list[float]) -> "AsyncChargeOver":
    """An async client of the sandbox, for any event loop. It waits no real time between attempts.

    It keeps no connections open, so that it needs no event loop of its own to close them: any plugin that runs async
    tests will do, as will ``asyncio.run`` in a test of the usual kind.
    """
    from .clients import async_client

    return async_client(chargeover_sandbox)


@pytest.fixture
def chargeover_env(
    chargeover_sandbox: "LocalSandbox", chargeover_waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> Mapping[str, str]:
    """Environment variables that lead to the sandbox, set during the test: for code that builds its own client.

    Such a client waits no real time between attempts either, if it is built in this process and during the test.
    """
    values = {
        "CHARGEOVER_BASE_URL": chargeover_sandbox.url,
        "CHARGEOVER_USERNAME": chargeover_sandbox.username,
        "CHARGEOVER_PASSWORD": chargeover_sandbox.password,
    }
    for name in ("INSTANCE", "ALLOW_PLAIN_HTTP", "PROFILE", "LOG"):
        monkeypatch.delenv(f"CHARGEOVER_{name}", raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return values
