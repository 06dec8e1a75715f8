"""Replies: what models answered, each under the exact request, so that the same question is not paid for again."""

from typing import TYPE_CHECKING

from extractor.store.rows import clean, now

if TYPE_CHECKING:
    from sqlite_utils import Database

REPLIES = """
CREATE TABLE replies (  -- One row for each request that was answered with an object: asked again, it is answered here.
    key TEXT PRIMARY KEY NOT NULL,  -- Hash of address, model and the whole request, and how often it was asked before.
    model TEXT NOT NULL,  -- Model asked for.
    base_url TEXT NOT NULL,  -- Address of the model's service.
    kept TEXT NOT NULL,  -- When the latest reply came, UTC.
    reply TEXT NOT NULL  -- Latest reply, JSON as the service sent it, the API key apart: hostile text.
) STRICT
"""


def recall(db: "Database", key: str) -> str | None:
    """The reply to a request, or None where none was kept."""
    found = db.execute("SELECT reply FROM replies WHERE key = ?", [key]).fetchone()
    return str(found[0]) if found else None


def keep(db: "Database", key: str, reply: str, *, model: str, base_url: str) -> None:
    """Store a reply, in the place of an earlier one to the same request."""
    db.execute(
        "INSERT INTO replies (key, model, base_url, kept, reply) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET kept = excluded.kept, reply = excluded.reply",
        [key, model, base_url, now(), clean(reply)],
    )
