"""Forces of one state on the ground of another: whose, where, how many, and whether they are still there."""

import pytest

from tests.baseline.told import bounds, deployments

PRK_TO_RUS = [
    ("an adjective before the forces", "en", "North Korean soldiers were deployed to Russia."),
    ("an adjective before the forces", "de", "Nordkoreanische Truppen wurden nach Russland verlegt."),
    ("the subject", "en", "North Korea sent soldiers to Russia."),
    ("the subject", "de", "Nordkorea hat Soldaten nach Russland entsandt."),
    ("a genitive", "en", "North Korea's soldiers in Russia are fighting."),
    ("a genitive", "de", "Nordkoreas Soldaten kämpfen in Russland."),
    ("where they are from", "de", "Soldaten aus Nordkorea sind in Russland gelandet."),
    ("a present stock", "en", "About 10,000 North Korean soldiers are in Russia."),
]


@pytest.mark.parametrize(("owner", "language", "text"), PRK_TO_RUS)
def test_the_sender_is_whose_the_forces_are_or_who_sends_them(owner: str, language: str, text: str) -> None:
    assert [(one["sender"], one["host"], one["status"]) for one in deployments(text, language)] == [
        ("PRK", "RUS", "deployed")
    ]


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "North Korean troops were deployed to Kursk.", "Kursk"),
        ("de", "Rund 10.000 nordkoreanische Soldaten sind in Kursk stationiert.", "Kursk"),
        ("en", "North Korean troops were deployed to Russia.", None),
    ],
)
def test_a_town_gives_the_host_and_the_place(language: str, text: str, place: str | None) -> None:
    [told] = deployments(text, language)
    assert (told["host"], told["place"]) == ("RUS", place)


@pytest.mark.parametrize(
    ("language", "text", "force"),
    [
        ("en", "Kenya sent 400 police officers to Haiti.", "police"),
        ("de", "Guatemala schickte 150 Militärpolizisten nach Haiti.", "police"),
        ("en", "Danish engineers were sent to Ukraine.", "engineers"),
        ("en", "French instructors were sent to Ukraine.", "advisers"),
        ("en", "Russian mercenaries were sent to Mali.", "mercenaries"),
        ("de", "Ägyptische Piloten wurden nach Syrien entsandt.", "air"),
        ("en", "North Korean workers were sent to Russia.", "workers"),
        ("en", "American special forces were sent to Syria.", "special_forces"),
        ("en", "400 Germans serve in Kosovo.", "combat"),
    ],
)
def test_the_kind_of_forces_is_told_by_their_name(language: str, text: str, force: str) -> None:
    assert [one["force_type"] for one in deployments(text, language)] == [force]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "North Korea's soldiers are fighting on the side of Moscow."),
        ("de", "Nordkoreanische Soldaten kämpfen an der Seite Russlands."),
    ],
)
def test_a_side_is_supported_and_is_no_host(language: str, text: str) -> None:
    [told] = deployments(text, language)
    assert (told["sender"], told["host"], told["supports"]) == ("PRK", None, "RUS")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kenya sent 400 police officers to Haiti. Another 217 arrived on 18 January."),
        ("de", "Kenia schickte 400 Polizisten nach Haiti. Seither sind weitere 217 eingetroffen."),
    ],
)
def test_a_number_without_its_noun_is_another_part_of_the_same_forces(language: str, text: str) -> None:
    told = deployments(text, language)
    first, second = text.split(". ")
    assert [(one["sender"], one["host"], bounds(one["personnel"])) for one in told] == [
        ("KEN", "HTI", (400, 400)),
        ("KEN", "HTI", (217, 217)),
    ]
    assert told[1]["evidence"] == [second, f"{first}."]


def test_a_withdrawal_told_in_the_next_sentence_is_the_stage_of_the_same_record() -> None:
    [told] = deployments("Cuba sent 300 soldiers to Angola. They withdrew in 1991.")
    assert (told["status"], bounds(told["personnel"])) == ("withdrawn", (300, 300))
    assert told["evidence"] == ["Cuba sent 300 soldiers to Angola.", "They withdrew in 1991."]


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("de", "Frankreich erwägt, Ausbilder in die Ukraine zu schicken.", "considered"),
        ("de", "Polen lehnt es ab, Soldaten in die Ukraine zu schicken.", "halted"),
        ("en", "France has agreed to send soldiers to Estonia.", "agreed"),
        ("en", "France is withdrawing 350 soldiers from Gabon.", "withdrawing"),
    ],
)
def test_the_verb_tells_the_stage_and_of_two_the_first(language: str, text: str, status: str) -> None:
    assert [one["status"] for one in deployments(text, language)] == [status]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia moved troops to Kursk."),  # at home
        ("en", "Will France send troops to Ukraine?"),
        ("en", "Russian soldiers attacked Ukraine."),
        ("en", "Germany has 180,000 soldiers."),
        ("de", "Russland verlegte Soldaten nach Kursk."),
        ("de", "Schickt Frankreich Soldaten in die Ukraine?"),
    ],
)
def test_moves_at_home_questions_and_fighting_are_no_deployments(language: str, text: str) -> None:
    assert deployments(text, language) == []


def test_each_of_a_row_of_senders_has_a_record() -> None:
    told = deployments("France, Britain and Poland sent soldiers to Estonia.")
    assert [(one["sender"], one["host"]) for one in told] == [("FRA", "EST"), ("GBR", "EST"), ("POL", "EST")]


def test_forces_told_twice_are_one_record() -> None:
    again = "North Korean soldiers were deployed to Russia. North Korea sent 10,000 soldiers to Russia."
    assert [bounds(one["personnel"]) for one in deployments(again)] == [(10_000, 10_000)]
