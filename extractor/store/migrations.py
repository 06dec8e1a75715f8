"""Migrations: the named, ordered steps that bring a database to the present shape."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractor.store.tables import TABLES
from extractor.store.views import INDICES, VIEWS

if TYPE_CHECKING:
    from sqlite_utils import Database

# Stands in the header of the file and tells a register from any other SQLite database ("ARMS").
APPLICATION = 0x41524D53


def m001_initial(db: "Database") -> None:
    """All tables, views and indices of the first release."""
    for statement in (f"PRAGMA application_id = {APPLICATION}", *TABLES, *VIEWS, *INDICES):
        db.execute(statement)


STEPS: tuple[Callable[["Database"], None], ...] = (m001_initial,)


class ForeignError(Exception):
    """The database is another program's, or a newer release's; the message is a predicate: "is …"."""


def migrate(db: "Database") -> None:
    """Take the steps that are missing, inside the transaction of the caller; raise ForeignError before any change."""
    taken = _taken(db)
    known = [step.__name__ for step in STEPS]
    if unknown := sorted(taken - set(known)):
        raise ForeignError(f"is of a newer version of extractor ({', '.join(unknown)}): upgrade extractor")
    for step in STEPS:
        if step.__name__ not in taken:
            step(db)
            db.table("migrations").insert({"name": step.__name__, "applied": datetime.now(UTC).isoformat()})


def _taken(db: "Database") -> set[str]:
    if db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION:
        return {row["name"] for row in db.query("SELECT name FROM migrations")}
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise ForeignError("is a database of another program")
    return set()
