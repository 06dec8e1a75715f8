"""Words that count from the day of publication, and what goes on since a day."""

import pytest

from tests.baseline.told import deployments, transfers

# Published on Wednesday, 14 May 2025.


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("en", "Sweden delivered howitzers to Estonia last year.", "2024"),
        ("en", "Sweden delivered howitzers to Estonia last month.", "2025-04"),
        ("en", "Sweden delivered howitzers to Estonia last week.", "2025-05-05/2025-05-11"),
        ("en", "Sweden delivered howitzers to Estonia yesterday.", "2025-05-13"),
        ("en", "Sweden delivered howitzers to Estonia in April last year.", "2024-04"),
        ("en", "Sweden delivered howitzers to Estonia in April this year.", "2025-04"),
        ("de", "Schweden lieferte vergangenes Jahr Haubitzen an Estland.", "2024"),
        ("de", "Schweden lieferte im vergangenen Monat Haubitzen an Estland.", "2025-04"),
        ("de", "Schweden lieferte vergangene Woche Haubitzen an Estland.", "2025-05-05/2025-05-11"),
        ("de", "Schweden lieferte im April vergangenen Jahres Haubitzen an Estland.", "2024-04"),
        ("de", "Schweden lieferte gestern Haubitzen an Estland.", "2025-05-13"),
    ],
)
def test_a_period_is_counted_from_the_day_of_publication(language: str, text: str, date: str) -> None:
    assert [one["date"] for one in transfers(text, language)] == [date]


def test_without_a_day_of_publication_a_period_says_nothing() -> None:
    [told] = transfers("Sweden delivered howitzers to Estonia last year.", "en", None)
    assert told["date"] is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Since October 200 Kenyan police officers have been stationed in Haiti."),
        ("de", "Seit Oktober sind 200 kenianische Polizisten in Haiti stationiert."),
    ],
)
def test_what_goes_on_since_a_month_has_an_open_end(language: str, text: str) -> None:
    assert [one["date"] for one in deployments(text, language)] == ["2024-10/.."]


def test_a_month_in_a_tale_of_long_ago_belongs_to_the_year_told_before() -> None:
    told = deployments("In 1975 the war came to Angola. In October Cuba sent 480 instructors to Angola.")
    assert [one["date"] for one in told] == ["1975-10"]
