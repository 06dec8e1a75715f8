"""The Batch API on the wire: what is a clear answer, what is none, and what the replies of batches add up to."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from extractor.errors import ServiceError
from extractor.llm.access import Access
from extractor.llm.batches import Batches, GoneError, UncertainError, read_lines
from extractor.llm.policy import Policy
from extractor.llm.prices import Price
from extractor.llm.rounds import Answered, Reply, Rounds
from extractor.model import Proposal, ProposalError
from extractor.outcome import Usage
from tests.batch_server import BatchServer, line, unsent
from tests.fakes import article, extraction, transfer
from tests.llm.conftest import KEY
from tests.server import completion

GOOD = extraction(transfer())
FILE = b'{"custom_id": "a", "body": {"messages": []}}\n'


@pytest.fixture
def server() -> Iterator[BatchServer]:
    with BatchServer() as running:
        yield running


@pytest.fixture
def alone(waits: list[float]) -> Policy:
    """As a run has it, with a sleep that only notes how long."""

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    return Policy(sleep, shared=False)


@pytest.fixture
async def batches(server: BatchServer, alone: Policy) -> AsyncIterator[Batches]:
    made = Batches(Access.of(server.url, KEY), alone)
    yield made
    await made.close()


@pytest.fixture
async def hasty(server: BatchServer, alone: Policy) -> AsyncIterator[Batches]:
    """Gives up soon."""
    made = Batches(Access.of(server.url, KEY), alone, deadline=0.3, transfer=0.3)
    yield made
    await made.close()


async def test_a_batch_goes_up_and_its_results_come_down(server: BatchServer, batches: Batches) -> None:
    made = await batches.create(await batches.upload(io.BytesIO(FILE)), "token")
    assert server.files["file-1"] == FILE
    assert (made.name, made.token, made.ended) == ("batch_1", "token", False)
    ended = await batches.state("batch_1")
    assert (ended.status, ended.ended, len(ended.files)) == ("completed", True, 1)
    with await batches.download(ended.files[0]) as results:
        assert [(key, status) for key, status, _ in read_lines(results)] == [("a", 200)]
    assert {request.headers["authorization"] for request in server.requests} == {f"Bearer {KEY}"}


CREATE: list[tuple[Callable[[BatchServer], None], type[ServiceError], str]] = [
    (lambda it: it.raw(b""), UncertainError, "finds out"),
    (lambda it: it.fail(500), UncertainError, "finds out"),
    (lambda it: it.reply(200, {}, "<html>"), UncertainError, "no Batch API writes this: <html>"),
    (lambda it: it.reply(200, {}, '{"id": "a\\nb"}'), UncertainError, "gave no name"),
    (lambda it: it.fail(429), ServiceError, "no batch was made"),
    (lambda it: it.fail(400), ServiceError, "would not take the request"),
    (lambda it: it.fail(401), ServiceError, "API key was refused"),
    (lambda it: it.fail(404), ServiceError, "has no Batch API"),
    (lambda it: it.fail(307, {"location": "http://127.0.0.1:9/v1/batches"}), ServiceError, "redirects"),
]


@pytest.mark.parametrize(("misbehave", "kind", "says"), CREATE)
async def test_a_batch_is_asked_for_once_and_doubt_is_told_from_refusal(
    server: BatchServer, batches: Batches, misbehave: Callable[[BatchServer], None], kind: type[ServiceError], says: str
) -> None:
    server.at("create", misbehave)
    with pytest.raises(ServiceError, match=says) as caught:
        await batches.create("file-1", "token")
    assert type(caught.value) is kind
    assert server.count("create") == 1
    assert "\n" not in str(caught.value)


async def test_a_batch_asked_for_in_vain_may_have_been_made(server: BatchServer, hasty: Batches) -> None:
    server.at("create", BatchServer.hang)
    with pytest.raises(UncertainError, match="finds out"):
        await hasty.create("file-1", "token")


async def test_looking_is_tried_again_and_then_given_up_in_one_line(
    server: BatchServer, batches: Batches, waits: list[float]
) -> None:
    for _ in range(4):
        server.at("state", lambda it: it.fail(503, body=f"crashed with {KEY}"))
    with pytest.raises(ServiceError, match="4 tries: try again later") as caught:
        await batches.state("batch_1")
    assert (len(server.requests), len(waits)) == (4, 3)
    assert KEY not in str(caught.value)


async def test_what_the_service_does_not_know_is_gone(server: BatchServer, batches: Batches) -> None:
    with pytest.raises(GoneError, match="does not know the batch batch_9"):
        await batches.state("batch_9")
    server.at("content", lambda it: it.fail(404))
    with pytest.raises(GoneError, match="no longer has the results file-9"):
        await batches.download("file-9")


@pytest.mark.parametrize("stall", [BatchServer.hang, BatchServer.drip])
async def test_results_that_are_not_whole_by_the_deadline_are_given_up(
    server: BatchServer, hasty: Batches, stall: Callable[[BatchServer], None]
) -> None:
    for _ in range(2):
        server.at("content", stall)
    async with asyncio.timeout(5):
        with pytest.raises(ServiceError, match=r"no whole reply within 0\.3 s"):
            await hasty.download("file-1")


async def test_results_that_break_off_are_loaded_anew(server: BatchServer, batches: Batches) -> None:
    server.files["file-1"] = FILE
    server.at("content", BatchServer.cut)
    with await batches.download("file-1") as results:
        assert results.read() == FILE


async def test_an_id_from_the_service_is_no_path(server: BatchServer, batches: Batches) -> None:
    with pytest.raises(ServiceError):
        await batches.state("../files?x=")
    assert [request.path for request in server.requests] == ["/v1/batches/..%2Ffiles%3Fx="]


async def test_a_batch_is_looked_for_among_those_made_since(server: BatchServer, batches: Batches) -> None:
    for number in range(9):
        token = {"extractor": f"token {number}"} if number % 2 else "none"
        server.batches[f"b{number}"] = {"id": f"b{number}", "created_at": number, "metadata": token}
    found = await batches.find("token 5", since=0)
    assert (found and found.name, server.count("list")) == ("b5", 2)
    assert await batches.find("token 1", since=5) is None
    assert server.count("list") == 2 + 3
    assert await batches.find("another", since=0) is None


def lines(*those: Any) -> list[tuple[str, int, dict[str, Any]]]:
    return list(read_lines(io.BytesIO(b"".join(json.dumps(one).encode() + b"\n" for one in those))))


def test_a_line_is_read_by_its_status_and_never_by_its_error() -> None:
    both = line("a", 200, {"id": 1}) | {"error": {"code": "odd"}}
    assert lines(both, line("b", 429, {"error": "slow"})) == [("a", 200, {"id": 1}), ("b", 429, {"error": "slow"})]
    assert lines(unsent("a"), unsent("b", "batch_cancelled")) == [
        ("a", 0, {"error": {"code": "batch_expired", "message": "late"}}),
        ("b", 0, {"error": {"code": "batch_cancelled", "message": "late"}}),
    ]
    assert [status for _, status, _ in lines({"custom_id": "a"}, line("b", 200, {}) | {"response": 1})] == [500, 500]


def test_a_line_that_names_no_request_is_passed_over() -> None:
    assert lines([], {"custom_id": 1}, 7, None) == []
    assert list(read_lines(io.BytesIO(b'\xff\n{"custom_id": "a"\n' + b"[" * 100_000))) == []


@pytest.fixture
async def rounds(server: BatchServer) -> AsyncIterator[Rounds]:
    made = Rounds("gpt-5-mini", server.url, KEY, price=Price(batch=True))
    yield made
    await made.close()


def reply(content: Any, status: int = 200) -> Reply:
    said = json.loads(completion(json.dumps(content)))
    return Reply(status, said if status == 200 else {"error": content}, "2025-01-01T00:00:00.000+00:00", 60.0)


async def test_each_answer_leads_to_the_next_question_or_to_the_end(server: BatchServer, rounds: Rounds) -> None:
    bad = reply(extraction(transfer(evidence=["never said"])))
    first = await rounds.read(article(), [])
    again = await rounds.read(article(), [bad])
    end = await rounds.read(article(), [bad, reply(GOOD)])

    assert isinstance(first, dict)
    assert isinstance(again, dict)
    assert (len(first["messages"]), len(again["messages"])) == (2, 4)
    assert again["messages"][:2] == first["messages"]
    assert {name: first[name] for name in ("model", "response_format")} == {
        name: again[name] for name in ("model", "response_format")
    }
    assert isinstance(end, Answered)
    proposal = await end.propose(article())
    assert proposal.raw == GOOD
    assert [(one.number, one.result, one.seconds) for one in proposal.attempts] == [(1, "invalid", 60.0), (2, "ok", 60)]
    assert {one.started for one in proposal.attempts} == {"2025-01-01T00:00:00.000+00:00"}
    assert server.requests == []


async def test_a_request_in_a_batch_costs_half_of_its_list_price(rounds: Rounds) -> None:
    end = await rounds.read(article(), [reply(GOOD)])
    assert isinstance(end, Answered)
    assert isinstance(end.result, Proposal)
    usage = end.result.attempts[0].usage
    assert usage == Usage(100, 10, 40, usage.cost)
    assert usage.cost == pytest.approx(1.8e-5)


async def test_a_useless_answer_is_paid_for_and_a_line_that_failed_is_not(rounds: Rounds) -> None:
    refused = json.loads(completion(None, refusal="No."))
    end = await rounds.read(article(), [reply({"message": "crashed"}, 500), Reply(200, refused)])
    assert isinstance(end, Answered)
    assert isinstance(end.result, ProposalError)
    assert [(one.result, one.usage.cost) for one in end.result.attempts] == [
        ("server", None),
        ("refused", pytest.approx(1.8e-5)),
    ]


@pytest.mark.parametrize("status", [0, 7, 200.5, 99999, 500])
async def test_a_status_that_is_none_is_a_failure_of_the_server(rounds: Rounds, status: Any) -> None:
    assert isinstance(await rounds.read(article(), [Reply(status, {})] * 3), dict)
    end = await rounds.read(article(), [Reply(status, {})] * 4)
    assert isinstance(end, Answered)
    assert "server" in str(end.result)
