"""``plan``: rows in, a file out that says what would change."""

import json
import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any, Literal

from chargeover._client import ChargeOver
from chargeover._errors import InvalidFieldError
from chargeover._version import __version__
from chargeover.sync._errors import InvalidRow, InvalidRowsError, PlanError
from chargeover.sync._input import InputNotice, read_items
from chargeover.sync._plan import Plan
from chargeover.sync._progress import Meter, OnProgress
from chargeover.sync._rows import Row
from chargeover.sync._store.account import account_of, check_account
from chargeover.sync._store.files import (
    PlanPath,
    check_is_free,
    new_plan,
    opened_plan,
    run_script,
    set_settings,
    settings_of,
)
from chargeover.sync._store.schema import INDEXES
from chargeover.sync._store.values import encoded

from .comparing import Comparer, creation
from .keys import Key
from .matching import UNLISTED, Match, matches
from .staging import Staging, Wanted
from .writing import Writer

_MOST_SHOWN = 100
_SAID = "INSERT INTO notices (input, field, text) VALUES (?, ?, ?)"
_REFUSED = """
INSERT INTO rows (input, action, outcome, reason)
SELECT input, 'none', 'invalid', group_concat(reason, ' ') FROM refused GROUP BY input
"""
_INVALID = """
SELECT inputs.line, rows.reason FROM rows JOIN inputs USING (input) WHERE rows.outcome = 'invalid'
ORDER BY inputs.input LIMIT ?
"""
# A key that two customers have, or two keys that the service takes for one.
_TWICE = """
INSERT INTO temp.refused
SELECT input, 'two customers have its key.' FROM rows GROUP BY input HAVING count(*) > 1
UNION
SELECT input, 'another row names the same customer, ' || customer_id || '.' FROM rows WHERE customer_id IN (
    SELECT customer_id FROM rows WHERE customer_id IS NOT NULL
    GROUP BY customer_id HAVING count(DISTINCT input) > 1
)
"""
_SAME_NEW_KEY = """
INSERT INTO temp.refused
SELECT rows.input, 'external_key: another row sets the same key.' FROM changes JOIN rows USING (row)
WHERE changes.field = 'external_key' AND changes.new IN (
    SELECT new FROM changes WHERE field = 'external_key' GROUP BY new HAVING count(*) > 1
)
"""


def plan(
    client: ChargeOver,
    rows: "Iterable[Row | Mapping[str, Any]] | Any",
    path: PlanPath,
    *,
    key: Key = "external_key",
    create_missing: bool = False,
    empty: Literal["keep", "clear"] = "keep",
    skip_invalid: bool = False,
    earlier: Sequence[PlanPath] = (),
    in_flight: int = 8,
    on_progress: OnProgress | None = None,
) -> Plan:
    """Compare rows with the account, and write what would change into a file. Nothing is changed in the account.

    Every row is checked before anything is read from the account. Customers are read by pages, or by key where that
    takes fewer requests. Memory does not grow with the number of rows.

    Args:
        client: the account. The plan can be applied to it alone, with the same user name.
        rows: mappings of fields to values, with the key among them; or a DataFrame of pandas or polars; or what
            ``read`` gives of a file, or ``read_items`` where columns are mapped. Read once, lazily.
        path: the file to make, with mode 0600, since it holds customer data. It must not exist.
        key: the field that names a customer.
        create_missing: plan a new customer for a row whose external key no customer has. Otherwise such a row is
            ``missing``.
        empty: what an empty value (None, "", NaN) of a mapping means: keep the field as it is, or clear it. It says
            nothing of rows from ``read``, which has the same option. Null is for the parent alone (seed); a text is
            cleared by "" and a list by []; for a field that cannot be cleared, the plan has a notice.
        skip_invalid: plan without the rows that are not valid. They are in the plan as ``invalid``.
        earlier: plans that were applied. Where the service had made something else of a value than was sent, and the
            customer still has that, the value is not sent again.
        in_flight: bulk requests in flight at once, at most, where customers are read by key.
        on_progress: called now and then with a Progress.

    Returns:
        The plan.

    Raises:
        InvalidRowsError: rows are not valid, and ``skip_invalid`` is False; no plan was made.
        InputError: the rows are not rows, or have a column that is not a field; no plan was made.
        PlanError: the file exists or cannot be written, an argument is not allowed, or ``earlier`` has a file that is
            not a plan; no plan was made.
        ChargeOverError: a request failed; no plan was made.
    """
    account = account_of(client)
    if key not in {"external_key", "customer_id"}:
        raise PlanError(f"key must be 'external_key' or 'customer_id', not {key!r}.")
    if empty not in {"keep", "clear"}:
        raise PlanError(f"empty must be 'keep' or 'clear', not {empty!r}.")
    if create_missing and key == "customer_id":
        raise PlanError("create_missing needs key='external_key': the service gives a new customer its ID.")
    said: list[InputNotice] = []
    given = read_items(rows, key=key, empty=empty, create_missing=create_missing, on_notice=said.append)
    check_is_free(path)
    with ExitStack() as stack:
        before = [stack.enter_context(opened_plan(one)) for one in reversed(earlier)]
        for one in before:
            check_account(client, settings_of(one))
        connection = stack.enter_context(new_plan(path))
        settings = {
            **account,
            "id": uuid.uuid4().hex,
            "kind": "sync",
            "key": key,
            "empty": empty,
            "create_missing": json.dumps(create_missing),
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "made_by": f"chargeover {__version__}",
        }
        set_settings(connection, settings)
        staging = Staging(connection, key, creates=create_missing)
        meter = Meter("rows", None, on_progress)
        for meter.done in staging.take(given, UNLISTED):
            meter.tell()
        connection.executemany(_SAID, ((one.line, one.column, one.text) for one in said if one.is_warning))
        set_settings(connection, {"columns": encoded([*staging.columns])})
        staging.check_keys()
        _refuse(connection, skip_invalid=skip_invalid)
        writer = Writer(connection)
        comparer = Comparer(before)
        for match in matches(client, staging, key, in_flight, on_progress):
            _add_found(match, writer, comparer)
        writer.flush()
        run_script(connection, INDEXES)
        for wanted in staging.unmatched():
            _add_missing(wanted, staging, writer, creates=create_missing)
        writer.flush()
        connection.execute(_TWICE)
        connection.execute(_SAME_NEW_KEY)
        _refuse(connection, skip_invalid=skip_invalid)
    return Plan(path)


