"""Store: the register in one SQLite file; the one door to it for the rest of the program."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal, Self

from extractor import __version__
from extractor.article import Article
from extractor.outcome import Outcome
from extractor.recipe import Recipe
from extractor.store import reader, replies, writer
from extractor.store.database import claim, connect, explained, insert, transaction
from extractor.store.rows import as_json, clean, now
from extractor.store.submissions import Submissions

if TYPE_CHECKING:
    from sqlite_utils import Database

INTERRUPTED = "interrupted: the process ended without closing its run"


class Store:
    """Every method is one transaction and raises StoreError on any trouble; safe to call from several threads.

    Any number of processes may read while one run writes.
    """

    def __init__(self, path: Path, db: "Database") -> None:
        self.path = path
        self._db = db
        self._lock = Lock()
        self._place: sqlite3.Connection | None = None

    @classmethod
    def open(cls, path: Path, *, create: bool = True, timeout: float = 30.0) -> Self:
        """Open, make or bring up to date a database; `timeout` is how many seconds a lock of others is waited for."""
        return cls(path, connect(path, create=create, timeout=timeout))

    def close(self) -> None:
        """Give the file back; a run that was not finished is marked as interrupted by the next one."""
        with self._lock:
            self._db.close()
            self._leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start_run(self, recipe: Recipe, *, command: str) -> int:
        """Take the one place of a run on this database, refused while another process has it; return its number."""
        self._place = self._place or claim(self.path)
        try:
            return self._start(recipe, command)
        except BaseException:
            self._leave()
            raise

    def _start(self, recipe: Recipe, command: str) -> int:
        with self._transaction() as db:
            # Whoever holds the place knows that no other run is alive.
            db.execute("UPDATE runs SET state = 'stopped', detail = ? WHERE state = 'running'", [INTERRUPTED])
            row = {
                "state": "running",
                "detail": "",
                "started": now(),
                "model": recipe.model,
                "base_url": recipe.base_url,
                "options": as_json(recipe.options),
                "command": clean(command),
                "version": __version__,
                "prompt_hash": recipe.prompt_hash,
                "schema_hash": recipe.schema_hash,
                "recipe_key": recipe.key,
            }
            return insert(db, "runs", row)

    def finish_run(self, run: int, state: str, detail: str = "") -> None:
        """Close a run as `finished`, `stopped` or `failed`, and let others run."""
        query = "UPDATE runs SET state = ?, detail = ?, finished = ? WHERE id = ?"
        with self._transaction() as db:
            db.execute(query, [state, clean(detail), now(), run])
        self._leave()

    def finished(self, recipe: Recipe) -> set[str]:
        """Keys of the articles that need no further asking; what failed for a passing reason does."""
        with self._transaction("DEFERRED") as db:
            return reader.finished(db, recipe.key)

    def see(self, source: str, article: Article, run: int) -> None:
        """Record that this path held this article; a second time changes nothing."""
        with self._transaction() as db:
            writer.see(db, source, article, run)

    def write(self, run: int, outcome: Outcome) -> None:
        """Store an outcome whole; when this returns, it survives a loss of power.

        It takes the place of an earlier outcome of the same article (or, without one, source) and recipe, whose rows
        stay with `current` = 0. Only a settled one keeps its place against one that waits or failed for a passing
        reason: a forced run that is stopped takes nothing away.
        """
        with self._transaction() as db:
            writer.write(db, run, outcome)

    def recall(self, key: str) -> str | None:
        """The reply that is kept under a request's key."""
        with self._transaction("DEFERRED") as db:
            return replies.recall(db, key)

    def keep(self, key: str, reply: str, *, model: str, base_url: str) -> None:
        """Keep a model's reply under its request's key, in place of an earlier one."""
        with self._transaction() as db:
            replies.keep(db, key, reply, model=model, base_url=base_url)

    @property
    def submissions(self) -> Submissions:
        """What was handed to a service's Batch API."""
        return Submissions(self._transaction)

    def status(self, recipe_key: str | None = None) -> reader.Status:
        """How the database stands under a recipe, or under that of the latest run."""
        with self._transaction("DEFERRED") as db:
            return reader.status(db, recipe_key)

    def totals(self, run: int) -> reader.Totals:
        """What one run came to."""
        with self._transaction("DEFERRED") as db:
            return reader.totals(db, run)

    @contextmanager
    def _transaction(self, kind: Literal["IMMEDIATE", "DEFERRED"] = "IMMEDIATE") -> Iterator["Database"]:
        with self._lock, explained(self.path), transaction(self._db, kind):
            yield self._db

    def _leave(self) -> None:
        if self._place is not None:
            self._place.close()
            self._place = None
