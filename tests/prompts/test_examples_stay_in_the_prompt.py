"""A model that answers with the prompt's own examples gets nothing of them into a result."""

import json

import pytest

from extractor.checking import examine
from extractor.extraction import extract
from extractor.llm import LanguageModel
from extractor.sources.files import read
from tests.llm.conftest import KEY
from tests.prompts.test_released import EXAMPLES, GOLD, example
from tests.server import Server, server

__all__ = ["server"]

ARTICLES = sorted(GOLD.glob("*.md"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_record_of_an_example_passes_the_checks_of_another_article(name: str) -> None:
    answer = example(name)[1]
    proposed = sum(map(len, answer.values()))

    for path in ARTICLES:
        examined = examine(answer, read(str(path), lambda _: None))
        assert (path.stem, examined.records, len(examined.rejected)) == (path.stem, (), proposed)
        assert {check.name for one in examined.rejected for check in one.checks if check.verdict == "fail"} <= {
            "quote",
            "number",
        }


@pytest.mark.parametrize("name", [name for name in EXAMPLES if any(example(name)[1].values())])
async def test_an_article_answered_with_an_example_is_unsupported_and_the_records_are_kept_apart(
    server: Server, name: str
) -> None:
    answer = example(name)[1]
    server.default = lambda _: answer
    model = LanguageModel("scripted", server.url, KEY)

    try:
        outcome = await extract(read(str(ARTICLES[0]), lambda _: None), model)
    finally:
        await model.close()

    assert (outcome.state, outcome.records) == ("unsupported", ())
    assert [one.raw for one in outcome.rejected] == [record for records in answer.values() for record in records]
    assert all(
        any(check.name == "quote" and check.verdict == "fail" for check in one.checks) for one in outcome.rejected
    )


def test_the_examples_are_told_from_articles_by_where_they_stand(server: Server) -> None:
    """In the system message, each under the word Article; no article is ever put there."""
    from extractor.llm.prompt import load, question

    article = read(str(ARTICLES[0]), lambda _: None)
    system, user = question(load("extraction/v1"), article)

    assert all(example(name)[0].text in system["content"] for name in EXAMPLES)
    assert not any(example(name)[0].text in user["content"] for name in EXAMPLES)
    assert json.dumps(article.text)[1:60] not in system["content"]
