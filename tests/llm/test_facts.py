"""Measured habits of instructor and the SDK that this package is built around: an upgrade must prove them again."""

from collections.abc import Callable
from typing import Any

import aiohttp
import instructor
import pytest
from instructor.core import InstructorRetryException
from openai import APITimeoutError, AsyncOpenAI
from openai.types.chat import ChatCompletion
from pydantic import BaseModel

from extractor.llm.transport import http_client
from tests.server import EMPTY, Server, completion


class Number(BaseModel):
    n: int


class Recorder:
    """A `create` for instructor that answers `content` and keeps what it was called with."""

    def __init__(self, content: str = '{"n": "many"}', error: Exception | None = None) -> None:
        self.content, self.error = content, error
        self.calls: list[dict[str, Any]] = []

    async def create(self, **call: Any) -> ChatCompletion:
        self.calls.append(call | {"messages": list(call["messages"])})
        if self.error:
            raise self.error
        return ChatCompletion.model_validate_json(completion(self.content))

    def patched(self) -> Callable[..., Any]:
        patched: Callable[..., Any] = instructor.patch(create=self.create, mode=instructor.Mode.JSON_SCHEMA)
        return patched


TURN = [{"role": "user", "content": "{{ 7*7 }}"}]


async def test_max_retries_are_one_less_than_the_requests_they_make() -> None:
    recorder = Recorder()

    with pytest.raises(InstructorRetryException):
        await recorder.patched()(response_model=Number, messages=TURN, max_retries=2)

    assert len(recorder.calls) == 3


async def test_the_conversation_of_instructor_grows_with_each_answer() -> None:
    recorder = Recorder()

    with pytest.raises(InstructorRetryException):
        await recorder.patched()(response_model=Number, messages=TURN, max_retries=2)

    assert [len(call["messages"]) for call in recorder.calls] == [1, 3, 5]


async def test_an_error_of_ours_comes_back_as_the_cause_after_one_request() -> None:
    recorder = Recorder(error=KeyError("ours"))

    with pytest.raises(InstructorRetryException) as caught:
        await recorder.patched()(response_model=Number, messages=TURN, max_retries=5)

    assert caught.value.__cause__ is recorder.error
    assert len(recorder.calls) == 1


async def test_what_instructor_does_not_know_reaches_create_untouched_and_strict_is_not_sent() -> None:
    recorder, ours = Recorder('{"n": 1}'), object()

    await recorder.patched()(response_model=Number, messages=TURN, draft=ours)

    assert recorder.calls[0]["draft"] is ours
    assert "strict" not in recorder.calls[0]["response_format"]["json_schema"]


@pytest.mark.parametrize(("context", "sent"), [({"name": "x"}, "49"), (None, "{{ 7*7 }}")])
async def test_a_context_turns_every_message_into_a_template(context: dict[str, str] | None, sent: str) -> None:
    recorder = Recorder('{"n": 1}')

    await recorder.patched()(response_model=Number, messages=TURN, context=context)

    assert recorder.calls[0]["messages"][0]["content"] == sent


async def test_the_aiohttp_client_reports_a_refused_connection_as_a_timeout(server: Server) -> None:
    server.stop()
    async with AsyncOpenAI(
        api_key="k", base_url=server.url, max_retries=0, timeout=None, http_client=http_client()
    ) as client:
        with pytest.raises(APITimeoutError) as caught:
            await client.post("/chat/completions", cast_to=object, body={})

    causes: list[BaseException] = [caught.value]
    while causes[-1].__cause__ is not None:
        causes.append(causes[-1].__cause__)
    assert any(isinstance(cause, aiohttp.ClientConnectorError) for cause in causes)


async def test_the_sdk_takes_a_reply_of_any_shape_for_a_completion(server: Server) -> None:
    server.reply(200, {}, '{"choices": null}')
    async with AsyncOpenAI(api_key="k", base_url=server.url, max_retries=0) as client:
        reply = await client.post("/chat/completions", cast_to=ChatCompletion, body={"default": EMPTY})

    assert isinstance(reply, ChatCompletion)
    assert reply.choices is None
