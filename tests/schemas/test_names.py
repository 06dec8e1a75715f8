"""The names tables hold what the rules of their format promise."""

from collections import defaultdict

import pytest

from schemas.actor import normalise_actor, state_codes
from schemas.names import LANGUAGES, NOBODY, Name, table

# Hollande is a president in most texts, and a country where a field wants one.
_SHARED = {"Hollande"}
_STANDS_FOR = ("name", "capital", "seat", "leader")
# Names that cannot be told apart from a code by their looks.
_LETTERS = {"ELN", "M23", "PKK", "YPG"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_belongs_to_one_code(language: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in table(language):
        for form in row.forms:
            owners[form].add(row.code)
    assert {form: codes for form, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_a_state_or_the_english_name_of_a_group(language: str) -> None:
    codes = {row.code for row in table(language)} - {NOBODY}
    groups = codes - state_codes()
    assert {code for code in groups if len(code) == 3 and code.isupper()} <= _LETTERS
    assert {code: normalise_actor(code) for code in codes if normalise_actor(code) != code} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_of_the_united_nations_has_a_name(language: str) -> None:
    named = {row.code for row in table(language) if row.kind == "name"}
    assert {"DEU", "USA", "RUS", "UKR", "PRK", "KOR", "XKX", "TWN", "PSE", "SUN", "YUG", "DDR", "CSK", "NATO"} <= named
    assert len(named & state_codes()) >= 195


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_has_forms_and_what_is_not_the_actor_itself_has_an_english_name(language: str) -> None:
    kinds = ("capital", "city", "leader", "forces", "firm")
    assert [row for row in table(language) if not row.forms] == []
    assert [row for row in table(language) if row.kind in kinds and row.code != NOBODY and not row.english] == []


def _hasty(row: Name) -> list[str]:
    """Open stems of one or two letters of an alphabet: they would hit ordinary words."""
    stems = [form.rstrip("*") for form in row.forms if form.endswith("*")]
    return [stem for stem in stems if len(stem) < 3 and stem.isascii()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_open_stem_is_so_short_that_it_hits_ordinary_words(language: str) -> None:
    assert [stem for row in table(language) for stem in _hasty(row)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_that_is_found_in_a_text_is_the_actor_that_a_model_would_name_so(language: str) -> None:
    rows = [row for row in table(language) if row.kind in _STANDS_FOR and row.code != NOBODY]
    whole = [(form, row.code) for row in rows for form in row.forms if "*" not in form and form not in _SHARED]
    assert [(form, code, normalise_actor(form)) for form, code in whole if normalise_actor(form) != code] == []


def test_an_unknown_language_has_no_names() -> None:
    assert table("xx") == ()
