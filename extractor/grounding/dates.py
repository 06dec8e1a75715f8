"""Dates: whether years and months of a record are told by the article, or lie near the day it appeared."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extractor.article import Article
from extractor.grounding.folding import fold_article
from extractor.outcome import Check
from schemas import Record
from schemas.names import LANGUAGES

_FIELDS = ("date", "due", "signed", "ratified", "ended")
_NEAR_YEARS = 2  # what "last year" and "the year after next" reach
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_DECADE = re.compile(r"(?<!\d)(?:19|20)?([1-9])0(?:er|ern|s|-[хxі]\w*|-ые|е|년대)\b")
# Words from which a reader works a month out: units of time, seasons, quarters, halves, "ago", "since".
_RELATIVE = re.compile(
    r"\b(?:woche|monat|jahr|gestern|heute|quartal|frühjahr|frühling|sommer|herbst|winter|ende|anfang|mitte|"
    r"week|month|year|yesterday|today|quarter|spring|summer|autumn|fall|end of|early|late|mid|since|"
    r"semaine|mois|année|hier|trimestre|printemps|été|automne|hiver|fin|début|"
    r"semana|mes|año|ayer|hoy|primavera|verano|otoño|invierno|finales|principios|"
    r"tydzień|tygodni|miesi|rok|wczoraj|dziś|kwartał|wios|lat|jesie|zim|koni|począt|"
    r"недел|месяц|год|вчера|сегодня|квартал|вес|лет|осен|зим|конц|начал|"
    r"тижн|місяц|рік|рок|вчора|сьогодні|навесні|літ|восени|взимку|кінц|почат)|"
    r"지난|이달|올해|내년|작년|어제|오늘|최근|봄|여름|가을|겨울|분기|말까지|연말|연초|상반기|하반기",
    re.IGNORECASE,
)


def check(record: Record, article: Article) -> Check:
    """Doubt names the dates whose year or month nothing in the article leads to; a date is never a reason to fail."""
    dates = [date for field in _FIELDS if (date := getattr(record, field, None)) is not None]
    if not dates:
        return Check("date", "none")
    told = [_told(text) for text in (article.title, article.text) if text]
    doubted = [date for date in dates if not all(_supported(part, told, article) for part in _parts(date))]
    if doubted:
        return Check("date", "doubt", f"nothing in the article leads to {', '.join(doubted)}")
    return Check("date", "pass")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a text tells of dates."""

    years: frozenset[str]
    decades: frozenset[str]  # 8 for "the eighties"
    relative: bool
    words: frozenset[str]


@lru_cache(maxsize=32)
def _told(text: str) -> _Told:
    return _Told(
        frozenset(_YEAR.findall(text)),
        frozenset(_DECADE.findall(text)),
        _RELATIVE.search(text) is not None,
        frozenset((*fold_article(text).lower, *_SHORT_NUMBER.findall(text))),
    )


def _parts(date: str) -> Iterator[tuple[str, str]]:
    """Year and month of each end, `XX` where the month is open."""
    for end in date.split("/"):
        if end != "..":
            year, month = (*end.split("-"), "XX")[:2]
            yield year, month


def _supported(part: tuple[str, str], told: Sequence[_Told], article: Article) -> bool:
    year, month = part
    published = (article.published or "")[:7]
    return any(_has_year(year, one, published[:4]) for one in told) and (
        month == "XX" or any(_has_month(month, one, published, article.language) for one in told)
    )


def _has_year(year: str, told: _Told, published: str) -> bool:
    if "X" in year:
        return any(one.startswith(year.rstrip("X")) for one in (*told.years, published)) or year[2:3] in told.decades
    if year in told.years or year[2] in told.decades:
        return True
    return published.isdecimal() and abs(int(year) - int(published)) <= _NEAR_YEARS


def _has_month(month: str, told: _Told, published: str, language: str | None) -> bool:
    if told.relative or not told.words.isdisjoint({month, month.lstrip("0")}):
        return True
    apart = abs(int(month) - int(published[5:7])) if published[5:7].isdecimal() else 6
    if min(apart, 12 - apart) <= 1:
        return True
    stems = tuple(stem for one in ((language,) if language in LANGUAGES else LANGUAGES) for stem in _months(one)[month])
    return any(word.startswith(stems) for word in told.words)


@cache
def _months(language: str) -> dict[str, tuple[str, ...]]:
    """Number of a month -> stems of its name, in all the cases that CLDR knows."""
    from babel import Locale

    stems: dict[str, tuple[str, ...]] = {}
    for context in ("format", "stand-alone"):
        for number, name in Locale(language).months[context]["wide"].items():
            # The last letter changes with the case; "May" and "Mai" are too short to lose it.
            stem = name.lower()[:-1] if len(name) > 4 else name.lower()
            stems[f"{number:02}"] = (*stems.get(f"{number:02}", ()), stem)
    return stems
