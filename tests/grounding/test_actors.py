"""Whether the article names the actors of a record."""

import pytest

from extractor.article import Article
from extractor.grounding.actors import check
from extractor.outcome import Verdict
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
    assert check(record, article(text, language)).verdict == verdict


def test_a_doubt_names_the_actor() -> None:
    assert check(transfer(), article("Deutschland hilft.")).detail == "not named in the article: UKR"


def test_an_actor_may_stand_in_the_title_alone() -> None:
    told = Article("test", "Berlin schickt Panzer. Deutschland hilft.", title="Hilfe für die Ukraine", language="de")
    assert check(transfer(), told).verdict == "pass"
