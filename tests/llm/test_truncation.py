"""A server that cuts the question to its context, and honest ones that must not be taken for it."""

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.article import Article
from extractor.errors import AnswerError
from extractor.extraction import extract
from extractor.llm import LanguageModel
from extractor.llm.prompt import Message, load
from extractor.llm.truncation import check_whole, least_tokens
from extractor.outcome import Usage
from extractor.sources import find as sources
from tests.fakes import QUOTE, article, extraction, transfer
from tests.llm.asked import failure
from tests.server import Server

GOLD = Path(__file__).parents[2] / "evals/gold/articles"
ANSWER = json.dumps(extraction(transfer()))
LONG = Article("long.txt", f"{QUOTE}\n\n" + "Das Wetter war gut, und niemand kam. " * 200, language="de")


def used(prompt: int, cached: int | None = None) -> dict[str, Any]:
    return {"prompt_tokens": prompt, "completion_tokens": 9, "prompt_tokens_details": {"cached_tokens": cached}}


async def test_an_answer_to_a_question_that_was_cut_is_none_and_the_sizes_are_told(
    server: Server, model: LanguageModel
) -> None:
    server.say(ANSWER, usage=used(2048))

    outcome = await extract(article(), model)

    assert (outcome.state, outcome.reason, len(server.requests)) == ("failed", "context", 1)
    least = sum(least_tokens(message) for message in server.requests[0].messages)
    assert outcome.detail == (
        f"the server read 2048 tokens of a question that has {least} at least: it cut the text without a word; "
        "raise its context (num_ctx in Ollama) or lower --context"
    )
    [attempt] = outcome.attempts
    assert (attempt.result, attempt.usage.prompt_tokens, attempt.answer) == ("context", 2048, ANSWER)


async def test_a_long_article_that_was_cut_is_tried_once_in_smaller_parts(server: Server, model: LanguageModel) -> None:
    server.say(ANSWER, usage=used(4096))

    proposal = await model.propose(LONG)

    assert [attempt.result for attempt in proposal.attempts] == ["context", "ok", "ok", "ok"]
    assert proposal.raw["transfers"] == []


async def test_parts_that_are_cut_too_fail_the_article(server: Server, model: LanguageModel) -> None:
    for _ in range(4):
        server.say(ANSWER, usage=used(2048))

    error = await failure(model, LONG)

    assert isinstance(error.cause, AnswerError)
    assert (error.cause.reason, len(server.requests)) == ("context", 2)
    assert "lower --context" in error.cause.detail


async def test_a_second_question_that_was_cut_takes_nothing_back(server: Server, model: LanguageModel) -> None:
    bad = extraction(transfer(), transfer(id="T2", evidence=["Das steht nirgends im Artikel."]))
    server.answer(bad)
    server.say(ANSWER, usage=used(2048))

    proposal = await model.propose(article())

    assert proposal.raw == bad
    assert [attempt.result for attempt in proposal.attempts] == ["invalid", "context"]


@pytest.mark.parametrize("usage", [{}, used(0), used(100), used(1023), used(4200), used(1100, cached=3000)])
async def test_a_server_that_counts_nothing_or_otherwise_is_not_accused(
    server: Server, model: LanguageModel, usage: dict[str, Any]
) -> None:
    server.say(ANSWER, usage=usage)

    assert (await model.propose(article())).raw == extraction(transfer())


def test_words_numbers_and_marks_are_counted_and_nothing_that_a_tokenizer_may_join() -> None:
    counts = {
        "": 0,
        "one two": 2,
        "one, two.": 4,
        "don't": 1,
        '{"a":"b"}': 5,
        "**bold**": 3,
        "--------": 1,
        "2024-11-22": 5,
        "\n\n  \n": 0,
        "„Größe“": 1,
        "हिन्दी": 1,
        "미사일을": 2,
        "我们在这里": 2,
    }
    assert {text: least_tokens(text) for text in counts} == counts


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.md"))[::5], ids=lambda path: path.stem)
def test_no_article_has_so_many_pieces_that_an_economical_tokenizer_would_be_accused(path: Path) -> None:
    """The most economical tokenizers in use take about 4.5 bytes of English for a token, and twice that of Russian."""
    [found] = sources((str(path),), print)
    assert isinstance(found, Article)
    data = len(found.text.encode())
    cyrillic = found.language in {"ru", "uk"}

    assert least_tokens(found.text) < data / (8 if cyrillic else 4.5)


def test_the_prompt_alone_is_too_long_for_a_server_that_reads_2048_tokens() -> None:
    messages: list[Message] = [{"role": "system", "content": load("extraction/v1").text}]
    with pytest.raises(AnswerError, match="read 2048 tokens"):
        check_whole(messages, Usage(2048))
