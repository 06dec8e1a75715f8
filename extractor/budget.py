"""Budget: how much one run may spend, in US dollars, tokens and seconds, and when it has to end."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from extractor.errors import BudgetError
from extractor.outcome import Attempt, Outcome
from extractor.report import charged

_LETTERS = 2  # characters a token: fewer than any text of ours has, so that what nobody reports is reckoned high


@dataclass(slots=True)
class Budget:
    """Limits of one run, None for none, and what the run has spent so far.

    Each article in hand is reckoned at the price of the dearest one yet, and the first one is waited for. So a run that
    nears a limit takes fewer at once, and passes it by about one article at most.
    """

    cost: float | None = None  # US dollars
    tokens: int | None = None  # sent and received
    seconds: float | None = None
    sent: int = 0  # tokens sent beside an article, for servers that report none
    _cost: float = 0.0
    _tokens: int = 0
    _dearest_cost: float = 0.0
    _dearest_tokens: int = 0
    _known: bool = False  # whether an article has been paid for yet
    _unpriced: int = 0  # requests
    _reckoned: int = 0  # requests whose tokens nobody reported
    _late: bool = False

    def room(self, in_hand: int) -> bool:
        """Whether one more article may be taken beside those in hand."""
        if self._blind or (in_hand and self.limited and not self._known):
            return False
        more = in_hand + 1 if in_hand else 0
        return _fits(self._cost, more * self._dearest_cost, self.cost) and _fits(
            self._tokens, more * self._dearest_tokens, self.tokens
        )

    def count(self, outcome: Outcome) -> None:
        """Add what an article has cost, whatever it came to."""
        paid = [attempt for attempt in outcome.attempts if charged(attempt)]
        cost = sum(attempt.usage.cost or 0.0 for attempt in paid)
        tokens = sum(self._used(attempt, outcome) for attempt in paid)
        self._known = self._known or bool(paid)
        self._unpriced += sum(attempt.usage.cost is None for attempt in paid)
        self._cost, self._tokens = self._cost + cost, self._tokens + tokens
        self._dearest_cost = max(self._dearest_cost, cost)
        self._dearest_tokens = max(self._dearest_tokens, tokens)

    def _used(self, attempt: Attempt, outcome: Outcome) -> int:
        usage = attempt.usage
        if usage.prompt_tokens is not None and usage.completion_tokens is not None:
            return usage.prompt_tokens + usage.completion_tokens
        self._reckoned += 1
        text = outcome.article.text if outcome.article else ""
        return self.sent + (len(text) + len(attempt.answer or "")) // _LETTERS

    @property
    def limited(self) -> bool:
        """Whether cost or tokens have a limit."""
        return self.cost is not None or self.tokens is not None

    @property
    def _blind(self) -> bool:
        """Whether nobody knows how much money is spent, and no other limit bounds it."""
        return self.cost is not None and self.tokens is None and self._unpriced > 0

    @contextmanager
    def timed(self, stop: Callable[[BudgetError], None]) -> Iterator[None]:
        """Call `stop` when the time is up; inside a running event loop."""

        def end() -> None:
            self._late = True
            stop(self.error())

        timer = None if self.seconds is None else asyncio.get_running_loop().call_later(self.seconds, end)
        try:
            yield
        finally:
            if timer is not None:
                timer.cancel()

    def error(self) -> BudgetError:
        """Say which limit ended the run, what was spent, and how to go on."""
        spent = f"{self._tokens:,} tokens" + (f" ({self._reckoned} requests reckoned)" if self._reckoned else "")
        if not self._unpriced:
            spent = f"${self._cost:.4f} and {spent}"
        if self._late:
            limit = f"--deadline of {self.seconds:g} s is over"
        elif self._blind:
            limit = "--max-cost cannot be held, for a price is unknown"
        elif self.cost is not None and self._cost >= self.cost:
            limit = f"--max-cost {self.cost:g} is reached"
        else:
            limit = f"--max-tokens {self.tokens:,} is reached"
        return BudgetError(f"{limit}, {spent} spent; the same command goes on")


def _fits(spent: float, reserved: float, limit: float | None) -> bool:
    return limit is None or (spent < limit and spent + reserved <= limit)
