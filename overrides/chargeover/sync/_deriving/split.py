"""``split``: the rows of a plan that are left, in several plans that can be applied anywhere at the same time."""

import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from chargeover._calls.fields import checked_value
from chargeover._wire import Rule
from chargeover.sync._errors import PlanError
from chargeover.sync._plan import Plan
from chargeover.sync._store.files import (
    PlanPath,
    attached,
    check_is_free,
    locked,
    new_plan,
    opened_plan,
    run_script,
    set_settings,
    settings_of,
    transaction,
)

_COPY = """
INSERT INTO rows SELECT * FROM source.rows WHERE outcome = 'planned' AND row BETWEEN {first} AND {last} ORDER BY row;
INSERT INTO changes SELECT * FROM source.changes
    WHERE row BETWEEN {first} AND {last} AND row IN (SELECT row FROM rows) ORDER BY row, field;
INSERT INTO inputs SELECT * FROM source.inputs WHERE input IN (SELECT input FROM rows)
"""


def split(plan: PlanPath, into: int) -> list[Plan]:
    """Make several plans of one, each with a part of the rows that are left. Nothing is sent.

    The parts lie beside the plan: ``crm.plan`` becomes ``crm-01.plan``, ``crm-02.plan`` and so on. Its own rows are
    ``moved`` then, and do not count any more; rows that it has settled stay with it, so ``status`` of it and of all
    parts adds up.

    Args:
        plan: the plan, or its file.
        into: how many parts, from 1; fewer are made if there are fewer rows.

    Returns:
        The parts.

    Raises:
        PlanError: the plan is not there or is in use, rows of it are under way (apply it first), no rows are left, or
            a file of that name exists.
        InvalidFieldError: a number of parts that is not possible.
    """
    into = checked_value("into", into, Rule(("integer",), minimum=1))
    with locked(plan):
        spans = _spans(plan, into)
        names = _names(Path(plan), len(spans))
        with ExitStack() as stack:
            # No part has its name before all of them are whole.
            for name, (first, last) in zip(names, spans, strict=True):
                connection = stack.enter_context(new_plan(name))
                with attached(connection, plan):
                    settings = settings_of(connection, "source")
                    set_settings(connection, {**settings, "id": uuid.uuid4().hex, "part_of": settings["id"]})
                    run_script(connection, _COPY.format(first=first, last=last))
                connection.execute("PRAGMA shrink_memory")  # all parts stay open until the last one is whole
        with opened_plan(plan) as connection, transaction(connection):
            connection.execute("UPDATE rows SET outcome = 'moved' WHERE outcome = 'planned'")
    return [Plan(name) for name in names]


def _spans(plan: PlanPath, into: int) -> list[tuple[int, int]]:
    """The first and the last row of each part."""
    with opened_plan(plan) as connection:
        counts = dict(connection.execute("SELECT outcome, count(*) FROM rows GROUP BY outcome"))
        if counts.get("sending") or counts.get("accepted"):
            raise PlanError("Rows of this plan are under way. Apply it to the end, or once more, before it is split.")
        left = counts.get("planned", 0)
        if not left:
            raise PlanError("No rows of this plan are left, so there is nothing to split.")
        into = min(into, left)
        ends = [left * number // into for number in range(1, into + 1)]
        query = "SELECT row FROM rows WHERE outcome = 'planned' ORDER BY row LIMIT 1 OFFSET ?"
        lasts = [int(connection.execute(query, (end - 1,)).fetchone()[0]) for end in ends]
    return list(zip([0, *(last + 1 for last in lasts)], lasts, strict=False))


def _names(plan: Path, count: int) -> Sequence[Path]:
    width = max(2, len(str(count)))
    names = [plan.with_name(f"{plan.stem}-{number:0{width}d}{plan.suffix}") for number in range(1, count + 1)]
    for name in names:
        check_is_free(name)
    return names
