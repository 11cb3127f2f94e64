"""Values of numpy and pandas, told by their modules: importing these libraries is for those who use them."""

import math
from decimal import Decimal
from typing import Any, cast


def plain_value(value: object) -> object:
    """The Python value that a scalar, an array or a series stands for; any other value as it is."""
    is_theirs = type(value).__module__.partition(".")[0] in {"numpy", "pandas"}
    return cast("Any", value).tolist() if is_theirs and hasattr(value, "tolist") else value


def is_missing(value: object) -> bool:
    """Whether a value stands for a missing one: NaN, NaT or NA."""
    if type(value).__name__ in {"NAType", "NaTType"}:
        return True
    if isinstance(value, (float, Decimal)):
        return math.isnan(value)
    # That of numpy: of its dates, or of a float that Python's own is not a base of.
    is_scalar = type(value).__module__ == "numpy" and hasattr(value, "dtype") and not getattr(value, "shape", ())
    return is_scalar and bool(value != value)
