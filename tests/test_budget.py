"""A run that may spend so much and no more."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.article import Article
from extractor.batch import Batch, Stop
from extractor.budget import Budget
from extractor.errors import BudgetError
from extractor.model import Proposal
from extractor.outcome import Attempt, Outcome, Usage
from extractor.report import Tally
from extractor.store import Store
from tests.fakes import QUOTE, ScriptedModel, article

LONG = 3600.0


def attempt(cost: float | None = 0.1, tokens: int | None = 100, result: str = "ok", number: int = 1) -> Attempt:
    usage = Usage(tokens, None if tokens is None else 10, None, cost)
    return Attempt(number, "2025-01-01T00:00:00Z", 1.0, result, answer="{}", usage=usage)


def articles(number: int) -> list[Article | Outcome]:
    return [article(f"{i}.txt", f"{QUOTE} {i}") for i in range(number)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "register.db") as opened:
        yield opened


class Paid(ScriptedModel):
    """Each article takes a turn of the event loop, so that as many are in hand as there is room for."""

    def __init__(self, *attempts: Attempt) -> None:
        super().__init__(attempts=attempts)
        self.busy = 0
        self.most: list[int] = []  # in hand when an article was taken

    async def propose(self, article: Article) -> Proposal:
        self.busy += 1
        self.most.append(self.busy)
        try:
            for _ in range(5):
                await asyncio.sleep(0)
            return await super().propose(article)
        finally:
            self.busy -= 1


async def run(
    store: Store,
    model: ScriptedModel,
    budget: Budget,
    number: int = 50,
    *,
    concurrency: int = 8,
    stop: Stop | None = None,
) -> Tally:
    batch = Batch(model, store, concurrency=concurrency, budget=budget)
    return await batch.run(articles(number), number, stop=stop or Stop())


async def test_a_run_without_limits_has_room_for_all_at_once(store: Store) -> None:
    model = Paid(attempt())
    tally = await run(store, model, Budget())
    assert (tally.exit_code, tally.new, max(model.most)) == (0, 50, 8)


async def test_a_run_ends_when_its_money_is_spent_and_the_next_one_goes_on(store: Store) -> None:
    tally = await run(store, Paid(attempt()), Budget(cost=2.0))
    assert isinstance(tally.error, BudgetError)
    assert (tally.exit_code, tally.states, tally.left) == (3, {"extracted": 20}, 30)
    assert tally.cost == pytest.approx(2.0)
    assert str(tally.error) == "--max-cost 2 is reached, $2.0000 and 2,200 tokens spent; the same command goes on"
    again = await run(store, Paid(attempt()), Budget(cost=5.0))
    assert (again.exit_code, again.already, again.new, again.left) == (0, 20, 30, 0)


@pytest.mark.parametrize("concurrency", [1, 8, 256])
@pytest.mark.parametrize("limit", [0.05, 0.1, 0.95, 3.33])
async def test_no_more_than_one_article_goes_over_however_many_are_asked_at_once(
    store: Store, concurrency: int, limit: float
) -> None:
    tally = await run(store, Paid(attempt()), Budget(cost=limit), concurrency=concurrency)
    assert limit - 1e-9 <= tally.cost < limit + 0.1


async def test_the_first_article_is_waited_for_and_then_as_many_are_taken_as_the_rest_pays_for(store: Store) -> None:
    model = Paid(attempt())
    await run(store, model, Budget(cost=1.05), concurrency=4)
    assert model.most[0] == model.most[1] == 1
    assert max(model.most) == 4
    assert model.most[-1] <= 2


async def test_tokens_are_counted_over_all_attempts(store: Store) -> None:
    tally = await run(store, Paid(attempt(result="invalid"), attempt(number=2)), Budget(tokens=2_000), concurrency=4)
    assert (tally.exit_code, tally.new) == (3, 10)
    assert "--max-tokens 2,000 is reached" in str(tally.error)
    assert tally.prompt_tokens + tally.completion_tokens == 2_200


async def test_tokens_that_nobody_reports_are_reckoned_high_and_said_to_be(store: Store) -> None:
    tally = await run(store, Paid(attempt(None, None)), Budget(tokens=60_000, sent=6_000), concurrency=1)
    assert (tally.exit_code, tally.new) == (3, 10)
    assert "(10 requests reckoned)" in str(tally.error)
    assert "$" not in str(tally.error)


async def test_money_that_cannot_be_counted_is_spent_once_and_no_more(store: Store) -> None:
    tally = await run(store, Paid(attempt(None)), Budget(cost=5.0))
    assert (tally.exit_code, tally.new) == (3, 1)
    assert "a price is unknown" in str(tally.error)


async def test_money_that_cannot_be_counted_is_bounded_by_tokens_where_these_are(store: Store) -> None:
    tally = await run(store, Paid(attempt(None)), Budget(cost=5.0, tokens=1_100))
    assert (tally.exit_code, tally.new) == (3, 10)
    assert "--max-tokens 1,100 is reached" in str(tally.error)


async def test_a_limit_reached_by_the_last_article_ends_nothing(store: Store) -> None:
    tally = await run(store, Paid(attempt()), Budget(cost=0.5), 5)
    assert (tally.exit_code, tally.error, tally.interrupted, tally.new) == (0, None, False, 5)


async def test_articles_that_cost_nothing_are_not_waited_for(store: Store) -> None:
    model = Paid(attempt(cost=0.0))
    tally = await run(store, model, Budget(cost=1.0))
    assert (tally.exit_code, tally.new, max(model.most)) == (0, 50, 8)


async def test_what_needs_no_asking_spends_nothing(store: Store) -> None:
    await run(store, Paid(attempt()), Budget())
    tally = await run(store, Paid(attempt()), Budget(cost=0.0001, tokens=1))
    assert (tally.exit_code, tally.already, tally.new) == (0, 50, 0)


class Slow(ScriptedModel):
    """Answers nothing before it is cut off."""

    async def propose(self, article: Article) -> Proposal:
        await asyncio.sleep(LONG)
        return await super().propose(article)


async def test_a_run_ends_at_its_deadline_and_what_is_in_hand_waits(store: Store) -> None:
    tally = await run(store, Slow(), Budget(seconds=0.02), stop=Stop(grace=0.01))
    assert (tally.exit_code, tally.states, tally.left) == (3, {"waiting": 8}, 42)
    assert "--deadline of 0.02 s is over" in str(tally.error)
    assert not tally.interrupted
    assert (await run(store, ScriptedModel(), Budget(seconds=LONG))).states == {"extracted": 50}


async def test_a_run_that_is_interrupted_says_so_and_not_that_its_money_is_spent(store: Store) -> None:
    stop = Stop()
    stop.ask()
    tally = await run(store, Paid(attempt()), Budget(cost=1.0), stop=stop)
    assert (tally.exit_code, tally.error, tally.interrupted) == (130, None, True)


async def test_a_stopped_run_is_stored_with_the_limit_that_it_reached(store: Store) -> None:
    await run(store, Paid(attempt()), Budget(cost=1.0))
    detail = store._db.execute("SELECT state, detail FROM runs").fetchone()
    assert detail[0] == "stopped"
    assert "--max-cost 1 is reached" in detail[1]
