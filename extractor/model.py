"""Model: whatever reads an article and proposes records. The baseline is one, a language model is another."""

import asyncio
from dataclasses import dataclass
from typing import Any, Protocol

from extractor.article import Article
from extractor.outcome import Attempt
from extractor.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model answered, not yet trusted: `raw` has the shape of an Extraction, or nearly."""

    raw: dict[str, Any]
    attempts: tuple[Attempt, ...] = ()


class ProposalError(Exception):
    """A model gave up on an article: `cause` says why, `attempts` what was tried and paid."""

    def __init__(self, cause: Exception, attempts: tuple[Attempt, ...]) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.attempts = attempts


class InterruptedProposalError(asyncio.CancelledError):
    """The run was stopped while a model was asked: `attempts` were made, and paid for, until then."""

    def __init__(self, attempts: tuple[Attempt, ...]) -> None:
        super().__init__()
        self.attempts = attempts


class Model(Protocol):
    """Asked once for each article."""

    @property
    def recipe(self) -> Recipe:
        """What identifies this model's results."""
        ...

    async def propose(self, article: Article) -> Proposal:
        """Read the article; raise ProposalError around an ArticleError or a StopError."""
        ...

    async def close(self) -> None:
        """Give back connections."""
        ...
