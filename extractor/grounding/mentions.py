"""Mentions: where a text names an actor, after the name tables and, behind them, CLDR's names of states."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.grounding.folding import fold_article
from extractor.grounding.forms import Forms
from schemas.actor import normalise_actor, state_codes
from schemas.names import LANGUAGES, NOBODY, Kind, Name, table

_VOWELS = "aeiouyаеиоуыэюяії"
# Taken off a name of enough letters, so that "Індія" meets "Індії" and "Перу" does not meet "первый".
_CASE_ENDING = re.compile(rf"(?<=\w{{3}}[^\W{_VOWELS}])[{_VOWELS}]*$|(?<=\w{{2}}[^\W{_VOWELS}])[{_VOWELS}]{{2,}}$")
_CLDR_ENDING = {"de": "s?", "uk": "*", "ru": "*", "pl": "*", "ko": "*"}


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]`, endings included, names `code`; `english` is the register's name where it is not the actor."""

    start: int
    end: int
    code: str
    kind: Kind
    english: str


def mentions(text: str, language: str) -> list[Mention]:
    """Names met in `text`, left to right, none overlapping; the longest wins. An unknown language has none.

    Hyphens and apostrophes divide words ("US-Präsident", "l’Iran"); soft hyphens and zero-width characters do not.
    """
    forms = _forms(language.lower().partition("-")[0])
    folded = fold_article(text)
    found: list[Mention] = []
    position = 0
    while position < len(folded.tokens):
        length, names = forms.longest(text, folded, position)
        if names and names[0].code != NOBODY:
            name = names[0]
            start, end = folded.starts[position], folded.ends[position + length - 1]
            found.append(Mention(start, end, name.code, name.kind, name.english))
        position += length or 1
    return found


@lru_cache(maxsize=len(LANGUAGES))
def _forms(language: str) -> Forms[Name]:
    told = {name.code for name in table(language) if name.kind == "name"}
    names = (*table(language), *(name for name in _cldr(language) if name.code not in told))
    return Forms((form, name) for name in names for form in name.forms)


def _cldr(language: str) -> Iterator[Name]:
    """CLDR's names of states, inflected in the roughest way, for states that a table does not hold."""
    if language not in LANGUAGES:
        return
    from babel import Locale

    ending = _CLDR_ENDING.get(language, "")
    for region, full in sorted(Locale(language).territories.items()):
        code = normalise_actor(full)
        if len(region) == 2 and code in state_codes():
            yield Name(code, "name", tuple(_inflected(full.partition(" (")[0], ending)), "")


def _inflected(name: str, ending: str) -> Iterator[str]:
    yield name
    if ending == "s?":
        yield name + "s"
    elif ending == "*":
        yield " ".join(_CASE_ENDING.sub("*", word) for word in name.split())
