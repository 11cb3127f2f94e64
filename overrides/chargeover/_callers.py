"""Warnings at the line of the caller, however deep in this package they are found."""

import inspect
import warnings
from pathlib import Path

_PACKAGE = str(Path(__file__).parent)


def warn_at_caller(message: str, category: type[Warning]) -> None:
    """Warn at the innermost line that is not this package's own.

    Python shows a warning of one line once, unless it is told otherwise.
    """
    # Python 3.12 has skip_file_prefixes for this.
    level, frame = 1, inspect.currentframe()
    while frame is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        level, frame = level + 1, frame.f_back
    warnings.warn(message, category, stacklevel=level)
