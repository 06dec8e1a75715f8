"""Which dates the codebook's part of EDTF allows."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.dates import check_edtf, earliest, latest

GOOD = [
    "2024-11-22",
    "2024-02-29",
    "2024-06",
    "2024",
    "202X",
    "19XX",
    "XXXX-06",
    "XXXX-02-29",
    "2024-XX",
    "2024-06-XX",
    "2024-01/2024-06",
    "2024/2024",
    "2022-02/..",
    "../2026-06",
    "202X/2025",
]
BAD = {
    "no date": ["", "yesterday", "22.11.2024", "2024-11-22T10:00", "24", "2024-6", "2024-06-1", "20240622", "2024-W3"],
    "more than the codebook uses": ["2024-21", "2024~", "2024?", "-0044", "Y12024", "[2024,2025]"],
    "no such day": ["2023-02-29", "2024-04-31", "2024-13", "2024-00", "2024-01-00", "2024-01-32", "XXXX-02-30"],
    "nothing fixed": ["XXXX", "XXXX-XX", "XXXX-XX-XX", "../..", "XXXX/2024"],
    "a day without its month": ["2024-XX-05"],
    "an end missing or before its beginning": ["2024/", "/2024", "2024/2023", "2024-06/2024-05", "2024/2025/2026"],
    "year 0": ["0000", "0000-01-01"],
    "digits of another script": ["٢٠٢٤"],
}


@pytest.mark.parametrize("text", GOOD)
def test_a_date_of_any_precision_comes_back_unchanged(text: str) -> None:
    assert check_edtf(text) == text


@pytest.mark.parametrize(("why", "text"), [(why, text) for why, texts in BAD.items() for text in texts])
def test_what_is_no_date_is_refused(why: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"date|digit|year|month|interval|before"):
        check_edtf(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-11-22", "2024-11-22", "2024-11-22"),
        ("2024-06", "2024-06-01", "2024-06-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2024-06-XX", "2024-06-01", "2024-06-31"),
    ],
)
def test_an_open_date_spans_the_days_that_it_can_mean(text: str, first: str, last: str) -> None:
    assert (earliest(text), latest(text)) == (first, last)


@settings(deadline=None)
@given(st.dates(min_value=datetime.date(1, 1, 1)))
def test_every_day_of_the_calendar_is_a_date(day: datetime.date) -> None:
    assert check_edtf(day.isoformat()) == earliest(day.isoformat()) == latest(day.isoformat())


@settings(deadline=None)
@given(st.text("0123456789X-/.", max_size=24))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        assert check_edtf(text) == text
    except ValueError:
        return
    assert any(char.isdigit() for char in text)
