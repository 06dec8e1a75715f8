"""How proposed records are counted against hand-made labels."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.scoring.alignment import Counts, align
from evals.scoring.gold import cases
from tests.fakes import transfer
from tests.grounding.records import deployment, treaty

Record = dict[str, Any]
GUN = transfer(category="artillery")
SHELL = transfer(category="ammunition")
FORCE = deployment().model_dump()
PACT = treaty(parties=["PRK", "RUS"]).model_dump()


def counts(proposed: list[Record], labelled: list[Record], kind: str = "transfers") -> Counts:
    return align(kind, proposed, labelled).counts


def optional(record: Record) -> Record:
    return record | {"optional": True, "note": "the codebook leaves it open"}


def test_all_labels_proposed_is_a_score_of_one() -> None:
    found = counts([GUN, SHELL], [GUN, SHELL])
    assert (found, found.precision, found.recall, found.f1) == (Counts(2, 0, 0), 1.0, 1.0, 1.0)


def test_the_labels_of_the_gold_articles_score_one_against_themselves() -> None:
    total = Counts()
    for case in cases():
        for kind, labels in case.labels.items():
            total += counts(labels, labels, kind)
    assert total.found > 500
    assert (total.spurious, total.missed, total.f1) == (0, 0, 1.0)


def test_nothing_proposed_misses_all_and_scores_nought() -> None:
    found = counts([], [GUN, SHELL])
    assert (found, found.precision, found.recall, found.f1) == (Counts(0, 0, 2), 0.0, 0.0, 0.0)


def test_records_proposed_of_an_empty_article_are_spurious() -> None:
    found = counts([GUN, SHELL], [])
    assert (found, found.precision, found.f1) == (Counts(0, 2, 0), 0.0, 0.0)


def test_nothing_proposed_of_an_empty_article_counts_nothing() -> None:
    assert counts([], []) == Counts(0, 0, 0)


def test_precision_recall_and_f1_are_shares_of_what_was_found() -> None:
    found = Counts(found=3, spurious=1, missed=2)
    assert (found.precision, found.recall) == (0.75, 0.6)
    assert found.f1 == pytest.approx(2 / 3)


def test_counts_of_articles_add_up() -> None:
    assert Counts(1, 2, 3) + Counts(10, 20, 30) == Counts(11, 22, 33)


@pytest.mark.parametrize(
    ("kind", "proposed", "labelled"),
    [
        ("transfers", transfer(supplier="RUS", recipient="PRK"), transfer()),  # swapped
        ("transfers", transfer(category="ammunition"), transfer()),
        ("deployments", FORCE | {"sender": "RUS", "host": "PRK"}, FORCE),  # swapped
        ("deployments", FORCE | {"host": None, "supports": None}, FORCE | {"host": None, "supports": None}),
        ("treaties", PACT | {"parties": ["PRK", "CHN"]}, PACT),
        ("treaties", PACT | {"parties": ["PRK", "RUS", "CHN"]}, PACT),
    ],
)
def test_a_record_with_another_end_is_spurious_and_its_label_missed(
    kind: str, proposed: Record, labelled: Record
) -> None:
    assert counts([proposed], [labelled], kind) == Counts(0, 1, 1)


@pytest.mark.parametrize(
    ("kind", "proposed", "labelled"),
    [
        ("transfers", transfer(status="agreed", quantity=None, date="2019"), transfer()),
        ("deployments", FORCE | {"host": "UKR", "supports": "RUS"}, FORCE | {"host": None, "supports": "RUS"}),
        ("treaties", PACT | {"parties": ["RUS", "PRK"], "title": "pact"}, PACT),  # in any order
    ],
)
def test_other_fields_do_not_decide_whether_a_record_is_found(kind: str, proposed: Record, labelled: Record) -> None:
    assert counts([proposed], [labelled], kind) == Counts(1, 0, 0)


def test_one_record_cannot_find_two_labels_nor_two_records_one() -> None:
    """Twins: two events of one kind between the same ends."""
    assert counts([GUN], [GUN, GUN | {"date": "2019"}]) == Counts(1, 0, 1)
    assert counts([GUN, GUN], [GUN]) == Counts(1, 1, 0)


def test_twins_are_paired_by_the_fields_that_they_share_in_whatever_order_they_come() -> None:
    ordered, had = GUN | {"status": "agreed", "date": "2019"}, GUN | {"status": "delivered", "date": "2024"}
    assert align("transfers", [had, ordered], [ordered, had]).pairs == ((0, 1), (1, 0))
    assert align("transfers", [ordered, had], [ordered, had]).pairs == ((0, 0), (1, 1))


def test_fields_in_common_never_cost_a_pair() -> None:
    """The first proposal fits both labels, the second only one: both are found although the first fits that better."""
    labels = [FORCE | {"supports": "UKR"}, FORCE | {"host": "UKR", "supports": "RUS", "status": "withdrawn"}]
    wide = FORCE | {"supports": "UKR", "status": "deployed"} | {"host": "RUS"}
    both = wide | {"supports": "RUS"}
    assert counts([both, wide], labels, "deployments") == Counts(2, 0, 0)


def test_an_optional_label_neither_counts_when_found_nor_hurts_when_missed() -> None:
    assert counts([GUN], [optional(GUN)]) == Counts(0, 0, 0)
    assert counts([], [optional(GUN)]) == Counts(0, 0, 0)
    assert counts([GUN, SHELL], [optional(GUN), SHELL]) == Counts(1, 0, 0)


def test_an_optional_label_is_taken_last() -> None:
    """Else a twin that is optional would take the record that finds the label that counts."""
    assert counts([GUN], [optional(GUN), GUN | {"status": "halted"}]) == Counts(1, 0, 0)


RECORDS = st.lists(
    st.builds(
        lambda supplier, category, status, is_optional: (
            transfer(supplier=supplier, category=category, status=status) | {"optional": is_optional}
        ),
        st.sampled_from(["PRK", "IRN"]),
        st.sampled_from(["artillery", "ammunition"]),
        st.sampled_from(["agreed", "delivered"]),
        st.booleans(),
    ),
    max_size=5,
)


@settings(deadline=None)
@given(RECORDS, RECORDS, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_change_the_counts(
    proposed: list[Record], labelled: list[Record], random: Any
) -> None:
    before = counts(proposed, labelled)
    random.shuffle(proposed)
    random.shuffle(labelled)
    assert counts(proposed, labelled) == before
    assert before.found + before.missed == sum(not label["optional"] for label in labelled)
    assert before.found + before.spurious <= len(proposed)
