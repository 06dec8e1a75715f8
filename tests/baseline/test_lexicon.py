"""The word lists as data: every label in them is one that the codebook knows."""

import tomllib
from importlib.resources import files
from typing import Any, get_args

import pytest

from extractor.baseline.lexicon import adversaries, known_treaties, lexicon, treaty_names
from extractor.matching import tokenize
from schemas.actor import normalise_actor
from schemas.dates import check_edtf
from schemas.deployment import DeploymentStatus, ForceType
from schemas.names import LANGUAGES
from schemas.transfer import Category, TransferStatus
from schemas.treaty import Obligation, TreatyStatus


def data(name: str) -> dict[str, Any]:
    folder = files("extractor.baseline") / "lexicons"
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_of_a_word_list_is_one_of_the_codebook(language: str) -> None:
    words = data(language)
    assert set(words["items"]) <= set(get_args(Category))
    assert {stage for stages in words["verbs"].values() for stage in stages} <= set(get_args(TransferStatus))
    assert set(words["forces"]) <= {*get_args(ForceType), "not_forces"}
    assert set(words["forces_verbs"]) <= {*get_args(DeploymentStatus), "present"}
    assert set(words["treaties"]) <= {*get_args(TreatyStatus), "instrument", "not_instrument"}
    assert set(words["obligations"]) <= set(get_args(Obligation))
    assert {code for code in words["aliases"] if normalise_actor(code) != code} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_list_has_every_part_that_the_rules_ask_for(language: str) -> None:
    words = data(language)
    assert [part for part in ("stop", "items", "cues", "forces", "treaties", "numbers") if not words[part]] == []
    assert {"give", "get", "move"} <= set(words["verbs"])
    assert {"negation", "future", "hedge", "claim", "deny", "exchange"} <= set(words["words"])


def test_a_language_without_a_word_list_has_an_empty_one() -> None:
    words = lexicon("sv")
    assert (words.stop, words.cues, words.numbers) == (frozenset(), {}, {})
    assert words.acts.find("sold", tokenize("sold")) == []


def test_a_designation_falls_in_a_category_of_the_codebook() -> None:
    assert set(data("designations")) <= set(get_args(Category))


def test_a_known_treaty_has_parties_a_year_and_obligations_of_the_codebook() -> None:
    assert len(known_treaties()) > 20
    for title, treaty in known_treaties().items():
        assert len(set(treaty.parties)) == len(treaty.parties) >= 2, title
        assert set(treaty.obligations) <= set(get_args(Obligation)), title
        assert len(check_edtf(treaty.signed)) == 4, title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("the New START treaty", "New START"),
        ("der New-START-Vertrag", "New START"),
        ("СНВ-3", "New START"),
        ("the INF treaty", "INF Treaty"),
        ("Budapester Memorandum", "Budapest Memorandum"),
    ],
)
def test_a_known_treaty_is_met_under_its_names_in_several_languages(text: str, title: str) -> None:
    assert [mark.payload for mark in treaty_names().find(text, tokenize(text))] == [title]


def test_adversaries_are_pairs_of_actors_as_the_register_writes_them() -> None:
    assert frozenset({"RUS", "UKR"}) in adversaries()
    for pair in adversaries():
        assert len(pair) == 2
        assert {normalise_actor(code) for code in pair} == pair
