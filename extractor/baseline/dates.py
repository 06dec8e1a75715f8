"""Dates: what a sentence says of when, as EDTF, with relative words resolved against the day of publication."""

import datetime
import re
from dataclasses import dataclass, replace
from functools import cache

from extractor.baseline import korean
from extractor.baseline.clauses import Clauses
from extractor.baseline.lexicon import lexicon
from extractor.baseline.periods import period
from schemas.names import LANGUAGES

_YEAR = re.compile(r"(?<!\d)(1[89]|20)\d\d(?!\d)")
_HISTORY = 20  # years gone by
_NARRATED = 400  # characters over which a year told still holds


@dataclass(frozen=True, slots=True)
class When:
    """Tokens `first` to `last` say `edtf`; `ahead` for a deadline or a time to come."""

    first: int
    last: int
    edtf: str
    ahead: bool
    since: bool = False  # the beginning of what goes on


@cache
def _calendar(language: str) -> tuple[dict[str, int], dict[str, int]]:
    """Names of months (1 to 12) and of weekdays (0 = Monday) in small letters, from CLDR, inflected forms included."""
    if language not in LANGUAGES:
        return {}, {}
    from babel import Locale

    locale = Locale(language)
    months: dict[str, int] = {}
    days: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                months.setdefault(name.lower().strip("."), number)
            for number, name in locale.days[context][width].items():
                days.setdefault(name.lower().strip("."), number)
    # Short names that are words: "sept hélicoptères", "Mar Negro".
    for word in {"en": (), "fr": ("may", "sept"), "es": ("may", "mar")}.get(language, ("may",)):
        months.pop(word, None)
    if language == "de":
        months["jänner"] = 1
    own = lexicon(language).grammar.calendar
    months |= {name: number for number, name in enumerate(own.get("months", ()), 1)}
    days |= {name: number for number, name in enumerate(own.get("days", ()))}
    return months, {name: number for name, number in days.items() if len(name) > 3}


def whens(clauses: Clauses, day: str | None) -> list[When]:
    """Dates of a sentence in order, seen from the `day` of publication, YYYY-MM-DD."""
    try:
        published = datetime.date.fromisoformat(day or "")
    except ValueError:
        published = None
    months, days = _calendar(clauses.lexicon.language)
    found: list[When] = []
    position = 0
    while position < len(clauses.tokens):
        when = _korean(clauses, position, published) if clauses.lexicon.verb_last else None
        when = when or _month(clauses, position, months, published) or _weekday(clauses, position, days, published)
        when = when or _year(clauses, position, published) or _period(clauses, position, published)
        if when:
            since = position and clauses.tokens[when.first - 1].lower in clauses.lexicon.since
            found.append(replace(when, since=bool(since)))
            position = when.last
        else:
            position += 1
    return found


def _year(clauses: Clauses, position: int, published: datetime.date | None) -> When | None:
    token = clauses.tokens[position]
    if not _YEAR.fullmatch(token.text):
        return None
    before = clauses.text[max(0, token.start - 1) : token.start]
    after = clauses.text[token.end : token.end + 2]
    if (before in "-.,/" and before) or re.match(r"[.,]\d|-\d", after):
        return None
    return When(position, position + 1, token.text, _ahead(clauses, position, published, int(token.text)))


def _month(clauses: Clauses, position: int, months: dict[str, int], published: datetime.date | None) -> When | None:
    token = clauses.tokens[position]
    month = (
        months.get(token.lower) if token.text[:1].isupper() or clauses.lexicon.language not in ("de", "en") else None
    )
    if month is None:
        return None
    first, last, day, year = position, position + 1, None, None
    of = clauses.lexicon.cues.get("of", ())  # "el 5 de febrero de 2025"
    before = first - 2 if first > 1 and clauses.tokens[first - 1].lower in of else first - 1
    if first and re.fullmatch(r"\d{1,2}(st|nd|rd|th|er)?", clauses.tokens[before].text):
        day, first = int(re.sub(r"\D", "", clauses.tokens[before].text)), before
    if (
        last < len(clauses.tokens)
        and day is None
        and re.fullmatch(r"\d{1,2}", clauses.tokens[last].text)
        and clauses.lexicon.language == "en"
    ):
        day, last = int(clauses.tokens[last].text), last + 1
    behind = last + 1 if last + 1 < len(clauses.tokens) and clauses.tokens[last].lower in of else last
    if behind < len(clauses.tokens) and _YEAR.fullmatch(clauses.tokens[behind].text):
        year, last = int(clauses.tokens[behind].text), behind + 1
    if year is None:
        year, last = _told_year(clauses, last, published)
    return _dated(clauses, (first, last), (year, month, day), published)


