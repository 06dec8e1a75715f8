"""What was answered once is not asked again, and what was not is never taken for it."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.llm import LanguageModel, dialects
from extractor.llm import prompt as prompts
from extractor.llm.access import Access
from extractor.llm.memory import Request, as_text
from extractor.outcome import Usage
from tests.fakes import article, extraction, transfer
from tests.llm.asked import GOOD, Models, failure
from tests.llm.conftest import KEY
from tests.llm.test_asking import HALF_GOOD, MENDED
from tests.server import Server, completion

BODY: dict[str, Any] = {
    "model": "m",
    "messages": [{"role": "system", "content": "a"}, {"role": "user", "content": "b"}],
    "response_format": {"type": "json_schema", "json_schema": {"x": 1, "y": 2}},
}


class Notebook:
    """A memory in memory: what was of use, and all that was shown to it."""

    def __init__(self) -> None:
        self.replies: dict[str, str] = {}
        self.shown: list[str] = []

    def recall(self, request: Request) -> str | None:
        return self.replies.get(request.key)

    def keep(self, request: Request, reply: str, *, accepted: bool) -> None:
        self.shown.append(reply)
        if accepted:
            self.replies[request.key] = reply


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def remembering(model_of: Models, notebook: Notebook) -> Models:
    """Models that share the notebook."""
    return lambda **options: model_of(**{"memory": notebook, **options})


@pytest.mark.parametrize(
    "other",
    [
        Request("http://b", BODY),
        Request("http://a", BODY | {"model": "n"}),
        Request("http://a", BODY | {"messages": BODY["messages"][:1]}),
        Request("http://a", BODY | {"messages": [*BODY["messages"], BODY["messages"][1]]}),
        Request(
            "http://a", BODY | {"messages": [{"role": "system", "content": "ab"}, {"role": "user", "content": ""}]}
        ),
        Request("http://a", BODY | {"response_format": {"type": "json_object"}}),
        Request("http://a", BODY | {"response_format": {"type": "json_schema", "json_schema": {"y": 2, "x": 1}}}),
        Request("http://a", BODY | {"temperature": 0}),
        Request("http://a", BODY, 1),
    ],
)
def test_whatever_can_change_the_answer_changes_the_key(other: Request) -> None:
    usual = Request("http://a", BODY)
    assert usual.key == Request("http://a", json.loads(json.dumps(BODY))).key
    assert usual.key != other.key


def test_the_bounds_between_the_parts_of_a_key_are_part_of_it() -> None:
    assert Request("http://a", {"model": "bc"}).key != Request("http://ab", {"model": "c"}).key


async def test_the_same_question_is_paid_for_once(server: Server, remembering: Models) -> None:
    server.answer(GOOD)
    [first] = (await remembering().propose(article())).attempts

    again = await remembering().propose(article())

    assert len(server.requests) == 1
    assert again.raw == GOOD
    [attempt] = again.attempts
    assert (attempt.result, attempt.recalled, attempt.usage) == ("ok", True, Usage(0, 0, 0, 0.0))
    assert (attempt.model, attempt.answer, attempt.request) == (first.model, first.answer, first.request)
    assert (first.recalled, first.usage) == (False, Usage(100, 10, 40))


async def test_without_a_memory_every_question_is_asked(server: Server, model: LanguageModel) -> None:
    await model.propose(article())
    await model.propose(article())

    assert len(server.requests) == 2


def other_wording(monkeypatch: pytest.MonkeyPatch) -> None:
    load = prompts.load
    monkeypatch.setattr(prompts, "load", lambda name: replace(load(name), text=load(name).text + " Be brief."))


def other_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = dialects.response_format() | {"type": "json_object"}
    monkeypatch.setattr(dialects, "response_format", lambda _: asked)


@pytest.mark.parametrize("change", [other_wording, other_schema])
async def test_another_prompt_or_schema_is_asked_anew(
    server: Server, remembering: Models, monkeypatch: pytest.MonkeyPatch, change: Callable[..., None]
) -> None:
    await remembering().propose(article())
    change(monkeypatch)

    [attempt] = (await remembering().propose(article())).attempts

    assert (attempt.recalled, len(server.requests)) == (False, 2)


async def test_another_model_is_asked_anew(server: Server, remembering: Models, notebook: Notebook) -> None:
    await remembering().propose(article())
    other = LanguageModel("other", server.url, KEY, memory=notebook)

    await other.propose(article())
    await other.close()

    assert [request.body["model"] for request in server.requests] == ["scripted", "other"]


async def test_the_same_model_at_another_address_is_asked_anew(server: Server, remembering: Models) -> None:
    await remembering().propose(article())
    with Server() as elsewhere:
        await remembering(base_url=elsewhere.url).propose(article())

        assert (len(server.requests), len(elsewhere.requests)) == (1, 1)


async def test_another_article_is_asked_anew_and_another_key_is_no_other_question(
    server: Server, remembering: Models
) -> None:
    await remembering().propose(article())
    await remembering().propose(article(text="Sonne."))
    await remembering(api_key="sk-another-key-0123").propose(article())

    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "misbehave",
    [
        lambda server: server.say("Here you are: {}"),
        lambda server: server.say(""),
        lambda server: server.say(json.dumps(GOOD), finish="length"),
        lambda server: server.say(json.dumps(GOOD), finish="content_filter"),
        lambda server: server.say(None, refusal="No."),
        lambda server: [server.reply(200, {}, "<html>") for _ in range(2)],
    ],
)
async def test_a_useless_reply_never_comes_back(
    server: Server, remembering: Models, notebook: Notebook, misbehave: Callable[[Server], None]
) -> None:
    misbehave(server)
    await failure(remembering(attempts=1))
    useless = len(server.requests)
    server.answer(GOOD)

    proposal = await remembering(attempts=1).propose(article())

    assert proposal.raw == GOOD
    assert len(server.requests) == useless + 1
    assert len(notebook.shown) == useless + 1


async def test_after_a_useless_reply_the_next_one_is_remembered(server: Server, remembering: Models) -> None:
    server.say("no JSON")
    server.answer(GOOD)
    await remembering().propose(article())

    again = await remembering().propose(article())

    assert (again.raw, len(server.requests)) == (GOOD, 2)
    assert [attempt.result for attempt in again.attempts] == ["ok"]


async def test_a_repair_is_remembered_with_its_answer(server: Server, remembering: Models) -> None:
    server.answer(HALF_GOOD)
    server.answer(extraction(MENDED))
    first = await remembering().propose(article())

    again = await remembering().propose(article())

    assert again.raw == first.raw == extraction(transfer(), MENDED)
    assert len(server.requests) == 2
    assert [(one.result, one.recalled) for one in again.attempts] == [("invalid", True), ("ok", True)]


async def test_the_same_repair_asked_once_more_wants_another_answer(server: Server, remembering: Models) -> None:
    """An answer that mended nothing leaves the same question, and its own answer again would mend nothing either."""
    server.default = lambda _: HALF_GOOD
    first = await remembering(attempts=4).propose(article())
    assert len(server.requests) == 4
    assert len({attempt.request for attempt in first.attempts}) == 4

    again = await remembering(attempts=4).propose(article())

    assert len(server.requests) == 4
    assert [one.request for one in again.attempts] == [one.request for one in first.attempts]


async def test_a_failed_request_leaves_nothing_to_remember(
    server: Server, remembering: Models, notebook: Notebook
) -> None:
    for _ in range(4):
        server.fail(500)
    await failure(remembering())

    assert notebook.shown == []
    assert not (await remembering().propose(article())).attempts[0].recalled


def spellings(key: str) -> list[str]:
    """The key as JSON writers spell it, and as a JSON text inside another does."""
    every = "".join(f"\\u{ord(char):04X}" for char in key)
    return [key, every, key.replace("+", "\\u002b").replace("/", "\\/"), json.dumps(every)[1:-1]]


async def test_a_key_that_the_server_echoes_reaches_neither_the_memory_nor_an_attempt(
    server: Server, remembering: Models, notebook: Notebook
) -> None:
    key = "sk-Ab+/c9_0123456789"
    for spelling in spellings(key):
        body = completion(json.dumps(extraction(transfer(item="ITEM")))).replace("ITEM", spelling)
        server.reply(200, {"x-echo": f"Bearer {key}"}, body.replace("scripted-model", spelling))
        proposal = await remembering(api_key=key).propose(article())
        decoded = json.dumps([json.loads(reply) for reply in notebook.shown])
        assert key not in json.dumps(proposal.raw) + repr(proposal.attempts) + decoded
        notebook.replies.clear()


async def test_a_key_that_is_a_word_of_the_article_is_left_in_the_answer(server: Server, remembering: Models) -> None:
    server.answer(GOOD)

    proposal = await remembering(api_key="Raketen").propose(article())

    assert proposal.raw == GOOD


def test_redaction_takes_time_in_proportion_to_the_text() -> None:
    assert Access.of(None, "sk-0123456789").redacted("\\" * 2**20) == "\\" * 2**20


@given(
    st.binary()
    | st.dictionaries(st.text(), st.text() | st.integers() | st.none()).map(lambda it: json.dumps(it).encode())
)
def test_any_reply_can_be_stored_and_reads_as_before(body: bytes) -> None:
    text = as_text(body)
    text.encode()
    try:
        data = json.loads(body)
    except ValueError:
        return
    if isinstance(data, dict):
        assert json.loads(text) == data


def test_half_a_character_reads_as_before() -> None:
    assert json.loads(as_text(b'{"a": "\\ud83d", "b": "\\ud83d\\ude00"}')) == {"a": "\ud83d", "b": "\U0001f600"}
