"""Punctuation and small words keep apart who does what in one sentence."""

import pytest

from tests.baseline.told import ways


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sweden delivered howitzers to Estonia; Finland gave Latvia drones."),
        ("en", "Sweden delivered howitzers to Estonia, while Finland gave Latvia drones."),
        ("de", "Schweden lieferte Estland Haubitzen; Finnland gab Lettland Drohnen."),
        ("de", "Schweden lieferte Estland Haubitzen, während Finnland Lettland Drohnen gab."),
    ],
)
def test_two_clauses_tell_two_ways_and_never_the_ways_across(language: str, text: str) -> None:
    assert ways(text, language) == ["SWE EST", "FIN LVA"]


@pytest.mark.parametrize(
    ("language", "text", "way"),
    [
        ("en", "France, which had a quarrel with Australia, sold Egypt 24 Rafale jets.", "FRA EGY"),
        ("en", "Sweden, whose army had asked Finland for help, sent Estonia 12 howitzers.", "SWE EST"),
        ("de", "Frankreich, das mit Australien im Streit lag, verkaufte Ägypten 24 Rafale.", "FRA EGY"),
        ("de", "Estland, das im Streit mit Russland liegt, erhielt aus Schweden 12 Haubitzen.", "SWE EST"),
        ("de", "Schweden, dessen Armee Finnland um Hilfe bat, lieferte Estland Haubitzen.", "SWE EST"),
    ],
)
def test_a_clause_goes_on_behind_one_that_is_inserted(language: str, text: str, way: str) -> None:
    assert ways(text, language) == [way]


def test_a_clause_that_depends_on_the_goods_tells_of_the_goods() -> None:
    assert ways("The howitzers that Sweden gave to Estonia are new.") == ["SWE EST"]
