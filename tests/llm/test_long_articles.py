"""Articles longer than the model reads at once, over a real socket."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.article import Article
from extractor.checking import KINDS, examine
from extractor.errors import AnswerError, ServiceError, TransientError
from extractor.extraction import extract
from extractor.grounding.quotes import find
from extractor.llm import LanguageModel
from extractor.llm.windows import size
from extractor.sources import find as sources
from tests.fakes import QUOTE, extraction, transfer
from tests.llm.asked import Models, failure
from tests.server import EMPTY, Server

GOLD = Path(__file__).parents[2] / "evals/gold"
AGAIN = "Im Mai hat Nordkorea noch einmal mehr als 100 Raketen an Russland geliefert."
SMALL = 6800  # tokens of context, which leave parts of about 1500 bytes
FILLER = "Das Wetter war gut, und niemand kam. " * 30


def long(*sentences: str) -> Article:
    """An article of as many parts as sentences."""
    text = "\n\n".join(f"{FILLER}{sentence}" for sentence in sentences)
    return Article("long.txt", text, title="Raketen", published="2024-11-22", language="de")


@pytest.fixture
def model(model_of: Models) -> LanguageModel:
    """A model with a small context."""
    return model_of(context=SMALL)


def part_of(body: dict[str, Any]) -> str:
    text: str = body["messages"][1]["content"].partition("\n\n")[2]
    return text


def by_part(body: dict[str, Any]) -> dict[str, Any]:
    """The transfer that the part tells, always under the first id."""
    told = [sentence for sentence in (QUOTE, AGAIN) if sentence in part_of(body)]
    return extraction(*(transfer(evidence=[sentence]) for sentence in told))


async def test_every_part_is_asked_once_with_headline_date_and_what_was_found(
    server: Server, model: LanguageModel
) -> None:
    server.default = by_part
    article = long(QUOTE, "Nichts weiter.", AGAIN)

    proposal = await model.propose(article)

    assert "".join(part_of(request.body) for request in server.requests) == article.text
    heads = [request.messages[1].partition("\n\n")[0].splitlines() for request in server.requests]
    start = ["title: Raketen", "published: 2024-11-22", "language: de"]
    found = ["found in earlier parts:", f"T1: PRK to RUS, missiles, delivered: {QUOTE}"]
    assert heads == [[*start, "part: 1 of 3"], [*start, "part: 2 of 3", *found], [*start, "part: 3 of 3", *found]]
    assert proposal.raw == extraction(transfer(), transfer(id="T2", evidence=[AGAIN]))
    assert [(attempt.number, attempt.result) for attempt in proposal.attempts] == [(1, "ok"), (2, "ok"), (3, "ok")]


async def test_what_is_the_same_for_all_articles_still_comes_first(server: Server, model: LanguageModel) -> None:
    await model.propose(long("Eins."))
    await model.propose(long("Eins.", "Zwei."))

    whole, part, _ = (request.messages[0] for request in server.requests)
    assert part.startswith(whole)
    assert "comes in parts" in part
    assert "comes in parts" not in whole


async def test_an_event_that_the_model_gives_again_from_the_list_is_one(server: Server, model: LanguageModel) -> None:
    server.default = lambda _: extraction(transfer())

    assert (await model.propose(long(QUOTE, "Nichts.", "Nichts."))).raw == extraction(transfer())
    assert len(server.requests) == 3


async def test_offsets_are_those_of_the_whole_text(server: Server, model: LanguageModel) -> None:
    server.default = by_part
    article = long("Nichts.", QUOTE, AGAIN)

    outcome = await extract(article, model)

    places = [checked.spans[0] for checked in outcome.records]
    assert [place.quote for place in places] == [QUOTE, AGAIN]
    assert [place.start for place in places] == [article.text.index(QUOTE), article.text.index(AGAIN)]


async def test_each_part_has_attempts_of_its_own(server: Server, model: LanguageModel) -> None:
    server.default = by_part
    for _ in range(2):
        server.answer(extraction(transfer(evidence=["Dieses Zitat steht nirgends im Text."])))
    server.say("no JSON")

    proposal = await model.propose(long(QUOTE, AGAIN))

    results = [(attempt.number, attempt.result) for attempt in proposal.attempts]
    assert results == [(1, "invalid"), (2, "invalid"), (3, "not_json"), (4, "ok")]
    assert [record["id"] for record in proposal.raw["transfers"]] == ["T1", "T2"]


async def test_a_part_that_stays_unanswered_fails_the_article_and_says_which(
    server: Server, model: LanguageModel
) -> None:
    server.answer(extraction(transfer()))
    server.say(None, refusal="I will not.")
    article = long(QUOTE, "Nichts.", AGAIN)

    outcome = await extract(article, model)

    assert (outcome.state, outcome.reason, outcome.records) == ("failed", "refused", ())
    middle = len(article.text) - len(article.text.rpartition("\n\n")[2])
    first = article.text.index("\n\n") + 2
    assert outcome.detail == f"part 2 of 3, characters {first} to {middle}, was not read: I will not."
    assert [attempt.result for attempt in outcome.attempts] == ["ok", "refused"]
    assert json.loads(outcome.attempts[0].answer or "") == extraction(transfer())
    assert len(server.requests) == 2


@pytest.mark.parametrize(("status", "kind", "tries"), [(500, TransientError, 4), (401, ServiceError, 1)])
async def test_a_service_that_fails_at_a_part_ends_as_it_does_at_a_whole_article(
    server: Server, model: LanguageModel, status: int, kind: type[Exception], tries: int
) -> None:
    server.answer(EMPTY)
    for _ in range(4):
        server.fail(status)

    error = await failure(model, long(QUOTE, AGAIN))

    assert isinstance(error.cause, kind)
    assert len(server.requests) == len(error.attempts) == 1 + tries


TOO_LONG = '{"error": {"code": "context_length_exceeded", "message": "16000 tokens"}}'


async def test_an_article_that_the_server_finds_too_long_is_tried_once_more_in_smaller_parts(
    server: Server, model_of: Models
) -> None:
    server.fail(400, body=TOO_LONG)
    server.default = by_part
    article = long(QUOTE, "Nichts.", "Nichts.", AGAIN)

    proposal = await model_of().propose(article)

    assert len(proposal.raw["transfers"]) == 2
    whole, *smaller = (part_of(request.body) for request in server.requests)
    assert whole == "".join(smaller) == article.text
    assert all(size(part) <= size(whole) // 2 + 1 for part in smaller)
    assert [attempt.result for attempt in proposal.attempts] == ["context", "ok", "ok", "ok"]


async def test_parts_that_were_answered_are_not_asked_again_when_a_later_one_is_too_long(
    server: Server, model_of: Models
) -> None:
    server.default = by_part
    server.answer(extraction(transfer()))
    server.fail(413)
    article = long(QUOTE, *["Nichts."] * 5, AGAIN)

    proposal = await model_of(context=9200).propose(article)

    first, refused, *rest = (part_of(request.body) for request in server.requests)
    assert first + "".join(rest) == article.text
    assert all(size(part) <= size(refused) // 2 + 1 for part in rest)
    assert [record["evidence"] for record in proposal.raw["transfers"]] == [[QUOTE], [AGAIN]]


async def test_smaller_parts_that_are_still_too_long_fail_the_article(server: Server, model_of: Models) -> None:
    for _ in range(5):
        server.fail(400, body=TOO_LONG)

    error = await failure(model_of(), long(QUOTE, "Nichts.", "Nichts.", AGAIN))

    assert isinstance(error.cause, AnswerError)
    assert (error.cause.reason, len(server.requests)) == ("context", 2)
    assert error.cause.detail.startswith("part 1 of 3, characters 0 to ")


def glued(words: int) -> tuple[Article, list[tuple[int, str, dict[str, Any]]]]:
    """Gold articles in a row, again from the first where they do not suffice, and where which record begins."""
    text, told, count = "", [], 0
    articles = [one for one in sources((str(GOLD / "articles"),), print) if isinstance(one, Article)]
    while count < words:
        article = articles[0]
        articles = [*articles[1:], article]
        labels = json.loads((GOLD / "labels" / f"{Path(article.source).stem}.json").read_text(encoding="utf-8"))
        # Numbers are read in one language: eight would take the machine eight times as long.
        for checked in examine(labels, replace(article, language="en")).records[:4]:
            plural = next(name for name, (kind, _) in KINDS.items() if kind == checked.kind)
            told.append((len(text) + checked.spans[0].start, plural, checked.record.model_dump(mode="json")))
        text += article.text + "\n\n"
        count += len(article.text.split())
    return Article("glued.txt", text, language="en"), told


async def test_an_article_of_40_000_words_gives_every_record_once_with_its_quotes_in_place(
    server: Server, model_of: Models
) -> None:
    article, told = glued(40_000)

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        start = article.text.index(part := part_of(body))
        given: dict[str, Any] = {plural: [] for plural in KINDS}
        for place, plural, record in told:
            if start <= place < start + len(part):
                own = f"{record['id'][0]}{len(given[plural]) + 1}"
                given[plural].append(record | {"id": own} | {name: [] for name in LINKS if name in record})
        return given

    server.default = answer
    outcome = await extract(article, model_of(attempts=1))

    assert len(server.requests) == len(outcome.attempts) == 7
    assert "".join(part_of(request.body) for request in server.requests) == article.text
    assert outcome.rejected == ()

    def said(record: dict[str, Any]) -> str:
        return json.dumps({name: value for name, value in record.items() if name not in {"id", *LINKS}})

    once = {said(record) for _, _, record in told}
    assert Counter(said(checked.record.model_dump(mode="json")) for checked in outcome.records) == Counter(once)
    assert len({checked.record.id for checked in outcome.records}) == len(once)
    for checked in outcome.records:
        assert len(checked.spans) == len(checked.record.evidence)
        for span, quote in zip(checked.spans, checked.record.evidence, strict=True):
            assert article.text[span.start : span.end] == span.quote
            assert find(quote, span.quote, "en") == (0, len(span.quote))


LINKS = ("in_exchange_for", "replaces")
