"""Status and totals count rows, and everything is counted once."""

from extractor.outcome import Outcome, Usage
from extractor.store import Store
from tests.store.samples import (
    OTHER,
    RECIPE,
    article,
    attempt,
    extracted,
    failed,
    rows,
    transfer,
    unread,
    unsupported,
)


def test_an_empty_database_has_a_status(store: Store) -> None:
    status = store.status()
    assert (status.recipe_key, status.model, status.runs, status.others) == (None, None, 0, ())
    assert (status.articles, status.states, status.records) == (0, {}, {"transfer": 0, "deployment": 0, "treaty": 0})
    assert (status.attempts, status.prompt_tokens, status.cost, status.unpriced) == (0, 0, 0.0, 0)


def fill(store: Store, run: int) -> None:
    """One article of every state, one known but not asked, and one path that gave none."""
    store.write(run, extracted(article(1)))
    store.write(
        run, Outcome(article(2).source, "empty", article(2), attempts=(attempt(1, result="invalid"), attempt(2)))
    )
    store.write(run, unsupported(article(3), {"id": "T1"}))
    store.write(run, failed(article(4), "cut_off"))
    store.write(run, failed(article(5), "server"))
    store.write(run, Outcome(article(6).source, "waiting", article(6), "rate_limit"))
    store.see(article(7).source, article(7), run)
    store.write(run, unread("gone.txt"))


def test_status_counts_what_counts(store: Store, run: int) -> None:
    fill(store, run)
    store.write(run, extracted(article(1), transfer()))
    store.write(run, unread("gone.txt"))
    status = store.status()
    assert status.states == {"extracted": 1, "empty": 1, "unsupported": 1, "failed": 3, "waiting": 1}
    assert status.reasons == {"cut_off": 1, "server": 1, "missing": 1, "rate_limit": 1}
    assert status.records == {"transfer": 1, "deployment": 0, "treaty": 0}
    assert (status.doubtful, status.rejected) == (1, 1)
    assert (status.articles, status.sources, status.failed_inputs, status.unasked) == (7, 7, 1, 1)
    assert (status.recipe_key, status.model, status.runs) == (RECIPE.key, "gpt-test", 1)


def test_every_article_is_accounted_for(store: Store, run: int) -> None:
    fill(store, run)
    store.write(store.start_run(OTHER, command=""), extracted(article(8)))
    for recipe in (RECIPE, OTHER):
        status = store.status(recipe.key)
        assert status.articles + status.failed_inputs == sum(status.states.values()) + status.unasked


def test_what_was_spent_is_summed_over_all_attempts_of_all_runs(store: Store, run: int) -> None:
    """A failed, replaced or repeated answer was paid for all the same."""
    fill(store, run)
    store.write(store.start_run(RECIPE, command=""), extracted(article(1), transfer()))
    status = store.status()
    assert (status.attempts, status.prompt_tokens, status.completion_tokens, status.cached_tokens) == (6, 6000, 600, 60)
    assert (status.cost, status.unpriced, status.runs) == (3.0, 0, 2)


def test_a_cost_that_is_not_known_is_not_guessed(store: Store, run: int) -> None:
    store.write(run, Outcome("a", "empty", article(1), attempts=(attempt(usage=Usage(5, 5)), attempt(2))))
    status = store.status()
    assert (status.cost, status.unpriced, status.prompt_tokens) == (None, 1, 1005)


def test_a_request_that_got_no_answer_costs_nothing(store: Store, run: int) -> None:
    lost = attempt(result="connection", usage=Usage())
    store.write(run, Outcome("a", "empty", article(1), attempts=(lost, attempt(2))))
    assert (store.status().cost, store.status().attempts) == (0.5, 2)


def test_status_is_of_the_latest_run_and_names_the_other_recipes(store: Store, run: int) -> None:
    fill(store, run)
    store.write(store.start_run(OTHER, command=""), extracted(article(1), transfer()))
    status = store.status()
    assert (status.model, status.states, status.unasked) == ("baseline", {"extracted": 1}, 6)
    assert [(other.recipe_key, other.model, other.outcomes) for other in status.others] == [(RECIPE.key, "gpt-test", 7)]
    assert store.status(RECIPE.key).others[0].model == "baseline"


def test_totals_are_of_one_run(store: Store, run: int) -> None:
    fill(store, run)
    again = store.start_run(RECIPE, command="")
    store.write(again, extracted(article(1), transfer()))
    store.write(again, failed(article(1), "timeout"))
    totals = store.totals(again)
    assert (totals.states, totals.reasons) == ({"extracted": 1, "failed": 1}, {"timeout": 1})
    assert (totals.records, totals.doubtful) == ({"transfer": 1, "deployment": 0, "treaty": 0}, 1)
    assert (totals.attempts, totals.cost) == (2, 1.0)
    assert store.totals(run).states == {"extracted": 1, "empty": 1, "unsupported": 1, "failed": 3, "waiting": 1}


def test_the_counts_beside_an_outcome_are_those_of_its_rows(store: Store, run: int) -> None:
    fill(store, run)
    query = """
        SELECT id FROM outcomes AS o WHERE
            transfers <> (SELECT count(*) FROM transfers WHERE outcome = o.id) OR
            deployments <> (SELECT count(*) FROM deployments WHERE outcome = o.id) OR
            treaties <> (SELECT count(*) FROM treaties WHERE outcome = o.id) OR
            rejected <> (SELECT count(*) FROM rejected WHERE outcome = o.id) OR
            doubtful <> (SELECT count(DISTINCT record) FROM checks JOIN records ON records.id = record
                WHERE verdict = 'doubt' AND outcome = o.id)
    """
    assert rows(store, query) == []
    assert rows(store, "SELECT sum(transfers + deployments + treaties + rejected + doubtful) AS n FROM outcomes") == [
        {"n": 6}
    ]


def test_status_and_resume_read_indices_only(store: Store, run: int) -> None:
    """A hundred thousand articles are answered in a tenth of a second; their texts must not be read for it."""
    asked: list[tuple[str, object]] = []
    store._db._tracer = lambda query, values: asked.append((query, values))
    store.status()
    store.finished(RECIPE)
    store._db._tracer = None
    plans = [
        step
        for query, values in asked
        if query.startswith("SELECT")
        for *_, step in store._db.execute(f"EXPLAIN QUERY PLAN {query}", values)  # type: ignore[arg-type]  # as they came
    ]
    large = [step for step in plans if step.startswith(("SCAN", "SEARCH")) and step.split()[1] != "runs"]
    assert len(large) >= 7
    assert [step for step in large if "COVERING INDEX" not in step] == []
