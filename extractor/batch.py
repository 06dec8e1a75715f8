"""Batch: many articles through one model into one register; plan, work, stop, resume."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Literal

from extractor.article import Article
from extractor.budget import Budget
from extractor.errors import BudgetError, StopError, StoreError
from extractor.extraction import UnansweredError, extract
from extractor.model import InterruptedProposalError, Model
from extractor.outcome import Outcome
from extractor.report import Tally
from extractor.store import Store

GRACE = 10.0  # seconds that the articles in hand may take once a stop is asked for


class Stop:
    """A request to end a run early, heeded between two articles; made inside the running event loop."""

    def __init__(self, grace: float = GRACE) -> None:
        self._loop = asyncio.get_running_loop()
        self._grace = grace
        self._deadline: float | None = None
        self.error: StopError | None = None
        self.heard: asyncio.Future[None] = self._loop.create_future()

    @property
    def asked(self) -> bool:
        """Whether no further article is to be taken."""
        return self._deadline is not None

    def ask(self, error: StopError | None = None) -> None:
        """Take no further article; the first request counts. Safe to call from a signal handler."""
        if not self.asked:
            self.error = error
            self._deadline = self._loop.time() + self._grace
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        if not self.heard.done():
            self.heard.set_result(None)

    def time_left(self) -> float:
        """Seconds that articles in hand may still take."""
        return max(0.0, (self._deadline or 0.0) - self._loop.time())


async def work(
    sources: Iterator[Article | Outcome],
    model: Model,
    *,
    concurrency: int,
    stop: Stop,
    done: Callable[[Outcome], None],
    in_order: bool = False,
    room: Callable[[int], bool] = lambda _: True,
) -> None:
    """Give each source's outcome to `done` as soon as it is there, or in the order of the sources.

    At most `concurrency` articles are asked at once and twice as many held; an error in `done` ends the work, and so
    does `room`, which is asked with the number in hand whether one more may be taken, when it refuses the only one.
    """
    held: list[asyncio.Task[Outcome]] = []
    busy: list[asyncio.Task[Outcome]] = []
    try:
        while True:
            while len(busy) < concurrency and len(held) < 2 * concurrency and not stop.asked and room(len(busy)):
                source = next(sources, None)
                if source is None:
                    break
                task = asyncio.create_task(_answer(source, model, stop))
                held.append(task)
                busy.append(task)
            if not held:
                return
            await _some_progress(busy, stop)
            while ready := next((task for task in held[: 1 if in_order else None] if task.done()), None):
                held.remove(ready)
                done(ready.result())
            busy = [task for task in held if not task.done()]
    finally:
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)


async def _answer(source: Article | Outcome, model: Model, stop: Stop) -> Outcome:
    if isinstance(source, Outcome):  # a file that gave no article
        return source
    try:
        return await extract(source, model)
    except UnansweredError as unanswered:
        stop.ask(unanswered.error)
        return unanswered.outcome
    except asyncio.CancelledError as cut:
        paid = cut.attempts if isinstance(cut, InterruptedProposalError) else ()
        return Outcome(source.source, "waiting", source, detail="stopped before the answer came", attempts=paid)


async def _some_progress(busy: list[asyncio.Task[Outcome]], stop: Stop) -> None:
    """Return when an article is answered or a stop is asked for; after the time of grace, cut off what is busy."""
    if not busy:
        return
    if not stop.asked:
        awaited: list[asyncio.Future[Any]] = [*busy, stop.heard]
        await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
        return
    answered, _ = await asyncio.wait(busy, timeout=stop.time_left(), return_when=asyncio.FIRST_COMPLETED)
    if not answered:
        for task in busy:
            task.cancel()
        await asyncio.wait(busy)


@dataclass(slots=True)
class Batch:
    """One run over many articles; every outcome is stored in its own transaction as soon as it is there."""

    model: Model
    store: Store
    force: bool = False  # ask again what has a final outcome
    limit: int | None = None  # articles to ask at most
    concurrency: int = 8
    budget: Budget = field(default_factory=Budget)
    progress: Callable[[Tally], None] = lambda _: None  # called after each article
    tally: Tally = field(default_factory=Tally)
    _run: int = 0
    _taken: set[str] = field(default_factory=set)

    async def run(self, sources: Iterable[Article | Outcome], total: int, *, stop: Stop, command: str = "") -> Tally:
        """Work through `total` sources and count what they came to; a StopError ends up in the tally, not here."""
        begin = perf_counter()
        self._run = self.store.start_run(self.model.recipe, command=command)
        whole = False
        try:
            with self.budget.timed(stop.ask):
                await work(
                    self._plan(sources, stop),
                    self.model,
                    concurrency=self.concurrency,
                    stop=stop,
                    done=self._keep,
                    room=self.budget.room,
                )
            whole = not stop.asked
        except StoreError as error:
            stop.ask(error)
        finally:
            self.tally.seconds = perf_counter() - begin
            self.tally.left = total - self.tally.articles
            self.tally.error = stop.error
            if isinstance(stop.error, BudgetError) or (whole and not self.budget.room(0)):
                # Told anew, with what was in hand; a limit that is reached by the last article has ended nothing.
                whole = not (self.tally.left or self.tally.states["waiting"])
                self.tally.error = None if whole else self.budget.error()
            self.tally.interrupted = not whole and self.tally.error is None
            self._finish("finished" if whole else "stopped")
        return self.tally

    def _finish(self, state: Literal["finished", "stopped"]) -> None:
        detail = str(self.tally.error or ("interrupted" if self.tally.interrupted else ""))
        try:
            self.store.finish_run(self._run, state, detail)
        except StoreError as error:
            self.tally.error = self.tally.error or error

    def _plan(self, sources: Iterable[Article | Outcome], stop: Stop) -> Iterator[Article | Outcome]:
        """The articles that must be asked, and what gave none; what needs no asking is counted on the way."""
        finished = set() if self.force else self.store.finished(self.model.recipe)
        elsewhere = set() if self.force else self.store.submissions.in_flight(self.model.recipe)
        for source in sources:
            if isinstance(source, Outcome):
                yield source
                continue
            self.store.see(source.source, source, self._run)
            if source.key in elsewhere:  # with the service's Batch API, and paid for: it stays waiting
                continue
            if source.key in finished:
                self.tally.already += 1
            elif source.key in self._taken:
                self.tally.twice += 1
            else:
                self._taken.add(source.key)
                yield source
            self.progress(self.tally)
            if stop.asked or len(self._taken) == self.limit:
                return

    def _keep(self, outcome: Outcome) -> None:
        self.store.write(self._run, outcome)
        self.tally.add(outcome)
        self.budget.count(outcome)
        self.progress(self.tally)
