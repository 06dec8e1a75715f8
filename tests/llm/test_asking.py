"""What is asked again after an answer with faults, how often, and what becomes of the answers."""

import asyncio
import json
from typing import Any

import pytest

from extractor.errors import AnswerError, ServiceError
from extractor.llm import LanguageModel
from extractor.llm.draft import Draft
from tests.fakes import article, extraction, transfer
from tests.llm.asked import GOOD, Models, failure
from tests.server import EMPTY, Server

BAD = transfer(id="T2", item="shells", evidence=["Dieses Zitat steht nirgends im Artikel."])
MENDED = transfer(id="T2", item="shells")
HALF_GOOD = extraction(transfer(), BAD)


async def test_a_failed_record_is_mended_and_takes_its_old_place(server: Server, model: LanguageModel) -> None:
    server.answer(extraction(BAD, transfer()))
    server.answer(extraction(MENDED))

    proposal = await model.propose(article())

    assert proposal.raw == extraction(MENDED, transfer())
    assert [attempt.result for attempt in proposal.attempts] == ["invalid", "ok"]


async def test_the_second_question_is_about_what_failed_and_about_nothing_else(
    server: Server, model: LanguageModel
) -> None:
    server.answer(HALF_GOOD)
    text = "{{ 7*7 }} {# kept #} " + article().text

    await model.propose(article(text=text))

    first, second = server.requests
    assert second.messages[:2] == first.messages
    assert second.messages[1].endswith(text)
    assert json.loads(second.messages[2]) == extraction(BAD)
    wording, fault = second.messages[3].rsplit("\n\n", 1)
    assert wording.startswith("These parts of the answer failed")
    assert fault.startswith("T2: ")
    assert second.body["response_format"] == first.body["response_format"]


@pytest.mark.parametrize("attempts", [1, 2, 3, 5])
async def test_always_invalid_answers_cost_exactly_the_attempts(
    server: Server, model_of: Models, attempts: int
) -> None:
    server.default = lambda _: HALF_GOOD

    proposal = await model_of(attempts=attempts).propose(article())

    assert proposal.raw == HALF_GOOD  # the good record and the bad one, which the checks will keep apart
    assert [attempt.result for attempt in proposal.attempts] == ["invalid"] * attempts
    sizes = [len(request.raw) for request in server.requests]
    assert len(sizes) == attempts
    assert max(sizes) < 1.1 * sizes[0]


async def test_many_faults_make_no_long_question(server: Server, model: LanguageModel) -> None:
    many = [transfer(id=f"T{number}", evidence=["x" * 290], item="y" * 290) for number in range(1, 200)]
    server.default = lambda _: extraction(*many)

    await model.propose(article())

    first, second = server.requests
    assert len(second.raw) < 2.5 * len(first.raw)


async def test_a_record_that_passed_cannot_be_changed_by_the_second_answer(
    server: Server, model: LanguageModel
) -> None:
    server.answer(HALF_GOOD)
    server.answer(extraction(transfer(item="something else"), MENDED))

    assert (await model.propose(article())).raw == extraction(transfer(), MENDED)


async def test_a_record_that_the_model_takes_back_stays_on_record_and_is_not_asked_about_again(
    server: Server, model_of: Models
) -> None:
    server.answer(HALF_GOOD)
    server.answer(EMPTY)

    assert (await model_of(attempts=4).propose(article())).raw == HALF_GOOD
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "then",
    [
        {"content": "no JSON"},
        {"content": None, "refusal": "No."},
        {"content": json.dumps(GOOD), "finish": "length"},
        {"content": '{"transfers": 3}'},
    ],
)
async def test_a_second_answer_of_no_use_takes_nothing_back(
    server: Server, model: LanguageModel, then: dict[str, Any]
) -> None:
    server.answer(HALF_GOOD)
    server.say(**then)

    proposal = await model.propose(article())

    assert proposal.raw == HALF_GOOD
    assert len(proposal.attempts) == len(server.requests) == 2


async def test_a_service_that_refuses_the_second_question_stops_the_run(server: Server, model: LanguageModel) -> None:
    server.answer(HALF_GOOD)
    server.fail(401)

    error = await failure(model)

    assert isinstance(error.cause, ServiceError)
    assert [attempt.result for attempt in error.attempts] == ["invalid", "service"]


async def test_an_answer_of_another_shape_is_replaced_as_a_whole(server: Server, model: LanguageModel) -> None:
    server.say('{"records": []}')
    server.answer(GOOD)

    assert (await model.propose(article())).raw == GOOD
    assert json.loads(server.requests[1].messages[2]) == {"records": []}
    assert "it holds records" in server.requests[1].messages[3]


@pytest.mark.parametrize("shape", [{}, {"transfers": []}, EMPTY | {"extra": 1}, EMPTY | {"treaties": None}])
async def test_an_answer_that_keeps_another_shape_fails_and_is_not_taken_for_empty(
    server: Server, model: LanguageModel, shape: dict[str, Any]
) -> None:
    server.default = lambda _: shape

    error = await failure(model)

    assert isinstance(error.cause, AnswerError)
    assert error.cause.reason == "invalid"
    assert len(server.requests) == 2


async def test_a_useless_answer_and_a_faulty_one_share_the_attempts(server: Server, model: LanguageModel) -> None:
    server.say("no JSON")
    server.answer(HALF_GOOD)

    assert (await model.propose(article())).raw == HALF_GOOD
    assert len(server.requests) == 2


async def test_half_a_character_in_a_failed_record_can_be_sent_back(server: Server, model: LanguageModel) -> None:
    server.say(json.dumps(extraction(transfer(item="\ud83d"))))

    await model.propose(article())

    assert "\\ud83d" in server.requests[1].messages[2]


async def test_articles_asked_again_at_the_same_time_do_not_mix(server: Server, model: LanguageModel) -> None:
    def answer(body: dict[str, Any]) -> dict[str, Any]:
        name = body["messages"][1]["content"].rsplit(" ", 1)[1]
        again = len(body["messages"]) > 2
        return extraction(transfer(item=name, evidence=[article().text if again else "Steht nicht da, gar nicht."]))

    server.default = answer

    texts = [f"{article().text} Nummer {number}" for number in range(8)]
    proposals = await asyncio.gather(*(model.propose(article(text=text)) for text in texts))

    assert [proposal.raw["transfers"][0]["item"] for proposal in proposals] == [str(number) for number in range(8)]
    assert len(server.requests) == 16


async def test_a_fault_of_ours_is_not_taken_for_a_bad_answer(
    server: Server, model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Instructor wraps whatever its `create` raises, and what is swallowed there is never found."""
    server.answer(HALF_GOOD)

    def broken(self: Draft, repaired: dict[str, Any]) -> None:
        raise KeyError("a fault of ours")

    monkeypatch.setattr(Draft, "merge", broken)
    with pytest.raises(KeyError, match="a fault of ours"):
        await model.propose(article())


def test_records_that_share_an_id_or_have_none_are_kept_and_counted() -> None:
    twice = extraction(transfer(), transfer(item="a twin"), {"item": "nameless"})
    draft = Draft(article(), twice)
    assert [fault.partition(":")[0] for fault in draft.faults] == ["T1", "transfer"]

    draft.merge(extraction(transfer(id="T5", item="a twin")))

    assert [record.get("id") for record in draft.raw["transfers"]] == ["T1", "T1", None, "T5"]
    assert draft.faults == []
