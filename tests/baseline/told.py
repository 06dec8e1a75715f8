"""What the baseline tells of a short text, for the tests of this folder."""

from typing import Any

from extractor.article import Article
from extractor.baseline.model import extract

PUBLISHED = "2025-05-14"  # a Wednesday
Record = dict[str, Any]


def article(text: str, language: str | None = "en", published: str | None = PUBLISHED) -> Article:
    """An article without a title."""
    return Article("test", text, published=published, language=language)


def transfers(text: str, language: str | None = "en", published: str | None = PUBLISHED) -> list[Record]:
    """The transfers that are proposed."""
    return extract(article(text, language, published))["transfers"]


def deployments(text: str, language: str | None = "en", published: str | None = PUBLISHED) -> list[Record]:
    """The deployments that are proposed."""
    return extract(article(text, language, published))["deployments"]


def treaties(text: str, language: str | None = "en", published: str | None = PUBLISHED) -> list[Record]:
    """The treaties that are proposed."""
    return extract(article(text, language, published))["treaties"]


def ways(text: str, language: str | None = "en") -> list[str]:
    """Who gives to whom, "SWE EST", one for each transfer."""
    return [f"{one['supplier']} {one['recipient']}" for one in transfers(text, language)]


def bounds(amount: Record | None) -> tuple[int | None, int | None] | None:
    """Low and high of a quantity or a sum."""
    return None if amount is None else (amount["low"], amount["high"])
