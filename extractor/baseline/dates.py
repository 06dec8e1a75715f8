"""Dates: what a sentence says of when, as EDTF, with relative words resolved against the day of publication."""

import datetime
import re
from dataclasses import dataclass
from functools import cache

from extractor.baseline.scene import Scene

_YEAR = re.compile(r"(1[89]|20)\d\d")


@dataclass(frozen=True, slots=True)
class When:
    """Tokens `first` to `last` say `edtf`; `ahead` for a deadline or a time to come."""

    first: int
    last: int
    edtf: str
    ahead: bool


@cache
def _calendar(language: str) -> tuple[dict[str, int], dict[str, int]]:
    """Names of months (1 to 12) and of weekdays (0 = Monday) in small letters, from CLDR, inflected forms included."""
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
    months.pop("may" if language != "en" else "", None)
    if language == "de":
        months["jänner"] = 1
    return months, {name: number for name, number in days.items() if len(name) > 3}


def whens(scene: Scene) -> list[When]:
    """Dates of a sentence in order."""
    try:
        published = datetime.date.fromisoformat(scene.article.published or "")
    except ValueError:
        published = None
    months, days = _calendar(scene.lexicon.language)
    found: list[When] = []
    position = 0
    while position < len(scene.tokens):
        when = _month(scene, position, months, published) or _weekday(scene, position, days, published)
        when = when or _year(scene, position)
        if when:
            found.append(when)
            position = when.last
        else:
            position += 1
    return found


def _year(scene: Scene, position: int) -> When | None:
    token = scene.tokens[position]
    if not _YEAR.fullmatch(token.text):
        return None
    before = scene.text[max(0, token.start - 1) : token.start]
    after = scene.text[token.end : token.end + 2]
    if (before in "-.,/" and before) or re.match(r"[.,]\d|-\d", after):
        return None
    return When(position, position + 1, token.text, _ahead(scene, position, token.text))


def _month(scene: Scene, position: int, months: dict[str, int], published: datetime.date | None) -> When | None:
    token = scene.tokens[position]
    month = months.get(token.lower) if token.text[:1].isupper() or scene.lexicon.language not in ("de", "en") else None
    if month is None:
        return None
    first, last, day, year = position, position + 1, None, None
    if first and re.fullmatch(r"\d{1,2}(st|nd|rd|th)?", scene.tokens[first - 1].text):
        day, first = int(re.sub(r"\D", "", scene.tokens[first - 1].text)), first - 1
    if (
        last < len(scene.tokens)
        and day is None
        and re.fullmatch(r"\d{1,2}", scene.tokens[last].text)
        and scene.lexicon.language == "en"
    ):
        day, last = int(scene.tokens[last].text), last + 1
    if last < len(scene.tokens) and _YEAR.fullmatch(scene.tokens[last].text):
        year, last = int(scene.tokens[last].text), last + 1
    ahead = _ahead(scene, first, "")
    if year is None:
        year = _nearest_year(published, month, day, ahead) if published else None
    if day is not None and not 1 <= day <= 28:
        try:
            datetime.date(year or 2000, month, day)
        except ValueError:
            day = None
    edtf = f"{year or 'XXXX'}-{month:02}" + (f"-{day:02}" if day else "")
    return When(first, last, edtf, ahead or bool(published and edtf[:7] > published.isoformat()[:7] and year))


def _nearest_year(published: datetime.date, month: int, day: int | None, ahead: bool) -> int:
    """A month without a year is the last one before publication, or the next where the time is to come."""
    if ahead:
        return published.year if (month, day or 31) >= (published.month, published.day) else published.year + 1
    return published.year if (month, day or 1) <= (published.month, published.day) else published.year - 1


def _weekday(scene: Scene, position: int, days: dict[str, int], published: datetime.date | None) -> When | None:
    day = days.get(scene.tokens[position].lower)
    if day is None or published is None or _ahead(scene, position, ""):
        return None
    back = (published.weekday() - day) % 7
    return When(position, position + 1, (published - datetime.timedelta(days=back)).isoformat(), False)


def _ahead(scene: Scene, position: int, year: str) -> bool:
    published = scene.article.published or ""
    if year and published and year > published[:4]:
        return True
    lead = {token.lower for token in scene.tokens[max(0, position - 3) : position]}
    return bool(lead & scene.lexicon.ahead)
