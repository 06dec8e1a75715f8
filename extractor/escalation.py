"""Escalation: a stronger model is asked where another had trouble with an article, and the better answer stays."""

from dataclasses import replace

from extractor.article import Article, digest
from extractor.checking import examine
from extractor.errors import AnswerError, StopError
from extractor.model import InterruptedProposalError, Model, Proposal, ProposalError
from extractor.outcome import Attempt
from extractor.recipe import Recipe

# Answers that are no answer. What was refused or filtered is not taken elsewhere, and another model would meet the
# same context and the same service.
_USELESS = {"invalid", "not_json", "no_answer", "cut_off"}


class Escalation:
    """Two models as one: `stronger` reads what the first answered badly, or with records that failed their checks.

    Of two answers the one with more passing records stays, then the one with fewer failed ones, then the first. All
    attempts of both are kept.
    """

    def __init__(self, first: Model, stronger: Model) -> None:
        self._first, self._stronger = first, stronger

    @property
    def recipe(self) -> Recipe:
        """That of both: their names as one, "small + large", and all that decides what either gives."""
        first, stronger = self._first.recipe, self._stronger.recipe
        return replace(
            first,
            model=f"{first.model} + {stronger.model}",
            prompt_hash=digest(first.prompt_hash, stronger.prompt_hash),
            options=first.options | {"escalate": stronger.key},
        )

    async def propose(self, article: Article) -> Proposal:
        """Ask the first model and, where its answer leaves something wrong, the stronger one."""
        try:
            proposal = await self._first.propose(article)
        except ProposalError as error:
            if not (isinstance(error.cause, AnswerError) and error.cause.reason in _USELESS):
                raise
            return await self._instead(article, error)
        passing, failed = _worth(proposal, article)
        return await self._better(article, proposal, (passing, failed)) if failed else proposal

    async def _ask_stronger(self, article: Article, before: tuple[Attempt, ...]) -> Proposal:
        try:
            return await self._stronger.propose(article)
        except InterruptedProposalError as cut:
            raise InterruptedProposalError(_joined(before, cut.attempts)) from None

    async def _instead(self, article: Article, error: ProposalError) -> Proposal:
        try:
            second = await self._ask_stronger(article, error.attempts)
        except ProposalError as again:
            raise ProposalError(again.cause, _joined(error.attempts, again.attempts)) from None
        return Proposal(second.raw, _joined(error.attempts, second.attempts))

    async def _better(self, article: Article, first: Proposal, worth: tuple[int, int]) -> Proposal:
        try:
            second = await self._ask_stronger(article, first.attempts)
        except ProposalError as error:
            attempts = _joined(first.attempts, error.attempts)
            if isinstance(error.cause, StopError):
                raise ProposalError(error.cause, attempts) from None
            # What the first one found is not lost to the other's failure.
            return Proposal(first.raw, attempts)
        passing, failed = _worth(second, article)
        chosen = second if (passing, -failed) > (worth[0], -worth[1]) else first
        return Proposal(chosen.raw, _joined(first.attempts, second.attempts))

    async def close(self) -> None:
        """Close both."""
        try:
            await self._first.close()
        finally:
            await self._stronger.close()


def _worth(proposal: Proposal, article: Article) -> tuple[int, int]:
    """How many of its records pass their checks, and how many fail."""
    examined = examine(proposal.raw, article)
    return len(examined.records), len(examined.rejected)


def _joined(first: tuple[Attempt, ...], second: tuple[Attempt, ...]) -> tuple[Attempt, ...]:
    return *first, *(replace(attempt, number=len(first) + attempt.number) for attempt in second)
