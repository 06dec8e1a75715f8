"""The options --context and --escalate, against a scripted model server on a real socket."""

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.store import Store
from tests.cli.conftest import Run
from tests.cli.service import server
from tests.fakes import QUOTE, extraction, transfer
from tests.server import Server

__all__ = ["server"]

BAD = transfer(id="T2", evidence=["Dieses Zitat steht nirgends im Artikel."])


def test_a_small_context_asks_about_a_long_article_in_parts(run: Run, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(["Das Wetter war gut. " * 60, QUOTE, "Und niemand kam. " * 70]), encoding="utf-8")
    server.default = lambda body: extraction(*([transfer()] if QUOTE in body["messages"][1]["content"] else []))

    shown = run("extract", path, "--model", "scripted", "--base-url", server.url, "--context", 6800)

    told = json.loads(shown.stdout)
    assert (shown.exit_code, told["run"]["usage"]["requests"], len(server.requests)) == (0, 2, 2)
    [record] = told["extraction"]["transfers"]
    assert record["evidence"][0]["start"] == path.read_text(encoding="utf-8").index(QUOTE)


@pytest.mark.parametrize("command", ["extract", "batch"])
def test_a_context_that_the_prompt_alone_fills_is_one_line_before_anything_is_asked(
    run: Run, server: Server, folder: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    shown = run(command, folder, "--model", "scripted", "--base-url", server.url, "--context", 4096)

    assert (shown.exit_code, server.requests) == (2, [])
    assert "leaves no room for an article" in shown.stderr


def test_only_articles_with_failed_records_go_to_the_stronger_model(run: Run, server: Server, folder: Path) -> None:
    def answer(body: dict[str, Any]) -> dict[str, Any]:
        bad = body["model"] == "small" and body["messages"][1]["content"].endswith(" 3")
        return extraction(transfer(), BAD) if bad else extraction(transfer())

    server.default = answer
    database = folder.with_name("register.db")
    arguments = ["batch", folder, "--db", database, "--model", "small", "--escalate", "large"]
    options = [*arguments, "--base-url", server.url, "--concurrency", 1]

    assert run(*options).exit_code == 0
    assert [request.body["model"] for request in server.requests] == ["small"] * 5 + ["large"]
    with Store.open(database, create=False) as store:
        status = store.status()
        assert (status.records["transfer"], status.rejected, status.attempts) == (4, 0, 6)
    assert run(*options).exit_code == 0
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--model", "baseline", "--escalate", "large"], "name the first one with --model"),
        (["--model", "small", "--escalate", "small"], "no stronger model"),
        (["--model", "small", "--escalate", "baseline"], "no stronger model"),
    ],
)
def test_an_escalation_that_leads_nowhere_is_wrong_usage(
    run: Run, server: Server, folder: Path, options: list[str], words: str
) -> None:
    shown = run("extract", folder, "--base-url", server.url, *options)

    assert (shown.exit_code, shown.stdout, server.requests) == (2, "", [])
    assert words in shown.stderr
