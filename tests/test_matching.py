"""How forms of the word lists meet the words of a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.matching import Matcher, tokenize


def met(forms: str, text: str) -> list[str]:
    """The stretches of a text that forms divided by " | " meet."""
    tokens = tokenize(text)
    found = Matcher((form, "") for form in forms.split(" | ")).find(text, tokens)
    return [text[tokens[mark.first].start : tokens[mark.last - 1].end] for mark in found]


@pytest.mark.parametrize(
    ("forms", "text", "expected"),
    [
        ("tank", "Tank TANK tank tanks", ["Tank", "TANK", "tank"]),  # small letters: any case
        ("Turkey", "Turkey turkey TURKEY", ["Turkey"]),  # a capital letter: as written
        ("russisch*", "russische russisches Russischer", ["russische", "russisches", "Russischer"]),
        ("liefer*", "liefern Lieferungen Lieferanten Lieferschwierigkeiten", ["liefern", "Lieferungen", "Lieferanten"]),
        ("tank*", "tankabcde tankabcdef", ["tankabcde"]),  # five letters, not six
        ("Leopard 2*", "Leopard 2 Leopard 2A8 Leopard 20", ["Leopard 2", "Leopard 2A8"]),  # digits are never an ending
        ("T-72*", "T-72 T-72B3 T-720 T 72", ["T-72", "T-72B3", "T 72"]),
        ("*panzer", "Panzer Kampfpanzer Panzerung Kampfpanzern", ["Panzer", "Kampfpanzer"]),  # last part of a compound
        ("*panzer*", "Kampfpanzern Panzerung", ["Kampfpanzern", "Panzerung"]),
        ("*tank", "tank Xtank Autank", ["tank", "Autank"]),  # one letter is no first part
        ("New START", "New START New-START New, START new start", ["New START", "New-START"]),
        ("gepanzert* fahrzeug*", "gepanzerte Fahrzeuge, gepanzertes und Fahrzeug", ["gepanzerte Fahrzeuge"]),
        ("U.S. | US", "the U.S. army, US-Präsident, us", ["U.S", "US"]),
        ("l'Iran", "l’Iran et l'Iran", ["l’Iran", "l'Iran"]),
    ],
)
def test_a_form_meets_the_words_that_it_stands_for(forms: str, text: str, expected: list[str]) -> None:
    assert met(forms, text) == expected


@pytest.mark.parametrize(
    ("forms", "text", "expected"),
    [
        ("air | air defence | air defence missiles", "air defence missiles", ["air defence missiles"]),  # most words
        ("air defence | defence missiles", "air defence missiles", ["air defence"]),  # none overlap
        ("north korea | korea", "North Korea and Korea", ["North Korea", "Korea"]),
    ],
)
def test_of_several_forms_at_one_place_the_one_with_most_words_is_taken(
    forms: str, text: str, expected: list[str]
) -> None:
    assert met(forms, text) == expected


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ([("sold*", "short"), ("soldat*", "long")], "long"),  # the longest stem
        ([("soldaten", "first"), ("soldaten", "second")], "first"),  # then the first of the list
    ],
)
def test_of_equal_forms_the_longest_stem_then_the_first_is_taken(forms: list[tuple[str, str]], expected: str) -> None:
    assert [mark.payload for mark in Matcher(forms).find("Soldaten", tokenize("Soldaten"))] == [expected]


@pytest.mark.parametrize("text", ["Kampf\u00adpanzer", "Kampf\u200bpanzer", "Kampf\u2060pan\u200dzer", "Ка\u0301мпф"])
def test_characters_that_nobody_sees_do_not_hide_a_word(text: str) -> None:
    """The place in the text still holds them: the stored article is never changed."""
    assert met("kampfpanzer | кампф", text) == [text]


def test_punctuation_is_no_word_and_a_form_without_words_meets_nothing() -> None:
    assert [token.text for token in tokenize("»Ja«, so Kim – 5.000-mal.")] == ["Ja", "so", "Kim", "5", "000", "mal"]
    assert met(" | * | -", "some text - *") == []


@settings(deadline=None)
@given(st.text("abAB-*' .", max_size=30), st.lists(st.text("abAB-*' .", max_size=6), max_size=6))
def test_matches_stand_in_order_and_never_overlap(text: str, forms: list[str]) -> None:
    tokens = tokenize(text)
    found = Matcher((form, form) for form in forms).find(text, tokens)
    places = [place for mark in found for place in range(mark.first, mark.last)]
    assert places == sorted(set(places))
    assert all(place < len(tokens) for place in places)
