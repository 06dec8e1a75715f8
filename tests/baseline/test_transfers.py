"""What counts as one transfer: repeats join, other numbers and other goods split."""

import pytest

from tests.baseline.told import bounds, transfers, ways

TOLD = {"en": "Sweden delivered howitzers to Estonia.", "de": "Schweden lieferte Estland Haubitzen."}


def numbers(text: str, language: str) -> list[tuple[int | None, int | None] | None]:
    return [bounds(one["quantity"]) for one in transfers(text, language)]


@pytest.mark.parametrize("language", ["en", "de"])
def test_an_event_told_twice_is_one_record(language: str) -> None:
    assert numbers(f"{TOLD[language]} {TOLD[language]}", language) == [None]


@pytest.mark.parametrize(
    ("language", "again"),
    [
        ("en", "Sweden delivered 12 howitzers to Estonia in March."),
        ("de", "Schweden lieferte Estland im März 12 Haubitzen."),
    ],
)
def test_a_repeat_that_brings_the_number_joins_and_is_quoted_first(language: str, again: str) -> None:
    [told] = transfers(f"{TOLD[language]} {again}", language)
    assert (bounds(told["quantity"]), told["date"]) == ((12, 12), "2025-03")
    assert told["evidence"] == [again, TOLD[language]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sweden delivered 12 howitzers to Estonia in March. Sweden delivered 6 howitzers to Estonia in April."),
        ("en", "Sweden delivered 12 howitzers to Estonia. Another 6 arrived in April."),
        ("de", "Schweden lieferte Estland 12 Haubitzen. Im April wurden weitere 6 geliefert."),
        ("de", "Schweden lieferte 12 Haubitzen an Estland, im April trafen weitere 6 ein."),
    ],
)
def test_another_number_of_the_same_goods_is_another_event_even_where_the_noun_is_left_out(
    language: str, text: str
) -> None:
    assert numbers(text, language) == [(12, 12), (6, 6)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Norway gave Ukraine weapons:\n- 12 howitzers\n- 300 drones"),
        ("de", "Norwegen lieferte der Ukraine diese Waffen:\n- 12 Haubitzen\n- 300 Drohnen"),
    ],
)
def test_each_item_of_a_list_is_a_record_that_quotes_the_sentence_above_the_list(language: str, text: str) -> None:
    told = transfers(text, language)
    assert [(one["supplier"], one["recipient"], one["category"]) for one in told] == [
        ("NOR", "UKR", "artillery"),
        ("NOR", "UKR", "drones"),
    ]
    assert all(one["evidence"][1] == text.splitlines()[0] for one in told)


@pytest.mark.parametrize(
    ("language", "text", "deniers"),
    [
        ("en", "North Korea sent shells to Russia. Pyongyang has denied this.", ["North Korea"]),
        ("en", "The United States accused Iran of sending drones to Russia. Iran denied it.", ["Iran"]),
        ("de", "Nordkorea lieferte Russland Granaten. Moskau dementierte den Bericht.", ["Russia"]),
        ("en", "North Korea sent shells to Russia. Pyongyang said nothing.", []),
        ("en", "North Korea sent shells to Russia. Poland denied that it would vote.", []),
    ],
)
def test_a_party_that_denies_is_named_and_the_record_stays(language: str, text: str, deniers: list[str]) -> None:
    assert [one["denied_by"] for one in transfers(text, language)] == [deniers]


def test_the_specific_beats_the_general() -> None:
    text = "Sweden delivered weapons to Estonia and Latvia. Sweden delivered 12 howitzers to Estonia."
    assert sorted(ways(text)) == ["SWE EST", "SWE LVA"]


def test_ids_count_from_one_in_the_order_of_the_article() -> None:
    text = "Sweden delivered howitzers to Estonia. Finland delivered drones to Latvia."
    assert [(one["id"], one["supplier"]) for one in transfers(text)] == [("T1", "SWE"), ("T2", "FIN")]
