"""Which goods a sentence names: one for each noun phrase, in the codebook's categories."""

import pytest

from tests.baseline.told import transfers

ENGLISH = {
    "aircraft": ["fighter jets", "helicopters", "F-16 jets"],
    "air_defence": ["air defence systems", "Patriot missiles", "surface-to-air missiles", "S-400s"],
    "ammunition": ["artillery shells", "bombs", "Grad rockets", "mortar shells", "ammunition for howitzers"],
    "armoured_vehicles": ["tanks", "infantry fighting vehicles", "T-72s", "Leopard 2 tanks"],
    "artillery": ["howitzers", "rocket launchers", "HIMARS", "mortars"],
    "drones": ["drones"],
    "electronic_warfare": ["jammers"],
    "missiles": ["ballistic missiles", "cruise missiles", "anti-tank missiles", "ATACMS missiles"],
    "naval": ["submarines", "frigates", "patrol boats"],
    "nuclear": ["nuclear warheads"],
    "sensors": ["radars", "night-vision goggles"],
    "small_arms": ["rifles", "machine guns"],
    "space": ["satellites"],
    "technology": ["missile technology", "spare parts", "drone components", "components for fighter aircraft"],
    "unspecified_arms": ["weapons", "military equipment", "long-range weapons"],
    "other": ["trucks", "helmets"],
}
GERMAN = {
    "aircraft": ["Kampfflugzeuge", "Hubschrauber"],
    "air_defence": ["Flugabwehrraketen", "Patriot-Raketen", "Flugabwehrpanzer Gepard", "Gepard-Flugabwehrpanzer"],
    "ammunition": ["Artilleriegranaten", "Bomben", "Panzermunition", "Munition für den Gepard"],
    "armoured_vehicles": ["Kampfpanzer", "Schützenpanzer", "Leopard-2-Panzer"],
    "artillery": ["Panzerhaubitzen", "Raketenwerfer", "Haubitzen des Typs Caesar"],
    "drones": ["Drohnen"],
    "electronic_warfare": ["Störsender"],
    "missiles": ["ballistische Raketen", "Marschflugkörper", "Panzerabwehrraketen"],
    "naval": ["U-Boote", "Fregatten"],
    "nuclear": ["Atomsprengköpfe"],
    "sensors": ["Radargeräte"],
    "small_arms": ["Sturmgewehre"],
    "space": ["Satelliten"],
    "technology": ["Raketentechnik", "Ersatzteile", "Drohnentechnologie"],
    "unspecified_arms": ["Waffen", "Langstreckenwaffen"],
    "other": ["Lastwagen", "Schutzhelme"],
}


def categories(goods: str, language: str) -> list[str]:
    text = f"Schweden lieferte Estland {goods}." if language == "de" else f"Sweden delivered {goods} to Estonia."
    return [one["category"] for one in transfers(text, language)]


def items(text: str, language: str = "de") -> list[str]:
    return [one["item"] for one in transfers(text, language)]


@pytest.mark.parametrize(("category", "goods"), [(category, one) for category, all_ in ENGLISH.items() for one in all_])
def test_goods_fall_in_the_category_of_the_codebook(category: str, goods: str) -> None:
    assert categories(goods, "en") == [category]


@pytest.mark.parametrize(("category", "goods"), [(category, one) for category, all_ in GERMAN.items() for one in all_])
def test_the_last_part_of_a_german_compound_decides(category: str, goods: str) -> None:
    assert categories(goods, "de") == [category]


@pytest.mark.parametrize(
    ("goods", "expected"),
    [
        ("Munition für Panzer und Haubitzen", ["ammunition"]),  # what something is for joins it
        ("Artillerie- und Munitionsrunden", ["ammunition"]),  # the first part of one compound
        ("Flugabwehrraketen und Luftverteidigungsausrüstung", ["air_defence"]),  # two words, one category
        ("Raketen und Artilleriemunition", ["missiles", "ammunition"]),  # two categories
        ("Haubitzen, Gewehre und Drohnen", ["artillery", "small_arms", "drones"]),
    ],
)
def test_one_record_for_each_category_that_a_phrase_names(goods: str, expected: list[str]) -> None:
    assert categories(goods, "de") == expected


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Spanien lieferte der Ukraine Kampfpanzer vom Typ Leopard 2A8.", "Leopard 2A8 tanks"),
        ("Spanien lieferte der Ukraine Leopard-Panzer.", "Leopard tanks"),
        ("Spanien lieferte der Ukraine 18 Kampfflugzeuge vom Typ F-16.", "F-16 combat aircraft"),
        ("Spanien lieferte der Ukraine Haubitzen.", "howitzers"),
    ],
)
def test_a_designation_and_its_noun_are_one_thing_told_in_english(text: str, item: str) -> None:
    assert items(text) == [item]


def test_weapons_are_coded_only_where_nothing_tells_which() -> None:
    assert items("Sweden delivered weapons to Estonia.", "en") == ["weapons"]
    assert items("Sweden delivered weapons to Estonia. Sweden delivered howitzers to Estonia.", "en") == ["howitzers"]


def test_oil_and_food_are_coded_only_where_given_in_return() -> None:
    assert items("Russland lieferte Nordkorea Öl.") == []
    assert items("Nordkorea lieferte Russland Granaten. Im Gegenzug lieferte Moskau Öl.")[1:] == ["oil"]
