"""Of all outcomes of an article under a recipe one counts; the others stay and are marked."""

from typing import Any

import pytest

from extractor.errors import REASONS
from extractor.outcome import Outcome
from extractor.store import Store
from tests.store.samples import OTHER, RECIPE, article, extracted, failed, rows, transfer, unread

PASSING = {"server", "connection", "timeout", "rate_limit", "foreign", "bad_request", "unrecorded", "internal"}


def standing(store: Store) -> list[tuple[str, int]]:
    """State and mark of every outcome, in the order of writing."""
    return [(row["state"], row["current"]) for row in rows(store, "SELECT state, current FROM outcomes ORDER BY id")]


def empty(number: int = 0) -> Outcome:
    return Outcome(article(number).source, "empty", article(number))


def waiting(number: int = 0) -> Outcome:
    return Outcome(article(number).source, "waiting", article(number), detail="stopped")


def test_a_second_outcome_takes_the_place_of_the_first_and_loses_none_of_its_rows(store: Store, run: int) -> None:
    store.write(run, extracted(article()))
    store.write(run, extracted(article(), transfer()))
    assert standing(store) == [("extracted", 0), ("extracted", 1)]
    assert [row["current"] for row in rows(store, "SELECT current FROM transfers ORDER BY id")] == [0, 1]
    assert [row["current"] for row in rows(store, "SELECT current FROM deployments")] == [0]
    assert [row["current"] for row in rows(store, "SELECT current FROM treaties")] == [0, 0]
    assert len(rows(store, "SELECT * FROM attempts")) == 2


def test_another_article_or_another_recipe_is_left_alone(store: Store, run: int) -> None:
    store.write(run, empty(1))
    store.write(run, empty(2))
    store.write(store.start_run(OTHER, command=""), empty(1))
    assert standing(store) == [("empty", 1)] * 3


def test_what_waited_is_replaced_by_what_was_answered(store: Store, run: int) -> None:
    store.write(run, waiting())
    assert store.finished(RECIPE) == set()
    store.write(run, waiting())
    store.write(run, empty())
    assert standing(store) == [("waiting", 0), ("waiting", 0), ("empty", 1)]
    assert store.finished(RECIPE) == {article().key}


@pytest.mark.parametrize("passing", [waiting(), *(failed(article(), reason) for reason in sorted(PASSING))])
def test_a_forced_run_that_does_not_get_through_takes_nothing_away(store: Store, run: int, passing: Outcome) -> None:
    store.write(run, extracted(article(), transfer()))
    store.write(run, passing)
    assert standing(store) == [("extracted", 1), (passing.state, 0)]
    assert rows(store, "SELECT current FROM transfers") == [{"current": 1}]
    assert store.finished(RECIPE) == {article().key}


def test_a_forced_run_that_fails_for_good_counts(store: Store, run: int) -> None:
    store.write(run, extracted(article(), transfer()))
    store.write(run, failed(article(), "refused"))
    assert standing(store) == [("extracted", 0), ("failed", 1)]


def test_a_failure_that_may_pass_gives_way_to_the_next(store: Store, run: int) -> None:
    store.write(run, failed(article(), "timeout"))
    store.write(run, failed(article(), "server"))
    assert standing(store) == [("failed", 0), ("failed", 1)]


@pytest.mark.parametrize("reason", REASONS)
def test_an_article_that_failed_is_asked_again_only_where_the_failure_may_pass(
    store: Store, run: int, reason: Any
) -> None:
    store.write(run, failed(article(), reason))
    assert (store.finished(RECIPE) == set()) == (reason in PASSING)


def test_what_is_finished_under_one_recipe_is_not_under_another(store: Store, run: int) -> None:
    store.write(run, empty())
    assert store.finished(OTHER) == set()


def test_the_same_failure_of_an_input_counts_once(store: Store, run: int) -> None:
    for _ in range(3):
        store.write(run, unread("gone.txt"))
    store.write(run, unread("other.txt"))
    assert standing(store) == [("failed", 0), ("failed", 0), ("failed", 1), ("failed", 1)]
    assert store.finished(RECIPE) == set()


@pytest.mark.parametrize("known", [True, False])
def test_a_path_that_can_be_read_again_has_failed_no_longer(store: Store, run: int, known: bool) -> None:
    mended = article()
    if known:
        store.write(run, Outcome("other name", "empty", mended))
    store.write(run, unread(mended.source))
    store.see(mended.source, mended, run)
    assert store.status().failed_inputs == 0
    assert store.status().states == ({"empty": 1} if known else {})


def test_a_path_that_became_unreadable_keeps_the_records_of_its_article(store: Store, run: int) -> None:
    store.write(run, extracted(article(), transfer()))
    store.write(run, unread(article().source))
    assert standing(store) == [("extracted", 1), ("failed", 1)]


def test_both_names_of_one_text_and_both_texts_of_one_name_are_kept(store: Store, run: int) -> None:
    one, two = article(1), article(2)
    for source, seen in (("a", one), ("b", one), ("a", two), ("a", one), ("a", two)):
        store.see(source, seen, run)
    assert [(row["source"], row["article"]) for row in rows(store, "SELECT * FROM sources ORDER BY id")] == [
        ("a", one.key),
        ("b", one.key),
        ("a", two.key),
    ]
    assert len(rows(store, "SELECT * FROM articles")) == 2


def test_writing_an_article_records_its_path_too(store: Store, run: int) -> None:
    store.write(run, empty())
    assert [row["source"] for row in rows(store, "SELECT source FROM sources")] == ["news/0.txt"]


def test_the_same_text_on_another_day_is_another_article(store: Store, run: int) -> None:
    for day in ("2024-11-22", "2024-11-23"):
        dated = article(published=day)
        store.write(run, Outcome("a", "empty", dated))
    assert standing(store) == [("empty", 1), ("empty", 1)]
