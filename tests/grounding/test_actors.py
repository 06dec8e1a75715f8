"""Whether the article names the actors of a record, and names them where its quotes stand."""

import pytest

from extractor.article import Article
from extractor.grounding.actors import check
from extractor.outcome import Span, Verdict
from schemas import Record
from tests.grounding.records import article, deployment, transfer, treaty


@pytest.mark.parametrize(
    ("record", "text", "language", "verdict"),
    [
        (transfer(), "Deutschland hilft der Ukraine.", "de", "pass"),
        (transfer(), "Deutschland hilft.", "de", "doubt"),
        (transfer(), "Deutschland hilft der Ukraine.", None, "pass"),
        (transfer(supplier="NATO"), "Die NATO hilft der Ukraine.", "de", "pass"),
        (transfer(supplier="Zebra Group"), "Die Zebra-Truppe hilft der Ukraine.", "de", "pass"),
        (transfer(supplier="Zebra Group"), "Eine Gruppe hilft der Ukraine.", "de", "doubt"),
        (treaty(parties=["FRA", "POL"]), "Francja i Polska podpisały traktat.", "pl", "pass"),
        (deployment(sender="NOR", host="EST", supports="LVA"), "노르웨이와 에스토니아", "ko", "doubt"),
    ],
)
def test_each_actor_is_looked_for(record: Record, text: str, language: str | None, verdict: Verdict) -> None:
    assert check(record, spans(text, text), article(text, language)).verdict == verdict


def test_a_doubt_names_the_actor() -> None:
    text = "Deutschland hilft."
    assert check(transfer(), spans(text, text), article(text)).detail == "not named in the article: UKR"


def test_an_actor_may_stand_in_the_title_alone() -> None:
    told = Article("test", "Berlin schickt Panzer. Deutschland hilft.", title="Hilfe für die Ukraine", language="de")
    assert check(transfer(), spans("Berlin schickt Panzer.", told.text), told).verdict == "pass"


STORY = "Deutschland prüft das.\n\nEs hilft der Ukraine.\n\nSchweden und Estland rüsten auf.\n\nPanzer rollen."


@pytest.mark.parametrize(
    ("quote", "verdict", "detail"),
    [
        ("Es hilft der Ukraine.", "pass", ""),  # the giver stands in the paragraph before
        ("Deutschland prüft das.", "doubt", "not named where the quotes stand: UKR"),
        ("Panzer rollen.", "fail", "not named where the quotes stand: DEU, UKR"),
    ],
)
def test_actors_are_looked_for_around_the_quotes(quote: str, verdict: Verdict, detail: str) -> None:
    found = check(transfer(), spans(quote, STORY), article(STORY, "de"))
    assert (found.verdict, found.detail) == (verdict, detail)


def spans(quote: str, text: str) -> list[Span]:
    """The one place of a quote."""
    start = text.index(quote)
    return [Span(quote, start, start + len(quote))]


def test_a_wrong_language_makes_a_doubt_and_keeps_nothing_apart() -> None:
    text = "Німеччина допомагає Україні."
    assert check(transfer(), spans(text, text), article(text, "en")).verdict == "doubt"
