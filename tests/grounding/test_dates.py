"""Whether the article leads to the dates of a record."""

import pytest

from extractor.grounding.dates import check
from extractor.outcome import Verdict
from tests.grounding.records import article, transfer, treaty


@pytest.mark.parametrize(
    ("date", "text", "published", "verdict"),
    [
        (None, "Panzer", "2024-05-10", "none"),
        ("2019", "Panzer im Jahr 2019", "2024-05-10", "pass"),
        ("2019", "Panzer", "2024-05-10", "doubt"),
        ("2023", "Panzer", "2024-05-10", "pass"),
        ("2023", "Panzer", None, "doubt"),
        ("198X", "in den 1980er Jahren", "2024-05-10", "pass"),
        ("1985", "in den 80er Jahren", "2024-05-10", "pass"),
        ("203X", "Panzer", "2024-05-10", "doubt"),
        ("2019-11", "im November 2019", "2024-05-10", "pass"),
        ("2019-11", "am 3.11.2019", "2024-05-10", "pass"),
        ("2019-11", "Panzer 2019", "2024-05-10", "doubt"),
        ("2019-11", "seit dem Herbst 2019", "2024-05-10", "pass"),
        ("2024-06", "Panzer", "2024-05-10", "pass"),
        ("2025-01", "Panzer", "2024-12-10", "pass"),
        ("2024-02-03", "Panzer", "2024-12-10", "doubt"),
        ("XXXX-06", "im Juni", None, "pass"),
        ("2022-02/..", "seit Februar 2022", "2024-05-10", "pass"),
        ("2011-02/2022-03", "seit Februar 2022, davor März", "2024-05-10", "doubt"),
        ("../2026", "Panzer", "2024-05-10", "pass"),
    ],
)
def test_year_and_month_are_looked_for(date: str | None, text: str, published: str | None, verdict: Verdict) -> None:
    assert check(transfer(date=date), article(text, "de", published)).verdict == verdict


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("в ноябре 2019", "ru"),
        ("у листопаді 2019", "uk"),
        ("w listopadzie 2019", "pl"),
        ("en novembre 2019", "fr"),
        ("2019년 11월", "ko"),
        ("in November 2019", None),
    ],
)
def test_a_month_is_known_in_its_language(text: str, language: str | None) -> None:
    assert check(transfer(date="2019-11"), article(text, language)).verdict == "pass"


def test_a_doubt_names_the_date() -> None:
    found = check(treaty(signed="1961-07-06", ended="1996"), article("Pakt vom 6. Juli 1961"))
    assert (found.verdict, found.detail) == ("doubt", "nothing in the article leads to 1996")
