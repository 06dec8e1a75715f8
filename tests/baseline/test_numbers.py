"""Which numbers count goods, and which say something else."""

import pytest

from tests.baseline.told import bounds, transfers


def counted(text: str, language: str = "en") -> list[tuple[int | None, int | None] | None]:
    return [bounds(one["quantity"]) for one in transfers(text, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sweden delivered howitzers to Estonia on 12 March 2024."),
        ("en", "Sweden delivered howitzers to Estonia in 2019."),
        ("en", "Sweden delivered T-72 tanks to Estonia."),
        ("en", "Sweden delivered 155-mm shells to Estonia."),
        ("en", "Sweden delivered howitzers to Estonia for 3 million euros."),
        ("de", "Am 19. Juni lieferte Schweden Haubitzen an Estland."),
        ("de", "Schweden lieferte 2019 in Tallinn Haubitzen an Estland."),
        ("de", "Schweden lieferte Estland Leopard 2A8."),
    ],
)
def test_years_days_calibres_sums_and_parts_of_a_designation_count_nothing(language: str, text: str) -> None:
    assert counted(text, language) == [None]


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "Sweden delivered 1,950 howitzers to Estonia.", 1950),
        ("en", "Sweden delivered 12 brand new Archer howitzers to Estonia.", 12),
        ("en", "Sweden delivered 12 Leopard 2A4 tanks to Estonia.", 12),
        ("de", "Schweden lieferte Estland 5.000 Granaten.", 5000),
        ("de", "Schweden lieferte Estland zwölf neue schwere Haubitzen.", 12),
        ("de", "Schweden lieferte Estland 2019 zwölf Haubitzen.", 12),
        ("de", "Schweden lieferte Estland am 19. Juni in Tallinn 12 Haubitzen.", 12),
    ],
)
def test_a_number_counts_the_goods_behind_it_with_a_few_words_between(language: str, text: str, number: int) -> None:
    assert counted(text, language) == [(number, number)]


def test_each_number_counts_its_own_goods() -> None:
    told = transfers("Schweden lieferte Estland 100 Gewehre und 20 Haubitzen.", "de")
    assert [(one["category"], bounds(one["quantity"])) for one in told] == [
        ("small_arms", (100, 100)),
        ("artillery", (20, 20)),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sweden delivered another 30 tanks to Estonia, bringing the total to 52."),
        ("de", "Schweden lieferte Estland weitere 30 Panzer, insgesamt sind es 52 Panzer."),
    ],
)
def test_a_running_total_is_no_second_event_and_is_never_added(language: str, text: str) -> None:
    assert counted(text, language) == [(30, 30)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "Poland bought 180 tanks from South Korea for $3.4 billion.", (3_400_000_000, "USD")),
        ("en", "Poland bought 180 tanks for 1.7 billion euros from South Korea.", (1_700_000_000, "EUR")),
        ("de", "Polen kaufte in Südkorea 180 Panzer für 3,4 Milliarden Dollar.", (3_400_000_000, "USD")),
        ("de", "Polen kaufte in Südkorea 180 Panzer für 900.000 Euro.", (900_000, "EUR")),
    ],
)
def test_a_sum_of_money_is_the_value_and_not_the_quantity(language: str, text: str, value: tuple[int, str]) -> None:
    [told] = transfers(text, language)
    assert (told["value"]["low"], told["value"]["unit"]) == value
    assert told["value"]["low"] == told["value"]["high"]
    assert bounds(told["quantity"]) == (180, 180)


def test_dollars_of_another_country_are_not_taken_for_american_ones() -> None:
    [told] = transfers("Canberra bought 12 tanks from South Korea for A$3 million.")
    assert told["value"] is None
