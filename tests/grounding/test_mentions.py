"""Where a text names an actor."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.grounding import mentions as module
from extractor.grounding.mentions import mentions
from schemas.names import LANGUAGES, Name

ROWS = (
    Name("RUS", "adj", ("russisch*",), ""),
    Name("PRK", "adj", ("nordkoreanisch*",), ""),
    Name("USA", "name", ("US", "Vereinigte* Staaten"), ""),
    Name("POL", "adj", ("Polish",), ""),
    Name("KOR", "name", ("Korea",), ""),
    Name("PRK", "name", ("Volksrepublik Korea",), ""),
    Name("PRK", "name", ("북한*",), ""),
    Name("IRN", "name", ("Iran",), ""),
    Name("Wagner Group", "forces", ("wagner-truppe*",), "Wagner fighters"),
)


@pytest.fixture(autouse=True)
def _own_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(module, "table", lambda language: ROWS if language in LANGUAGES else ())
    module._forms.cache_clear()
    yield
    module._forms.cache_clear()


def _codes(text: str, language: str = "de") -> list[str]:
    return [mention.code for mention in mentions(text, language)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("russisch-nordkoreanische Abkommen", ["RUS", "PRK"]),
        ("der US-Präsident", ["USA"]),
        ("tell us more", []),
        ("Polish tanks", ["POL"]),
        ("polish the shoes", []),
        ("Volksrepublik Korea", ["PRK"]),
        ("Korea und die Volksrepublik", ["KOR"]),
        ("Volksrepublik. \n\n Korea", ["KOR"]),
        ("in den Vereinigten Staaten", ["USA"]),
        ("북한군과 북한에서는", ["PRK", "PRK"]),
        ("l’Iran d'Iran Iran's", ["IRN", "IRN", "IRN"]),
        ("Wagner-Truppen", ["Wagner Group"]),
        ("rus\u00adsische Panzer", ["RUS"]),
        ("russischsprachiger", []),
        ("weder Perun noch", []),
        ("", []),
    ],
)
def test_a_name_is_met_by_its_form(text: str, codes: list[str]) -> None:
    assert _codes(text) == codes


def test_a_mention_stands_at_its_whole_words() -> None:
    text = "die russischen Wagner-Truppen kamen"
    assert [(text[m.start : m.end], m.kind, m.english) for m in mentions(text, "de")] == [
        ("russischen", "adj", ""),
        ("Wagner-Truppen", "forces", "Wagner fighters"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Frankreichs Heer", "de", "FRA"),
        ("en Colombia", "es", "COL"),
        ("для України", "uk", "UKR"),
        ("из Индии", "ru", "IND"),
        ("w Norwegii", "pl", "NOR"),
        ("노르웨이에서", "ko", "NOR"),
        ("from New Zealand", "en-NZ", "NZL"),
    ],
)
def test_a_state_that_no_table_holds_is_met_under_its_cldr_name(text: str, language: str, code: str) -> None:
    assert _codes(text, language) == [code]


def test_an_unknown_language_has_no_names() -> None:
    assert mentions("Frankreich, France, Korea", "tlh") == []


@settings(deadline=None)
@given(st.text(), st.sampled_from(LANGUAGES))
def test_mentions_of_any_text_lie_in_order_inside_it(text: str, language: str) -> None:
    places = [place for mention in mentions(text, language) for place in (mention.start, mention.end)]
    assert places == sorted(places)
    assert not places or (places[0] >= 0 and places[-1] <= len(text))
