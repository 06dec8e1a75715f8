"""What one record must hold to mean anything: its ends, its stage, its evidence."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from schemas import Record
from tests.grounding.records import deployment, transfer, treaty

KINDS = [(transfer, "T"), (deployment, "D"), (treaty, "P")]


@pytest.mark.parametrize(("record", "letter"), KINDS)
def test_an_id_is_the_letter_of_its_kind_and_a_number(record: Callable[..., Record], letter: str) -> None:
    assert record(id=f"{letter}12").id == f"{letter}12"
    others = [other for _, other in KINDS if other != letter]
    for wrong in [*(f"{other}1" for other in others), f"{letter}0", letter, f"{letter}1a", f"{letter.lower()}1", "1"]:
        with pytest.raises(ValidationError, match="id"):
            record(id=wrong)


@pytest.mark.parametrize("evidence", [[], ["one", "two", "three", "four"], ["x" * 301], [""]])
@pytest.mark.parametrize("record", [record for record, _ in KINDS])
def test_evidence_is_one_to_three_quotes_of_at_most_300_characters(
    record: Callable[..., Record], evidence: list[str]
) -> None:
    with pytest.raises(ValidationError, match="evidence"):
        record(evidence=evidence)


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        (transfer, "status", "deployed"),
        (transfer, "category", "weapons"),
        (transfer, "date", "yesterday"),
        (transfer, "due", "2024-13"),
        (transfer, "value", {"low": 5, "high": 5, "approximate": False, "unit": "euros", "text": "5"}),
        (deployment, "status", "delivered"),
        (deployment, "force_type", "soldiers"),
        (deployment, "host", "NATO"),
        (treaty, "status", "delivered"),
        (treaty, "obligations", ["friendship"]),
        (treaty, "replaces", ["T1"]),
        (transfer, "certainty", "sure"),
        (transfer, "in_exchange_for", ["first"]),
        (transfer, "attributed_to", "South Korea"),
        (transfer, "via", ["x"] * 21),
    ],
)
def test_a_value_outside_the_codebook_is_refused_and_its_field_is_named(
    record: Callable[..., Record], field: str, value: Any
) -> None:
    with pytest.raises(ValidationError, match=field):
        record(**{field: value})


def test_a_transfer_goes_from_one_actor_to_another() -> None:
    with pytest.raises(ValidationError, match="both UKR"):
        transfer(supplier="UKR")


def test_two_names_of_one_state_are_one_actor() -> None:
    with pytest.raises(ValidationError, match="both RUS"):
        transfer(supplier="Moscow", recipient="Russland")


def test_names_become_codes_in_every_field_of_an_actor() -> None:
    assert transfer(supplier="Deutschland", recipient="Houthis").supplier == "DEU"
    assert deployment(sender="Nordkorea", host="Russian Federation").host == "RUS"
    assert treaty(parties=["Moskau", "Pyongyang"]).parties == ["RUS", "PRK"]


def test_a_deployment_needs_a_host_or_the_side_it_supports() -> None:
    assert deployment(host=None, supports="Hezbollah").supports == "Hezbollah"
    with pytest.raises(ValidationError, match="needs a host or the side"):
        deployment(host=None)


def test_moves_of_forces_at_home_are_no_deployment() -> None:
    with pytest.raises(ValidationError, match="moves at home"):
        deployment(sender="RUS", supports="RUS")


@pytest.mark.parametrize("parties", [[], ["RUS"], ["RUS", "RUS"], ["Moscow", "Russland"]])
def test_a_treaty_needs_two_different_parties(parties: list[str]) -> None:
    with pytest.raises(ValidationError, match="parties"):
        treaty(parties=parties)
