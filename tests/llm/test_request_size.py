"""What one article costs to ask about: the request as it reaches the server, byte by byte, and its tokens about."""

import json
import re
from pathlib import Path

from extractor.article import Article
from extractor.llm import LanguageModel
from extractor.llm.dialects import response_format
from extractor.sources.files import read
from tests.server import Server

REFERENCE = Path(__file__).parents[2] / "evals/gold/articles/en-031.md"  # of 3 kB


def tokens(text: str) -> int:
    """About: English words and JSON signs have 0.21 and 0.425 tokens a character in o200k_base, within 15 %."""
    letters = len(re.findall(r"[A-Za-z ]", text))
    return round(0.21 * letters + 0.425 * (len(text) - letters))


def reference() -> Article:
    return read(str(REFERENCE), lambda _: None)


async def test_a_request_for_an_article_of_3_kb_has_about_6000_tokens_most_of_them_alike_for_every_article(
    server: Server, model: LanguageModel
) -> None:
    await model.propose(reference())

    [request] = server.requests
    prompt, article = request.messages
    schema = json.dumps(request.body["response_format"], separators=(",", ":"))
    sizes = {"prompt": tokens(prompt), "schema": tokens(schema), "article": tokens(article)}
    assert 2900 < REFERENCE.stat().st_size < 3100
    assert len(request.raw) < 24_500, len(request.raw)
    assert sizes["prompt"] < 3500, sizes
    assert sizes["schema"] < 2050, sizes
    assert sum(sizes.values()) < 6200, sizes
    assert sizes["prompt"] + sizes["schema"] > 0.85 * sum(sizes.values())


async def test_what_is_alike_comes_first_and_the_article_is_a_message_of_its_own(
    server: Server, model: LanguageModel
) -> None:
    await model.propose(reference())

    [request] = server.requests
    assert [message["role"] for message in request.body["messages"]] == ["system", "user"]
    assert request.messages[1].endswith(reference().text)
    assert reference().text[:40] not in request.messages[0]


def test_the_schema_says_nothing_twice_and_has_no_titles() -> None:
    written = json.dumps(response_format())

    descriptions = re.findall(r'"description": "([^"]*)"', written)
    assert len(descriptions) == len(set(descriptions))
    assert '"title": "' not in written
