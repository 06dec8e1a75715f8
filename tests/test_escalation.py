"""Which articles a stronger model is asked about, and whose answer stays."""

from collections.abc import Callable
from typing import Any

import pytest

from extractor.article import Article
from extractor.errors import AnswerError, ExtractorError, Reason, ServiceError, TransientError
from extractor.escalation import Escalation
from extractor.extraction import UnansweredError, extract
from extractor.model import InterruptedProposalError, Model, Proposal, ProposalError
from extractor.outcome import Attempt, Usage
from extractor.recipe import Recipe
from extractor.report import spent
from tests.fakes import article, extraction, transfer

GOOD, MORE = transfer(), transfer(id="T2", item="more missiles")
BAD = transfer(id="T3", evidence=["Dieses Zitat steht nirgends im Artikel."])


class Answering:
    """A model that gives an answer or an error, for a cent and at so many attempts."""

    def __init__(self, name: str, answer: dict[str, Any] | ExtractorError, attempts: int = 1) -> None:
        self._name, self._answer = name, answer
        self._attempts = tuple(
            Attempt(number, "2026-11-20T00:00:00", 0.1, "ok", model=name, usage=Usage(1, 1, 0, 0.01))
            for number in range(1, attempts + 1)
        )
        self.asked: list[str] = []
        self.closed = False

    @property
    def recipe(self) -> Recipe:
        return Recipe(self._name, "http://127.0.0.1/v1", "prompt", "schema", {"attempts": 2})

    async def propose(self, article: Article) -> Proposal:
        self.asked.append(article.source)
        if isinstance(self._answer, ExtractorError):
            raise ProposalError(self._answer, self._attempts)
        return Proposal(self._answer, self._attempts)

    async def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("answer", [extraction(), extraction(GOOD), extraction(GOOD, MORE)])
async def test_an_answer_without_a_fault_is_not_taken_further(answer: dict[str, Any]) -> None:
    small, large = Answering("small", answer), Answering("large", extraction())

    assert (await Escalation(small, large).propose(article())).raw == answer
    assert (small.asked, large.asked) == (["a.txt"], [])


@pytest.mark.parametrize(
    ("first", "second", "stays"),
    [
        ([GOOD, BAD], [GOOD, MORE], "second"),
        ([GOOD, BAD], [GOOD], "second"),  # as many that pass, fewer that fail
        ([BAD], [], "second"),  # nothing to be coded after all
        ([GOOD, BAD], [MORE, BAD], "first"),
        ([GOOD, BAD], [], "first"),
        ([GOOD, BAD], [BAD], "first"),
        ([GOOD, MORE, BAD], [GOOD], "first"),
    ],
)
async def test_the_answer_with_more_passing_and_then_fewer_failed_records_stays(
    first: list[dict[str, Any]], second: list[dict[str, Any]], stays: str
) -> None:
    answers = {"first": extraction(*first), "second": extraction(*second)}
    model = Escalation(Answering("small", answers["first"]), Answering("large", answers["second"]))

    assert (await model.propose(article())).raw == answers[stays]


async def test_all_attempts_of_both_are_on_the_bill_in_order() -> None:
    model: Model = Escalation(Answering("small", extraction(BAD), 2), Answering("large", extraction(GOOD), 3))

    outcome = await extract(article(), model)

    assert [attempt.number for attempt in outcome.attempts] == [1, 2, 3, 4, 5]
    assert [attempt.model for attempt in outcome.attempts] == ["small"] * 2 + ["large"] * 3
    assert spent(outcome.attempts).cost == pytest.approx(0.05)
    assert [checked.record.id for checked in outcome.records] == ["T1"]


@pytest.mark.parametrize("reason", ["invalid", "not_json", "no_answer", "cut_off"])
async def test_an_answer_that_is_none_is_taken_further(reason: Reason) -> None:
    model = Escalation(Answering("small", AnswerError(reason, "it")), Answering("large", extraction(GOOD)))

    proposal = await model.propose(article())

    assert proposal.raw == extraction(GOOD)
    assert [attempt.number for attempt in proposal.attempts] == [1, 2]


@pytest.mark.parametrize(
    "error",
    [
        AnswerError("refused", "No."),
        AnswerError("filtered", "it"),
        AnswerError("context", "too long"),
        TransientError("server", "it failed"),
        ServiceError("the key was refused"),
    ],
)
async def test_a_refusal_and_a_failing_service_are_not_taken_further(error: ExtractorError) -> None:
    large = Answering("large", extraction(GOOD))

    with pytest.raises(ProposalError) as caught:
        await Escalation(Answering("small", error), large).propose(article())

    assert (caught.value.cause, large.asked) == (error, [])


@pytest.mark.parametrize("error", [AnswerError("refused", "No."), TransientError("timeout", "late")])
async def test_what_the_first_found_is_not_lost_when_the_stronger_gives_nothing(error: ExtractorError) -> None:
    model = Escalation(Answering("small", extraction(GOOD, BAD)), Answering("large", error))

    outcome = await extract(article(), model)

    assert (outcome.state, len(outcome.records), len(outcome.rejected), len(outcome.attempts)) == ("extracted", 1, 1, 2)


async def test_an_article_that_neither_answers_fails_with_the_reason_of_the_last() -> None:
    model = Escalation(
        Answering("small", AnswerError("cut_off", "it")), Answering("large", AnswerError("refused", "No"))
    )

    outcome = await extract(article(), model)

    assert (outcome.state, outcome.reason, len(outcome.attempts)) == ("failed", "refused", 2)


@pytest.mark.parametrize("first", [extraction(BAD), AnswerError("invalid", "it")])
async def test_a_stronger_model_that_cannot_be_asked_stops_the_run_and_leaves_the_article_waiting(
    first: dict[str, Any] | AnswerError,
) -> None:
    model = Escalation(Answering("small", first), Answering("large", ServiceError("no such model")))

    with pytest.raises(UnansweredError) as caught:
        await extract(article(), model)

    assert (caught.value.outcome.state, len(caught.value.outcome.attempts)) == ("waiting", 2)


def test_the_recipe_names_both_and_changes_with_either() -> None:
    def key(first: str, second: str) -> str:
        return Escalation(Answering(first, {}), Answering(second, {})).recipe.key

    both = Escalation(Answering("small", {}), Answering("large", {}))
    assert both.recipe.model == "small + large"
    assert both.recipe.schema_hash == "schema"
    keys = {key("small", "large"), key("large", "small"), key("small", "larger"), Answering("small", {}).recipe.key}
    assert len(keys) == 4
    assert key("small", "large") == both.recipe.key


async def test_both_are_closed_even_if_one_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = Answering("small", {}), Answering("large", {})

    async def failing() -> None:
        raise OSError("gone")

    failing_close: Callable[[], Any] = failing
    monkeypatch.setattr(small, "close", failing_close)
    with pytest.raises(OSError, match="gone"):
        await Escalation(small, large).close()
    assert large.closed


class Stopped(Answering):
    """A model that is asked when the run is stopped."""

    async def propose(self, article: Article) -> Proposal:
        await super().propose(article)
        raise InterruptedProposalError(self._attempts)


async def test_a_stop_keeps_what_was_paid_to_both() -> None:
    small, large = Answering("small", extraction(GOOD, BAD)), Stopped("large", extraction(GOOD))
    with pytest.raises(InterruptedProposalError) as caught:
        await Escalation(small, large).propose(article())
    assert [(attempt.number, attempt.model) for attempt in caught.value.attempts] == [(1, "small"), (2, "large")]
