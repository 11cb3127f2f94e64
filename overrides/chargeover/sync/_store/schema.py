"""The tables of a plan; docs/guides/sync-plan.md describes them."""

from typing import Final, Literal

APPLICATION_ID: Final = 0x43_4F_53_50  # "COSP"
"""What marks an SQLite file as a plan."""
VERSION: Final = 1
"""The version of the tables. A newer one is refused."""

Outcome = Literal[
    "planned", "sending", "accepted", "done", "unchanged", "failed", "stale", "unclear", "missing", "invalid", "moved"
]
"""What became of a row.

- planned: to be sent.
- sending: under way, or it was when the process died: it is read again before anything else.
- accepted: the server has said yes; what it made of the values is still to be read.
- done: changed or created, and read back.
- unchanged: nothing was sent, because the customer had the planned values already.
- failed: the server refused it.
- stale: the customer has changed since the plan was made; nothing was sent.
- unclear: after a crash or a lost response the customer has neither the old nor the planned values.
- missing: there is no such customer, and none was to be created.
- invalid: the row itself is wrong; nothing was planned.
- moved: it is in one of the plans that this one was split into.
"""
LEFT: Final[tuple[Outcome, ...]] = ("planned", "sending", "accepted")
"""The outcomes that the next apply works on."""
REJECTED: Final[tuple[Outcome, ...]] = ("failed", "stale", "unclear", "missing", "invalid")
"""The outcomes of rows that need a person."""

_OUTCOMES = ", ".join(f"'{one}'" for one in Outcome.__args__)  # type: ignore[attr-defined]

TABLES: Final = f"""
CREATE TABLE plan (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE inputs (input INTEGER PRIMARY KEY, line INTEGER NOT NULL, columns TEXT NOT NULL);
CREATE TABLE rows (
    row INTEGER PRIMARY KEY,
    input INTEGER NOT NULL,
    key TEXT,
    customer_id INTEGER,
    action TEXT NOT NULL CHECK (action IN ('update', 'create', 'none')),
    outcome TEXT NOT NULL CHECK (outcome IN ({_OUTCOMES})),
    reason TEXT
);
CREATE TABLE changes (
    row INTEGER NOT NULL,
    field TEXT NOT NULL,
    old TEXT,
    new TEXT NOT NULL,
    read_back TEXT,
    PRIMARY KEY (row, field)
) WITHOUT ROWID;
CREATE TABLE notices (notice INTEGER PRIMARY KEY, input INTEGER, field TEXT, text TEXT NOT NULL);
"""
INDEXES: Final = """
CREATE INDEX IF NOT EXISTS rows_by_input ON rows (input);
CREATE INDEX IF NOT EXISTS rows_by_customer ON rows (customer_id);
"""
"""Made once all rows are there, which is faster than keeping them meanwhile."""
