"""The sandbox's state: one SQLite database, in a file or in memory."""

import os
import sqlite3
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

APPLICATION_ID = 0x43686F76
"""Marks a file as a database of the sandbox."""

_LOCK_TIMEOUT = 5
"""Seconds to wait for another process that is writing."""

_LOCKED = f"another process has held its lock for {_LOCK_TIMEOUT} seconds"

_UNUSABLE = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}


T = TypeVar("T")


class StoreError(Exception):
    """The database cannot be used. The message says why."""


class Group:
    """Blocks that are committed together; see ``Database.in_group``.

    Attributes:
        failure: why none of them is committed; None while they are open, and if they are.
    """

    def __init__(self, database: "Database") -> None:
        self._database = database
        self.failure: StoreError | None = None

    def commit(self) -> None:
        """Commit what all blocks did, unless that is done already.

        Raises:
            StoreError: nothing of the group is committed.
        """
        self._database.end_group(self)
        if self.failure:
            raise StoreError(*self.failure.args) from self.failure


class Database:
    """A connection and its transactions.

    Every change happens inside ``transaction()`` or ``in_group()``, which hold the database's write lock from their
    first read to their commit, so that two writers, in one process or in several, never overwrite each other's fields.

    Args:
        file: created if it does not exist; None for a database in memory.
        schema: the SQL that creates the tables and indexes that a database lacks.
        version: the version of this schema.
        upgrades: by earlier version, the SQL that makes its tables those of this schema.

    Attributes:
        file: see above.
        connection: the SQLite connection, for the statements of a transaction.
        version: in a transaction, another number than before if something else than its own statements may have changed
            what was read before: another process, a rollback, or a copy that replaced the database.
        complete: called with the connection of a copy before it replaces this database, to add what older copies lack.

    Raises:
        StoreError: the file is not a database of the sandbox, or its schema has a version that cannot be upgraded.
    """

    def __init__(
        self, file: Path | None, schema: str, version: int, upgrades: Mapping[int, str] = MappingProxyType({})
    ) -> None:
        self.file = file
        self.complete: list[Callable[[sqlite3.Connection], None]] = []
        self._version = version
        self._after_commit: list[Callable[[], None]] = []
        self._group: Group | None = None
        self.version = 0
        self._seen = 0
        self._identity: tuple[tuple[int, int], ...] = ()
        with self.usable():
            # Only the thread that runs the event loop uses it, which may differ from the one that opened it.
            self.connection = sqlite3.connect(file or ":memory:", isolation_level=None, check_same_thread=False)
            try:
                self._prepare(schema, version, upgrades)
            except BaseException:
                self.connection.close()
                raise

    def _prepare(self, schema: str, version: int, upgrades: Mapping[int, str]) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {_LOCK_TIMEOUT * 1000}")
        with self.transaction():
            self._create(schema, version, upgrades)
        self._write_ahead()
        # Commits survive the death of the process; only a crash of the whole machine can lose the last of them.
        self.connection.execute("PRAGMA synchronous = NORMAL")
        self.connection.execute("PRAGMA foreign_keys = ON")
        with self.transaction():
            # Written again: a file that can only be read stops the sandbox now, and not at the first request.
            self.connection.execute(f"PRAGMA user_version = {version}")
        self._identity = self._found()

    def _write_ahead(self) -> None:
        """Switch the file to WAL mode, for which SQLite itself does not wait until others that open it are done."""
        for _ in range(_LOCK_TIMEOUT * 100 - 1):
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                time.sleep(0.01)
            else:
                return
        self.connection.execute("PRAGMA journal_mode = WAL")

    def check(self) -> None:
        """Check that the database can be read.

        Raises:
            StoreError: it cannot.
        """
        with self.transaction(write=False):
            self.connection.execute("SELECT count(*) FROM sqlite_master")
        self.check_file()

    def check_file(self) -> None:
        """Check that the file is still there, with its write-ahead log.

        Raises:
            StoreError: it was deleted, moved or replaced while the sandbox was running.
        """
        if self._found() != self._identity:
            raise StoreError(f"{self.file} or its write-ahead log was deleted, moved or replaced. Restart the sandbox")

    def _found(self) -> tuple[tuple[int, int], ...]:
        """What tells the file and its write-ahead log from others of the same name; empty in memory or if one lacks."""
        if self.file is None:
            return ()
        try:
            found = [os.stat(name) for name in (self.file, f"{self.file}-wal")]  # noqa: PTH116  twice as fast
        except OSError:
            return ()
        return tuple((one.st_dev, one.st_ino) for one in found)

    def _create(self, schema: str, version: int, upgrades: Mapping[int, str]) -> None:
        (application,) = self.connection.execute("PRAGMA application_id").fetchone()
        (found,) = self.connection.execute("PRAGMA user_version").fetchone()
        (tables,) = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application == APPLICATION_ID and found != version and found not in upgrades:
            raise StoreError(
                f"{self.file} was made by another version of the sandbox (its schema is {found}, "
                f"this one's is {version}). Use another file, or delete it."
            )
        if application != APPLICATION_ID and (application or found or tables):
            raise StoreError(f"{self.file} is the database of another program. Use another file.")
        # Foreign keys are not checked yet, so that an upgrade can replace a table.
        for statement in (*upgrades.get(found, "").split(";"), *schema.split(";")):
            self.connection.execute(statement)
        self.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self.connection.execute(f"PRAGMA user_version = {version}")

    def copied(self) -> bytes:
        """The whole database as bytes, for ``open_copy``. No transaction may be open.

        Raises:
            StoreError: the file cannot be read.
        """
        self.end_group()
        with self.usable():
            image = self.connection.serialize()
        # A copy in memory has no write-ahead log, which these two bytes of the header would ask for.
        return b"%b\1\1%b" % (image[:18], image[20:])

    def replace(self, image: sqlite3.Connection) -> None:
        """Put another database in place of this one, as a whole or not at all. No transaction may be open.

        Raises:
            StoreError: another process is writing and did not finish in time, the file cannot be written or is no
                longer there, or the other database has another schema.
        """
        self.end_group()
        (found,) = image.execute("PRAGMA user_version").fetchone()
        if found != self._version:
            raise StoreError(f"the copy was made by another version of the sandbox: {found}, not {self._version}")
        for complete in self.complete:
            complete(image)
        if self._identity:
            self.check_file()
        self.version += 1

        def stop_if_locked(status: int, _remaining: int, _total: int) -> None:
            if status & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise StoreError(f"{self.file}: {_LOCKED}")  # Python would try again for ever

        try:
            image.backup(self.connection, progress=stop_if_locked)
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{self.file}: {error}") from error

    @contextmanager
    def usable(self) -> Generator[None]:
        """Run a block of the set-up, in which every failure of SQLite means that the database cannot be used.

        Raises:
            StoreError: SQLite has failed.
        """
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self.file}: {error}") from error

    @contextmanager
    def transaction(self, *, write: bool = True) -> Generator[None]:
        """Run a block in one transaction: committed if the block ends, rolled back if it raises.

        Args:
            write: whether the block may write. A block that only reads does not wait for a writer in another process.

        Raises:
            StoreError: another process is writing and did not finish in time, or the file cannot be written or is no
                longer there. Nothing was done.
        """
        self.end_group()
        try:
            self._begin("BEGIN IMMEDIATE" if write else "BEGIN")
            yield
            self._commit(write=write)
        except BaseException as error:
            self._roll_back()
            self._raise_unusable(error)
            raise
        self._do_after_commit()

    def in_group(self, run: Callable[[], T]) -> tuple[T, Group]:
        """Run a block that writes in a transaction that other blocks share, until one of them commits it.

        A block that raises leaves nothing behind, and the work of the others alone. The next ``transaction()`` commits
        the group first, so that a reader never sees what is not committed yet.

        Args:
            run: the block.

        Returns:
            What the block returned, and the group. The work is done once ``commit()`` of the group has returned.

        Raises:
            StoreError: another process is writing and did not finish in time, or the file cannot be used.
        """
        group, actions = self._group, len(self._after_commit)
        try:
            if group is None:
                self._begin("BEGIN IMMEDIATE")
                result = run()
                group = self._group = Group(self)
            else:
                # 1.6 of the 5.5 microseconds that SQLite takes for an update in a group of 16; a single one takes 14.7.
                self.connection.execute("SAVEPOINT block")
                result = run()
                self.connection.execute("RELEASE block")
        except BaseException as error:
            if group is None:
                self._roll_back()
            elif self.connection.in_transaction:
                self.version += 1
                self.connection.execute("ROLLBACK TO block")
                self.connection.execute("RELEASE block")
                del self._after_commit[actions:]
            else:  # a full disk, for example, has rolled the others back too
                self._fail_group(group, error)
            self._raise_unusable(error)
            raise
        return result, group

    def end_group(self, group: Group | None = None) -> None:
        """Commit the open group, or only this one if it is still open. The group knows whether that has failed."""
        found = self._group
        if found is None or (group is not None and group is not found):
            return
        try:
            self._commit(write=True)
        except (sqlite3.Error, StoreError) as error:
            self._fail_group(found, error)
        else:
            self._group = None
            self._do_after_commit()

    def _fail_group(self, group: Group, error: BaseException) -> None:
        self._group = None
        self._roll_back()
        group.failure = error if isinstance(error, StoreError) else StoreError(f"{self.file}: {error}")

    def _begin(self, statement: str) -> None:
        self.connection.execute(statement)
        if self.file:
            (seen,) = self.connection.execute("PRAGMA data_version").fetchone()
            self.version += seen != self._seen
            self._seen = seen

    def _commit(self, *, write: bool) -> None:
        if write and self._identity:
            self.check_file()  # SQLite goes on writing to a deleted file, which nothing will ever read
        self.connection.execute("COMMIT")

    def _roll_back(self) -> None:
        self.version += 1
        self._after_commit.clear()
        if self.connection.in_transaction:  # some failures, such as a full disk, have rolled it back already
            self.connection.execute("ROLLBACK")

    def _raise_unusable(self, error: BaseException) -> None:
        if isinstance(error, sqlite3.DatabaseError) and (reason := _reason(error)):
            raise StoreError(f"{self.file}: {reason}") from error

    def _do_after_commit(self) -> None:
        if self._after_commit:
            actions, self._after_commit = self._after_commit, []
            for action in actions:
                action()

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do something once the open transaction is committed; nothing is done if it is rolled back."""
        self._after_commit.append(action)

    def is_new(self) -> bool:
        """Whether no object was ever stored, or everything has been deleted since by ``clear``."""
        return not self.connection.execute("SELECT count(*) FROM sqlite_sequence").fetchone()[0]

    def rows_written(self) -> int:
        """How many rows were written since the database was opened, including those of an open transaction."""
        return self.connection.total_changes

    def close(self) -> None:
        """Commit what is open, and close the database. May be called more than once."""
        self.end_group()
        self.connection.close()


def _reason(error: sqlite3.DatabaseError) -> str | None:
    """What is wrong with the file or its disk; None if the error is about something else."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_BUSY:
        return _LOCKED
    return str(error) if code in _UNUSABLE else None


def open_copy(content: bytes) -> sqlite3.Connection:
    """A database in memory with the content that ``Database.copied`` returned."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.deserialize(content)
    return connection
