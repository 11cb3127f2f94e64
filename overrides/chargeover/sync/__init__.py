"""Brings ChargeOver up to date with rows of another system: plan, look, apply, undo.

plan = sync.plan(client, rows, "crm.plan")   reads and compares; changes nothing
for row in plan: ...                         what would change: field, old, new
sync.apply(client, plan)                     exactly that; again after a crash: the rest
sync.rejects(plan)                           rows that need a person
sync.undo(plan, "back.plan")                 the plan that puts the old values back

A plan is one SQLite file, and its own journal. It holds customer data, so it is made with mode 0600.
"""

from ._applying.apply import FLAGS, apply
from ._deriving.split import split
from ._deriving.undo import undo
from ._errors import InvalidRow, InvalidRowsError, PlanError
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
from ._plan import FieldChange, Notice, Plan, PlannedRow, Reject, Status, rejects, status
from ._planning.planning import plan
from ._progress import Progress
from ._rows import Problem, Row
from ._store.schema import Outcome

__all__ = [
    "FLAGS",
    "ColumnMap",
    "FieldChange",
    "InputError",
    "InputNotice",
    "InvalidRow",
    "InvalidRowsError",
    "MappingFile",
    "Notice",
    "Outcome",
    "Plan",
    "PlanError",
    "PlannedRow",
    "Problem",
    "Progress",
    "Reject",
    "Row",
    "Status",
    "apply",
    "plan",
    "read",
    "read_items",
    "read_mapping",
    "rejects",
    "split",
    "status",
    "undo",
    "write_csv",
    "write_rejects",
]
