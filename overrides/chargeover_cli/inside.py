"""The seam to what the client keeps to itself, and to the generated descriptions; imported here alone."""

from chargeover._exchange import ExactNumber  # pyright: ignore[reportPrivateUsage]
from chargeover._text import is_formula, printable  # pyright: ignore[reportPrivateUsage]
from chargeover._wire import (  # pyright: ignore[reportPrivateUsage]
    CUSTOMER,
    CUSTOMER_CREATE,
    CUSTOMER_CREATE_REQUIRED,
    CUSTOMER_UPDATE,
    Rule,
)
from chargeover_api import descriptions

__all__ = [
    "CUSTOMER",
    "CUSTOMER_CREATE",
    "CUSTOMER_CREATE_REQUIRED",
    "CUSTOMER_UPDATE",
    "ExactNumber",
    "Rule",
    "descriptions",
    "is_formula",
    "printable",
]
