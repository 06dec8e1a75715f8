"""Treaties: an instrument that the text names, and two states that it binds."""

import pytest

from tests.baseline.told import treaties


def parties(text: str, language: str = "en") -> list[list[str]]:
    return [sorted(one["parties"]) for one in treaties(text, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ein Vertrag zwischen Russland und Nordkorea wurde 2024 unterzeichnet."),
        ("en", "Russia signed a treaty with North Korea."),
        ("de", "Russland hat mit Nordkorea einen Vertrag geschlossen."),
        ("en", "Russia and North Korea signed a treaty in June 2024."),
        ("de", "Russland und Nordkorea unterzeichneten im Juni 2024 ein Abkommen."),
        ("en", "Moscow and Pyongyang signed a pact."),
    ],
)
def test_parties_stand_between_with_or_in_a_row(language: str, text: str) -> None:
    assert parties(text, language) == [["PRK", "RUS"]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Poland, Lithuania and Latvia signed a treaty on 3 March 2023."),
        ("de", "Polen, Litauen und Lettland unterzeichneten am 3. März 2023 ein Abkommen."),
    ],
)
def test_a_row_of_more_than_two_is_one_treaty(language: str, text: str) -> None:
    [told] = treaties(text, language)
    assert (told["parties"], told["signed"]) == (["POL", "LTU", "LVA"], "2023-03-03")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The United States and Russia signed New START.", ["New START"]),
        ("de", "Die USA und Russland unterzeichneten New START.", ["New START"]),
        ("de", "Das Budapester Memorandum von 1994 band Russland und die Ukraine.", ["Budapest Memorandum"]),
        ("en", "Washington left New START.", []),
        ("en", "New START is dead.", []),
        ("de", "Das Budapester Memorandum band die Ukraine.", []),
    ],
)
def test_a_treaty_known_by_name_needs_two_of_its_parties_in_the_article(
    language: str, text: str, expected: list[str]
) -> None:
    assert [one["title"] for one in treaties(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Moscow and Pyongyang had signed a treaty in 1961.", ["PRK", "SUN"]),
        ("de", "Moskau und Pjöngjang hatten 1961 einen Beistandsvertrag geschlossen.", ["PRK", "SUN"]),
        ("en", "Moscow and Pyongyang signed a treaty in 2000.", ["PRK", "RUS"]),
        ("en", "Prague and Moscow signed a treaty in 1970.", ["CSK", "SUN"]),
    ],
)
def test_the_year_tells_whether_a_state_that_is_gone_signed(language: str, text: str, expected: list[str]) -> None:
    assert parties(text, language) == [expected]


def test_a_predecessor_with_its_year_is_a_treaty_of_its_own() -> None:
    text = "Russia and North Korea signed a treaty in 2024. Moscow and Pyongyang had signed a treaty in 1961."
    assert [(one["id"], one["title"], one["parties"]) for one in treaties(text)] == [
        ("P1", "2024 treaty", ["RUS", "PRK"]),
        ("P2", "1961 treaty", ["SUN", "PRK"]),
    ]


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("en", "Russia and North Korea signed a treaty.", "signed"),
        ("en", "The parliament of Russia ratified the treaty with North Korea.", "ratified"),
        ("de", "Die Duma ratifizierte den Vertrag mit Nordkorea.", "ratified"),
        ("de", "Der Vertrag zwischen Russland und Nordkorea trat im Dezember 2024 in Kraft.", "in_force"),
        ("de", "Das Abkommen zwischen Niger und Frankreich wurde 2023 gekündigt.", "ended"),
        ("en", "Niger denounced its military accord with France in 2023.", "ended"),
        ("en", "Russia and North Korea are negotiating a treaty.", "proposed"),
        ("de", "Russland und Nordkorea verhandeln über einen Vertrag.", "proposed"),
    ],
)
def test_the_furthest_stage_told_is_the_status(language: str, text: str, status: str) -> None:
    assert [one["status"] for one in treaties(text, language)] == [status]


def test_the_day_of_denouncing_is_the_end_and_what_was_only_proposed_has_no_day_of_signing() -> None:
    assert treaties("Niger denounced its military accord with France in 2023.")[0]["ended"] == "2023"
    assert treaties("Russia and North Korea are negotiating a treaty in 2025.")[0]["signed"] is None


@pytest.mark.parametrize(
    ("language", "text", "obligation"),
    [
        ("de", "Ein Beistandspakt zwischen Russland und Nordkorea wurde 2024 unterzeichnet.", "defence"),
        ("en", "Russia signed a non-aggression pact with North Korea.", "nonaggression"),
        ("en", "Niger denounced its military accord with France.", "military_cooperation"),
    ],
)
def test_what_it_binds_to_is_read_from_its_name(language: str, text: str, obligation: str) -> None:
    assert [one["obligations"] for one in treaties(text, language)] == [[obligation]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Poland signed a contract with South Korea for 180 tanks."),
        ("de", "Polen hat mit Südkorea einen Vertrag über 180 Panzer unterzeichnet."),
        ("de", "Polen und Südkorea unterzeichneten einen Kaufvertrag."),
        ("en", "Russia and Iran are allies."),
        ("en", "Did Russia and North Korea sign a treaty?"),
        ("en", "Rheinmetall and Saab signed an agreement."),
    ],
)
def test_contracts_for_goods_alliances_questions_and_papers_of_firms_are_no_treaties(language: str, text: str) -> None:
    assert treaties(text, language) == []
