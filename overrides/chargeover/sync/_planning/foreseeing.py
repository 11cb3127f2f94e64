"""What an undo could not put back, known when the plan is made."""

import sqlite3
from collections import Counter

from chargeover._customers.operations import UPDATE
from chargeover.sync._store.values import decoded

from .checking import put_back

# Texts can be put back, whatever they are; of the other fields, each value that occurs is looked at once.
_TEXTS = [name for name, rule in UPDATE.fields.items() if rule.types == ("string",) and not rule.choices]
_OLD = f"""
SELECT field, old, count(*) FROM changes JOIN rows USING (row)
WHERE rows.action = 'update' AND (
    old IS NULL OR old IN ('null', '""', '[]') OR field NOT IN ({", ".join("?" * len(_TEXTS))})
) GROUP BY field, old
"""  # noqa: S608  question marks alone
_CREATED = "SELECT count(*) FROM rows WHERE action = 'create'"
_NOTE = "INSERT INTO notices (field, text) VALUES (?, ?)"


def note_what_stays(connection: sqlite3.Connection) -> None:
    """Note the fields that cannot be put back, and the customers that stay."""
    lost: Counter[str] = Counter()
    for field, old, count in connection.execute(_OLD, _TEXTS):
        if old is None or put_back(field, decoded(old)) is None:
            lost[field] += count
    for field, count in lost.items():
        rows = "1 row" if count == 1 else f"{count:,} rows"
        text = f"undo cannot put it back in {rows}: it is null, which the API does not take, or is not known."
        connection.execute(_NOTE, (field, text))
    (created,) = connection.execute(_CREATED).fetchone()
    if created:
        what = "1 new customer stays" if created == 1 else f"{created:,} new customers stay"
        connection.execute(_NOTE, (None, f"{what} after an undo: a plan never deletes."))
