"""The floor: a green run has asked for everything. It comes last, after all parts."""

import pytest

from contract_suite.lacks import Lacks
from contract_suite.options import ALLOWS_MISSING
from contract_suite.reached import Reached

pytestmark = pytest.mark.contract


def test_every_documented_answer_was_reached(reached: Reached, lacks: Lacks) -> None:
    """429 and 500 do not count: a server gives them of its own accord, and no request can ask for them."""
    missing = reached.missing(lacks.reasons)
    assert not missing, f"green, but nothing tested {', '.join(missing)}"


def test_the_server_has_every_operation(lacks: Lacks) -> None:
    lines = list(lacks.lines())
    if lines and not ALLOWS_MISSING:
        pytest.fail("\n".join([*lines, "ALLOW_MISSING=1 makes this a pass."]), pytrace=False)
