"""Whether the numbers of a record are those of its quotes."""

import pytest

from extractor.grounding.quantities import check
from extractor.outcome import Verdict
from schemas import Money, Quantity
from tests.grounding.records import article, deployment, money, quantity, transfer

QUOTE = "Berlin liefert mindestens 30 Panzer für 1,5 Milliarden Euro, 5.000 Helme und weitere Fahrzeuge"


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        (quantity("mindestens 30 Panzer", 30, None), "pass"),
        (quantity("30 Panzer", 30, None), "pass"),
        (quantity("30 Panzer", 30, 30), "doubt"),
        (quantity("mindestens 30 Panzer", 30, None, approximate=True), "doubt"),
        (quantity("mindestens 30 Panzer", 40, None), "fail"),
        (quantity("5000 Helme", 5000, 5000), "pass"),
        (quantity("5.000", 5, 5), "fail"),
        (quantity("weitere Fahrzeuge", 7, 7), "doubt"),
        (quantity("40 Panzer", 40, 40), "fail"),
        (quantity("30 Schützenpanzer", 30, 30), "fail"),
    ],
)
def test_a_quantity_is_held_against_its_phrase(amount: Quantity, verdict: Verdict) -> None:
    found = check(transfer(QUOTE, quantity=amount), [QUOTE], article(QUOTE))
    assert found.verdict == verdict
    assert bool(found.detail) == (verdict != "pass")


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        (money("1,5 Milliarden Euro", 1_500_000_000, 1_500_000_000), "pass"),
        (money("1,5 Milliarden", 1_500_000_000, 1_500_000_000), "pass"),
        (money("1,5 Milliarden", 1_500_000_000, 1_500_000_000, unit="USD"), "doubt"),
        (money("1,5 Milliarden Euro", 15_000_000_000, 15_000_000_000), "fail"),
    ],
)
def test_a_sum_is_held_against_its_phrase_and_currency(amount: Money, verdict: Verdict) -> None:
    assert check(transfer(QUOTE, value=amount), [QUOTE], article(QUOTE)).verdict == verdict


def test_the_worst_verdict_counts() -> None:
    record = transfer(
        QUOTE, quantity=quantity("30 Panzer", 31, None), value=money("1,5 Milliarden Euro", 1_500_000_000, None)
    )
    assert check(record, [QUOTE], article(QUOTE)).verdict == "fail"


def test_personnel_is_checked() -> None:
    quote = "더 많은 병력 약 1만1000명을 보냈다"
    personnel = Quantity(low=11000, high=11000, approximate=True, unit="persons", text="약 1만1000명")
    assert check(deployment(quote, personnel=personnel), [quote], article(quote, "ko")).verdict == "pass"


def test_a_record_without_numbers_has_nothing_to_check() -> None:
    assert check(transfer(QUOTE), [QUOTE], article(QUOTE)).verdict == "none"


def test_bare_digits_under_a_header_with_a_multiplier_are_doubted_not_failed() -> None:
    table = "Gerät | Wert (Mrd. Euro)\nPanzer K2 | 3,37"
    record = transfer(table, value=money("3,37", 3_370_000_000, 3_370_000_000))
    assert check(record, [table], article(table)).verdict == "doubt"
    assert check(record, ["Panzer K2 | 3,37"], article("Panzer K2 | 3,37")).verdict == "fail"


def test_one_end_may_stand_in_another_quote() -> None:
    quotes = ["Seoul spricht von 8.000 Arbeitern", "Kiew nennt 15.000 Arbeiter"]
    record = transfer(*quotes, quantity=quantity("8.000 Arbeitern", 8000, 15000))
    assert check(record, quotes, article(" ".join(quotes))).verdict == "doubt"


def test_a_number_of_another_phrase_does_not_count() -> None:
    record = transfer(QUOTE, quantity=quantity("30 Panzer", 5000, 5000))
    assert check(record, [QUOTE], article(QUOTE)).verdict == "fail"


def test_without_a_language_every_lexicon_is_tried() -> None:
    quote = "поставили двадцать пять танков"
    record = transfer(quote, quantity=quantity("двадцать пять танков", 25, 25))
    assert check(record, [quote], article(quote, None)).verdict == "pass"
