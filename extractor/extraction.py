"""Extraction: one Article in, one Outcome out; nothing is stored here."""

import traceback
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from extractor.article import Article
from extractor.checking import examine
from extractor.errors import ArticleError, StopError
from extractor.model import Model, ProposalError
from extractor.outcome import Attempt, Outcome, State


class UnansweredError(Exception):
    """Nothing more can be asked: `error` says why, `outcome` is the article left waiting with the tries paid for it."""

    def __init__(self, error: StopError, outcome: Outcome) -> None:
        super().__init__(str(error))
        self.error = error
        self.outcome = outcome


async def extract(article: Article, model: Model) -> Outcome:
    """Ask the model, check what it proposes, and say what the article came to; raise UnansweredError on a StopError."""
    begin = perf_counter()
    try:
        proposal = await model.propose(article)
    except ProposalError as error:
        outcome = _given_up(article, error.cause, error.attempts)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not take the others with it
        outcome = _given_up(article, error, ())
    else:
        outcome = _judged(article, proposal.raw, proposal.attempts)
    return replace(outcome, seconds=perf_counter() - begin)


def _judged(article: Article, raw: dict[str, object], attempts: tuple[Attempt, ...]) -> Outcome:
    try:
        examined = examine(raw, article)
    except Exception as error:  # noqa: BLE001 - likewise, and the attempts are paid for
        return _given_up(article, error, attempts)
    state: State = "extracted" if examined.records else "unsupported" if examined.rejected else "empty"
    return Outcome(
        article.source,
        state,
        article,
        records=examined.records,
        rejected=examined.rejected,
        attempts=attempts,
    )


def _given_up(article: Article, error: Exception, attempts: tuple[Attempt, ...]) -> Outcome:
    if isinstance(error, StopError):
        waiting = Outcome(article.source, "waiting", article, detail=str(error), attempts=attempts)
        raise UnansweredError(error, waiting) from error
    if isinstance(error, ArticleError):
        return Outcome(article.source, "failed", article, reason=error.reason, detail=error.detail, attempts=attempts)
    return Outcome(
        article.source, "failed", article, reason="internal", detail=_described(error, article), attempts=attempts
    )


def _described(error: Exception, article: Article) -> str:
    """Type, place and message in one line; a message that quotes the article is left out, for it reaches logs."""
    frame = traceback.extract_tb(error.__traceback__)[-1:]
    place = f" at {Path(frame[0].filename).name}:{frame[0].lineno}" if frame else ""
    message = " ".join(str(error).split())[:200]
    leaks = any(message[start : start + 12] in article.text for start in range(max(1, len(message) - 11)))
    return f"{type(error).__name__}{place}{'' if leaks else ': ' + message}"
