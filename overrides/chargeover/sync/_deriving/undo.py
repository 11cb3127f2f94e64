"""``undo``: the plan that puts back the old values of what was done."""

import sqlite3
import uuid
from datetime import UTC, datetime

from chargeover._calls.fields import checked_update
from chargeover._customers.operations import UPDATE
from chargeover._errors import InvalidFieldError
from chargeover._version import __version__
from chargeover.sync._plan import Plan
from chargeover.sync._planning.checking import empty_value
from chargeover.sync._store.files import PlanPath, attached, locked, new_plan, run_script, set_settings, settings_of
from chargeover.sync._store.values import decoded, encoded, is_same

_COPY = """
CREATE TEMP TABLE putting AS
    SELECT row, field, coalesce(read_back, new) AS old, put_back(field, old, coalesce(read_back, new)) AS new
    FROM source.rows JOIN source.changes USING (row)
    WHERE outcome IN ('done', 'accepted', 'sending') AND action = 'update';
INSERT INTO rows (row, input, key, customer_id, action, outcome, reason)
    SELECT row, input, key, customer_id, 'update', 'planned', NULL
    FROM source.rows WHERE outcome IN ('done', 'accepted', 'sending') AND action = 'update';
INSERT INTO changes (row, field, old, new) SELECT row, field, old, new FROM putting WHERE new != '' ORDER BY row, field;
UPDATE rows SET action = 'none', outcome = 'unchanged' WHERE row NOT IN (SELECT row FROM changes);
INSERT INTO inputs SELECT * FROM source.inputs WHERE input IN (SELECT input FROM rows);
INSERT INTO notices (input, field, text)
    SELECT input, field, 'it cannot be put back: it was null, which the API does not take, or is not known.'
    FROM putting JOIN rows USING (row) WHERE new IS NULL ORDER BY input, field
"""
_STAYING = (
    (
        "action = 'create' AND outcome IN ('done', 'accepted')",
        "customers that were created stay: a plan never deletes.",
    ),
    ("action = 'create' AND outcome = 'sending'", "customers may have been created; they stay."),
    ("outcome = 'unclear'", "rows are unclear, and are not put back."),
)


def undo(plan: PlanPath, path: PlanPath) -> Plan:
    """Make the plan that puts back the old values of what a plan has done. Nothing is sent.

    Rows that are ``done`` are put back, each field to its old value, and so are those that were under way when a run
    ended: what was not carried out will be ``unchanged``. Applying the new plan compares customers with what was read
    back after the change: one that has changed since is ``stale``. Customers that were created stay. A
    value that cannot be put back, because the API takes no null for it (it does for the parent alone, seed), is kept
    and has a notice; a text that was null is emptied.

    Args:
        plan: the plan, or its file.
        path: the file to make; it must not exist.

    Returns:
        The new plan. Its notices say what will not be put back.

    Raises:
        PlanError: the plan is not there or is in use, or the file exists or cannot be written.
    """
    with locked(plan), new_plan(path) as connection, attached(connection, plan):
        settings = settings_of(connection, "source")
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        own = {"id": uuid.uuid4().hex, "kind": "undo", "undoes": settings["id"], "made_at": made_at}
        set_settings(connection, {**settings, **own, "made_by": f"chargeover {__version__}"})
        connection.create_function("put_back", 3, _put_back, deterministic=True)
        run_script(connection, _COPY)
        _note_what_stays(connection)
    return Plan(path)


def _put_back(field: str, old: str | None, now: str) -> str | None:
    """The value that puts a field back, as JSON: "" if it has that value already, None if there is none."""
    if old is None:
        return None  # the response lacked it
    value = decoded(old)
    if is_same(value, decoded(now)):
        return ""
    rule = UPDATE.fields.get(field)
    if rule is None:
        return None
    if value is None and "null" not in rule.types:
        value = empty_value(rule)
    try:
        return encoded(checked_update(UPDATE, {field: value})[field])
    except InvalidFieldError:
        return None


def _note_what_stays(connection: sqlite3.Connection) -> None:
    for condition, text in _STAYING:
        query = f"SELECT count(*) FROM source.rows WHERE {condition}"  # noqa: S608  constants
        (count,) = connection.execute(query).fetchone()
        if count:
            connection.execute("INSERT INTO notices (text) VALUES (?)", (f"{count} {text}",))
