"""Actors: whether the article names the actors of a record, and names them where its quotes stand."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractor.article import Article
from extractor.grounding.folding import fold_article
from extractor.grounding.mentions import mentions
from extractor.outcome import Check, Span
from schemas import Record
from schemas.names import LANGUAGES

_FIELDS = ("supplier", "recipient", "sender", "host", "supports")
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_SHORTEST = 4
# Words that say of what kind a group is, not which one.
_KIND = re.compile(
    "groups?|arm(?:y|ies)|forces?|front|movement|party|union|states?|council|government|rebels?|militias?|national|people|"
    "liberation|democratic|republic|islamic|united|armed|resistance|organi[sz]ation|alliance"
)


def check(record: Record, spans: Sequence[Span], article: Article) -> Check:
    """Pass where each actor is named in the title or around a quote, in its paragraph or the one before.

    Doubt where one is not, for it may be named indirectly. Fail where none is: the quotes tell of others.
    """
    actors = list(dict.fromkeys(_actors(record)))
    titles = [article.title] if article.title else []
    near = [*titles, *_around(spans, article.text)]
    far = _unnamed(actors, near, article.language)
    if not far:
        return Check("actor", "pass")
    # In any language, before a record is kept apart: the one that is given may be wrong.
    if spans and len(_unnamed(far, near, None)) == len(actors):
        return Check("actor", "fail", f"not named where the quotes stand: {', '.join(far)}")
    absent = _unnamed(far, [*titles, article.text], article.language)
    if absent:
        return Check("actor", "doubt", f"not named in the article: {', '.join(absent)}")
    return Check("actor", "doubt", f"not named where the quotes stand: {', '.join(far)}")


def _unnamed(actors: list[str], texts: list[str], language: str | None) -> list[str]:
    named = frozenset[str]().union(*(_named(text, language) for text in texts))
    return [actor for actor in actors if actor not in named and not any(_worded(actor, text) for text in texts)]


def _around(spans: Sequence[Span], text: str) -> Iterator[str]:
    """The paragraphs of each quote, and the one before them."""
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text)]
    for span in spans:
        inside = [number for number, (start, end) in enumerate(paragraphs) if start < span.end and end > span.start]
        if inside:
            yield text[paragraphs[max(0, inside[0] - 1)][0] : paragraphs[inside[-1]][1]]


def _actors(record: Record) -> Iterator[str]:
    for field in _FIELDS:
        actor = getattr(record, field, None)
        if actor is not None:
            yield actor
    yield from getattr(record, "parties", ())


@lru_cache(maxsize=256)  # a paragraph is asked again by each record that it proves
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
