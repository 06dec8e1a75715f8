"""Fakes: articles that hold a known record, and a model that answers as a test tells it to."""

from collections.abc import Callable
from typing import Any

from extractor.article import Article
from extractor.model import Proposal
from extractor.outcome import Attempt
from extractor.recipe import Recipe

QUOTE = "Nordkorea hat Russland mehr als 100 Raketen geliefert."


def transfer(**changes: object) -> dict[str, Any]:
    """A transfer as a model gives it, true of any text that holds QUOTE."""
    return {
        "id": "T1",
        "supplier": "PRK",
        "recipient": "RUS",
        "item": "missiles",
        "category": "missiles",
        "quantity": {
            "low": 100,
            "high": None,
            "approximate": False,
            "unit": "missiles",
            "text": "mehr als 100 Raketen",
        },
        "value": None,
        "via": [],
        "status": "delivered",
        "certainty": "confirmed",
        "attributed_to": [],
        "denied_by": [],
        "violates": [],
        "date": None,
        "due": None,
        "in_exchange_for": [],
        "evidence": [QUOTE],
        **changes,
    }


def extraction(*transfers: dict[str, Any]) -> dict[str, Any]:
    """A raw Extraction."""
    return {"transfers": list(transfers), "deployments": [], "treaties": []}


def article(name: str = "a.txt", text: str = QUOTE) -> Article:
    """An article that holds QUOTE, or another text."""
    return Article(name, text, language="de")


def by_text(shown: Article) -> dict[str, Any]:
    """The right answer: one transfer where the text holds QUOTE, else nothing."""
    return extraction(transfer()) if QUOTE in shown.text else extraction()


class ScriptedModel:
    """Answers an article with what `answer` gives or raises, and remembers which it was asked about."""

    def __init__(
        self, answer: Callable[[Article], dict[str, Any]] = by_text, attempts: tuple[Attempt, ...] = ()
    ) -> None:
        self.answer = answer
        self._attempts = attempts
        self.asked: list[str] = []
        self.closed = False

    @property
    def recipe(self) -> Recipe:
        return Recipe("scripted", "", "prompt", "schema")

    async def propose(self, article: Article) -> Proposal:
        self.asked.append(article.source)
        return Proposal(self.answer(article), self._attempts)

    async def close(self) -> None:
        self.closed = True
