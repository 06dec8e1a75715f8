"""What a request cost: list prices by address, the server's own word, and never nothing for what is not known."""

import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.batch import Batch, Stop
from extractor.llm import LanguageModel
from extractor.llm.access import OPENAI
from extractor.llm.prices import Price, is_local
from extractor.outcome import Usage
from extractor.report import spent
from extractor.sources import find
from extractor.store import Store
from tests.fakes import article, extraction, transfer
from tests.server import Server

Models = Callable[..., LanguageModel]
MILLION = 1_000_000
GOLD = Path(__file__).parents[2] / "evals" / "gold" / "articles"


def test_cached_tokens_cost_their_own_rate() -> None:
    """The list of late 2026: 0.25 a million in, 0.025 of them cached, 2.00 out."""
    price = Price()
    assert price.of(Usage(MILLION, 0, 0), "gpt-5-mini") == 0.25
    assert price.of(Usage(MILLION, 0, MILLION), "gpt-5-mini") == 0.025
    assert price.of(Usage(MILLION, MILLION, 400_000), "gpt-5-mini") == pytest.approx(0.15 + 0.01 + 2.0)


def test_the_batch_api_costs_half() -> None:
    usage = Usage(MILLION, MILLION, 400_000)
    whole, half = Price().of(usage, "gpt-5-mini"), Price(batch=True).of(usage, "gpt-5-mini")
    assert whole is not None
    assert half == whole / 2


@pytest.mark.parametrize(
    ("address", "model"),
    [
        (OPENAI, "no-such-model"),
        (OPENAI, "moderation"),  # in the list, without a figure
        (OPENAI, "tts-1"),  # by the character of speech
        ("https://models.example/v1", "gpt-5-mini"),  # of a reseller, whose price is not OpenAI's
        ("https://api.groq.com/openai/v1", "gpt-5-mini"),
        ("http://127.0.0.1:11434/v1", "gpt-5-mini"),
        ("http://192.168.1.7/v1", "gpt-5-mini"),
        ("http://ollama:11434/v1", "gpt-5-mini"),
    ],
)
def test_what_is_in_no_list_has_no_known_price(address: str, model: str) -> None:
    assert Price(address).of(Usage(MILLION, 10), model) is None
    assert not Price(address).known(model)


@pytest.mark.parametrize("usage", [Usage(), Usage(100, None), Usage(None, 10)])
def test_tokens_that_nobody_reported_have_no_price(usage: Usage) -> None:
    assert Price().of(usage, "gpt-5-mini") is None


@pytest.mark.parametrize(
    ("address", "model"),
    [
        ("https://here.openai.azure.com/openai/v1", "gpt-5-mini"),
        ("https://openrouter.ai/api/v1", "openai/gpt-5-mini"),
        (OPENAI, "gpt-5-mini-2025-08-07"),
    ],
)
def test_the_address_says_whose_list_counts(address: str, model: str) -> None:
    assert Price(address).of(Usage(MILLION, 0), model) == 0.25


def test_more_cached_than_sent_is_taken_as_all_cached() -> None:
    assert Price().of(Usage(MILLION, 0, 2 * MILLION), "gpt-5-mini") == 0.025


def test_the_name_that_answered_is_priced_before_the_name_asked_for() -> None:
    usage = Usage(MILLION, 0)
    assert Price().of(usage, "gpt-5-nano", "gpt-5-mini") == Price().of(usage, "gpt-5-nano") != 0.25
    assert Price().of(usage, "my-deployment", "gpt-5-mini") == 0.25
    assert Price().of(usage, None, "gpt-5-mini") == 0.25


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8", "10.1.2.3", "box.local", "vllm", "0.0.0.0:80"])
def test_a_private_address_is_local(host: str) -> None:
    assert is_local(f"http://{host}/v1")


@pytest.mark.parametrize("host", ["api.openai.com", "8.8.8.8", "local.example.com"])
def test_a_public_address_is_not_local(host: str) -> None:
    assert not is_local(f"https://{host}/v1")


