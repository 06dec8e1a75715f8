"""When the stage was reached: relative words are resolved against the day of publication."""

import pytest

from tests.baseline.told import transfers, treaties

WEDNESDAY = "2025-05-14"


def date(text: str, language: str, published: str | None = WEDNESDAY) -> str | None:
    [told] = transfers(text, language, published)
    found: str | None = told["date"]
    return found


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("on 3 March 2023", "2023-03-03"),
        ("on March 3, 2023", "2023-03-03"),
        ("on March 3", "2025-03-03"),
        ("in March 2023", "2023-03"),
        ("in March", "2025-03"),  # the last one before publication
        ("in June", "2024-06"),
        ("in 2019", "2019"),
        ("on Wednesday", "2025-05-14"),  # a weekday is the last one, today included
        ("on Tuesday", "2025-05-13"),
        ("on Thursday", "2025-05-08"),
        ("yesterday", "2025-05-13"),
        ("", None),
        ("in the afternoon", None),
    ],
)
def test_a_date_is_resolved_to_the_precision_that_the_text_gives(when: str, expected: str | None) -> None:
    assert date(f"Sweden delivered howitzers to Estonia {when}.", "en") == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("am 3. März 2023", "2023-03-03"),
        ("am 3. März", "2025-03-03"),
        ("im März 2023", "2023-03"),
        ("im März", "2025-03"),
        ("im Juni", "2024-06"),
        ("im Jahr 2019", "2019"),
        ("2019", "2019"),
        ("am Mittwoch", "2025-05-14"),
        ("am Dienstag", "2025-05-13"),
        ("am Donnerstag", "2025-05-08"),
    ],
)
def test_a_german_date_is_resolved_likewise(when: str, expected: str) -> None:
    assert date(f"Schweden lieferte {when} in Tallinn Haubitzen an Estland.", "de") == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Sweden delivered howitzers to Estonia in March.", "XXXX-03"),
        ("en", "Sweden delivered howitzers to Estonia on 3 March.", "XXXX-03-03"),
        ("de", "Schweden lieferte Haubitzen im März an Estland.", "XXXX-03"),
        ("en", "Sweden delivered howitzers to Estonia in March 2023.", "2023-03"),
        ("en", "Sweden delivered howitzers to Estonia on Tuesday.", None),  # not one digit can be fixed
    ],
)
def test_without_a_day_of_publication_the_year_stays_open(language: str, text: str, expected: str | None) -> None:
    assert date(text, language, published=None) == expected


@pytest.mark.parametrize("published", ["2025", "2025-05", "202X"])
def test_a_day_of_publication_that_is_no_day_resolves_nothing(published: str) -> None:
    assert date("Sweden delivered howitzers to Estonia in March.", "en", published) == "XXXX-03"


@pytest.mark.parametrize(
    ("language", "text", "due"),
    [
        ("en", "Sweden will deliver howitzers to Estonia by June 2026.", "2026-06"),
        ("en", "Sweden will deliver howitzers to Estonia by June.", "2025-06"),  # the next one after publication
        ("en", "Sweden will deliver howitzers to Estonia in 2027.", "2027"),
        ("de", "Schweden hat Estland Haubitzen zugesagt, die bis Juni 2026 geliefert werden.", "2026-06"),
    ],
)
def test_a_time_to_come_is_when_the_handing_over_is_due_and_not_when_the_stage_was_reached(
    language: str, text: str, due: str
) -> None:
    [told] = transfers(text, language)
    assert (told["status"], told["date"], told["due"]) == ("agreed", None, due)


def test_an_order_of_the_past_may_be_due_in_the_future() -> None:
    [told] = transfers("Sweden ordered 12 howitzers from Finland in 2019 and expects them by 2027.")
    assert (told["date"], told["due"]) == ("2019", "2027")


@pytest.mark.parametrize("day", ["31 April", "30 February", "0 March", "32 March"])
def test_a_day_that_does_not_exist_is_left_out_and_its_month_kept(day: str) -> None:
    found = date(f"Sweden delivered howitzers to Estonia on {day} 2023.", "en")
    assert found in ("2023-04", "2023-02", "2023-03")


def test_the_day_of_signing_stands_near_the_word_for_it() -> None:
    text = "In 2019 talks began. Russia and North Korea signed a treaty on 19 June 2024 in Pyongyang."
    assert [one["signed"] for one in treaties(text)] == ["2024-06-19"]
