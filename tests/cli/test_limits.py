"""--max-cost, --max-tokens, --deadline: what a user sees of them."""

import json
from pathlib import Path

import pytest

from extractor.cli import batch
from extractor.llm import LanguageModel
from extractor.llm.prices import Price
from extractor.model import Model
from extractor.settings import Settings
from extractor.store import Store
from tests.cli.conftest import Run, write_articles
from tests.fakes import ScriptedModel, extraction
from tests.server import Server, server

__all__ = ["server"]

USAGE = {"prompt_tokens": 4_000, "completion_tokens": 500}  # $0.002 of gpt-5-mini


@pytest.fixture
def folder(folder: Path) -> Path:
    """With nine articles."""
    write_articles(folder, 9)
    return folder


@pytest.fixture
def paid(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Stands for OpenAI: the same prices, at another address."""

    def priced(settings: Settings, _memory: object) -> Model:
        return LanguageModel(settings.model, server.url, None, price=Price())

    monkeypatch.setattr(batch, "open_model", priced)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-4711-secret")
    for _ in range(20):
        server.say(json.dumps(extraction()), usage=USAGE)
    return server


def test_a_run_that_has_spent_its_money_ends_with_3_and_the_next_goes_on(
    run: Run, paid: Server, folder: Path, tmp_path: Path
) -> None:
    arguments = ["batch", folder, "--db", tmp_path / "r.db", "--model", "gpt-5-mini", "--max-cost", "0.008"]
    shown = run(*arguments)
    assert (shown.exit_code, len(paid.requests)) == (3, 4)
    assert "stopped   --max-cost 0.008 is reached, $0.0080 and 18,000 tokens spent" in shown.stderr
    assert "articles  4: 4 empty, 5 more waiting" in shown.stderr
    assert "go on" in shown.stderr
    assert run(*arguments).exit_code == 3
    assert run(*arguments).exit_code == 0
    assert len(paid.requests) == 9
    with Store.open(tmp_path / "r.db", create=False) as store:
        assert store.status().cost == pytest.approx(0.018)


def test_tokens_are_bounded_too(run: Run, paid: Server, folder: Path, tmp_path: Path) -> None:
    shown = run("batch", folder, "--db", tmp_path / "r.db", "--model", "gpt-5-mini", "--max-tokens", 9_000)
    assert (shown.exit_code, len(paid.requests)) == (3, 2)


def test_a_cost_that_cannot_be_bounded_is_refused_before_anything_is_asked(
    run: Run, server: Server, folder: Path, tmp_path: Path
) -> None:
    arguments = ["batch", folder, "--db", tmp_path / "r.db", "--model", "qwen3", "--base-url", server.url]
    shown = run(*arguments, "--max-cost", 5)
    assert (shown.exit_code, server.requests) == (2, [])
    assert "add --max-tokens" in shown.stderr
    assert shown.stderr.count("\n") == 1
    assert not (tmp_path / "r.db").exists()
    assert run(*arguments, "--max-cost", 5, "--max-tokens", 10**6).exit_code == 0
    assert len(server.requests) == 9


def test_the_built_in_model_needs_no_limit(run: Run, model: ScriptedModel, folder: Path, tmp_path: Path) -> None:
    shown = run("batch", folder, "--db", tmp_path / "r.db", "--max-cost", 1, "--max-tokens", 1, "--deadline", "1h")
    assert (shown.exit_code, len(model.asked)) == (0, 9)


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("30m", 1800), ("2h", 7200), ("1h30m", 5400)])
def test_a_deadline_is_given_in_hours_minutes_and_seconds(text: str, seconds: float) -> None:
    from extractor.cli.limits import Duration

    assert Duration().convert(text, None, None) == seconds


@pytest.mark.parametrize("arguments", [["--deadline", "soon"], ["--deadline", "0s"], ["--deadline", "90"]])
@pytest.mark.parametrize("also", [[], ["--max-cost", "1"]])
def test_no_duration_is_wrong_usage(run: Run, folder: Path, arguments: list[str], also: list[str]) -> None:
    shown = run("batch", folder, *arguments, *also)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "90s, 30m or 2h" in shown.stderr


@pytest.mark.parametrize("arguments", [["--max-cost", "0"], ["--max-cost", "-1"], ["--max-tokens", "0"]])
def test_no_limit_is_nothing(run: Run, folder: Path, arguments: list[str]) -> None:
    assert run("batch", folder, *arguments).exit_code == 2
