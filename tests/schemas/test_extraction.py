"""All records of one article together; and the hand-made labels as the first that must fit."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from evals.scoring.gold import FOLDER
from schemas import Extraction, Record
from tests.grounding.records import deployment, transfer, treaty

LABELS = sorted((FOLDER / "labels").glob("*.json"))


def extraction(*records: Record) -> Extraction:
    kinds = {"transfers": "T", "deployments": "D", "treaties": "P"}
    told = {plural: [one.model_dump() for one in records if one.id[0] == kind] for plural, kind in kinds.items()}
    return Extraction.model_validate(told)


def test_three_empty_lists_are_a_correct_answer() -> None:
    assert extraction().records() == []


def test_records_come_in_the_order_transfers_deployments_treaties() -> None:
    mixed = extraction(treaty(), deployment(), transfer(id="T2"), transfer())
    assert [record.id for record in mixed.records()] == ["T2", "T1", "D1", "P1"]


def test_a_list_left_out_is_an_error() -> None:
    """A model that forgets deployments has not said that there are none."""
    with pytest.raises(ValidationError, match="deployments"):
        Extraction.model_validate({"transfers": [], "treaties": []})


def test_an_id_stands_for_one_record() -> None:
    with pytest.raises(ValidationError, match="ids used twice: T1"):
        extraction(transfer(), transfer())


def test_a_record_may_be_given_in_return_for_one_of_another_kind() -> None:
    both = extraction(transfer(), deployment(in_exchange_for=["T1"]))
    assert both.deployments[0].in_exchange_for == ["T1"]


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (transfer(in_exchange_for=["T2"]), "T1 points to T2"),
        (transfer(in_exchange_for=["T1"]), "T1 points to itself"),
        (treaty(replaces=["P7"]), "P1 points to P7"),
        (treaty(replaces=["P1"]), "P1 points to itself"),
    ],
)
def test_a_link_leads_to_another_record_of_the_same_article(record: Record, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        extraction(record)


def test_no_article_holds_more_than_200_records_of_one_kind() -> None:
    with pytest.raises(ValidationError, match="at most 200"):
        extraction(*(transfer(id=f"T{number}") for number in range(1, 202)))


def test_there_are_labels_to_check() -> None:
    assert len(LABELS) > 50


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_hand_made_labels_fit_the_schema_and_are_written_as_it_stores_them(path: Any) -> None:
    """A label in other words than the register's (`Moscow` for `RUS`) could never be matched."""
    told = json.loads(path.read_text(encoding="utf-8"))
    plain = {
        kind: [{key: value for key, value in label.items() if key not in ("optional", "note")} for label in labels]
        for kind, labels in told.items()
    }
    assert Extraction.model_validate(plain).model_dump() == plain
