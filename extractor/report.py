"""Report: what a run came to, counted as it goes, and the exit code that says so."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.errors import Reason, StopError
from extractor.outcome import Attempt, Kind, Outcome, State, Usage

INTERRUPTED = 130
SOME_FAILED = 1
_EXAMPLES = 5


@dataclass(slots=True)
class Tally:
    """Counts over one run; every source is in exactly one of already, twice, the states, and left."""

    already: int = 0  # had a final outcome under this recipe
    twice: int = 0  # the same text under another name in this run
    left: int = 0  # not reached, or dropped when the run was cut off
    states: Counter[State] = field(default_factory=Counter)
    reasons: Counter[Reason] = field(default_factory=Counter)
    examples: dict[Reason, list[str]] = field(default_factory=dict)  # up to five sources each
    records: Counter[Kind] = field(default_factory=Counter)
    doubtful: int = 0
    rejected: int = 0
    requests: int = 0
    recalled: int = 0  # answers from the cache or a recording, for which nothing was sent
    unpriced: int = 0  # requests that an unknown sum was paid for
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0  # of the prompt tokens
    cost: float = 0.0  # US dollars, of the requests with a known price
    seconds: float = 0.0
    interrupted: bool = False
    error: StopError | None = None

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.states[outcome.state] += 1
        if outcome.state == "failed" and outcome.reason:
            self.reasons[outcome.reason] += 1
            examples = self.examples.setdefault(outcome.reason, [])
            if len(examples) < _EXAMPLES:
                examples.append(outcome.source)
        for checked in outcome.records:
            self.records[checked.kind] += 1
            self.doubtful += checked.doubtful
        self.rejected += len(outcome.rejected)
        for attempt in outcome.attempts:
            self.requests += not attempt.recalled
            self.recalled += attempt.recalled
            self.unpriced += _unpriced(attempt)
            self.prompt_tokens += attempt.usage.prompt_tokens or 0
            self.completion_tokens += attempt.usage.completion_tokens or 0
            self.cached_tokens += attempt.usage.cached_tokens or 0
            self.cost += attempt.usage.cost or 0.0

    @property
    def new(self) -> int:
        """Articles that got an outcome in this run."""
        return self.states.total()

    @property
    def articles(self) -> int:
        """Sources that the run is done with."""
        return self.already + self.twice + self.new

    @property
    def exit_code(self) -> int:
        """130 interrupted, the code of the error that stopped the run, 1 where an article failed, else 0."""
        if self.error:
            return self.error.exit_code
        if self.interrupted:
            return INTERRUPTED
        return SOME_FAILED if self.states["failed"] else 0


def spent(attempts: Sequence[Attempt]) -> Usage:
    """Sum over all attempts, failed ones too; None where no attempt reported it, or a price is unknown."""
    usages = [attempt.usage for attempt in attempts]
    cost = sum(usage.cost or 0.0 for usage in usages)
    return Usage(
        _reported([usage.prompt_tokens for usage in usages]),
        _reported([usage.completion_tokens for usage in usages]),
        _reported([usage.cached_tokens for usage in usages]),
        None if any(_unpriced(attempt) for attempt in attempts) else cost,
    )


def _reported(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known or not values else None


def charged(attempt: Attempt) -> bool:
    """Whether a server worked for it; a refused connection costs nothing."""
    return attempt.result == "ok" or attempt.answer is not None or attempt.usage.prompt_tokens is not None


def _unpriced(attempt: Attempt) -> bool:
    return charged(attempt) and attempt.usage.cost is None