def _korean(clauses: Clauses, position: int, published: datetime.date | None) -> When | None:
    last, year, month, day = korean.date(clauses, position, published.year if published else None)
    if last == position:
        return None
    if month is None and day is None:
        return When(position, last, str(year), _ahead(clauses, position, published, year))
    if month is None and day and published:
        # "27일": the last one before publication
        month = published.month if day <= published.day else (published.month - 2) % 12 + 1
    return _dated(clauses, (position, last), (year, month, day), published) if month else None


def _dated(
    clauses: Clauses,
    place: tuple[int, int],
    told: tuple[int | None, int, int | None],
    published: datetime.date | None,
) -> When:
    """A date as far as it is told, its year resolved."""
    (first, last), (year, month, day) = place, told
    ahead = _ahead(clauses, first, published)
    if year is None and published:
        year = _narrated_year(clauses, first, published) or _nearest_year(published, month, day, ahead)
    if day is not None and not 1 <= day <= 28:
        try:
            datetime.date(year or 2000, month, day)
        except ValueError:
            day = None
    edtf = f"{year or 'XXXX'}-{month:02}" + (f"-{day:02}" if day else "")
    return When(first, last, edtf, ahead or bool(published and edtf[:7] > published.isoformat()[:7] and year))


def _narrated_year(clauses: Clauses, position: int, published: datetime.date) -> int | None:
    """The year last told before, if the text tells history there: its October is not the latest one."""
    start = clauses.tokens[position].start
    years = [int(match[0]) for match in _YEAR.finditer(clauses.text, max(0, start - _NARRATED), start)]
    return years[-1] if years and years[-1] <= published.year - _HISTORY else None


def _nearest_year(published: datetime.date, month: int, day: int | None, ahead: bool) -> int:
    """A month without a year is the last one before publication, or the next where the time is to come."""
    if ahead:
        return published.year if (month, day or 31) >= (published.month, published.day) else published.year + 1
    return published.year if (month, day or 1) <= (published.month, published.day) else published.year - 1


def _weekday(clauses: Clauses, position: int, days: dict[str, int], published: datetime.date | None) -> When | None:
    day = days.get(clauses.tokens[position].lower)
    if day is None or published is None or _ahead(clauses, position, published):
        return None
    back = (published.weekday() - day) % 7
    return When(position, position + 1, (published - datetime.timedelta(days=back)).isoformat(), False)


def _period(clauses: Clauses, position: int, published: datetime.date | None) -> When | None:
    mark = next((mark for mark in clauses.periods if mark.first == position), None)
    if mark is None or published is None or mark.payload == "this_year":
        return None  # what is told of this year may be past or to come
    return When(position, mark.last, period(mark.payload, published), False)


def _told_year(clauses: Clauses, behind: int, published: datetime.date | None) -> tuple[int | None, int]:
    """The year told behind a month, and the token behind it: "in July last year", "im Mai dieses Jahres"."""
    for mark in clauses.periods:
        if published and mark.first in (behind, behind + 1) and mark.payload in ("last_year", "this_year"):
            return int(period(mark.payload, published)), mark.last
    return None, behind


def _ahead(clauses: Clauses, position: int, published: datetime.date | None, year: int | None = None) -> bool:
    """Whether a date is yet to come: by its year, else by the words before it."""
    if year and published and year != published.year:
        return year > published.year
    lead = {token.lower for token in clauses.tokens[max(0, position - 3) : position]}
    return bool(lead & clauses.lexicon.ahead)
