"""One article in, one outcome out, whatever the model does."""

from typing import Any

import pytest

from extractor import extraction as module
from extractor.article import Article
from extractor.errors import AnswerError, ServiceError, TransientError
from extractor.extraction import UnansweredError, extract
from extractor.model import ProposalError
from extractor.outcome import Attempt
from tests.fakes import QUOTE, ScriptedModel, article, extraction, transfer

PAID = (Attempt(1, "2025-01-01T00:00:00Z", 1.5, "server"), Attempt(2, "2025-01-01T00:00:02Z", 1.5, "ok"))


def raising(error: Exception) -> ScriptedModel:
    def answer(_: Article) -> dict[str, Any]:
        raise error

    return ScriptedModel(answer)


async def test_a_record_that_passes_its_checks_is_extracted_with_its_place_in_the_text() -> None:
    outcome = await extract(article(text=f"Am Montag: {QUOTE}"), ScriptedModel(attempts=PAID))
    assert (outcome.state, outcome.source, outcome.attempts) == ("extracted", "a.txt", PAID)
    assert outcome.records[0].spans[0].start == len("Am Montag: ")
    assert outcome.seconds > 0


async def test_an_article_without_records_is_empty() -> None:
    outcome = await extract(article(text="Das Wetter wird schön."), ScriptedModel())
    assert (outcome.state, outcome.records, outcome.rejected) == ("empty", (), ())


async def test_an_article_whose_records_all_fail_is_unsupported_and_keeps_them_apart() -> None:
    invented = transfer(evidence=["Nordkorea hat Russland nichts geliefert."])
    outcome = await extract(article(), ScriptedModel(lambda _: extraction(invented)))
    assert (outcome.state, outcome.records) == ("unsupported", ())
    assert outcome.rejected[0].raw == invented


@pytest.mark.parametrize(
    "error", [AnswerError("refused", "I cannot help with that"), TransientError("timeout", "no answer in 120 s")]
)
async def test_a_model_that_gives_up_fails_the_article_with_its_reason_and_keeps_the_attempts(
    error: AnswerError | TransientError,
) -> None:
    outcome = await extract(article(), raising(ProposalError(error, PAID)))
    assert (outcome.state, outcome.reason, outcome.detail) == ("failed", error.reason, error.detail)
    assert outcome.attempts == PAID


@pytest.mark.parametrize("wrapped", [True, False])
async def test_a_refusing_service_leaves_the_article_waiting_with_the_attempts_paid_for(wrapped: bool) -> None:
    refused = ServiceError("the key is not accepted")
    with pytest.raises(UnansweredError) as caught:
        await extract(article(), raising(ProposalError(refused, PAID) if wrapped else refused))
    assert caught.value.error is refused
    assert (caught.value.outcome.state, caught.value.outcome.detail) == ("waiting", "the key is not accepted")
    assert caught.value.outcome.attempts == (PAID if wrapped else ())


async def test_an_unexpected_error_fails_one_article_and_says_where_it_arose() -> None:
    outcome = await extract(article(), raising(ZeroDivisionError("division by zero")))
    assert (outcome.state, outcome.reason) == ("failed", "internal")
    assert outcome.detail.startswith("ZeroDivisionError at test_extraction.py:")
    assert outcome.detail.endswith(": division by zero")


async def test_an_unexpected_error_while_checking_keeps_the_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken\ncheck")

    monkeypatch.setattr(module, "examine", broken)
    outcome = await extract(article(), ScriptedModel(attempts=PAID))
    assert (outcome.state, outcome.reason, outcome.attempts) == ("failed", "internal", PAID)
    assert outcome.detail.endswith(": broken check")


async def test_the_text_of_an_article_does_not_reach_the_detail_of_a_fault() -> None:
    outcome = await extract(article(), raising(ValueError(f"bad value: {QUOTE[:30]}")))
    assert "Nordkorea" not in outcome.detail
    assert outcome.detail.startswith("ValueError at ")
