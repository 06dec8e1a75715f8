"""Which language a text is written in, where its metadata does not say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.scoring.gold import Case, cases
from extractor.baseline.language import detect
from schemas.names import LANGUAGES
from tests.baseline.told import transfers

TEXTS = {
    "de": "Die Regierung hat am Freitag mitgeteilt, dass sie der Armee neue Fahrzeuge gibt.",
    "en": "The government said on Friday that it would give the army new vehicles.",
    "fr": "Le gouvernement a annoncé vendredi qu'il donnera à l'armée de nouveaux véhicules.",
    "es": "El gobierno anunció el viernes que dará al ejército nuevos vehículos.",
    "pl": "Rząd ogłosił w piątek, że przekaże armii nowe pojazdy, ale nie powiedział, ile ich będzie.",
    "uk": "Уряд повідомив у п'ятницю, що передасть армії нові машини, і їх буде багато.",
    "ru": "Правительство сообщило в пятницу, что передаст армии новые машины, и их будет много.",
    "ko": "정부는 금요일 군에 새 차량을 제공하겠다고 밝혔다.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_a_sentence_is_enough_to_tell_the_language(language: str, text: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.id)
def test_every_hand_labelled_article_is_told_right(case: Case) -> None:
    assert detect(case.article.text) == case.article.language


def test_names_in_another_script_do_not_change_the_language() -> None:
    assert detect("The paper Правда wrote that 북한 is the name of the state.") == "en"


@pytest.mark.parametrize("text", ["", "   ", "12 345", "?!", "T-72 K9", "日本"])
def test_what_speaks_for_no_language_is_read_as_english(text: str) -> None:
    assert detect(text) == "en"


def test_an_article_without_a_language_is_read_in_the_one_that_is_told() -> None:
    assert [one["status"] for one in transfers("Schweden hat der Ukraine die Haubitzen geliefert.", None)] == [
        "delivered"
    ]


@settings(deadline=None)
@given(st.text())
def test_any_text_has_one_of_the_languages_that_we_read(text: str) -> None:
    assert detect(text) in LANGUAGES
