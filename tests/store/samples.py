"""Samples: an article, one record of each kind with every field, and outcomes of every state."""

import subprocess
import sys
from typing import Any

from extractor.article import Article
from extractor.outcome import Attempt, Check, Checked, Outcome, Rejected, Span, Usage
from extractor.recipe import Recipe
from extractor.store import Store
from schemas import Deployment, Transfer, Treaty

TEXT = "Pjöngjang lieferte rund 20 Geschütze für 5 Millionen Euro.\nDafür schickte Moskau Soldaten. Der Pakt gilt."
RECIPE = Recipe("gpt-test", "http://localhost:1/v1", "prompt", "schema", {"temperature": 0.0})
OTHER = Recipe("baseline", "", "lexicons", "schema")

COMMON: dict[str, Any] = {"certainty": "claimed", "attributed_to": ["NIS"], "denied_by": ["Russia"]}


def article(number: int = 0, **changes: Any) -> Article:
    """A different article for each number."""
    fields = {"title": "Geschütze für Moskau", "published": "2024-11-22", "language": "de", **changes}
    return Article(f"news/{number}.txt", f"{TEXT}\n{number}", **fields)


def transfer(**changes: Any) -> Checked:
    """A transfer with every field filled; its number is doubted."""
    fields = {
        "id": "T1",
        "supplier": "PRK",
        "recipient": "RUS",
        "item": "howitzers",
        "category": "artillery",
        "quantity": {"low": 20, "high": 20, "approximate": True, "unit": "systems", "text": "rund 20 Geschütze"},
        "value": {
            "low": 5_000_000,
            "high": 5_000_000,
            "approximate": False,
            "unit": "EUR",
            "text": "5 Millionen Euro",
        },
        "via": ["Rajin", "Angara"],
        "status": "delivered",
        "violates": ["UN arms embargo"],
        "date": "2024-11",
        "due": "2024-12",
        "in_exchange_for": [],
        "evidence": [TEXT[:20], TEXT[19:30]],
        **COMMON,
        **changes,
    }
    checks = (Check("schema", "pass"), Check("quote", "pass", "found"), Check("number", "doubt", "rund 20"))
    return Checked("transfer", Transfer.model_validate(fields), (Span(TEXT[:20], 0, 20), Span("rte", 15, 18)), checks)


def deployment(**changes: Any) -> Checked:
    """A deployment with every field filled, given in return for the transfer."""
    fields = {
        "id": "D1",
        "sender": "RUS",
        "host": "PRK",
        "place": "Wonsan",
        "supports": "PRK",
        "force_type": "combat",
        "personnel": {"low": 200, "high": None, "approximate": True, "unit": "persons", "text": "Hunderte"},
        "status": "deployed",
        "violates": ["UNSC resolution 1718"],
        "date": "2024",
        "due": "2025",
        "in_exchange_for": ["T1"],
        "evidence": ["Soldaten"],
        **COMMON,
        **changes,
    }
    return Checked("deployment", Deployment.model_validate(fields), (Span("Soldaten", 82, 90),), ())


def treaty(**changes: Any) -> Checked:
    """A treaty with every field filled."""
    fields = {
        "id": "P1",
        "title": "1961 treaty",
        "parties": ["PRK", "RUS", "PRK"],
        "obligations": ["defence", "consultation"],
        "status": "ended",
        "signed": "1961-07-06",
        "ratified": "1961-09",
        "ended": "1996",
        "replaces": [],
        "in_exchange_for": [],
        "evidence": ["Pakt"],
        **COMMON,
        **changes,
    }
    return Checked("treaty", Treaty.model_validate(fields), (Span("Pakt", 96, 100),), ())


def attempt(number: int = 1, **changes: Any) -> Attempt:
    """A paid answer."""
    fields: dict[str, Any] = {
        "started": "2025-01-01T00:00:00+00:00",
        "seconds": 1.5,
        "result": "ok",
        "model": "gpt-test-0613",
        "answer": '{"transfers": []}',
        "usage": Usage(1000, 100, 10, 0.5),
    }
    return Attempt(number, **(fields | changes))


def extracted(of: Article, *records: Checked) -> Outcome:
    """An outcome with the records, by default one of each kind."""
    later = treaty(id="P2", title="2024 treaty", replaces=["P1"])
    chosen = records or (transfer(), deployment(), treaty(), later)
    return Outcome(of.source, "extracted", of, records=chosen, attempts=(attempt(),), seconds=2.0)


def failed(of: Article, reason: Any = "cut_off") -> Outcome:
    """A failure after one paid attempt."""
    return Outcome(of.source, "failed", of, reason, "why", attempts=(attempt(result=reason),))


def unread(source: str = "gone.txt", detail: str = "no such file") -> Outcome:
    """A path that gave no article."""
    return Outcome(source, "failed", reason="missing", detail=detail)


def unsupported(of: Article, raw: dict[str, Any]) -> Outcome:
    """A proposal that failed a check."""
    checks = (Check("schema", "pass"), Check("quote", "fail", "not in the text"))
    return Outcome(of.source, "unsupported", of, rejected=(Rejected("transfer", raw, checks),))


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process of this interpreter, its output to be read."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def rows(store: Store, query: str, *values: object) -> list[dict[str, Any]]:
    """What the database holds, past the door."""
    return list(store._db.query(query, list(values)))
