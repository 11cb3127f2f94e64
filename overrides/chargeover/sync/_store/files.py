"""The file of a plan: made under another name and shown when it is whole, opened with checks, locked while applied."""

import os
import sqlite3
import tempfile
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal

from chargeover.sync._errors import PlanError

from .schema import APPLICATION_ID, INDEXES, TABLES, VERSION

PlanPath = str | os.PathLike[str]

_PATIENCE = 60.0
"""Seconds to wait for another program that reads or writes the file."""


@contextmanager
def clear_errors(path: PlanPath) -> Generator[None]:
    """Turn what SQLite raises into a PlanError that names the plan."""
    try:
        yield
    except sqlite3.Error as error:
        raise PlanError(f"The plan {os.fspath(path)} cannot be used: {error}.") from error


@contextmanager
def _file_errors(path: PlanPath) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise PlanError(f"The plan {os.fspath(path)} cannot be used: {error.strerror or error}.") from error


@contextmanager
def new_plan(path: PlanPath) -> Generator[sqlite3.Connection]:
    """A plan that does not exist yet. It gets its name, and its indexes, when the block ends without an exception.

    Raises:
        PlanError: the file exists, or cannot be made.
    """
    target = Path(path)
    check_is_free(target)
    with _file_errors(target):
        # mkstemp makes it with mode 0600.
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(handle)
    part = Path(name)
    try:
        with clear_errors(target), closing(_connection(part)) as connection:
            # Nothing of it counts before it is whole, so nothing has to survive a crash.
            run_script(
                connection,
                "PRAGMA main.journal_mode = OFF; PRAGMA main.synchronous = OFF; PRAGMA main.locking_mode = EXCLUSIVE;"
                f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION};"
                f"PRAGMA cache_size = -32768; PRAGMA temp.cache_size = -65536; BEGIN; {TABLES}",
            )
            yield connection
            run_script(connection, f"{INDEXES} COMMIT")
        with _file_errors(target):
            _publish(part, target)
    finally:
        part.unlink(missing_ok=True)


def check_is_free(path: PlanPath) -> None:
    """Refuse a name that is taken.

    Raises:
        PlanError: there is such a file.
    """
    if os.path.lexists(path):
        raise PlanError(f"{os.fspath(path)} exists already. A plan is never overwritten: choose another name.")


def _publish(part: Path, target: Path) -> None:
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    try:
        os.link(part, target)  # unlike a renaming, this never replaces a file
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        check_is_free(target)
        part.rename(target)


@contextmanager
def opened_plan(path: PlanPath) -> Generator[sqlite3.Connection]:
    """A plan that exists.

    Raises:
        PlanError: it does not exist, or is not a plan that this version can read.
    """
    name = os.fspath(path)
    if not Path(path).is_file():
        raise PlanError(f"There is no plan {name}.")
    with clear_errors(path), closing(_connection(Path(path))) as connection:
        try:
            (mark,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            mark, version = 0, 0
        if mark != APPLICATION_ID:
            raise PlanError(f"{name} is not a plan.")
        if version != VERSION:
            raise PlanError(f"{name} is a plan of version {version}, and this program reads version {VERSION}.")
        yield connection


@contextmanager
def locked(path: PlanPath) -> Generator[None]:
    """Keep others from applying, splitting or undoing the same plan meanwhile.

    The lock is one of SQLite's, on an empty file beside the plan: it works on every system, ends with the process,
    however that dies, and leaves the plan itself readable.

    Raises:
        PlanError: another one holds it.
    """
    beside = Path(f"{Path(path).resolve()}.lock")
    with _file_errors(path):
        beside.touch(mode=0o600)
    with closing(sqlite3.connect(beside, timeout=0, isolation_level=None, check_same_thread=False)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise PlanError(
                f"The plan {os.fspath(path)} is in use: another process applies, splits or undoes it."
            ) from error
        yield


@contextmanager
def attached(connection: sqlite3.Connection, path: PlanPath) -> Generator[None]:
    """A plan that exists, as the schema ``source`` of another one's connection.

    Raises:
        PlanError: see ``opened_plan``.
    """
    with opened_plan(path):
        connection.execute("COMMIT")  # nothing can be attached within a transaction
        connection.execute("ATTACH ? AS source", (f"{Path(path).resolve().as_uri()}?mode=rw",))
        connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")
    connection.execute("DETACH source")
    connection.execute("BEGIN")


def settings_of(connection: sqlite3.Connection, schema: Literal["main", "source"] = "main") -> dict[str, str]:
    """What a plan says of itself."""
    return dict(connection.execute(f"SELECT name, value FROM {schema}.plan"))  # noqa: S608  one of two words


def set_settings(connection: sqlite3.Connection, settings: Mapping[str, str]) -> None:
    """Write what a plan says of itself."""
    connection.executemany("INSERT OR REPLACE INTO plan (name, value) VALUES (?, ?)", settings.items())


@contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[None]:
    """All or nothing of what the block writes."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run statements that have no semicolon inside. Unlike ``executescript``, this ends no transaction."""
    for statement in script.split(";"):
        connection.execute(statement)


def _connection(path: Path) -> sqlite3.Connection:
    # A URI, so that a file that is gone is not made anew; transactions are begun and ended by statements.
    uri = f"{path.resolve().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
