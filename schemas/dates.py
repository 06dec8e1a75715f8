"""Edtf: a date of any precision, in the part of EDTF (ISO 8601-2) that the codebook uses."""

import calendar
import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

# The codebook allows a small part of EDTF (no seasons, no "~" and "?"), so a full EDTF parser would accept too much.
_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|XXXX)(?:-(?P<month>0[1-9]|1[0-2]|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
)


def _check_date(text: str) -> None:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(
            f"{text!r} is not a date: write 2024-11-22, 2024-11, 2024, 202X, XXXX-06 or an interval with /"
        )
    year, month, day = match["year"], match["month"], match["day"]
    if not any(char.isdigit() for char in text):
        raise ValueError(f"{text!r} fixes no digit: write null")
    if year == "0000":
        raise ValueError("there is no year 0")
    if day is None or day == "XX":
        return
    if month == "XX":
        raise ValueError(f"{text!r} has a day but no month")
    # An unknown year may be a leap year.
    length = calendar.monthrange(int(year) if year.isdigit() else 2000, int(month))[1]
    if not 1 <= int(day) <= length:
        raise ValueError(f"{text!r}: month {month} has {length} days")


def check_edtf(text: str) -> str:
    """Return `text` unchanged when it is a date or an interval of the codebook's EDTF, else raise ValueError."""
    if "/" not in text:
        _check_date(text)
        return text
    start, _, end = text.partition("/")
    if start == end == "..":
        raise ValueError("an interval needs one known end")
    for part in (start, end):
        if part != "..":
            _check_date(part)
    if ".." not in (start, end) and earliest(start) > latest(end):
        raise ValueError(f"{text!r} ends before it begins")
    return text


def earliest(text: str) -> str:
    """First day that a date (not an interval) can mean, as YYYY-MM-DD."""
    year, month, day = _parts(text)
    return f"{year.replace('X', '0')}-{'01' if month == 'XX' else month}-{'01' if day == 'XX' else day}"


def latest(text: str) -> str:
    """Last day that a date (not an interval) can mean, as YYYY-MM-DD; a month is given 31 days, for comparison only."""
    year, month, day = _parts(text)
    return f"{year.replace('X', '9')}-{'12' if month == 'XX' else month}-{'31' if day == 'XX' else day}"


def _parts(text: str) -> tuple[str, str, str]:
    year, month, day = (*text.split("-"), "XX", "XX")[:3]
    return year, month, day


Edtf = Annotated[str, StringConstraints(max_length=24), AfterValidator(check_edtf)]
"""`2024-11-22`, `2024-06`, `2024`, `203X`, `XXXX-06`, `2024-01/2024-06`, `2022-02/..`, `../2026`."""