def _add_found(match: Match, writer: Writer, comparer: Comparer) -> None:
    wanted, customer = match.wanted, match.customer
    if match.looks_alike:
        text = "a customer has a key that differs in case, spaces or the form of Unicode only."
        writer.notice(wanted.input, "external_key", text)
    if customer is None:
        return
    customer_id = customer.customer_id
    changes, notices = comparer.compared(customer, wanted.fields)
    for field, text in notices:
        writer.notice(wanted.input, field, text)
    if customer_id is None:
        writer.add(wanted.input, wanted.key, None, "none", "failed", "The customer came without an ID.")
    elif changes:
        writer.add(wanted.input, wanted.key, customer_id, "update", "planned", None, changes)
    else:
        writer.add(wanted.input, wanted.key, customer_id, "none", "unchanged")


def _add_missing(wanted: Wanted, staging: Staging, writer: Writer, *, creates: bool) -> None:
    if not creates:
        writer.add(wanted.input, wanted.key, None, "none", "missing", "There is no customer with this key.")
        return
    try:
        changes = creation(str(wanted.key), wanted.fields)
    except InvalidFieldError as error:
        staging.refuse(wanted.input, f"There is no customer with this key, and {error}")
    else:
        writer.add(wanted.input, wanted.key, None, "create", "planned", None, changes)


def _refuse(connection: sqlite3.Connection, *, skip_invalid: bool) -> None:
    """Make the refused rows invalid ones of the plan.

    Raises:
        InvalidRowsError: there are any, and they are not to be skipped.
    """
    if connection.execute("SELECT 1 FROM refused LIMIT 1").fetchone() is None:
        return
    refused = "SELECT input FROM refused"
    connection.execute(f"DELETE FROM changes WHERE row IN (SELECT row FROM rows WHERE input IN ({refused}))")  # noqa: S608  a constant
    connection.execute(f"DELETE FROM rows WHERE input IN ({refused})")  # noqa: S608  a constant
    connection.execute(_REFUSED)
    connection.execute("DELETE FROM temp.refused")
    (count,) = connection.execute("SELECT count(*) FROM rows WHERE outcome = 'invalid'").fetchone()
    if count and not skip_invalid:
        raise InvalidRowsError(count, [InvalidRow(*one) for one in connection.execute(_INVALID, (_MOST_SHOWN,))])
