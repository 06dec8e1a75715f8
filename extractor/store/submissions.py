"""Submissions: which article is in which batch at a service, and what came back; written before anything is sent."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from extractor.article import Article
from extractor.outcome import Outcome
from extractor.recipe import Recipe
from extractor.store import writer
from extractor.store.database import insert
from extractor.store.rows import clean, now

if TYPE_CHECKING:
    from sqlite_utils import Database

Told = tuple[int, dict[str, Any], str, float]


@dataclass(frozen=True, slots=True)
class Submission:
    """A batch that is not over: `batch` is its name at the service, None where it is not known to have arrived."""

    id: int
    token: str
    batch: str | None
    intended: str  # UTC, ISO 8601
    articles: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with the replies it got so far, oldest first: HTTP status, body, UTC of handing over, seconds."""

    article: Article
    replies: tuple[Told, ...] = ()
    round: int = 1  # of the request that comes next


class Submissions:
    """Every method is one transaction and raises StoreError on any trouble."""

    def __init__(self, transaction: Callable[..., AbstractContextManager["Database"]]) -> None:
        self._transaction = transaction

    def intend(self, run: int, recipe: Recipe, token: str, entries: Sequence[Entry]) -> int:
        """Note what is about to be sent, and what was sent before it as read; an article in another open batch raises.

        Give the submission's id.
        """
        with self._transaction() as db:
            row = {"state": "intended", "token": token, "detail": "", "intended": now(), "run": run}
            number = insert(db, "submissions", row | {"recipe_key": recipe.key})
            for entry in entries:
                self._done(db, recipe, entry.article.key)
                article = {"article": entry.article.key, "source": clean(entry.article.source), "round": entry.round}
                request = {"submission": number, "state": "sent", "reply": None, "recipe_key": recipe.key}
                insert(db, "submitted", article | request)
        return number

    def arrived(self, number: int, batch: str, run: int) -> None:
        """Note the name under which the service has it; its articles wait from now on."""
        with self._transaction() as db:
            db.execute("UPDATE submissions SET state = 'submitted', batch = ? WHERE id = ?", [clean(batch), number])
            for entry in self._unanswered(db, number):
                if entry.round == 2:
                    article = entry.article
                    writer.write(db, run, Outcome(article.source, "waiting", article, detail=f"in batch {batch}"))

    def drop(self, number: int, detail: str) -> list[Entry]:
        """Give up a batch that did not arrive or is gone: its articles, which it gives, are free to be sent again."""
        with self._transaction() as db:
            return self._end(db, number, "dropped", detail)

    def collect(self, number: int, detail: str, replies: Iterable[tuple[str, int, dict[str, Any]]]) -> list[Entry]:
        """Note what came back, by article key; give what got no reply, which is free to be sent again."""
        with self._transaction() as db:
            for key, status, body in replies:
                # JSON in ASCII holds any text, half a character pair too.
                reply = json.dumps({"status": status, "body": body})
                # Of two replies to one request neither can be trusted more: the first stands, as it was paid for first.
                query = (
                    "UPDATE submitted SET state = 'answered', reply = ? "
                    "WHERE submission = ? AND article = ? AND state = 'sent'"
                )
                db.execute(query, [reply, number, key])
            return self._end(db, number, "collected", detail)

    def settle(self, run: int, recipe: Recipe, outcome: Outcome) -> None:
        """Store what an article came to; its replies, of which the attempts now tell, are let go."""
        with self._transaction() as db:
            writer.write(db, run, outcome)
            if outcome.article is not None:
                belongs = [outcome.article.key, recipe.key]
                self._done(db, recipe, outcome.article.key)
                db.execute("UPDATE submitted SET reply = NULL WHERE article = ? AND recipe_key = ?", belongs)

    def open(self, recipe: Recipe) -> list[Submission]:
        """Batches of the recipe that are not over, oldest first."""
        query = (
            "SELECT id, token, batch, intended, (SELECT count(*) FROM submitted WHERE submission = submissions.id) "
            "FROM submissions WHERE recipe_key = ? AND state IN ('intended', 'submitted') ORDER BY id"
        )
        with self._transaction("DEFERRED") as db:
            return [Submission(*row) for row in db.execute(query, [recipe.key])]

    def in_flight(self, recipe: Recipe) -> set[str]:
        """Keys of the articles that were sent and have no outcome yet."""
        query = "SELECT article FROM submitted WHERE recipe_key = ? AND state <> 'done'"
        with self._transaction("DEFERRED") as db:
            return {key for (key,) in db.execute(query, [recipe.key])}

    def answered(self, recipe: Recipe) -> Iterator[Entry]:
        """Articles of which the replies are to be read, or which are to be asked further."""
        query = "SELECT article FROM submitted WHERE recipe_key = ? AND state = 'answered' ORDER BY submission, article"
        with self._transaction("DEFERRED") as db:
            keys = [key for (key,) in db.execute(query, [recipe.key])]
        for key in keys:
            with self._transaction("DEFERRED") as db:
                entry = self._entry(db, recipe.key, key)
            yield entry

    def elsewhere(self, recipe: Recipe) -> int:
        """How many articles are in open batches of other recipes."""
        query = "SELECT count(*) FROM submitted WHERE recipe_key <> ? AND state <> 'done'"
        with self._transaction("DEFERRED") as db:
            found: int = db.execute(query, [recipe.key]).fetchone()[0]
        return found

    def _entry(self, db: "Database", recipe_key: str, key: str) -> Entry:
        query = (
            "SELECT source, round, reply, intended, ended FROM submitted "
            "JOIN submissions ON submissions.id = submission WHERE article = ? AND submitted.recipe_key = ? ORDER BY id"
        )
        rows = db.execute(query, [key, recipe_key]).fetchall()
        # What came before the last first round belongs to an earlier asking.
        begin = max(at for at, row in enumerate(rows) if row[1] == 1)
        replies = tuple(_reply(*row[2:]) for row in rows[begin:] if row[2] is not None)
        (row,) = db.query("SELECT text, title, published, url, publisher, language FROM articles WHERE key = ?", [key])
        return Entry(Article(rows[-1][0], **row), replies, rows[-1][1] + 1)

    def _unanswered(self, db: "Database", number: int) -> list[Entry]:
        query = "SELECT article, recipe_key FROM submitted WHERE submission = ? AND state = 'sent' ORDER BY article"
        return [self._entry(db, recipe_key, key) for key, recipe_key in db.execute(query, [number]).fetchall()]

    def _end(self, db: "Database", number: int, state: str, detail: str) -> list[Entry]:
        unanswered = self._unanswered(db, number)
        values = {"id": number, "state": state, "detail": clean(detail), "ended": now()}
        db.execute("UPDATE submissions SET state = :state, detail = :detail, ended = :ended WHERE id = :id", values)
        # What was paid for in an earlier round is not asked anew from the beginning.
        db.execute(
            "UPDATE submitted SET state = iif(round > 1, 'answered', 'done') WHERE submission = ? AND state = 'sent'",
            [number],
        )
        return unanswered

    @staticmethod
    def _done(db: "Database", recipe: Recipe, key: str) -> None:
        # Only what was answered: an article that is still in an open batch is refused by the index.
        query = "UPDATE submitted SET state = 'done' WHERE article = ? AND recipe_key = ? AND state = 'answered'"
        db.execute(query, [key, recipe.key])


def _reply(reply: str, begin: str, end: str | None) -> Told:
    told = json.loads(reply)
    times = [datetime.fromisoformat(time) for time in (begin, end or begin)]
    return told["status"], told["body"], begin, max(0.0, (times[1] - times[0]).total_seconds())