async def test_what_the_server_says_it_cost_stands(server: Server, model_of: Models) -> None:
    usage = {"prompt_tokens": MILLION, "completion_tokens": 0, "cost": 0.125}
    server.say(json.dumps(extraction()), usage=usage)
    proposal = await model_of(price=Price()).propose(article())
    assert spent(proposal.attempts).cost == 0.125


@pytest.mark.parametrize("cost", [True, "0.1", -1, 1e300, None])
async def test_a_cost_that_cannot_be_is_not_believed(server: Server, model_of: Models, cost: object) -> None:
    server.say(json.dumps(extraction()), usage={"prompt_tokens": 1, "completion_tokens": 1, "cost": cost})
    assert spent((await model_of().propose(article())).attempts).cost is None


async def test_an_answer_of_no_use_is_paid_for_too(server: Server, policy: object) -> None:
    usage = {"prompt_tokens": MILLION, "completion_tokens": 0}
    server.say("{", usage=usage)
    server.say(json.dumps(extraction(transfer())), usage=usage)
    model = LanguageModel("gpt-5-mini", server.url, None, price=Price(), policy=policy)  # type: ignore[arg-type]  # a fixture
    try:
        proposal = await model.propose(article())
    finally:
        await model.close()
    assert [attempt.usage.cost for attempt in proposal.attempts] == [0.25, 0.25]


def test_a_server_at_home_is_asked_without_loading_a_price_list(server: Server) -> None:
    code = (
        "import asyncio, sys\n"
        "from extractor.llm import LanguageModel\n"
        "from tests.fakes import article\n"
        f"model = LanguageModel('qwen3', {server.url!r}, None)\n"
        "async def ask():\n"
        "    await model.propose(article())\n"
        "    await model.close()\n"
        "asyncio.run(ask())\n"
        "sys.exit('genai_prices' in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=GOLD.parents[2])


def test_a_model_that_is_asked_nothing_loads_no_price_list() -> None:
    code = (
        "import sys\n"
        "import extractor.cli.batch, extractor.cli.estimate\n"
        "from extractor.llm import LanguageModel\n"
        "LanguageModel('gpt-5-mini', None, 'sk-test-4711-secret')\n"
        "sys.exit('genai_prices' in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=GOLD.parents[2])


async def test_the_bill_of_50_gold_articles_is_right_to_the_cent(server: Server, tmp_path: Path) -> None:
    """Every tenth answer is no JSON and asked for again: 55 requests of 5,400 tokens in, 4,096 of them cached."""
    usage = {"prompt_tokens": 5_400, "completion_tokens": 1_100, "prompt_tokens_details": {"cached_tokens": 4_096}}
    good = json.dumps(extraction())
    for number in range(55):
        server.say("Sorry?" if number % 11 == 0 else good, usage=usage)
    sources = find([str(path) for path in sorted(GOLD.glob("*.md"))[:50]], lambda _: None)
    model = LanguageModel("gpt-5-mini", server.url, None, price=Price())
    try:
        with Store.open(tmp_path / "register.db") as store:
            tally = await Batch(model, store, concurrency=1).run(sources, len(sources), stop=Stop())
            status = store.status()
    finally:
        await model.close()

    one = (Decimal(5_400 - 4_096) * Decimal("0.25") + 4_096 * Decimal("0.025") + 1_100 * Decimal(2)) / MILLION
    assert len(server.requests) == tally.requests == status.attempts == 55
    assert round(tally.cost, 2) == float(round(55 * one, 2)) == 0.14
    assert tally.cost == pytest.approx(float(55 * one), abs=1e-9)
    assert status.cost == pytest.approx(tally.cost, abs=1e-9)
    assert (tally.prompt_tokens, tally.cached_tokens, tally.completion_tokens) == (297_000, 225_280, 60_500)
    assert tally.unpriced == 0
