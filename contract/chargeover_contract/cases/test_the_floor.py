"""The floor: a green run has asked for everything. It comes last, after all parts."""

import pytest

from chargeover_contract.collecting import LEFT_TO_THE_END
from chargeover_contract.coverage import Coverage
from chargeover_contract.findings import ContractFailure, Finding
from chargeover_contract.operations import MissingOperations
from chargeover_contract.options import ALLOWS_MISSING, CASE, OPERATIONS_ALONE, PARTS
from chargeover_contract.plugin import raise_for_unseen

pytestmark = pytest.mark.contract


def test_every_documented_response_was_reached(
    request: pytest.FixtureRequest, coverage: Coverage, missing: MissingOperations
) -> None:
    """429 and 500 do not count: a server sends them of its own accord, and no request can ask for them."""
    if PARTS or OPERATIONS_ALONE or CASE:
        pytest.skip("a few parts, operations or cases were asked for, not all")
    if not any(item.path.name == "test_schemathesis.py" for item in request.session.items):
        pytest.skip("Schemathesis is left out here; it reaches the operations that have no edges of their own")
    if hasattr(request.config, "workerinput"):
        pytest.skip(LEFT_TO_THE_END)
    raise_for_unseen(coverage, missing.reasons)


def test_the_server_has_every_operation(missing: MissingOperations) -> None:
    lines = list(missing.lines())
    if lines and not ALLOWS_MISSING:
        says = "the operations of the document; --allow-missing makes this a pass"
        raise ContractFailure([Finding(line.partition(":")[0], line, says, "openapi.yaml") for line in lines])
