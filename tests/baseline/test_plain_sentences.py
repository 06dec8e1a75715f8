"""Plain sentences that a reader would never take amiss: who gives, who gets, how far it got and who says so."""

import pytest

from tests.baseline.told import bounds, deployments, transfers, treaties

TRANSFERS = [
    # Who only says so is no party.
    ("en", "Norway says Sweden delivered howitzers to Estonia.", "SWE EST delivered claimed"),
    ("en", "Kyiv says Iran sent Russia 300 drones.", "IRN RUS delivered claimed"),
    ("en", "According to Norway, Sweden delivered howitzers to Estonia.", "SWE EST delivered claimed"),
    ("de", "Norwegen teilte mit, Schweden habe Estland Haubitzen geliefert.", "SWE EST delivered claimed"),
    ("de", "Nach Angaben der NATO hat Schweden Estland Haubitzen geliefert.", "SWE EST delivered claimed"),
    ("de", "Laut Norwegen hat Schweden Estland Haubitzen geliefert.", "SWE EST delivered claimed"),
    # Nor who accuses, and what is accused, alleged or denied is no more than claimed.
    ("en", "Kyiv accused Iran of supplying drones to Russia.", "IRN RUS delivered claimed"),
    ("de", "Die USA beschuldigen China, Russland Drohnen geliefert zu haben.", "CHN RUS delivered claimed"),
    ("en", "Sweden allegedly delivered howitzers to Estonia.", "SWE EST delivered claimed"),
    ("en", "Sweden denies that it delivered howitzers to Estonia.", "SWE EST delivered claimed"),
    ("de", "Schweden soll Haubitzen an Estland geliefert haben.", "SWE EST delivered claimed"),
    # Subjects.
    ("de", "Der Iran liefert Russland Drohnen.", "IRN RUS delivered confirmed"),
    ("de", "Der Kreml lieferte Venezuela 20 Panzer.", "RUS VEN delivered confirmed"),
    ("de", "Als Russland angriff, lieferte Schweden Estland 12 Haubitzen.", "SWE EST delivered confirmed"),
    ("en", "In 2022 Germany delivered tanks to Ukraine.", "DEU UKR delivered confirmed"),
    ("en", "Norway ordered 12. Sweden delivered 30 howitzers to Estonia.", "SWE EST delivered confirmed"),
    # How far it got.
    ("en", "Missiles from Iran to Yemen were intercepted by Italy.", "IRN YEM halted confirmed"),
    ("en", "Egypt seized a cargo of rifles sent from Libya to Sudan.", "LBY SDN halted confirmed"),
    ("en", "Sweden has not yet delivered the howitzers to Estonia.", "SWE EST agreed confirmed"),
    ("de", "Schweden hat die Haubitzen noch nicht an Estland geliefert.", "SWE EST agreed confirmed"),
    ("en", "Sweden delivered howitzers to Estonia in May.", "SWE EST delivered confirmed"),
    ("de", "Schweden hat die Lieferung von Haubitzen an Estland gestoppt.", "SWE EST halted confirmed"),
    ("en", "Sweden suspended the sale of howitzers to Estonia.", "SWE EST halted confirmed"),
    ("de", "Schweden weigert sich, Haubitzen an Estland zu liefern.", "SWE EST halted confirmed"),
    ("de", "Schweden will Haubitzen an Estland liefern.", "SWE EST agreed confirmed"),
    ("de", "Schweden sagte Estland Haubitzen zu.", "SWE EST agreed confirmed"),
    (
        "en",
        "Estonia, which had asked for howitzers, received 12 howitzers from Sweden.",
        "SWE EST delivered confirmed",
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), TRANSFERS)
def test_a_plain_sentence_gives_one_transfer(language: str, text: str, expected: str) -> None:
    told = transfers(text, language)
    assert [f"{one['supplier']} {one['recipient']} {one['status']} {one['certainty']}" for one in told] == [expected]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "Norway says Sweden delivered howitzers to Estonia.", ["Norway"]),
        ("en", "Kyiv accused Iran of supplying drones to Russia.", ["Ukraine"]),
        ("de", "Laut Norwegen hat Schweden Estland Haubitzen geliefert.", ["Norway"]),
        ("de", "Schweden sagte Estland Haubitzen zu.", []),
    ],
)
def test_who_says_so_is_named(language: str, text: str, names: list[str]) -> None:
    assert [one["attributed_to"] for one in transfers(text, language)] == [names]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("de", "Deutschland lieferte am 19. Juni 2024 Panzer an Estland.", None),
        ("de", "Schweden lieferte am 3. März 12 Haubitzen an Estland.", (12, 12)),
        ("en", "Sweden delivered 12 howitzers to Estonia on June 19, 2024.", (12, 12)),
        ("en", "Norway sent dozens of trucks to Ukraine.", (24, None)),
    ],
)
def test_a_date_counts_nothing(language: str, text: str, count: tuple[int, int | None] | None) -> None:
    assert [bounds(one["quantity"]) for one in transfers(text, language)] == [count]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Germany will station 4,800 soldiers in Lithuania by 2027.", "DEU LTU agreed"),
        ("de", "Deutschland wird 4.800 Soldaten in Litauen stationieren.", "DEU LTU agreed"),
        ("en", "Poland refused to send troops to Ukraine.", "POL UKR halted"),
        ("en", "France wants to send troops to Ukraine.", "FRA UKR considered"),
        ("en", "Germany will not send troops to Ukraine.", "DEU UKR halted"),
    ],
)
def test_a_plain_sentence_gives_one_deployment(language: str, text: str, expected: str) -> None:
    assert [f"{one['sender']} {one['host']} {one['status']}" for one in deployments(text, language)] == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Kein deutscher Soldat ist in der Ukraine stationiert."),
        ("en", "No German soldiers have been deployed to Ukraine."),
    ],
)
def test_forces_that_were_never_there_give_none(language: str, text: str) -> None:
    assert deployments(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "A mutual defence treaty between Russia and North Korea was signed in 2024.", ("signed", "2024", None)),
        ("en", "Russia denounced its 2010 treaty with Norway in 2023.", ("ended", "2010", "2023")),
        ("de", "Der Vertrag zwischen Russland und Nordkorea trat im Dezember 2024 in Kraft.", ("in_force", None, None)),
    ],
)
def test_each_stage_of_a_treaty_has_its_own_date(language: str, text: str, expected: tuple[str | None, ...]) -> None:
    assert [(one["status"], one["signed"], one["ended"]) for one in treaties(text, language)] == [expected]


def test_an_agreement_to_buy_is_no_treaty() -> None:
    assert treaties("Poland signed an agreement with South Korea to buy 180 tanks.") == []


@pytest.mark.parametrize("language", ["ua", "xx"])
def test_a_language_that_nobody_reads_gives_nothing(language: str) -> None:
    assert transfers("Sweden delivered howitzers to Estonia in May.", language) == []


def test_a_text_without_a_full_stop_is_cut_where_a_reader_would_have_given_up() -> None:
    from extractor.baseline.sentences import sentences

    text = ", ".join(["Sweden delivered 30 howitzers to Estonia"] * 400)
    found = sentences(text, ())
    assert max(one.end - one.start for one in found) <= 1500
    assert "".join(text[one.start : one.end] for one in found) == text
