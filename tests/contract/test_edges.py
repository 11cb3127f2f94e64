"""Each row of the tables in chargeover_contract/edges: the request, the response, and what must stay unchanged."""

from collections.abc import Callable

import pytest

from chargeover_contract.document import operation_at
from chargeover_contract.edges import Case, Subject, all_cases
from chargeover_contract.edges.running import Runner
from chargeover_contract.server import Server

pytestmark = pytest.mark.contract


@pytest.mark.parametrize("case", list(all_cases()), ids=str)
def test_edge(
    case: Case,
    server: Server,
    subject: Subject | None,
    runner: Runner | None,
    needs: Callable[..., None],
) -> None:
    if case.own and not server.is_own:
        pytest.skip("decided by our sandbox, not by the document")
    needs("create_customer", "get_customer")
    assert subject
    assert runner
    operation = operation_at(case.request.method, subject.filled_in(case.request.target))
    needs(*([operation.name] if operation else []))
    if complaints := runner.complaints(case):
        line = case.request.as_shell_line(server, subject)
        pytest.fail("\n".join([*complaints, f"expected: {case.why}", f"again: {line}"]), pytrace=False)
