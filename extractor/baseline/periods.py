"""Periods: "last year", "vergangene Woche", "yesterday" as EDTF, counted from the day of publication."""

import datetime


def period(name: str, published: datetime.date) -> str:
    """EDTF of a period; `name` is a key of a lexicon's [periods]."""
    match name:
        case "last_year":
            return str(published.year - 1)
        case "this_year":
            return str(published.year)
        case "last_month":
            return f"{published.replace(day=1) - datetime.timedelta(days=1):%Y-%m}"
        case "last_week":
            monday = published - datetime.timedelta(days=published.weekday() + 7)
            return f"{monday}/{monday + datetime.timedelta(days=6)}"
        case "yesterday":
            return str(published - datetime.timedelta(days=1))
    raise ValueError(f"no such period: {name}")
