"""How much is tried, from the environment: the Makefile's SEEDS, EXAMPLES and SHRINK."""

import os

SEEDS: tuple[int, ...] = tuple(map(int, os.environ.get("CONTRACT_SEEDS", "1").split()))
"""For Schemathesis and the model alike: the same seed sends the same requests."""
EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "60"))
"""Histories of the model for each seed."""
SHRINKS = os.environ.get("CONTRACT_SHRINK", "") == "1"
"""Whether a failure is made smaller before it is shown. A body of sixty fields takes minutes, so not by default."""
ALLOWS_MISSING = os.environ.get("CONTRACT_ALLOW_MISSING", "") == "1"
"""Whether a server that lacks operations passes all the same."""
STOPS_AT_FIRST = os.environ.get("CONTRACT_STOP", "") == "1"
"""Whether Schemathesis ends with the first failure; the search for planted bugs needs no second."""
PHASES = os.environ.get("CONTRACT_PHASES", "")
"""Phases of Schemathesis, separated by commas, or all: tests of how the suite connects need only one."""
