"""What is tried, and how: from the environment, which the command sets and pytest's workers inherit."""

import os


def _names(variable: str) -> tuple[str, ...]:
    return tuple(os.environ.get(variable, "").replace(",", " ").split())


SEEDS: tuple[int, ...] = tuple(map(int, _names("CONTRACT_SEEDS"))) or (1,)
"""For Schemathesis and the model alike: the same seed sends the same requests."""
EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES") or "60")
"""Histories of the model for each seed."""
SHRINKS = os.environ.get("CONTRACT_SHRINK", "") == "1"
"""Whether a failure is made smaller before it is shown. A body of sixty fields takes minutes, so not by default."""
ALLOWS_MISSING = os.environ.get("CONTRACT_ALLOW_MISSING", "") == "1"
"""Whether a server that lacks operations passes all the same."""
STOPS_AT_FIRST = os.environ.get("CONTRACT_STOP", "") == "1"
"""Whether a test ends with the first thing that is wrong; the search for planted bugs needs no second."""
PHASES = os.environ.get("CONTRACT_PHASES", "")
"""Phases of Schemathesis, separated by commas, or all: tests of how the suite connects need only one."""
OPERATIONS_ALONE: frozenset[str] = frozenset(_names("CONTRACT_OPERATIONS"))
"""The operations that are tested; empty for all."""
SKIPS_ASSUMED = os.environ.get("CONTRACT_SKIP_ASSUMED", "") == "1"
"""Whether what nothing published says, but only this project decided, is left out."""
PAUSE = float(os.environ.get("CONTRACT_PAUSE") or "0")
"""Seconds before each request."""
CASE = os.environ.get("CONTRACT_CASE", "")
"""The one case that is run; empty for all."""
PARTS: frozenset[str] = frozenset(_names("CONTRACT_PARTS"))
"""The parts that are run; empty for all."""

# Without these there is no customer to test anything else with.
NEEDED = frozenset({"create_customer", "get_customer"})


def is_asked_for(*operations: str) -> bool:
    """Whether a test of these operations is to run."""
    return not OPERATIONS_ALONE or bool(OPERATIONS_ALONE & {*operations})


def can_be_used(operation: str) -> bool:
    """Whether a test may use an operation on its way to another one."""
    return not OPERATIONS_ALONE or operation in OPERATIONS_ALONE | NEEDED
