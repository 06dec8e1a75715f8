"""Many articles: each ends in one outcome, nothing is asked twice, and a stop loses nothing."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.article import Article
from extractor.batch import Batch, Stop, work
from extractor.errors import AnswerError, ServiceError, StoreError
from extractor.model import InterruptedProposalError, Proposal, ProposalError
from extractor.outcome import Attempt, Outcome
from extractor.report import Tally
from extractor.store import Store
from tests.fakes import QUOTE, ScriptedModel, article, by_text

PAID = (Attempt(1, "2025-01-01T00:00:00Z", 1.0, "ok"),)
MISSING = Outcome("gone.txt", "failed", reason="missing", detail="no such file")


def articles(number: int, start: int = 0) -> list[Article | Outcome]:
    return [article(f"{i}.txt", f"{QUOTE} {i}") for i in range(start, start + number)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "register.db") as opened:
        yield opened


async def run(
    store: Store, model: Any, sources: list[Article | Outcome], *, stop: Stop | None = None, **options: Any
) -> Tally:
    return await Batch(model, store, **options).run(sources, len(sources), stop=stop or Stop())


def balanced(tally: Tally, total: int) -> bool:
    return tally.already + tally.twice + sum(tally.states.values()) + tally.left == total


async def test_every_source_ends_in_one_outcome_and_is_counted(store: Store) -> None:
    sources = [*articles(2), MISSING, article("sun.txt", "Sonne.")]
    tally = await run(store, ScriptedModel(), sources)
    assert tally.states == {"extracted": 2, "failed": 1, "empty": 1}
    assert (tally.records, tally.reasons) == ({"transfer": 2}, {"missing": 1})
    assert tally.examples == {"missing": ["gone.txt"]}
    assert (tally.exit_code, balanced(tally, 4)) == (1, True)
    assert store.status().states == tally.states


async def test_a_second_run_asks_nothing(store: Store) -> None:
    await run(store, ScriptedModel(), articles(3))
    model = ScriptedModel()
    tally = await run(store, model, articles(3))
    assert (model.asked, tally.already, tally.exit_code) == ([], 3, 0)


async def test_a_changed_file_is_asked_and_the_old_answer_kept(store: Store) -> None:
    await run(store, ScriptedModel(), [article("a.txt", QUOTE)])
    model = ScriptedModel()
    tally = await run(store, model, [article("a.txt", "Sonne.")])
    assert (model.asked, tally.states) == (["a.txt"], {"empty": 1})
    assert store.status().states == {"extracted": 1, "empty": 1}


async def test_force_asks_again(store: Store) -> None:
    await run(store, ScriptedModel(), articles(2))
    model = ScriptedModel()
    assert (await run(store, model, articles(2), force=True)).new == 2
    assert store.status().articles == 2


async def test_the_same_text_under_two_names_is_asked_once_and_both_names_are_kept(store: Store) -> None:
    model = ScriptedModel()
    tally = await run(store, model, [article("a.txt"), article("b.txt")])
    assert (model.asked, tally.twice, balanced(tally, 2)) == (["a.txt"], 1, True)
    assert (store.status().articles, store.status().sources) == (1, 2)


async def test_a_limit_counts_what_is_asked_so_that_repeating_it_gets_on(store: Store) -> None:
    first = await run(store, ScriptedModel(), articles(5), limit=2)
    second = await run(store, ScriptedModel(), articles(5), limit=2)
    assert (first.new, first.left, first.exit_code) == (2, 3, 0)
    assert (second.already, second.new, second.left) == (2, 2, 1)
    assert balanced(second, 5)


async def test_an_article_that_failed_for_good_is_not_asked_again(store: Store) -> None:
    def refuse(_: Article) -> dict[str, Any]:
        raise ProposalError(AnswerError("refused", "no"), PAID)

    first = await run(store, ScriptedModel(refuse), articles(1))
    model = ScriptedModel(refuse)
    second = await run(store, model, articles(1))
    assert (first.exit_code, first.requests) == (1, 1)
    assert (model.asked, second.exit_code) == ([], 0)


async def test_one_faulty_article_does_not_hurt_its_neighbours(store: Store) -> None:
    def answer(shown: Article) -> dict[str, Any]:
        if shown.source == "1.txt":
            raise RuntimeError("fault")
        return by_text(shown)

    tally = await run(store, ScriptedModel(answer), articles(3))
    assert (tally.states, tally.reasons) == ({"extracted": 2, "failed": 1}, {"internal": 1})


async def test_a_refusing_service_stops_the_run_and_what_is_left_waits(store: Store) -> None:
    def answer(shown: Article) -> dict[str, Any]:
        if shown.source == "2.txt":
            raise ProposalError(ServiceError("quota used up"), PAID)
        return by_text(shown)

    tally = await run(store, ScriptedModel(answer), articles(9), concurrency=1)
    assert (tally.states, tally.left) == ({"extracted": 2, "waiting": 1}, 6)
    assert (tally.exit_code, str(tally.error), balanced(tally, 9)) == (5, "quota used up", True)
    assert store.status().states["waiting"] == 1
    assert store.status().attempts == 1

    again = await run(store, ScriptedModel(), articles(9))
    assert (again.already, again.states) == (2, {"extracted": 7})


class Gated(ScriptedModel):
    """Answers when the gate opens; `started` is released for each article that is being asked."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.started = asyncio.Semaphore(0)
        self.busy = 0
        self.most = 0

    async def propose(self, article: Article) -> Proposal:
        self.busy += 1
        self.started.release()
        self.most = max(self.most, self.busy)
        try:
            await self.gate.wait()
            return await super().propose(article)
        finally:
            self.busy -= 1


