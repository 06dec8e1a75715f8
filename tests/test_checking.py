"""A raw proposal falls into records that may be stored and records kept apart, and none is lost."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import Article
from extractor.checking import Examined, examine
from tests.fakes import QUOTE, extraction, transfer
from tests.grounding import records

PACT = "Russland und Nordkorea schlossen 2024 einen Vertrag."
ARTICLE = Article("a.txt", f"{QUOTE} {PACT}", language="de")


def treaty(**changes: Any) -> dict[str, Any]:
    return records.treaty(PACT, **changes).model_dump()


def examined(*transfers: Any, treaties: list[Any] | None = None) -> Examined:
    return examine(extraction(*transfers) | {"treaties": treaties or []}, ARTICLE)


def passed(found: Examined) -> list[str]:
    return [checked.record.id for checked in found.records]


def reasons(found: Examined) -> list[str]:
    return [check.detail for one in found.rejected for check in one.checks if check.verdict == "fail"]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (transfer(id="T2", status="sent"), "status"),
        (transfer(id="T2", supplier="RUS"), "both RUS"),
        (transfer(id="T2", colour="red"), "colour"),
        ({"id": "T2"}, "supplier"),
        (transfer(id="T2", evidence=["Das steht nirgends im Text."]), "not in the article"),
        (transfer(id="T2", quantity=transfer()["quantity"] | {"low": 900}), "does not say"),
    ],
)
def test_one_bad_record_does_not_take_its_siblings_with_it(bad: dict[str, Any], why: str) -> None:
    found = examined(transfer(), bad, transfer(id="T3"))
    assert passed(found) == ["T1", "T3"]
    assert [one.raw for one in found.rejected] == [bad]
    assert why in reasons(found)[0]


def test_a_record_that_passes_shows_its_checks_with_the_schema_first() -> None:
    [record] = examined(transfer()).records
    assert [check.name for check in record.checks] == ["schema", "quote", "number", "actor", "date"]
    assert [ARTICLE.text[span.start : span.end] for span in record.spans] == [QUOTE]
    assert not record.doubtful


def test_the_second_record_of_one_id_is_kept_apart() -> None:
    found = examined(transfer(), transfer(item="rockets"))
    assert (passed(found), reasons(found)) == (["T1"], ["id T1 is used twice"])


def test_an_id_is_free_again_where_the_first_record_had_the_wrong_shape() -> None:
    assert passed(examined(transfer(status="sent"), transfer())) == ["T1"]


@pytest.mark.parametrize("link", ["T9", "T2", "T1"])
def test_a_link_to_no_record_to_one_kept_apart_or_to_itself_is_cut_and_doubted(link: str) -> None:
    found = examined(transfer(in_exchange_for=[link, "T3"]), transfer(id="T2", status="sent"), transfer(id="T3"))
    first = found.records[0]
    assert (first.record.in_exchange_for, first.doubtful) == (["T3"], True)
    assert f"pointed to {link}, not among the records" in [check.detail for check in first.checks]


def test_a_link_to_a_treaty_that_did_not_pass_is_cut_and_one_that_did_is_kept() -> None:
    new = treaty(replaces=["P2", "P3"])
    found = examined(transfer(), treaties=[new, treaty(id="P2"), treaty(id="P3") | {"parties": ["RUS"]}])
    assert passed(found) == ["T1", "P1", "P2"]
    assert found.records[1].record.model_dump()["replaces"] == ["P2"]


def test_more_than_200_records_of_one_kind_are_kept_apart() -> None:
    found = examined(*(transfer(id=f"T{number}") for number in range(1, 203)), treaties=[treaty()])
    assert passed(found) == [*(f"T{number}" for number in range(1, 201)), "P1"]
    assert reasons(found) == ["more than 200 records of one kind"] * 2


@pytest.mark.parametrize("raw", [{}, {"transfers": []}, {"note": "nothing found"}])
def test_a_proposal_without_records_gives_none(raw: dict[str, Any]) -> None:
    assert examine(raw, ARTICLE) == Examined((), ())


@pytest.mark.parametrize("item", [None, 3, "T1", [], True, [transfer()]])
def test_what_is_no_record_at_all_is_kept_apart_under_the_name_value(item: Any) -> None:
    found = examined(item, transfer())
    assert passed(found) == ["T1"]
    assert [one.raw for one in found.rejected] == [{"value": item}]


def test_a_record_in_place_of_a_list_is_read_as_one_record() -> None:
    assert passed(examine({"transfers": transfer()}, ARTICLE)) == ["T1"]


def test_a_reason_is_one_line_of_bounded_length() -> None:
    found = examined(transfer(**{f"field_{number}": number for number in range(200)}))
    assert len(reasons(found)[0]) <= 500
    assert "\n" not in reasons(found)[0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(transfer()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*transfer()]), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["transfers", "deployments", "treaties", "other"]), JSON))
def test_every_proposed_record_is_on_one_of_the_two_heaps(raw: dict[str, Any]) -> None:
    found = examine(raw, ARTICLE)
    lists = [raw[kind] for kind in ("transfers", "deployments", "treaties") if kind in raw]
    assert len(found.records) + len(found.rejected) == sum(
        len(value) if isinstance(value, list) else 1 for value in lists
    )
