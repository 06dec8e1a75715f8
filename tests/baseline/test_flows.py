"""An end that a sentence leaves out is the one told before, and the sentence that told it is quoted too."""

import pytest

from tests.baseline.told import transfers, ways

BEFORE = {"en": "Sweden delivered 12 howitzers to Estonia.", "de": "Schweden lieferte Estland 12 Haubitzen."}


@pytest.mark.parametrize(
    ("language", "after"),
    [
        ("en", "Rifles were part of the shipment, too."),
        ("en", "It also sent 400 rifles."),
        ("en", "A further 400 rifles followed."),
        ("de", "Auch 400 Gewehre gehörten zur Lieferung."),
        ("de", "Es schickte außerdem 400 Gewehre."),
        ("de", "Die Regierung in Stockholm lieferte auch Gewehre."),
    ],
)
def test_ends_left_out_are_filled_from_the_sentence_before_which_is_quoted(language: str, after: str) -> None:
    told = transfers(f"{BEFORE[language]} {after}", language)
    assert [(one["supplier"], one["recipient"], one["category"]) for one in told] == [
        ("SWE", "EST", "artillery"),
        ("SWE", "EST", "small_arms"),
    ]
    assert told[1]["evidence"] == [after, BEFORE[language]]


def test_a_sentence_that_tells_both_ends_is_quoted_alone() -> None:
    assert transfers(BEFORE["en"])[0]["evidence"] == [BEFORE["en"]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sweden delivered howitzers to Estonia. In return, Estonia gave 500 drones."),
        ("en", "Sweden delivered howitzers to Estonia. In return, it received 500 drones."),
        ("en", "Sweden delivered howitzers to Estonia. In return, 500 drones were delivered."),
        ("de", "Schweden lieferte Estland Haubitzen. Im Gegenzug erhielt es 500 Drohnen."),
        ("de", "Schweden lieferte Estland Haubitzen. Im Gegenzug wurden 500 Drohnen geliefert."),
        ("de", "Schweden lieferte Estland Haubitzen. Im Gegenzug lieferte Tallinn 500 Drohnen."),
    ],
)
def test_what_is_given_in_return_goes_the_other_way(language: str, text: str) -> None:
    assert ways(text, language) == ["SWE EST", "EST SWE"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia fired 20 missiles at Ukraine."),
        ("en", "Russia attacked Ukraine with 20 drones from Iran."),
        ("en", "Israel bombed Iranian missile sites."),
        ("en", "North Korea tested a missile. Iran paraded missiles in Tehran."),
        ("en", "Iran produces drones in Russia."),
        ("de", "Russland feuerte 20 Raketen auf die Ukraine ab."),
        ("de", "Nordkorea testete eine Rakete. Südkorea hielt ein Manöver mit Panzern ab."),
    ],
)
def test_what_is_fired_shown_tested_or_built_is_not_given(language: str, text: str) -> None:
    assert ways(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Will Sweden deliver howitzers to Estonia?"),
        ("de", "Liefert Schweden Estland Haubitzen?"),
        ("de", "„Hat Schweden Haubitzen an Estland geliefert?“"),
    ],
)
def test_a_question_asserts_nothing(language: str, text: str) -> None:
    assert ways(text, language) == []


def test_enemies_do_not_supply_each_other_where_an_end_is_left_open() -> None:
    assert "RUS UKR" not in ways("Sweden delivered howitzers to Ukraine. Russia also sent 20 missiles.")
