"""Database: opening the file safely, transactions, and every trouble of SQLite as a StoreError of one plain line."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from extractor.errors import StoreError
from extractor.store.migrations import ForeignError, migrate

if TYPE_CHECKING:
    from sqlite_utils import Database

OLDEST = (3, 37)  # the first SQLite with STRICT tables
_PLAIN = {
    "SQLITE_BUSY": "is locked by another program: close it and run again",
    "SQLITE_CANTOPEN": "cannot be opened",
    "SQLITE_CORRUPT": "is damaged: restore it from a copy",
    "SQLITE_FULL": "cannot grow, the disk is full: what was stored before is intact",
    "SQLITE_IOERR": "cannot be read or written, the disk reports an error",
    "SQLITE_NOTADB": "is not an SQLite database",
    "SQLITE_READONLY": "is read-only",
}


def connect(path: Path, *, create: bool, timeout: float) -> "Database":
    """Open and bring up to date; whatever is refused is left as it was. `timeout`: seconds to wait for a lock."""
    from sqlite_utils import Database

    try:
        _prepare(path, create=create)
    except OSError as error:
        raise StoreError(f"{path} cannot be used: {error.strerror}") from error
    with explained(path):
        # Calls may come from several threads; Store lets one in at a time.
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=timeout, check_same_thread=False
        )
        try:
            db = Database(connection, execute_plugins=False)
            # To write, even where nothing is to be done: a read-only file is found out here, not after an answer.
            with transaction(db):
                migrate(db)
            # FULL: in WAL mode NORMAL may lose the last commits on power loss, and answers are paid for (0.3 ms each).
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                db.execute(f"PRAGMA {pragma}")
        except ForeignError as error:
            connection.close()
            raise StoreError(f"{path} {error}") from error
        except BaseException:
            connection.close()
            raise
    return db


def _prepare(path: Path, *, create: bool) -> None:
    """Make an empty file that only its owner can read, or refuse what can be no database."""
    if sqlite3.sqlite_version_info < OLDEST:
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old: 3.37 or newer is needed")
    if path.is_dir():
        raise StoreError(f"{path} is a directory: give the name of a database file")
    if path.exists():
        if not path.is_file():
            raise StoreError(f"{path} is no regular file")
        return
    if not path.parent.is_dir():
        raise StoreError(f"{path} cannot be made: there is no folder {path.parent}")
    if not create:
        raise StoreError(f"{path} does not exist: run a batch first, or give the name of a database")
    # Another process may have made it in this moment; SQLite then waits for that one.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise StoreError for whatever SQLite refuses and for values that no database holds."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path} {_plain(error)}") from error
    except (ValueError, OverflowError) as error:  # lone surrogates, NaN in JSON, integers beyond 63 bits
        raise StoreError(f"{path} cannot hold a value: {error}") from error


def _plain(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    for start, words in _PLAIN.items():
        if name.startswith(start):
            return words
    return f"refuses: {error}"


@contextmanager
def transaction(db: "Database", kind: Literal["IMMEDIATE", "DEFERRED"] = "IMMEDIATE") -> Iterator[None]:
    """All or nothing. IMMEDIATE to write: a deferred one that reads first fails at once when another writer comes."""
    db.execute(f"BEGIN {kind}")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def insert(db: "Database", table: str, row: dict[str, Any]) -> int:
    """Insert one row and return its rowid."""
    return cast("int", db.table(table).insert(row).last_rowid)


def claim(path: Path) -> sqlite3.Connection:
    """Take the one place of a run on this database; held until the connection is closed or the process dies.

    A lock of the operating system on a file beside the database, so that a killed run leaves nothing to clean up.
    """
    with explained(path):
        place = sqlite3.connect(
            path.with_name(f"{path.name}-run"), timeout=0, isolation_level=None, check_same_thread=False
        )
        try:
            place.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            place.close()
            if error.sqlite_errorname == "SQLITE_BUSY":
                raise StoreError(f"{path} is being written by another run: wait for it, or stop it") from error
            raise
    return place
