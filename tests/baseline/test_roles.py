"""Who gives and who gets, by what the verb does: give, get, reach, move, seize."""

import pytest

from tests.baseline.told import ways

SWEDEN_TO_ESTONIA = [
    ("give", "en", "Sweden gave howitzers to Estonia."),
    ("give", "de", "Schweden übergab Estland Haubitzen."),
    ("give", "de", "Schweden hat Haubitzen an Estland verkauft."),
    ("give, with two objects", "en", "Sweden gave Estonia twelve howitzers."),
    ("give, with two objects", "en", "Sweden sent its neighbour Estonia howitzers."),
    ("give, by a verb of two parts", "de", "Schweden sagte Estland Haubitzen zu."),
    ("give, by a verb of two parts", "de", "Schweden bietet Estland Haubitzen an."),
    ("give, passive", "en", "Twelve howitzers were delivered to Estonia by Sweden."),
    ("give, passive", "de", "Zwölf Haubitzen wurden von Schweden an Estland geliefert."),
    ("give, passive, whose they were", "de", "Zwölf schwedische Haubitzen wurden an Estland übergeben."),
    ("give, by a participle", "en", "Howitzers sold by Sweden to Estonia are in use."),
    ("get", "en", "Estonia received howitzers from Sweden."),
    ("get", "en", "Estonia has bought howitzers from Sweden."),
    ("get", "en", "Estonia ordered Swedish howitzers."),
    ("get", "de", "Estland bekam Haubitzen von Schweden."),
    ("get", "de", "Estland bezieht Haubitzen aus Schweden."),
    ("get", "de", "Estland hat in Schweden Haubitzen gekauft."),
    ("get, with the giver first", "de", "Von Schweden hat Estland Haubitzen erhalten."),
    ("reach", "en", "Howitzers from Sweden reached Estonia."),
    ("reach", "en", "Swedish howitzers reached Estonia."),
    ("reach", "de", "Haubitzen aus Schweden erreichten Estland."),
    ("move", "en", "Howitzers from Sweden arrived in Estonia."),
    ("move", "en", "A shipment of 30 howitzers from Sweden went to Estonia."),
    ("move", "en", "Swedish howitzers went to Estonia."),
    ("move", "de", "Eine Ladung Haubitzen aus Schweden ist in Estland eingetroffen."),
    ("move", "de", "Aus Schweden trafen 30 Haubitzen in Estland ein."),
    ("move", "de", "Schwedische Haubitzen gelangten nach Estland."),
]


@pytest.mark.parametrize(("act", "language", "text"), SWEDEN_TO_ESTONIA)
def test_the_verb_tells_which_end_its_subject_is(act: str, language: str, text: str) -> None:
    assert ways(text, language) == ["SWE EST"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Italian navy seized missiles on their way from Iran to Yemen."),
        ("de", "Die italienische Marine beschlagnahmte Raketen aus dem Iran für den Jemen."),
    ],
)
def test_who_takes_goods_on_their_way_is_neither_end(language: str, text: str) -> None:
    assert ways(text, language) == ["IRN YEM"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Twenty howitzers were given to Estonia."),
        ("en", "Sweden delivered howitzers."),
        ("de", "Estland erhielt 20 Haubitzen."),
        ("de", "Haubitzen wurden geliefert."),
        ("en", "Sweden delivered howitzers to Sweden."),
        ("en", "The West delivered howitzers to its allies."),
        ("en", "Howitzers were delivered to Estonia, Norway said."),  # who says so does not fill the gap
        ("de", "Haubitzen wurden an Estland geliefert, sagte Norwegen."),
    ],
)
def test_a_transfer_with_one_end_open_is_none(language: str, text: str) -> None:
    """Both ends must be known, and "the allies" are nobody."""
    assert ways(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "South Korea accused Iran of sending drones to Russia."),
        ("en", "Norway accuses Iran of supplying drones to Russia."),
        ("de", "Die USA werfen dem Iran vor, Drohnen nach Russland geliefert zu haben."),
    ],
)
def test_who_accuses_is_no_party(language: str, text: str) -> None:
    assert ways(text, language) == ["IRN RUS"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The panel said that howitzers from Sweden reached Estonia."),
        ("en", "Norway said that Sweden had delivered howitzers to Estonia."),
        ("en", "Sweden delivered howitzers to Estonia, Norway said."),
        ("de", "Schweden lieferte Estland Haubitzen, sagte Norwegen."),
    ],
)
def test_who_only_says_so_is_no_party(language: str, text: str) -> None:
    assert ways(text, language) == ["SWE EST"]
