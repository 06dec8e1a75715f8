"""What a repeated run asks and pays, counted at the server."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from extractor.llm import prompt as prompts
from extractor.store import Store
from tests.cli.conftest import Run
from tests.cli.programs import ROOT
from tests.cli.service import KEY, server
from tests.fakes import extraction, transfer
from tests.server import Server, completion

BAD = transfer(evidence=["Dieses Zitat steht nirgends im Artikel."])

__all__ = ["server"]


class Batch:
    """`batch` over the folder into one register, asking the scripted server."""

    def __init__(self, run: Run, server: Server, folder: Path) -> None:
        self._run, self._server, self.folder = run, server, folder
        self.database = folder.with_name("register.db")

    def arguments(self, *more: object) -> list[object]:
        usual = ["batch", self.folder, "--db", self.database, "--model", "scripted", "--base-url", self._server.url]
        return [*usual, *more]

    def __call__(self, *more: object) -> Result:
        return self._run(*self.arguments(*more))

    def status(self) -> Any:
        with Store.open(self.database, create=False) as store:
            return store.status()


@pytest.fixture
def batch(run: Run, server: Server, folder: Path) -> Batch:
    return Batch(run, server, folder)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_forced_run_judges_the_stored_answers_again_and_asks_nothing(batch: Batch, server: Server, run: Run) -> None:
    batch()
    before = batch.status()

    shown = batch("--force")

    assert (shown.exit_code, len(server.requests)) == (0, 4)
    told = flat(shown.stderr)
    assert "articles 4: 4 extracted" in told
    assert "tokens 0 in, 0 out, 0 requests" in told
    assert "cache 4 answers from the cache, not paid for again" in told
    assert "cost $0.0000" in told
    after = batch.status()
    assert (after.attempts, after.recalled, after.prompt_tokens) == (4, 4, before.prompt_tokens)
    assert "4 requests, 4 answers from the cache" in run("status", "--db", batch.database).stdout


def test_refresh_asks_anew_and_the_new_answer_takes_the_place_of_the_old(batch: Batch, server: Server) -> None:
    batch()
    server.default = lambda _: extraction()

    assert "4 empty" in batch("--refresh").stderr
    assert len(server.requests) == 8
    assert "4 empty" in batch("--force").stderr
    assert len(server.requests) == 8
    assert batch.status().states == {"empty": 4}


def test_another_model_or_prompt_is_asked_anew(batch: Batch, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    batch()
    batch("--model", "other")
    assert [request.body["model"] for request in server.requests[4:]] == ["other"] * 4

    load = prompts.load
    changed = prompts.Prompt("extraction/v1", "Another wording.")
    monkeypatch.setattr(prompts, "load", lambda name: changed if name == "extraction/v1" else load(name))
    batch("--force")
    assert len(server.requests) == 12
    assert server.requests[-1].messages[0] == "Another wording."


def test_an_article_whose_answers_were_useless_is_asked_anew(batch: Batch, server: Server) -> None:
    (batch.folder / "0.txt").rename(batch.folder.with_name("only.txt"))
    batch.folder = batch.folder.with_name("only.txt")
    server.say("no JSON")
    server.say("no JSON")
    assert "not_json 1" in batch().stderr

    assert "1 extracted" in batch("--force").stderr
    assert len(server.requests) == 3


def test_a_run_killed_between_answer_and_repair_pays_only_for_the_repair(batch: Batch, server: Server) -> None:
    server.answer(extraction(BAD))
    server.hold(extraction(transfer()))
    arguments = [str(argument) for argument in batch.arguments("--limit", 1)]
    code = "import sys; from extractor.cli import main; main(sys.argv[1:])"
    with subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, env=dict(os.environ)) as running:
        server.wait_for(2)
        running.kill()

    shown = batch("--limit", 1)

    assert (shown.exit_code, len(server.requests)) == (0, 3)
    assert len(server.requests[2].messages) == 4  # the repair again
    assert "1 request" in shown.stderr
    assert "1 answer from the cache" in shown.stderr
    assert batch.status().states == {"extracted": 1}


def test_a_key_that_the_server_echoes_is_nowhere_in_the_register(batch: Batch, server: Server) -> None:
    said = transfer(item=f"key {KEY}")
    server.reply(200, {"x-echo": f"Bearer {KEY}"}, completion(json.dumps(extraction(said)), refusal=KEY))
    server.answer(extraction(said, BAD | {"id": KEY}))
    server.fail(500, {"x-echo": KEY}, body=KEY)

    shown = batch("--record", batch.folder.with_name("recordings"), "--concurrency", 1)

    assert KEY not in shown.output
    assert len(server.requests) > 4
    written = [*batch.folder.parent.glob("register.db*"), *batch.folder.with_name("recordings").iterdir()]
    assert len(written) > 4
    assert not [path for path in written if KEY.encode() in path.read_bytes()]
    with closing(Store.open(batch.database)) as store:
        dump = "\n".join(store._db.conn.iterdump())
    assert "[key]" in dump
    assert KEY not in dump


def test_a_register_that_takes_no_reply_ends_the_run_and_the_article_waits(
    batch: Batch, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch("--limit", 1)
    with closing(Store.open(batch.database)) as store:
        store._db.execute("CREATE TRIGGER full BEFORE INSERT ON replies BEGIN SELECT RAISE(ABORT, 'full'); END")

    shown = batch("--concurrency", 1)

    assert (shown.exit_code, len(server.requests)) == (4, 2)
    assert "stopped" in shown.stderr
    assert batch.status().states == {"extracted": 1, "waiting": 1}
    assert batch.status().attempts == 2  # it was paid for
