"""What an article comes to where the service fails, over a real socket."""

import asyncio
import traceback
from collections.abc import Callable

import pytest

from extractor.errors import AnswerError, ServiceError, TransientError
from extractor.llm import LanguageModel
from extractor.model import InterruptedProposalError
from tests.fakes import article, extraction, transfer
from tests.llm.asked import GOOD, Models, failure
from tests.llm.conftest import KEY
from tests.server import Server

# What the server does again and again, what the article or the run comes to, requests made.
FAULTS: list[tuple[Callable[[Server], None], str, int]] = [
    (lambda it: it.fail(500), "server", 4),
    (lambda it: it.fail(503), "server", 4),
    (lambda it: it.fail(408), "timeout", 2),
    (lambda it: it.cut(), "connection", 4),
    (lambda it: it.raw(b""), "connection", 4),
    (lambda it: it.raw(b"not http\r\n\r\n"), "connection", 4),
    (lambda it: it.fail(413), "context", 1),
    (lambda it: it.fail(400, body='{"error": {"code": "context_length_exceeded"}}'), "context", 1),
    (lambda it: it.fail(400, body='{"error": {"code": "content_filter"}}'), "filtered", 1),
    (lambda it: it.fail(400, body='{"error": {"message": "Invalid schema for response_format"}}'), "stop: Schema", 1),
    (lambda it: it.fail(400), "bad_request", 1),
    (lambda it: it.fail(401, body='{"error": {"message": "wrong key ' + KEY + '"}}'), "stop: API key", 1),
    (lambda it: it.fail(403), "stop: API key", 1),
    (lambda it: it.fail(404), "stop: model's name", 1),
    (lambda it: it.fail(402), "stop: billing", 1),
    (lambda it: it.fail(429, body='{"error": {"code": "insufficient_quota"}}'), "stop: billing", 1),
    (lambda it: it.fail(429, {"retry-after": "600"}), "stop: 600 s: try again later, after 20", 1),
    (lambda it: it.fail(429, {"retry-after": "2"}), "stop: 8 pauses brought no answer: try again later", 8),
    (lambda it: it.fail(307, {"location": "http://127.0.0.1:9/v1"}), "stop: redirects", 1),
    (lambda it: it.fail(500, body=f"crashed with {KEY}"), "server", 4),
]


@pytest.mark.parametrize(("misbehave", "end", "requests"), FAULTS)
async def test_a_failing_service_is_asked_again_by_the_table(
    server: Server, model: LanguageModel, misbehave: Callable[[Server], None], end: str, requests: int
) -> None:
    for _ in range(10):
        misbehave(server)

    error = await failure(model)

    assert len(server.requests) == len(error.attempts) == requests
    if end.startswith("stop: "):
        assert isinstance(error.cause, ServiceError)
        assert end.removeprefix("stop: ").lower() in str(error.cause).lower()
    else:
        assert isinstance(error.cause, TransientError | AnswerError)
        assert error.cause.reason == end
    shown = "".join(traceback.format_exception(error)) + repr(error.attempts)
    assert KEY not in shown


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refused_key_is_not_shown_even_in_part(server: Server, model: LanguageModel, status: int) -> None:
    server.fail(status, body='{"error": {"message": "Incorrect API key provided: sk-t***cret"}}')

    error = await failure(model)

    assert "cret" not in str(error) + repr(error.attempts)


async def test_three_server_errors_and_an_answer_are_four_requests(
    server: Server, model: LanguageModel, waits: list[float]
) -> None:
    for _ in range(3):
        server.fail(500)
    server.answer(GOOD)

    proposal = await model.propose(article())

    assert proposal.raw == GOOD
    assert [attempt.result for attempt in proposal.attempts] == ["server", "server", "server", "ok"]
    assert len(server.requests) == 4
    assert waits == sorted(waits)


async def test_a_wait_that_the_service_asks_for_is_kept_to(
    server: Server, model: LanguageModel, waits: list[float]
) -> None:
    server.fail(429, {"retry-after-ms": "2500"})
    server.answer(GOOD)

    await model.propose(article())

    assert waits == [pytest.approx(2.5, abs=0.1)]


async def test_nobody_listening_stops_the_run_with_the_address(server: Server, model: LanguageModel) -> None:
    server.stop()

    error = await failure(model)

    assert isinstance(error.cause, ServiceError)
    assert f"cannot reach {server.url}" in str(error.cause)
    assert "\n" not in str(error.cause)


@pytest.mark.parametrize("stall", [Server.hang, Server.drip])
async def test_a_reply_that_is_not_whole_by_the_deadline_is_given_up(
    server: Server, model_of: Models, stall: Callable[[Server], None]
) -> None:
    stall(server)
    stall(server)

    async with asyncio.timeout(5):
        error = await failure(model_of(deadline=0.3))

    assert isinstance(error.cause, TransientError)
    assert error.cause.reason == "timeout"
    assert len(server.requests) == 2


async def test_what_was_paid_for_before_a_stop_is_not_lost(server: Server, model: LanguageModel) -> None:
    server.answer(extraction(transfer(evidence=["Dieses Zitat steht nirgends."])))
    server.hang()
    asking = asyncio.create_task(model.propose(article()))
    await asyncio.to_thread(server.wait_for, 2)

    asking.cancel()
    with pytest.raises(InterruptedProposalError) as caught:
        await asking

    assert [(attempt.result, attempt.usage.prompt_tokens) for attempt in caught.value.attempts] == [("invalid", 100)]
