"""Each row of the tables in chargeover_contract/edges: the request, the response, and what must stay unchanged."""

from collections.abc import Callable

import pytest

from chargeover_contract.document import operation_at
from chargeover_contract.edges import Case, Subject, all_cases
from chargeover_contract.edges.running import Runner
from chargeover_contract.edges.sources import source_of_row
from chargeover_contract.findings import ContractFailure
from chargeover_contract.options import SKIPS_ASSUMED, is_asked_for
from chargeover_contract.server import Server

pytestmark = pytest.mark.contract


@pytest.mark.parametrize("case", list(all_cases()), ids=str)
def test_edge(
    case: Case,
    server: Server,
    runner: Runner | None,
    needs: Callable[..., None],
) -> None:
    if case.own and not server.is_own:
        pytest.skip("decided by our sandbox, not by the document")
    if SKIPS_ASSUMED and (case.own or source_of_row(case.why) == "assumed"):
        pytest.skip("assumed: nothing published says so")
    operation = operation_at(case.request.method, _ANYONE.filled_in(case.request.target))
    # A row about no operation, such as an unknown path, is left out where a few operations are asked for.
    if not is_asked_for(*([operation.name] if operation else [])):
        pytest.skip("about another operation")
    needs("create_customer", "get_customer", *([operation.name] if operation else []), is_about=False)
    assert runner
    if findings := runner.findings(case):
        raise ContractFailure(findings)


_ANYONE = Subject(1, "key", "token", "marker")
