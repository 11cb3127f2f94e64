"""Brings ChargeOver up to date with rows of another system: plan, look, apply, undo."""

from ._input import (
    ColumnMap,
    InputError,
    InputNotice,
    MappingFile,
    read,
    read_items,
    read_mapping,
    write_csv,
    write_rejects,
)
from ._rows import Problem, Row

__all__ = [
    "ColumnMap",
    "InputError",
    "InputNotice",
    "MappingFile",
    "Problem",
    "Row",
    "read",
    "read_items",
    "read_mapping",
    "write_csv",
    "write_rejects",
]
