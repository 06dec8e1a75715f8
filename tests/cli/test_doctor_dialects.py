"""Which dialect the doctor finds for a server, and what becomes of the one that is chosen."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from extractor.llm.dialects import lost
from tests.cli.conftest import Run
from tests.cli.examined import BLUE, NORTH, NOTHING, findings, forms, look, models, server
from tests.server import Request, Server

__all__ = ["server"]


def test_a_server_that_ignores_the_schema_is_asked_in_json_mode(run: Run, server: Server) -> None:
    models(server, "scripted")
    server.say(BLUE)
    server.say('{"colour": "blue"}')

    code, told = look(run, server)

    assert (code, told["verdict"], told["dialect"]) == (1, "works with limits", "json")
    assert findings(told)["schema"] == (
        "limit",
        "json_schema is ignored: it answers 'blue'; JSON of any shape is enforced, the rest is checked by us",
    )
    assert findings(told)["dialect"][1].endswith("add --dialect json")
    assert forms(server) == ["json_schema", "json_object"]


@pytest.mark.parametrize("word", ['{"answer": "blue"}', '{"answer": "north", "why": ""}', '{"answer": ["north"]}', ""])
def test_an_answer_that_only_looks_like_the_schema_is_none_that_was_enforced(
    run: Run, server: Server, word: str
) -> None:
    models(server, "scripted")
    server.say(word)
    server.say("{}")

    assert look(run, server)[1]["dialect"] == "json"


def test_a_server_that_ignores_and_refuses_everything_is_asked_without_a_format(run: Run, server: Server) -> None:
    models(server, "scripted")
    server.say(BLUE)
    server.fail(400)
    server.say(BLUE)

    code, told = look(run, server)

    assert (code, told["dialect"]) == (1, "none")
    assert "json_object is refused (HTTP 400); nothing is enforced" in findings(told)["schema"][1]
    assert forms(server) == ["json_schema", "json_object", "none"]


def test_a_server_that_refuses_our_schema_in_one_dialect_is_asked_in_the_next(run: Run, server: Server) -> None:
    models(server, "scripted")
    server.say(NORTH)
    server.fail(400, body='{"error": {"message": "unsupported schema"}}')
    server.say(BLUE)  # takes the next one, but lets it fall without a word
    server.say(NOTHING)

    code, told = look(run, server)

    assert (code, told["dialect"], len(server.requests)) == (0, "llamacpp", 5)


def test_a_server_that_hides_the_schema_from_its_model_is_asked_in_a_dialect_whose_prompt_shows_it(
    run: Run, server: Server
) -> None:
    models(server, "scripted")
    server.say(NORTH)
    server.say(NOTHING)  # 100 tokens of question: the schema was not among them
    server.say(NOTHING)

    assert look(run, server)[1]["dialect"] == "vllm"


@pytest.mark.parametrize(("owner", "dialect"), [("library", "ollama"), ("vllm", "vllm"), ("llamacpp", "llamacpp")])
def test_a_server_that_signs_its_list_of_models_is_asked_in_its_own_dialect_first(
    run: Run, server: Server, owner: str, dialect: str
) -> None:
    models(server, "scripted", owner=owner)
    server.say(NORTH)
    server.say(NOTHING)

    code, told = look(run, server)

    assert (code, told["dialect"], told["requests"]) == (0, dialect, 3)


def test_a_dialect_that_is_named_is_the_only_one_that_is_tried(run: Run, server: Server) -> None:
    models(server, "scripted")
    server.say(NORTH)
    server.fail(400)

    code, told = look(run, server, "--dialect", "ollama")

    assert (code, told["dialect"], len(server.requests)) == (5, None, 3)
    assert findings(told)["service"][0] == "bad"


@pytest.mark.parametrize("command", [["extract"], ["batch", "--db", "register.db"]])
def test_the_dialect_that_was_found_is_an_option_of_what_asks(
    run: Run, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Nothing to be coded here.", encoding="utf-8")

    shown = run(*command, "a.txt", "--model", "m", "--base-url", server.url, "--dialect", "json")

    assert shown.exit_code == 0, shown.stderr
    request: Request = server.requests[0]
    assert request.body["response_format"] == {"type": "json_object"}
    assert "JSON Schema" in request.messages[0]


def test_a_run_keeps_its_dialect_and_what_was_lost_in_it(run: Run, server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing to be coded here.", encoding="utf-8")
    database = tmp_path / "register.db"
    options = ["--model", "m", "--base-url", server.url, "--dialect", "ollama"]

    run("batch", tmp_path / "a.txt", "--db", database, *options)

    with closing(sqlite3.connect(database)) as connection:
        [(kept,)] = connection.execute("SELECT options FROM runs")
    assert json.loads(kept)["dialect"] == "ollama"
    assert json.loads(kept)["lost"] == lost("ollama")
    assert "minimum" in lost("ollama")


def test_a_schema_that_is_refused_stops_the_run_with_the_option_to_try(
    run: Run, server: Server, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Nothing to be coded here.", encoding="utf-8")
    server.fail(400, body='{"error": {"message": "Invalid schema for response_format"}}')

    shown = run("batch", tmp_path / "a.txt", "--db", tmp_path / "r.db", "--model", "m", "--base-url", server.url)

    assert (shown.exit_code, len(server.requests)) == (5, 1)
    assert "try --dialect json, or let `extractor doctor` find one" in shown.stderr
