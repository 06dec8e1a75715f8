"""What a language model's article comes to, over a real socket."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from extractor.article import Article
from extractor.errors import AnswerError
from extractor.llm import LanguageModel
from extractor.model import Model
from extractor.outcome import Usage
from tests.fakes import QUOTE, article, extraction, transfer
from tests.llm.asked import GOOD, Models, failure
from tests.llm.conftest import KEY
from tests.server import EMPTY, Server, completion

TWO = json.dumps(EMPTY) + json.dumps(GOOD)


async def test_a_good_answer_costs_one_request(server: Server, model: LanguageModel) -> None:
    server.answer(GOOD)

    proposal = await model.propose(article())

    assert proposal.raw == GOOD
    [attempt] = proposal.attempts
    assert (attempt.number, attempt.result, attempt.model) == (1, "ok", "scripted-model")
    assert attempt.usage == Usage(100, 10, 40)
    assert json.loads(attempt.answer or "") == GOOD
    assert attempt.started.endswith("+00:00")
    assert attempt.seconds > 0


async def test_the_article_is_on_the_wire_byte_for_byte(server: Server, model: LanguageModel) -> None:
    text = "{{ 7*7 }} {% for x in y %} {# gone? #} $name ${name} %s %(a)s {0} {oops\n\n  „Größe“ 미사일\tTab \\n &amp;"

    await model.propose(Article("a.txt", text, title="A {{ title }}\nof two lines", published="2024-11", language="de"))

    header = "title: A {{ title }} of two lines\npublished: 2024-11\nlanguage: de\n\n"
    assert server.requests[0].messages[1] == header + text


async def test_the_prompt_comes_first_and_the_same_for_every_article(server: Server, model: LanguageModel) -> None:
    await model.propose(article(text="one"))
    await model.propose(article(text="two"))

    first, second = (request.raw for request in server.requests)
    common = next(at for at, (one, two) in enumerate(zip(first, second, strict=False)) if one != two)
    assert common > len(first) * 0.6  # the schema stands behind the messages


async def test_the_request_asks_for_the_strict_schema_and_for_nothing_else(
    server: Server, model: LanguageModel
) -> None:
    await model.propose(article())

    [request] = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert set(request.body) == {"model", "messages", "response_format"}
    asked = request.body["response_format"]
    assert (asked["type"], asked["json_schema"]["strict"]) == ("json_schema", True)
    assert len(request.raw) - len(QUOTE.encode()) < 23_000


@pytest.mark.parametrize(
    "content",
    [
        f"```json\n{json.dumps(GOOD)}\n```",
        f"<think>Maybe {json.dumps(EMPTY)}?</think>\n{json.dumps(GOOD)}",
        f"<think>hm</think>```\n{json.dumps(GOOD, indent=1)}\n```\n",
    ],
)
async def test_one_fence_and_one_thought_are_taken_off(server: Server, model: LanguageModel, content: str) -> None:
    server.say(content)

    assert (await model.propose(article())).raw == GOOD
    assert len(server.requests) == 1


# What the server does, the reason that the article fails for, what the detail says, requests made.
ANSWERS: list[tuple[Callable[[Server], None], str, str, int]] = [
    (lambda it: it.say(None, refusal="I will not."), "refused", "I will not.", 1),
    (lambda it: it.say(json.dumps(GOOD), finish="content_filter"), "filtered", "filter", 1),
    (lambda it: it.say(json.dumps(GOOD)[:90], finish="length"), "cut_off", "10 tokens", 2),
    (lambda it: it.say(json.dumps(GOOD)[:90]), "not_json", "at character", 2),
    (lambda it: it.say("Here you are: " + json.dumps(GOOD)), "not_json", "Here you are", 2),
    (lambda it: it.say(""), "no_answer", "empty", 2),
    (lambda it: it.say(" \n"), "no_answer", "empty", 2),
    (lambda it: it.say(None), "no_answer", "empty", 2),
    (lambda it: it.say(None, tool_calls=[{}, {}]), "invalid", "tool", 2),
    (lambda it: it.reply(200, {}, '{"choices": []}'), "no_answer", "0 choices", 2),
    (lambda it: it.reply(200, {}, '{"choices": [{}, {}]}'), "no_answer", "2 choices", 2),
    (lambda it: it.reply(200, {}, '{"choices": null}'), "no_answer", "0 choices", 2),
    (lambda it: it.reply(200, {}, '{"choices": [{"index": 0}]}'), "no_answer", "empty", 2),
    (lambda it: it.reply(200, {}, '{"error": {"message": "model crashed"}}'), "no_answer", "model crashed", 2),
    (lambda it: it.reply(200, {"content-type": "text/html"}, "<html>Sign in"), "foreign", "<html>Sign in", 2),
    (lambda it: it.reply(200, {}, "[" * 100_000), "foreign", "no model server", 2),
    (lambda it: it.say(TWO), "invalid", "more than one value", 2),
    (lambda it: it.say('{"transfers": [], "transfers": []}'), "invalid", "'transfers' is given twice", 2),
    (lambda it: it.say('{"transfers": NaN}'), "invalid", "NaN", 2),
    (lambda it: it.say('{"transfers": 1e999}'), "invalid", "1e999", 2),
    (lambda it: it.say('{"transfers": ' + "9" * 5000 + "}"), "invalid", "digits", 2),
    (lambda it: it.say("[" * 100_000), "invalid", "recursion", 2),
    (lambda it: it.say("[]"), "invalid", "not an object", 2),
    (lambda it: it.say('{"transfer": []}'), "invalid", "it holds transfer", 2),
    (lambda it: it.flood(), "too_large", "larger than", 1),
]


@pytest.mark.parametrize(("misbehave", "reason", "says", "requests"), ANSWERS)
async def test_an_answer_of_no_use_fails_the_article_with_its_reason(
    server: Server,
    model: LanguageModel,
    misbehave: Callable[[Server], None],
    reason: str,
    says: str,
    requests: int,
) -> None:
    for _ in range(3):
        misbehave(server)

    error = await failure(model)

    assert isinstance(error.cause, AnswerError)
    assert (error.cause.reason, len(server.requests)) == (reason, requests)
    assert says in error.cause.detail
    assert len(error.cause.detail) < 400
    assert [attempt.result for attempt in error.attempts] == [reason] * requests


async def test_a_useless_answer_is_paid_for_and_its_usage_kept(server: Server, model: LanguageModel) -> None:
    server.say('{"transfers": [{"id"', finish="length")
    server.say(None, refusal="No.")

    cut, refused = (await failure(model)).attempts

    assert cut.usage == refused.usage == Usage(100, 10, 40)
    assert (cut.answer, refused.answer) == ('{"transfers": [{"id"', None)


@pytest.mark.parametrize("usage", [[], {"prompt_tokens": "many", "prompt_tokens_details": 1}, {"prompt_tokens": -1}])
async def test_usage_that_makes_no_sense_is_unknown(server: Server, model: LanguageModel, usage: Any) -> None:
    server.say(json.dumps(GOOD), usage=usage)

    assert (await model.propose(article())).attempts[0].usage == Usage()


async def test_what_instructor_and_the_sdk_log_holds_no_article(
    server: Server, model: LanguageModel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    server.answer(extraction(transfer(supplier=QUOTE, evidence=["not there"])))
    server.answer(extraction(transfer(supplier=QUOTE, evidence=["not there"])))

    await model.propose(article())

    assert "Raketen" not in caplog.text
    assert KEY not in caplog.text


async def test_half_a_character_in_an_answer_can_still_be_stored(server: Server, model: LanguageModel) -> None:
    server.reply(200, {}, completion("HALF").replace("HALF", "\\ud83d"))
    server.answer(GOOD)

    attempts = (await model.propose(article())).attempts

    assert attempts[0].answer == "\\ud83d"


def test_the_recipe_changes_with_everything_that_is_sent(server: Server, model_of: Models) -> None:
    usual: Model = model_of()

    assert usual.recipe.base_url == server.url
    assert usual.recipe.model == "scripted"
    keys = {
        usual.recipe.key,
        model_of(attempts=3).recipe.key,
        model_of(base_url="http://127.0.0.1:1/v1").recipe.key,
    }
    assert len(keys) == 3
    assert model_of(api_key="another-key", deadline=1.0).recipe.key == usual.recipe.key
