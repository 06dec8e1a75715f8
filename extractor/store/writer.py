"""Writer: an outcome with all that belongs to it becomes rows; the caller holds the transaction."""

from typing import TYPE_CHECKING

from extractor.article import Article, digest
from extractor.errors import StoreError
from extractor.outcome import FINAL, Attempt, Checked, Kind, Outcome, Rejected
from extractor.store.database import insert
from extractor.store.rows import Row, about, as_json, clean, flat, now, spent, verdicts
from schemas import Treaty

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLE: dict[Kind, str] = {"transfer": "transfers", "deployment": "deployments", "treaty": "treaties"}
# What may pass: the next run asks again.
PASSING = ("server", "connection", "timeout", "rate_limit", "foreign", "bad_request", "unrecorded", "internal")

_CURRENT = "SELECT id, state, reason FROM outcomes WHERE current = 1 AND recipe_key = :recipe_key"


def settled(state: str, reason: str | None) -> bool:
    """Whether an outcome needs no further asking under its recipe."""
    return state in FINAL and not (state == "failed" and reason in PASSING)


def see(db: "Database", source: str, article: Article, run: int) -> None:
    """Store the article, and that this path held it, unless both are known; a failure to read the path is over."""
    key, source = article.key, clean(source)
    db.execute(
        "UPDATE outcomes SET current = 0 WHERE current = 1 AND article IS NULL AND source = ? "
        "AND recipe_key = (SELECT recipe_key FROM runs WHERE id = ?)",
        [source, run],
    )
    if db.execute("SELECT 1 FROM sources WHERE source = ? AND article = ?", [source, key]).fetchone():
        return
    if not db.execute("SELECT 1 FROM articles WHERE key = ?", [key]).fetchone():
        insert(db, "articles", about(article))
    insert(db, "sources", {"source": source, "article": key, "run": run, "seen_at": now()})


def write(db: "Database", run: int, outcome: Outcome) -> None:
    """Store an outcome; it takes the place of an earlier one unless that one is settled and this one is not."""
    made = _made(db, run)
    article = outcome.article
    if article is not None:
        see(db, outcome.source, article, run)
    kinds = [checked.kind for checked in outcome.records]
    row = {
        "state": outcome.state,
        "reason": outcome.reason,
        "detail": clean(outcome.detail),
        "article": article.key if article else None,
        "source": clean(outcome.source),
        **{TABLE[kind]: kinds.count(kind) for kind in TABLE},
        "doubtful": sum(checked.doubtful for checked in outcome.records),
        "rejected": len(outcome.rejected),
        "seconds": outcome.seconds,
        "created": now(),
        "run": run,
        "recipe_key": made["recipe_key"],
    }
    row["current"] = _takes_place(db, row)
    number = insert(db, "outcomes", row)
    for attempt in outcome.attempts:
        _write_attempt(db, attempt, {"outcome": number, "run": run})
    ids = [_write_record(db, checked, row, made, number) for checked in outcome.records]
    _write_links(db, outcome.records, ids)
    db.table("rejected").insert_all(_rejected(one) | {"outcome": number} for one in outcome.rejected)


def _made(db: "Database", run: int) -> Row:
    """What every row says of how it was made."""
    query = "SELECT model, prompt_hash, schema_hash, recipe_key FROM runs WHERE id = ?"
    for row in db.query(query, [run]):
        return row
    raise StoreError(f"there is no run {run}")


def _takes_place(db: "Database", row: Row) -> bool:
    """Whether the outcome is the one that counts; the one that did so far steps back."""
    same = "article = :article" if row["article"] else "article IS NULL AND source = :source"
    for earlier in db.query(f"{_CURRENT} AND {same}", row):
        if settled(earlier["state"], earlier["reason"]) and not settled(row["state"], row["reason"]):
            return False
        db.execute("UPDATE outcomes SET current = 0 WHERE id = ?", [earlier["id"]])
    return True


def _write_attempt(db: "Database", attempt: Attempt, belongs: Row) -> None:
    number = insert(db, "attempts", spent(attempt) | belongs)
    if attempt.answer is not None:
        insert(db, "answers", {"attempt": number, "answer": clean(attempt.answer)})


def _write_record(db: "Database", checked: Checked, outcome: Row, made: Row, number: int) -> int:
    """Store one record with its evidence and checks; return its id."""
    kind, name = checked.kind, checked.record.id
    id_ = insert(db, "records", {"kind": kind, "name": name, "outcome": number})
    row = flat(checked.record) | {
        "id": id_,
        "doubtful": checked.doubtful,
        "current": outcome["current"],
        "name": name,
        "record": digest(outcome["article"], made["recipe_key"], kind, name)[:16],
        "article": outcome["article"],
        "outcome": number,
        "run": outcome["run"],
        **{hashed: made[hashed] for hashed in ("model", "prompt_hash", "schema_hash")},
    }
    insert(db, TABLE[kind], row)
    if isinstance(checked.record, Treaty):
        parties = dict.fromkeys(checked.record.parties)
        db.table("treaty_parties").insert_all({"treaty": id_, "actor": actor} for actor in parties)
    db.table("evidence").insert_all(
        {"record": id_, "position": position, "quote": span.quote, "start": span.start, "end": span.end}
        for position, span in enumerate(checked.spans, 1)
    )
    db.table("checks").insert_all(verdict | {"record": id_} for verdict in verdicts(checked.checks))
    return id_


def _write_links(db: "Database", records: tuple[Checked, ...], ids: list[int]) -> None:
    by_name = dict(zip((checked.record.id for checked in records), ids, strict=True))
    for checked in records:
        for link in ("in_exchange_for", "replaces"):
            for other in dict.fromkeys(getattr(checked.record, link, ())):
                # A link to no record of this outcome gives None, which the table refuses.
                row = {"record": by_name[checked.record.id], "link": link, "other": by_name.get(other)}
                insert(db, "links", row)


def _rejected(rejected: Rejected) -> Row:
    reasons = (f"{check.name}: {check.detail}" for check in rejected.checks if check.verdict == "fail")
    return {
        "kind": rejected.kind,
        "reason": clean(next(reasons, "")),
        "checks": as_json(verdicts(rejected.checks)),
        "raw": as_json(rejected.raw),
    }
