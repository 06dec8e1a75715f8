"""extractor estimate: what a run would cost, told before anything is sent."""

import json
from pathlib import Path

import pytest

from extractor.article import Article
from extractor.cli import estimate
from extractor.llm.access import OPENAI
from extractor.llm.estimate import Range, static_tokens, tokens
from extractor.llm.model import LanguageModel
from extractor.llm.prompt import load, question
from extractor.outcome import Outcome
from extractor.sources import find
from extractor.store import Store
from tests.cli.conftest import Run
from tests.fakes import QUOTE
from tests.server import Server, server

__all__ = ["server"]

GOLD = Path(__file__).parents[2] / "evals" / "gold"
# What o200k_base makes of the gold articles of a language as they are sent, headers included; counted once.
COUNTED = {"de": 16_049, "en": 18_974, "es": 2_201, "fr": 2_929, "ko": 1_150, "pl": 1_906, "ru": 1_700, "uk": 1_786}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(3):
        (articles / f"{number}.txt").write_text(f"{QUOTE} {number}", encoding="utf-8")
    return articles


@pytest.mark.parametrize("language", COUNTED)
def test_tokens_of_gold_articles_are_near_the_true_count_in_every_language(language: str) -> None:
    sources = find([str(path) for path in sorted((GOLD / "articles").glob(f"{language}-*.md"))], lambda _: None)
    prompt = load("extraction/v1")
    counted = sum(tokens(question(prompt, one)[1]["content"]) for one in sources if isinstance(one, Article))
    assert counted == pytest.approx(COUNTED[language], rel=0.1)


def test_what_every_request_repeats_is_near_the_true_count() -> None:
    """Prompt and examples 3,504 tokens, schema 2,033 of o200k_base."""
    assert static_tokens() == pytest.approx(3_504 + 2_033, rel=0.1)


def test_tokens_price_and_time_are_told_and_nothing_is_sent(run: Run, folder: Path, server: Server) -> None:
    shown = run("estimate", folder, "--model", "gpt-5-mini")
    assert (shown.exit_code, shown.stderr) == (0, "")
    for word in ("articles  3 to ask", "tokens    ", "can be cached", "cost      $0.0", "by list price", "time      "):
        assert word in shown.stdout
    assert max(len(line) for line in shown.stdout.splitlines()) <= 80
    run("estimate", folder, "--model", "qwen3", "--base-url", server.url)
    assert server.requests == []


def test_a_model_without_a_list_price_has_an_unknown_price_and_not_none(run: Run, folder: Path) -> None:
    assert "cost      price unknown" in run("estimate", folder, "--model", "qwen3").stdout
    told = json.loads(run("estimate", folder, "--model", "qwen3", "--format", "json").stdout)
    assert told["cost"] is None
    assert told["prompt_tokens"]["low"] > 0


def test_the_built_in_model_costs_nothing(run: Run, folder: Path) -> None:
    assert "cost      none: built-in model" in run("estimate", folder, "--model", "baseline").stdout
    told = json.loads(run("estimate", folder, "--model", "baseline", "--format", "json").stdout)
    assert (told["articles"], told["cost"], told["seconds"]) == (3, {"low": 0, "high": 0}, None)


def test_json_holds_ranges_that_grow_with_the_articles(run: Run, folder: Path) -> None:
    one = json.loads(run("estimate", folder / "0.txt", "--model", "gpt-5-mini", "--format", "json").stdout)
    three = json.loads(run("estimate", folder, "--model", "gpt-5-mini", "--format", "json").stdout)
    assert (one["articles"], three["articles"]) == (1, 3)
    for name in ("prompt_tokens", "completion_tokens", "cost"):
        assert 0 < one[name]["low"] < one[name]["high"]
        assert three[name]["high"] == pytest.approx(3 * one[name]["high"], rel=0.02)


def test_more_articles_at_once_take_less_time(run: Run, folder: Path) -> None:
    slow, fast = (
        json.loads(run("estimate", folder, "--model", "m", "--concurrency", number, "--format", "json").stdout)
        for number in (1, 3)
    )
    assert fast["seconds"]["high"] < slow["seconds"]["high"] / 2


def test_what_is_done_twice_or_unreadable_is_told_and_not_reckoned(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "again.txt").write_text(f"{QUOTE} 0", encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x00")
    database = tmp_path / "register.db"
    model = LanguageModel("gpt-5-mini", OPENAI, None)
    with Store.open(database) as store:
        done = store.start_run(model.recipe, command="")
        for source in find([str(folder / "1.txt")], lambda _: None):
            assert not isinstance(source, Outcome)
            store.write(done, Outcome(source.source, "empty", source))
        store.finish_run(done, "finished")
    shown = run("estimate", folder, "--model", "gpt-5-mini", "--db", database)
    assert "articles  2 to ask, 1 already done, 1 the same under another name, 1 unreadable" in shown.stdout
    assert "3 to ask" in run("estimate", folder, "--model", "gpt-5-nano", "--db", database).stdout


def test_an_estimate_makes_no_register(run: Run, folder: Path, tmp_path: Path) -> None:
    run("estimate", folder, "--model", "gpt-5-mini", "--db", tmp_path / "register.db")
    assert not (tmp_path / "register.db").exists()


@pytest.mark.parametrize(
    ("arguments", "words"), [(["--base-url", "http://["], "base URL"), (["--base-url", "ftp://x"], "base URL")]
)
def test_a_bad_address_is_one_line(run: Run, folder: Path, arguments: list[str], words: str) -> None:
    shown = run("estimate", folder, "--model", "m", *arguments)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert words in shown.stderr
    assert shown.stderr.count("\n") == 1


def test_a_time_is_told_in_its_own_unit() -> None:
    told = [estimate._time(Range(seconds / 2, seconds)) for seconds in (90, 600, 36_000)]
    assert told == ["45.0 - 90.0 s", "5.0 - 10.0 min", "5.0 - 10.0 h"]
