"""How far an event had got, how sure the article is, and who says so."""

import pytest

from tests.baseline.told import transfers

STATUS = {
    "delivered": [
        ("en", "Sweden delivered howitzers to Estonia."),
        ("en", "Sweden has been sending howitzers to Estonia since 2022."),
        ("en", "The delivery of howitzers from Sweden to Estonia is complete."),
        ("de", "Schweden hat Estland Haubitzen geliefert."),
        ("de", "Schweden liefert Haubitzen an Estland."),
    ],
    "agreed": [
        ("en", "Sweden has agreed to send howitzers to Estonia."),  # the verb that governs tells the stage
        ("en", "Sweden will deliver howitzers to Estonia."),  # the future
        ("en", "Sweden promised Estonia howitzers."),
        ("en", "Estonia ordered howitzers from Sweden."),
        ("en", "Estonia bought howitzers from Sweden."),  # bought is not yet had
        ("de", "Schweden hat zugesagt, Estland Haubitzen zu liefern."),
        ("de", "Schweden sagte Estland Haubitzen zu."),
        ("de", "Schweden wird Estland Haubitzen liefern."),
        ("de", "Estland hat in Schweden Haubitzen bestellt."),
    ],
    "considered": [
        ("en", "Sweden is considering sending howitzers to Estonia."),
        ("en", "Sweden offered Estonia howitzers."),
        ("en", "Sweden could deliver howitzers to Estonia."),
        ("en", "Estonia requested howitzers from Sweden."),
        ("de", "Schweden erwägt, Estland Haubitzen zu liefern."),
        ("de", "Schweden bietet Estland Haubitzen an."),
        ("de", "Schweden könnte Estland Haubitzen liefern."),
    ],
    "halted": [
        ("en", "Sweden refused to send howitzers to Estonia."),
        ("en", "Sweden halted the delivery of howitzers to Estonia."),
        ("en", "Sweden will not deliver howitzers to Estonia."),  # a refusal
        ("en", "Estonia cancelled its order for howitzers from Sweden."),
        ("de", "Schweden wird Estland keine Haubitzen liefern."),
        ("de", "Schweden verweigerte Estland Haubitzen."),
    ],
}


@pytest.mark.parametrize(
    ("status", "language", "text"), [(status, *case) for status, cases in STATUS.items() for case in cases]
)
def test_the_wording_tells_how_far_the_event_had_got(status: str, language: str, text: str) -> None:
    assert [one["status"] for one in transfers(text, language)] == [status]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sweden did not deliver howitzers to Estonia."),
        ("en", "Sweden has never delivered howitzers to Estonia."),
        ("de", "Schweden hat Estland keine Haubitzen geliefert."),
        ("de", "Schweden lieferte Estland nie Haubitzen."),
    ],
)
def test_what_was_not_done_is_no_event(language: str, text: str) -> None:
    assert transfers(text, language) == []


CERTAINTY = {
    "confirmed": [
        ("en", "Sweden delivered howitzers to Estonia."),
        ("de", "Schweden lieferte Estland Haubitzen."),
        ("en", "Sweden said it had delivered howitzers to Estonia."),  # admitted by an acting party
        ("en", "Sweden is considering sending howitzers to Estonia."),  # the "could" is in the status
    ],
    "claimed": [
        ("en", "Sweden delivered howitzers to Estonia, according to Norway."),
        ("en", "Norway said that Sweden had delivered howitzers to Estonia."),
        ("en", "Sweden delivered howitzers to Estonia, Norway said."),
        ("en", "The panel said that howitzers from Sweden reached Estonia."),
        ("de", "Schweden lieferte Estland Haubitzen, sagte Norwegen."),
        ("de", "Es heißt, es seien Haubitzen aus Schweden nach Estland gelangt."),  # Konjunktiv
    ],
    "speculated": [
        ("en", "Sweden reportedly delivered howitzers to Estonia."),
        ("en", "Sweden has apparently delivered howitzers to Estonia."),
        ("en", "There are signs that Sweden delivered howitzers to Estonia."),
        ("de", "Schweden hat Estland offenbar Haubitzen geliefert."),
        ("de", "Schweden lieferte Estland möglicherweise Haubitzen."),
        ("de", "Es gibt Hinweise, dass Schweden Estland Haubitzen lieferte."),
    ],
}


@pytest.mark.parametrize(
    ("certainty", "language", "text"), [(sure, *case) for sure, cases in CERTAINTY.items() for case in cases]
)
def test_the_wording_tells_how_sure_the_article_is(certainty: str, language: str, text: str) -> None:
    assert [one["certainty"] for one in transfers(text, language)] == [certainty]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "Sweden delivered howitzers to Estonia, Norway said.", ["Norway"]),
        ("de", "Schweden lieferte Estland Haubitzen, sagte Norwegen.", ["Norway"]),
        ("en", "Sweden delivered howitzers to Estonia, Oslo said.", ["Norway"]),
        ("en", "Sweden delivered howitzers to Estonia, Macron said.", ["Emmanuel Macron"]),
        ("en", "Sweden delivered howitzers to Estonia, experts said.", []),
        ("en", "Sweden delivered howitzers to Estonia.", []),
    ],
)
def test_who_says_so_is_named_in_english_a_person_as_a_person_and_nobody_where_nobody_is_named(
    language: str, text: str, names: list[str]
) -> None:
    assert [one["attributed_to"] for one in transfers(text, language)] == [names]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "North Korea sent shells to Russia, Seoul said. In return, it received air defence systems."),
        ("de", "Nordkorea lieferte Russland Granaten, sagte Norwegen. Im Gegenzug erhielt es Flugabwehrsysteme."),
    ],
)
def test_a_source_governs_the_sentence_that_is_tied_to_its_own(language: str, text: str) -> None:
    assert [one["certainty"] for one in transfers(text, language)] == ["claimed", "claimed"]
