"""A number phrase as low and high bounds, after the codebook's table."""

import pytest

from tests.baseline.told import bounds, deployments, transfers

ENGLISH = {
    "20": (20, 20, False),
    "twenty": (20, 20, False),
    "about 20": (20, 20, True),
    "some 20": (20, 20, True),
    "roughly 20": (20, 20, True),
    "more than 20": (20, None, False),
    "at least 20": (20, None, False),
    "over 20": (20, None, False),
    "up to 20": (None, 20, False),
    "nearly 20": (None, 20, False),
    "between 10 and 12": (10, 12, False),
    "two dozen": (24, 24, False),
    "hundreds of": (200, None, True),
    "thousands of": (2000, None, True),
    "5,000": (5000, 5000, False),
    "2 million": (2_000_000, 2_000_000, False),
    "1.5 million": (1_500_000, 1_500_000, False),
}
GERMAN = {
    "20": (20, 20, False),
    "zwanzig": (20, 20, False),
    "rund 20": (20, 20, True),
    "etwa 20": (20, 20, True),
    "mehr als 20": (20, None, False),
    "über 20": (20, None, False),
    "mindestens zwanzig": (20, None, False),
    "bis zu 20": (None, 20, False),
    "fast 20": (None, 20, False),
    "höchstens 20": (None, 20, False),
    "10 bis 12": (10, 12, False),
    "zwischen 10 und 12": (10, 12, False),
    "Hunderte": (200, None, True),
    "Tausende": (2000, None, True),
    "5.000": (5000, 5000, False),
    "1,5 Millionen": (1_500_000, 1_500_000, False),
}
TEXTS = [
    *(("en", f"Sweden delivered {phrase} drones to Estonia.", expected) for phrase, expected in ENGLISH.items()),
    *(("de", f"Schweden lieferte Estland {phrase} Drohnen.", expected) for phrase, expected in GERMAN.items()),
]


@pytest.mark.parametrize(("language", "text", "expected"), TEXTS)
def test_the_words_around_a_number_bound_it(
    language: str, text: str, expected: tuple[int | None, int | None, bool]
) -> None:
    [told] = transfers(text, language)
    quantity = told["quantity"]
    assert (*(bounds(quantity) or ()), quantity["approximate"]) == expected
    assert quantity["text"] in told["evidence"][0]


@pytest.mark.parametrize(
    ("goods", "unit"),
    [
        ("fighter jets", "aircraft"),
        ("shells", "rounds"),
        ("tanks", "vehicles"),
        ("drones", "drones"),
        ("cruise missiles", "missiles"),
        ("air defence systems", "systems"),
    ],
)
def test_a_unit_is_an_english_plural_noun(goods: str, unit: str) -> None:
    [told] = transfers(f"Sweden delivered 20 {goods} to Estonia.")
    assert told["quantity"]["unit"] == unit


def test_people_are_counted_in_persons() -> None:
    [told] = deployments("Kenya sent more than 400 police officers to Haiti.")
    assert told["personnel"] == {
        "low": 400,
        "high": None,
        "approximate": False,
        "unit": "persons",
        "text": "more than 400 police officers",
    }


def test_no_number_is_null_and_not_nought() -> None:
    [told] = transfers("Sweden delivered drones to Estonia.")
    assert (told["quantity"], told["value"]) == (None, None)
