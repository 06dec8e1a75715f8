"""Limit: how long an answer may get when the one before it was cut off.

The first question sends no limit. Of the two names for it, OpenAI's reasoning models refuse `max_tokens` and older
servers skip `max_completion_tokens`, and either needs a number that suits the model; without one, every server we know
gives what the model has left. Only a server with a small limit of its own cuts an answer of ours, and there the second
question asks for more, by the name that nobody but old Azure deployments refuses. A server that has no more to give
refuses at once, which is cheaper than a second answer cut at the same place.
"""

from collections.abc import Sequence

from extractor.outcome import Attempt

_ENOUGH = 16_384  # tokens; several times the longest answer that an article of usual length needs


def larger_limit(attempts: Sequence[Attempt]) -> int | None:
    """Tokens to ask for after a cut answer: twice what it had, and no less than 16,384; None where none was cut."""
    cut = [attempt.usage.completion_tokens or 0 for attempt in attempts if attempt.result == "cut_off"]
    return max(_ENOUGH, 2 * max(cut)) if cut else None
