"""Rows: what is stored, as flat values that SQLite takes without changing them."""

import json
from datetime import UTC, datetime
from typing import Any

from extractor.article import Article
from extractor.outcome import Attempt, Check
from schemas import Record

Row = dict[str, Any]

_BOUNDED = ("quantity", "value", "personnel")
_PARTS = ("text", "low", "high", "approximate", "unit")
_ELSEWHERE = ("id", "evidence", "in_exchange_for", "replaces")  # in tables of their own
_MOST_TOKENS = 10**12
_MOST_COST = 1e9
_DEEPEST = 100  # far above any record, below what SQLite and Python read


def now() -> str:
    """UTC in ISO 8601; rows are ordered by their ids, so a clock that is set back does no harm."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def clean(text: str) -> str:
    """Text from outside (file names, answers), with what SQLite cannot hold or measure written as an escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\u0000")


def as_json(value: Any) -> str:
    """Readable JSON, whatever the value: what is not JSON (NaN, infinity, an object) becomes text."""
    if _deeper(value, _DEEPEST):
        value = {"unwritable": "nested too deep"}
    try:
        strict = json.loads(json.dumps(value, default=str), parse_constant=str)
        written = json.dumps(strict, ensure_ascii=False)
    except (ValueError, TypeError) as error:  # an integer of thousands of digits, a key that is no text
        written = json.dumps({"unwritable": str(error)})
    return clean(written)


def _deeper(value: Any, left: int) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return left == 0 or any(_deeper(part, left - 1) for part in parts)


def about(article: Article) -> Row:
    """An article as a row; its text is taken as it is, so that offsets hold, or refused by the table."""
    known = {name: getattr(article, name) for name in ("title", "published", "publisher", "language", "url")}
    return {
        "key": article.key,
        **{name: value and clean(value) for name, value in known.items()},
        "characters": len(article.text),
        "first_seen": now(),
        "sha256": article.sha256,
        "text": article.text,
    }


def flat(record: Record) -> Row:
    """The fields of a record as columns: lists as JSON, quantities as five columns each."""
    row: Row = {}
    for name, value in record.model_dump().items():
        if name in _ELSEWHERE:
            continue
        if name in _BOUNDED:
            row |= {f"{name}_{part}": value and value[part] for part in _PARTS}
        else:
            row[name] = as_json(value) if isinstance(value, list) else value
    return row


def spent(attempt: Attempt) -> Row:
    """An attempt with what the server said of its use; a number that cannot be is taken as not reported."""
    usage = attempt.usage
    return {
        "number": attempt.number,
        "result": clean(attempt.result),
        "detail": clean(attempt.detail),
        "model": attempt.model and clean(attempt.model),
        "started": attempt.started,
        "seconds": attempt.seconds,
        "prompt_tokens": _credible(usage.prompt_tokens, _MOST_TOKENS),
        "completion_tokens": _credible(usage.completion_tokens, _MOST_TOKENS),
        "cached_tokens": _credible(usage.cached_tokens, _MOST_TOKENS),
        "cost": _credible(usage.cost, _MOST_COST),
        "request": attempt.request,
        "recalled": attempt.recalled,
    }


def verdicts(checks: tuple[Check, ...]) -> list[Row]:
    """Checks in their order."""
    return [{"name": check.name, "verdict": check.verdict, "detail": clean(check.detail)} for check in checks]


def _credible(value: float | None, most: float) -> float | None:
    # NaN is below nothing and above nothing.
    return value if value is not None and 0 <= value <= most else None
