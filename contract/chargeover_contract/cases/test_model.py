"""Random histories through the client: after each step the server has what a plain dict has, and nothing else."""

from collections.abc import Callable, Generator

import httpx2
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from chargeover import ChargeOver, ChargeOverError
from chargeover_contract.coverage import Coverage
from chargeover_contract.findings import ContractFailure, Exchange, Finding, Notes, general
from chargeover_contract.model.context import Context
from chargeover_contract.model.machine import machine
from chargeover_contract.model.recorder import Recorder
from chargeover_contract.operations import MissingOperations
from chargeover_contract.options import EXAMPLES, SEEDS, SHRINKS, can_be_used
from chargeover_contract.server import Server

pytestmark = [pytest.mark.contract, pytest.mark.long]

PHASES = (Phase.generate, Phase.shrink) if SHRINKS else (Phase.generate,)


@pytest.fixture(scope="session")
def context(
    server: Server, plain_http: httpx2.Client, missing: MissingOperations, coverage: Coverage
) -> Generator[Context]:
    recorder = Recorder(coverage, server)

    def pay(child: int, parent: int) -> None:
        body = {"customer_id": child, "paid_by": parent}
        plain_http.post("/_sandbox/payments", json=body).raise_for_status()

    # A failure must be seen, so nothing is sent twice.
    with (
        httpx2.Client(transport=recorder) as http,
        ChargeOver(
            base_url=server.url, username=server.username, password=server.password, http_client=http, max_retries=0
        ) as client,
    ):
        yield Context(
            client,
            plain_http,
            recorder,
            lambda name: name in missing or not can_be_used(name),
            pay if server.is_own else None,
        )


@pytest.mark.parametrize("number", SEEDS)
def test_the_server_does_what_a_dict_does(
    number: int, context: Context, server: Server, needs: Callable[..., None]
) -> None:
    needs("create_customer", "get_customer", is_about=False)
    context.recorder.notes = Notes()
    settled = settings(
        max_examples=EXAMPLES,
        stateful_step_count=25,
        deadline=None,
        database=None,
        phases=PHASES,
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow],  # a real server answers as fast as it can
    )
    notes = context.recorder.notes
    try:
        run_state_machine_as_test(seed(number)(machine(context)), settings=settled)
    except (
        AssertionError,
        ChargeOverError,
        httpx2.HTTPError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ) as error:
        history = "\n".join([*getattr(error, "__notes__", ()), context.recorder.report()])
        notes.findings.append(_finding(error, history, notes.last))
    if notes.findings:
        raise ContractFailure(notes.findings)


def _finding(error: Exception, history: str, last: Exchange | None) -> Finding:
    first = str(error).partition("\n")[0].removeprefix("assert ")
    cause = f"a history went wrong: {general(first)[:200]}"
    if not isinstance(error, AssertionError):
        cause = f"a history went wrong: {type(error).__name__}: {general(first)[:200]}"
    return Finding(
        cause, f"{first[:500]}\n{history[-6000:]}", "what a plain dict has after the same steps", exchange=last
    )
