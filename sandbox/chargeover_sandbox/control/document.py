"""control/openapi.yaml: the document of the control, as text and compiled."""

from functools import lru_cache
from pathlib import Path

from chargeover_sandbox.contract.document import Contract
from chargeover_sandbox.contract.parsing import parsed

_FOLDER = Path(__file__).parent


def control_text() -> str:
    """The text of the document."""
    return (_FOLDER / "openapi.yaml").read_text(encoding="utf-8")


@lru_cache(1)
def control_contract() -> Contract:
    """The document, compiled once for all accounts, which do not change it."""
    return Contract(parsed(control_text(), _FOLDER / "openapi.json"))
