"""French and Spanish: what describes a noun follows it, and one preposition tells who gets and from whom one buys."""

import pytest

from tests.baseline.told import bounds, deployments, transfers, treaties, ways


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "La Suède a livré à l’Estonie douze obusiers.", ["SWE EST"]),
        ("es", "Suecia entregó a Estonia doce obuses.", ["SWE EST"]),
        ("fr", "L’Estonie a acheté à la Suède douze obusiers.", ["SWE EST"]),
        ("es", "Estonia compró a Suecia doce obuses.", ["SWE EST"]),
        ("fr", "Les obusiers livrés par la Suède à l’Estonie sont arrivés.", ["SWE EST"]),
        ("es", "Los obuses fueron entregados por Suecia a Estonia.", ["SWE EST"]),
        ("fr", "L’Estonie a reçu de la Suède douze obusiers.", ["SWE EST"]),
        ("fr", "L’Estonie a reçu des obusiers suédois.", ["SWE EST"]),
        ("es", "Estonia ha recibido obuses suecos.", ["SWE EST"]),
        ("fr", "La Suède a livré des obusiers au gouvernement de Tallinn.", ["SWE EST"]),
        ("es", "El Gobierno de Suecia entregó obuses a Estonia.", ["SWE EST"]),
        ("es", "Suecia entregó obuses a Estonia, informó el ministerio en Estocolmo.", ["SWE EST"]),
        ("fr", "La Suède et le Danemark livreront des obusiers à l’Estonie.", ["SWE EST", "DNK EST"]),
    ],
)
def test_prepositions_and_adjectives_tell_who_gives_to_whom(language: str, text: str, expected: list[str]) -> None:
    assert ways(text, language) == expected


def test_who_is_accused_gives_and_who_accuses_is_no_party() -> None:
    assert ways("Letonia acusó a Suecia de entregar obuses a Estonia.", "es") == ["SWE EST"]


@pytest.mark.parametrize(
    ("language", "text", "category"),
    [
        ("fr", "La Suède a livré à l’Estonie des munitions d’artillerie.", "ammunition"),
        ("fr", "La Suède a livré à l’Estonie des missiles Patriot.", "air_defence"),
        ("es", "Suecia entregó a Estonia motores de drones.", "technology"),
    ],
)
def test_the_first_noun_is_the_head(language: str, text: str, category: str) -> None:
    assert [one["category"] for one in transfers(text, language)] == [category]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "La Suède a livré à l’Estonie vingt et un obusiers.", (21, 21)),
        ("fr", "La Suède a livré à l’Estonie dix-sept obusiers.", (17, 17)),
        ("fr", "En 2023, la Suède a livré à l’Estonie une cinquantaine d’obusiers.", (50, 50)),
        ("fr", "La Suède a livré à l’Estonie des missiles Mistral 3.", None),
        ("es", "Suecia entregó a Estonia treinta y dos obuses.", (32, 32)),
        ("es", "Suecia entregó a Estonia entre cuatro y seis obuses.", (4, 6)),
    ],
)
def test_numbers_of_several_words_are_one(language: str, text: str, expected: tuple[int, int] | None) -> None:
    (record,) = transfers(text, language)
    assert bounds(record["quantity"]) == expected


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("es", "El 5 de febrero de 2025 Suecia entregó a Estonia doce obuses.", "2025-02-05"),
        ("fr", "Le 1er mars 2024, la Suède a livré à l’Estonie sept obusiers.", "2024-03-01"),
    ],
)
def test_a_date_of_several_words_is_read(language: str, text: str, date: str) -> None:
    assert transfers(text, language)[0]["date"] == date


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Le gouvernement français a déployé 300 soldats en Estonie.", ("FRA", "EST")),
        ("fr", "Trois cents soldats français ont quitté le Niger.", ("FRA", "NER")),
        ("es", "Unos 600 militares españoles sirven en cuarteles letones.", ("ESP", "LVA")),
    ],
)
def test_adjectives_tell_whose_forces_they_are_and_where(language: str, text: str, expected: tuple[str, str]) -> None:
    (record,) = deployments(text, language)
    assert (record["sender"], record["host"]) == expected


def test_what_only_frightens_is_no_ground() -> None:
    text = "Una brigada pakistaní llegó por miedo a la revolución iraní."
    assert deployments(text, "es") == []


def test_the_town_that_a_treaty_is_called_after_is_no_party() -> None:
    (record,) = treaties("Ecuador y Perú firmaron en 1998 el acta de Brasilia.", "es")
    assert set(record["parties"]) == {"ECU", "PER"}
