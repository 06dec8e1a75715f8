"""Actors: whether the article names the actors of a record."""

import re
from collections.abc import Iterator
from functools import lru_cache

from extractor.article import Article
from extractor.grounding.folding import fold_article
from extractor.grounding.mentions import mentions
from extractor.outcome import Check
from schemas import Record
from schemas.names import LANGUAGES

_FIELDS = ("supplier", "recipient", "sender", "host", "supports")
_SHORTEST = 4
# Words that say of what kind a group is, not which one.
_KIND = re.compile(
    "groups?|arm(?:y|ies)|forces?|front|movement|party|union|states?|council|government|rebels?|militias?|national|people|"
    "liberation|democratic|republic|islamic|united|armed|resistance|organi[sz]ation|alliance"
)


def check(record: Record, article: Article) -> Check:
    """Pass where each actor is named in title or text; doubt where one is not, for it may be named indirectly."""
    texts = [text for text in (article.title, article.text) if text]
    named = frozenset[str]().union(*(_named(text, article.language) for text in texts))
    unnamed = [
        actor
        for actor in dict.fromkeys(_actors(record))
        if actor not in named and not any(_worded(actor, text) for text in texts)
    ]
    if unnamed:
        return Check("actor", "doubt", f"not named in the article: {', '.join(unnamed)}")
    return Check("actor", "pass")


def _actors(record: Record) -> Iterator[str]:
    for field in _FIELDS:
        actor = getattr(record, field, None)
        if actor is not None:
            yield actor
    yield from getattr(record, "parties", ())


@lru_cache(maxsize=16)
def _named(text: str, language: str | None) -> frozenset[str]:
    known = (language or "").lower().partition("-")[0]
    languages = (known,) if known in LANGUAGES else LANGUAGES
    return frozenset(mention.code for one in languages for mention in mentions(text, one))


def _worded(actor: str, text: str) -> bool:
    """Whether a group that no table holds is met by a word of its name."""
    folded = fold_article(text)
    if len(actor) <= _SHORTEST and actor.isupper():
        return actor in folded.tokens
    words = tuple(word for word in actor.lower().split() if len(word) >= _SHORTEST and not _KIND.fullmatch(word))
    return any(token.startswith(words) for token in folded.lower)