async def until_busy(model: Gated, number: int) -> None:
    for _ in range(number):
        await model.started.acquire()


async def test_after_a_stop_the_articles_in_hand_are_finished_and_saved_and_no_new_one_is_taken(store: Store) -> None:
    model, stop = Gated(), Stop()
    running = asyncio.create_task(run(store, model, articles(50), concurrency=4, stop=stop))
    await until_busy(model, 4)
    stop.ask()
    model.gate.set()
    tally = await running
    assert (tally.states, tally.left, tally.interrupted) == ({"extracted": 4}, 46, True)
    assert (tally.exit_code, store.status().states) == (130, {"extracted": 4})


async def test_what_does_not_finish_in_the_time_of_grace_is_left_waiting(store: Store) -> None:
    model, stop = Gated(), Stop(grace=0.01)
    running = asyncio.create_task(run(store, model, articles(50), concurrency=4, stop=stop))
    await until_busy(model, 4)
    stop.ask()
    tally = await running
    assert (tally.states, tally.left, tally.exit_code) == ({"waiting": 4}, 46, 130)
    assert (await run(store, ScriptedModel(), articles(50))).states == {"extracted": 50}


class Paying(Gated):
    """Has paid for an attempt when it is cut off."""

    async def propose(self, article: Article) -> Proposal:
        try:
            return await super().propose(article)
        except asyncio.CancelledError:
            raise InterruptedProposalError(PAID) from None


async def test_what_was_paid_for_an_article_that_is_cut_off_is_stored(store: Store) -> None:
    model, stop = Paying(), Stop(grace=0.01)
    running = asyncio.create_task(run(store, model, articles(50), concurrency=4, stop=stop))
    await until_busy(model, 4)
    stop.ask()
    assert (await running).states == {"waiting": 4}
    assert store.status().attempts == 4 * len(PAID)


async def test_a_stop_is_heard_while_only_finished_articles_are_passed(store: Store) -> None:
    await run(store, ScriptedModel(), articles(5))
    stop = Stop()
    tally = await run(store, ScriptedModel(), articles(5), stop=stop, progress=lambda _: stop.ask())
    assert (tally.already, tally.left, tally.exit_code) == (1, 4, 130)


async def test_no_more_articles_are_asked_at_once_or_read_ahead_than_allowed() -> None:
    model, taken, done = Gated(), 0, list[str]()

    def source() -> Iterator[Article | Outcome]:
        nonlocal taken
        for item in articles(40):
            taken += 1
            yield item

    def keep(outcome: Outcome) -> None:
        done.append(outcome.source)

    running = asyncio.create_task(work(source(), model, concurrency=3, stop=Stop(), done=keep, in_order=True))
    await until_busy(model, 3)
    assert taken == 3
    model.gate.set()
    await running
    assert (model.most, taken, len(done)) == (3, 40, 40)


async def test_outcomes_come_in_the_order_of_the_articles_and_a_slow_first_one_bounds_the_memory() -> None:
    first = asyncio.Event()
    taken, done = Counter[str](), list[str]()

    answered = asyncio.Semaphore(0)

    class FirstIsSlow(ScriptedModel):
        async def propose(self, article: Article) -> Proposal:
            if article.source == "0.txt":
                await first.wait()
            answered.release()
            return await super().propose(article)

    def source() -> Iterator[Article | Outcome]:
        for item in articles(20):
            taken["all"] += 1
            yield item

    model = FirstIsSlow()
    running = asyncio.create_task(
        work(source(), model, concurrency=3, stop=Stop(), done=lambda one: done.append(one.source), in_order=True)
    )
    for _ in range(5):
        await answered.acquire()
    # Were it not bounded, the work would take more as soon as it has its turn.
    for _ in range(20):
        await asyncio.sleep(0)
    assert (taken["all"], done) == (6, [])
    first.set()
    await running
    assert done == [f"{number}.txt" for number in range(20)]


async def test_a_database_that_fails_stops_the_run_with_its_own_exit_code(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Store.write

    def full(self: Store, run: int, outcome: Outcome) -> None:
        if outcome.source == "1.txt":
            raise StoreError("disk full")
        write(self, run, outcome)

    monkeypatch.setattr(Store, "write", full)
    tally = await run(store, ScriptedModel(), articles(5), concurrency=1)
    assert (tally.exit_code, str(tally.error), balanced(tally, 5)) == (4, "disk full", True)
    assert store.status().states == {"extracted": 1}


async def test_progress_is_told_after_each_source(store: Store) -> None:
    seen: list[int] = []
    await run(store, ScriptedModel(), [*articles(3), MISSING], progress=lambda tally: seen.append(tally.new))
    assert seen[-1] == 4
    assert sorted(seen) == seen


async def test_an_error_in_the_consumer_ends_the_work_without_leaving_a_task() -> None:
    model = Gated()

    def source() -> Iterator[Article | Outcome]:
        yield MISSING
        yield from articles(3)

    def gone(_: Outcome) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        await work(source(), model, concurrency=3, stop=Stop(), done=gone)
    assert model.busy == 0
    assert len(asyncio.all_tasks()) == 1
