"""The floor: a green run has asked for everything. It comes last, after all parts."""

import pytest

from chargeover_contract.coverage import Coverage
from chargeover_contract.operations import MissingOperations
from chargeover_contract.options import ALLOWS_MISSING

pytestmark = pytest.mark.contract


def test_every_documented_response_was_reached(
    request: pytest.FixtureRequest, coverage: Coverage, missing: MissingOperations
) -> None:
    """429 and 500 do not count: a server sends them of its own accord, and no request can ask for them."""
    if not any(item.path.name == "test_schemathesis.py" for item in request.session.items):
        pytest.skip("Schemathesis is left out here; it reaches the operations that have no edges of their own")
    unseen = coverage.missing(missing.reasons)
    assert not unseen, f"green, but nothing tested {', '.join(unseen)}"


def test_the_server_has_every_operation(missing: MissingOperations) -> None:
    lines = list(missing.lines())
    if lines and not ALLOWS_MISSING:
        pytest.fail("\n".join([*lines, "ALLOW_MISSING=1 makes this a pass."]), pytrace=False)
