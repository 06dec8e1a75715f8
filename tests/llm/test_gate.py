"""What one worker is told by the service holds for all."""

import asyncio

import pytest

from extractor.errors import AnswerError, LaterError, ServiceError, TransientError
from extractor.llm.gate import MOST_FAILURES, MOST_PAUSES, Gate


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> Gate:
    return Gate(clock.sleep, lambda: clock.now)


async def answer() -> str:
    return "answer"


async def test_pauses_asked_for_at_the_same_time_are_one_and_the_longest(gate: Gate, clock: Clock) -> None:
    for seconds in (2.0, 5.0, 3.0):
        gate.pause(seconds, "busy")

    assert await asyncio.gather(*(gate.send(answer) for _ in range(8))) == ["answer"] * 8
    assert clock.now == 5.0


async def test_a_pause_that_is_put_off_while_it_lasts_is_kept_to_the_new_end(gate: Gate, clock: Clock) -> None:
    gate.pause(2.0, "busy")
    asking = asyncio.create_task(gate.send(answer))
    await asyncio.sleep(0)
    gate.pause(4.0, "busy")

    assert await asking == "answer"
    assert clock.now == 4.0


async def test_the_first_request_goes_alone_and_then_all_go_at_once(gate: Gate) -> None:
    asked: list[int] = []
    released = asyncio.Event()

    async def question() -> None:
        asked.append(1)
        await released.wait()

    tasks = [asyncio.create_task(gate.send(question)) for _ in range(4)]
    await asyncio.sleep(0.01)
    assert len(asked) == 1
    released.set()
    await asyncio.gather(*tasks)
    assert len(asked) == 4


async def test_a_stop_told_to_one_is_told_to_all_without_a_request(gate: Gate) -> None:
    asked: list[int] = []

    async def refused() -> None:
        asked.append(1)
        raise ServiceError("the key was refused")

    results = await asyncio.gather(*(gate.send(refused) for _ in range(8)), return_exceptions=True)
    assert [str(result) for result in results] == ["the key was refused"] * 8
    assert len(asked) == 1


async def test_only_an_answer_between_them_keeps_pauses_from_ending_the_run(gate: Gate) -> None:
    for _ in range(3):
        for _ in range(MOST_PAUSES - 1):
            gate.pause(1.0, "busy")
            await asyncio.sleep(0.001)
        assert await gate.send(answer) == "answer"
    for _ in range(MOST_PAUSES):
        gate.pause(1.0, "busy")
        await asyncio.sleep(0.001)
    with pytest.raises(LaterError, match="8 pauses brought no answer"):
        await gate.send(answer)


async def test_a_useless_answer_shows_that_the_service_is_up(gate: Gate) -> None:
    broken = TransientError("server", "broken")

    async def refused() -> None:
        raise AnswerError("refused", "No.")

    for _ in range(MOST_FAILURES - 1):
        assert gate.failed(broken) is None
    with pytest.raises(AnswerError):
        await gate.send(refused)
    assert gate.failed(AnswerError("refused", "No.")) is None
    for _ in range(MOST_FAILURES - 1):
        assert gate.failed(broken) is None
    assert isinstance(gate.failed(broken), LaterError)
