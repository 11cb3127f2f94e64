"""``@pytest.mark.chargeover(…)``: what a test asks of its sandbox."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from chargeover_sandbox import LocalSandbox

MARKER = (
    "chargeover(seed=…, faults=…, allow_unmatched_faults=…): the customers that the sandbox starts the test with (a "
    "list of dicts, a file beside the test, or how many to make up), the faults that it has (a dict of options, or a "
    "list of them), and whether a fault that is never applied is all right."
)
_OPTIONS = ("seed", "faults", "allow_unmatched_faults")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a test asks for.

    Attributes:
        folder: what the path of a seed is relative to.
        seed: the customers, a file of them, or their number; None for none.
        faults: the options of each fault.
        allow_unmatched: whether a fault may remain unused.
    """

    folder: Path
    seed: Any
    faults: list[Mapping[str, Any]]
    allow_unmatched: bool

    def apply(self, sandbox: "LocalSandbox") -> None:
        """Seed the sandbox and add the faults; the test ends with one sentence if they are not valid."""
        problem = ""
        try:
            if isinstance(self.seed, int):
                sandbox.seed(generate=self.seed)
            elif isinstance(self.seed, str | Path):
                sandbox.seed(file=self.folder / self.seed)
            elif self.seed is not None:
                sandbox.seed(self.seed)
            for options in self.faults:
                sandbox.faults.add(**options)
        except (ValueError, TypeError, AttributeError) as error:
            problem = str(error)
        if problem:  # outside the handler, so that it is shown alone
            pytest.fail(f"@pytest.mark.chargeover: {problem}", pytrace=False)


def marked(item: pytest.Item) -> Mark:
    """What the markers of a test, its class and its module ask for; the nearest one decides on each option."""
    found: dict[str, Any] = {}
    for mark in item.iter_markers("chargeover"):
        if mark.args or mark.kwargs.keys() - set(_OPTIONS):
            wrong = next(iter(mark.kwargs.keys() - set(_OPTIONS)), "a value without a name")
            pytest.fail(f"@pytest.mark.chargeover takes {', '.join(_OPTIONS)}, not {wrong}.", pytrace=False)
        found = {**mark.kwargs, **found}
    return Mark(
        item.path.parent, found.get("seed"), _listed(found.get("faults", ())), bool(found.get("allow_unmatched_faults"))
    )


def _listed(faults: Any) -> list[Mapping[str, Any]]:
    given: Iterable[Any] = [faults] if isinstance(faults, Mapping) else faults
    return list(given)
