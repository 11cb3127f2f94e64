"""control/openapi.yaml: the document of the control, as text and compiled."""

from functools import lru_cache
from importlib.resources import files

import yaml

from chargeover_sandbox.contract.document import Contract


def control_text() -> str:
    """The text of the document."""
    return files("chargeover_sandbox.control").joinpath("openapi.yaml").read_text(encoding="utf-8")


@lru_cache(1)
def control_contract() -> Contract:
    """The document, compiled once for all accounts, which do not change it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Contract(yaml.load(control_text(), Loader=loader))  # noqa: S506  both are safe loaders
