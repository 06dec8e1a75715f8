"""A state's name becomes its code, whatever language it is written in; any other name stays a name."""

import pycountry
import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from schemas.actor import StateCode, normalise_actor, state_codes
from schemas.names import LANGUAGES

STATE: TypeAdapter[str] = TypeAdapter(StateCode)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DEU", "DEU"),
        ("the United States", "USA"),
        ("U.S.", "USA"),
        ("  North\tKorea ", "PRK"),
        ("Republic of Korea", "KOR"),
        ("Türkiye", "TUR"),
        ("Holland", "NLD"),
        ("Russlands", "RUS"),
        ("die Niederlande", "NLD"),
        ("corée du nord", "PRK"),
        ("Corea del Norte", "PRK"),
        ("Польщі", "POL"),
        ("Россией", "RUS"),
        ("북한", "PRK"),
        ("Kosovo", "XKX"),
        ("Moscow", "RUS"),
        ("Kreml", "RUS"),
        ("Wladimir Putin", "RUS"),
    ],
)
def test_a_name_a_capital_a_seat_or_a_leader_becomes_the_code_of_its_state(name: str, code: str) -> None:
    assert normalise_actor(name) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [("Soviet Union", "SUN"), ("UdSSR", "SUN"), ("СССР", "SUN"), ("Yugoslavia", "YUG"), ("GDR", "DDR")],
)
def test_a_state_that_is_gone_has_its_iso_3166_3_code(name: str, code: str) -> None:
    assert normalise_actor(name) == code


@pytest.mark.parametrize(
    ("name", "english"),
    [("Nato", "NATO"), ("OTAN", "NATO"), ("Europäische Union", "European Union"), ("Hisbollah", "Hezbollah")],
)
def test_a_group_has_its_usual_english_name(name: str, english: str) -> None:
    assert normalise_actor(name) == english


@pytest.mark.parametrize("name", ["Unknown Militia", "Niger Delta", "Korea", "deu", "", "."])
def test_what_names_no_known_actor_stays_as_it_is(name: str) -> None:
    """Half a name is none: the Niger Delta is not Niger, and "Korea" is open."""
    assert normalise_actor(name) == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_known_by_its_name_in_every_language(language: str) -> None:
    names = Locale(language).territories
    wrong = {
        names[country.alpha_2]: normalise_actor(names[country.alpha_2])
        for country in pycountry.countries
        if normalise_actor(names[country.alpha_2]) != country.alpha_3
    }
    # Spanish and Polish usage gives the bare name to Brazzaville; articles in every language mean Kinshasa by it.
    assert wrong.items() <= {("Congo", "COD"), ("Kongo", "COD")}


def test_the_codes_hold_states_of_today_states_that_are_gone_and_kosovo() -> None:
    assert {"DEU", "TWN", "PSE", "SUN", "YUG", "DDR", "CSK", "SCG", "VDR", "XKX"} <= state_codes()
    assert not {"NATO", "EU", "deu", ""} & state_codes()


@pytest.mark.parametrize("name", ["NATO", "Houthis", "Atlantis"])
def test_a_field_for_states_refuses_anything_else(name: str) -> None:
    with pytest.raises(ValidationError, match="is no state"):
        STATE.validate_python(name)


def test_a_field_for_states_takes_a_name_and_gives_the_code() -> None:
    assert STATE.validate_python("Iran") == "IRN"


@settings(deadline=None)
@given(st.text())
def test_any_name_is_folded_once_and_then_stays(name: str) -> None:
    once = normalise_actor(name)
    assert normalise_actor(once) == once
