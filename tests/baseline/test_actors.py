"""Who is named, and the word or ending that says what part he has."""

import pytest

from tests.baseline.told import ways

CUES = [
    ("to", "en", "Sweden delivered howitzers to Estonia."),
    ("to", "de", "Schweden lieferte Haubitzen an Estland."),
    ("for", "en", "Sweden delivered howitzers for Estonia."),
    ("from", "en", "Estonia received howitzers from Sweden."),
    ("from", "de", "Estland erhielt Haubitzen aus Schweden."),
    ("from", "de", "Estland erhielt Haubitzen von Schweden."),
    ("in, where something is bought", "en", "Estonia bought howitzers in Sweden."),
    ("in, where something is bought", "de", "Estland bestellte in Schweden Haubitzen."),
    ("in, where something arrives", "en", "Howitzers from Sweden arrived in Estonia."),
    ("with, of what is given", "en", "Sweden supplied Estonia with howitzers."),
    ("with, of what is given", "de", "Schweden stattet Estland mit Haubitzen aus."),
    ("by", "en", "Howitzers were delivered to Estonia by Sweden."),
    ("genitive", "en", "Sweden's delivery of howitzers to Estonia was late."),
    ("genitive", "de", "Schwedens Lieferung von Haubitzen an Estland kam spät."),
    ("origin", "en", "Estonia received Swedish howitzers."),
    ("origin", "de", "Estland erhielt schwedische Haubitzen."),
]


@pytest.mark.parametrize(("cue", "language", "text"), CUES)
def test_a_cue_tells_the_part_of_a_name(cue: str, language: str, text: str) -> None:
    assert ways(text, language) == ["SWE EST"]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Schweden lieferte der Ukraine Haubitzen.", "SWE UKR"),
        ("Der Ukraine lieferte Schweden Haubitzen.", "SWE UKR"),
        ("Dem Iran lieferte Russland 20 Panzer.", "RUS IRN"),
        ("Russland hat dem Iran 20 Panzer geliefert.", "RUS IRN"),
    ],
)
def test_a_german_dative_gets_what_is_given_wherever_it_stands(text: str, way: str) -> None:
    assert ways(text, "de") == [way]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Sweden, Denmark and Norway delivered howitzers to Estonia.", ["SWE EST", "DNK EST", "NOR EST"]),
        ("en", "Sweden delivered howitzers to Estonia and Latvia.", ["SWE EST", "SWE LVA"]),
        ("de", "Schweden und Dänemark lieferten Estland Haubitzen.", ["SWE EST", "DNK EST"]),
        ("de", "Schweden lieferte Haubitzen an Polen, Litauen und Lettland.", ["SWE POL", "SWE LTU", "SWE LVA"]),
    ],
)
def test_all_names_of_a_row_have_one_part(language: str, text: str, expected: list[str]) -> None:
    assert ways(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "way"),
    [
        ("en", "Stockholm delivered howitzers to Tallinn.", "SWE EST"),
        ("en", "The Kremlin delivered tanks to Venezuela.", "RUS VEN"),
        ("en", "Putin delivered tanks to Venezuela.", "RUS VEN"),
        ("en", "Russia shipped missiles to Tartus.", "RUS SYR"),
        ("de", "Russland lieferte Panzer nach Hmeimim.", "RUS SYR"),
        ("en", "Iran delivered missiles to Hezbollah.", "IRN Hezbollah"),
        ("en", "NATO delivered howitzers to Ukraine.", "NATO UKR"),
    ],
)
def test_a_capital_a_government_a_leader_or_a_place_stands_for_its_state(language: str, text: str, way: str) -> None:
    assert ways(text, language) == [way]


def test_who_built_a_thing_long_ago_does_not_give_it() -> None:
    assert ways("Two Soviet-made tanks went to Ukraine.") == []


def test_those_who_report_and_resolve_are_no_party() -> None:
    assert ways("According to the United Nations, Iran sent missiles to Yemen.") == ["IRN YEM"]


def test_a_short_name_holds_only_where_the_article_names_the_actor_in_full() -> None:
    short = "Der Norden lieferte Russland Granaten."
    assert ways(f"Nordkorea rüstet auf. {short}", "de") == ["PRK RUS"]
    assert ways(short, "de") == []


@pytest.mark.parametrize("who", ["The Washington Post", "A polish shop", "Latin American firms", "The west coast"])
def test_words_that_only_look_like_the_name_of_an_actor_are_none(who: str) -> None:
    assert ways(f"{who} delivered howitzers to Estonia.") == []
