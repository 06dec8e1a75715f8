"""The doctor against scripted servers that obey, ignore, refuse, hide and lie."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from extractor.llm.dialects import lost
from tests.cli.conftest import Run
from tests.server import EMPTY, USAGE, Request, Server, completion

KEY = "sk-test-0123456789"
SHOWN = USAGE | {"prompt_tokens": 2000}  # of a question with a schema that the model is shown
NORTH, BLUE, NOTHING = '{"answer": "north"}', "blue", json.dumps(EMPTY)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with Server() as running:
        yield running


def models(server: Server, *names: str, owner: str = "openai") -> None:
    rows = [{"id": name, "object": "model", "owned_by": owner} for name in names]
    server.reply(200, {}, json.dumps({"object": "list", "data": rows}))


def obey(server: Server) -> None:
    models(server, "scripted", "other")
    server.say(NORTH)
    server.say(NOTHING, usage=SHOWN)


def look(run: Run, server: Server, *options: str) -> tuple[int, dict[str, Any]]:
    shown = run("doctor", "--model", "scripted", "--base-url", server.url, "--format", "json", *options)
    assert KEY not in shown.output
    return shown.exit_code, json.loads(shown.stdout)


def findings(told: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {one["label"]: (one["verdict"], one["says"]) for one in told["findings"]}


def forms(server: Server) -> list[str]:
    asked = [request.body for request in server.requests if request.raw]
    return [body.get("response_format", {"type": "none"})["type"] for body in asked]


def test_a_server_that_holds_to_the_schema_is_fit(run: Run, server: Server) -> None:
    obey(server)

    code, told = look(run, server)

    assert (code, told["verdict"], told["dialect"], told["requests"]) == (0, "fit", "openai", 3)
    assert findings(told) == {
        "address": ("good", f"{server.url} answers"),
        "key": ("good", "taken"),
        "model": ("good", "scripted answers; it calls itself scripted-model"),
        "schema": ("good", "enforced: what breaks it was asked for and could not be had"),
        "dialect": ("good", "openai, for OpenAI and those that follow its strict subset: the default"),
        "lost": ("good", "checked by us alone: maxLength 31, minLength 24"),
        "usage": ("good", "reported"),
        "time": ("good", findings(told)["time"][1]),
        "cost": ("good", "price unknown; this took 2,100 tokens in, 20 out"),
    }
    assert (told["usage"]["prompt_tokens"], told["usage"]["completion_tokens"]) == (2100, 20)


def test_the_questions_ask_for_what_the_schema_forbids(run: Run, server: Server) -> None:
    obey(server)

    look(run, server)

    _, small, ours = server.requests
    schema = small.body["response_format"]["json_schema"]
    assert (schema["strict"], schema["schema"]["properties"]["answer"]["enum"]) == (True, ["north", "south"])
    assert "no JSON" in small.messages[0]
    assert ours.body["response_format"]["json_schema"]["name"] == "Extraction"
    assert '"blue"' in ours.messages[0]


def test_the_findings_are_lines_of_label_and_text_within_80_columns(run: Run, server: Server) -> None:
    obey(server)

    shown = run("doctor", "--model", "scripted", "--base-url", server.url)

    lines = shown.stdout.splitlines()
    assert shown.exit_code == 0
    assert max(map(len, lines)) <= 80
    assert f"address   {server.url} answers" in lines
    assert lines[-1] == "so        fit"


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


def test_a_server_without_a_list_of_models_is_judged_by_its_answers(run: Run, server: Server) -> None:
    server.fail(404)
    server.say(NORTH)
    server.say(NOTHING, usage=SHOWN)

    code, told = look(run, server)

    assert code == 0
    assert findings(told)["address"] == ("good", f"{server.url} answers, without a list of models (HTTP 404)")
    assert findings(told)["model"][1] == "scripted answers; it calls itself scripted-model"


def test_a_model_that_answers_without_being_listed_is_there(run: Run, server: Server) -> None:
    models(server, "other")
    server.say(NORTH)
    server.say(NOTHING, usage=SHOWN)

    code, told = look(run, server)

    assert (code, findings(told)["model"][1]) == (
        0,
        "scripted answers, but is not listed; it calls itself scripted-model",
    )


def test_a_model_that_is_not_there_is_told_with_those_that_are(run: Run, server: Server) -> None:
    models(server, "scripted-mini", "other", "third")
    server.fail(404)

    code, told = look(run, server)

    assert (code, len(server.requests)) == (5, 2)
    verdict, says = findings(told)["model"]
    assert (verdict, says.endswith("; it has scripted-mini and others")) == ("bad", True)


def test_a_key_that_is_refused_is_told_and_not_shown(run: Run, server: Server) -> None:
    for _ in range(2):
        server.fail(401, body=json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}"}}))

    code, told = look(run, server)

    assert (code, len(server.requests)) == (5, 2)
    assert findings(told)["key"] == ("bad", f"the API key was refused (HTTP 401 from {server.url})")


def test_a_server_that_sends_the_key_back_gets_it_on_no_screen(run: Run, server: Server) -> None:
    models(server, KEY)
    server.say(f"I was sent {KEY}")
    reply = json.loads(completion("{}")) | {"model": KEY}
    server.reply(200, {}, json.dumps(reply))

    code, told = look(run, server)  # which looks for it

    assert (code, told["dialect"]) == (1, "json")
    assert "[key]" in findings(told)["model"][1]
    assert "[key]" in findings(told)["schema"][1]


def test_a_server_that_wants_no_key_is_told_so(run: Run, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    obey(server)

    assert findings(look(run, server)[1])["key"] == ("good", "none sent and none wanted")


def test_an_address_where_nobody_listens_is_out_of_reach(run: Run, server: Server) -> None:
    server.stop()

    code, told = look(run, server)

    assert (code, told["verdict"], told["dialect"]) == (5, "cannot be asked", None)
    assert findings(told)["address"][0] == "bad"
    assert server.url in findings(told)["address"][1]


def test_a_web_page_in_place_of_a_model_server_is_recognised(run: Run, server: Server) -> None:
    for _ in range(2):
        server.reply(200, {"content-type": "text/html"}, "<html>\x1b[31mSign in")

    code, told = look(run, server)

    assert code == 5
    assert findings(told)["service"][0] == "bad"
    assert "no model server writes this: <html>" in findings(told)["service"][1]


def test_a_server_that_does_not_count_tokens_works_with_limits(run: Run, server: Server) -> None:
    models(server, "scripted")
    server.say(NORTH, usage={})
    server.say(NOTHING, usage={})

    code, told = look(run, server)

    assert (code, told["dialect"]) == (1, "openai")
    assert findings(told)["usage"] == ("limit", "not reported: neither tokens nor cost can be counted")


@pytest.mark.parametrize("status", [402, 429])
def test_a_service_that_lets_nobody_in_is_asked_no_more(run: Run, server: Server, status: int) -> None:
    models(server, "scripted")
    server.fail(status)

    code, told = look(run, server)

    assert (code, findings(told)["service"][0], len(server.requests)) == (5, "bad", 2)


def test_baseline_needs_nothing(run: Run) -> None:
    shown = run("doctor", "--model", "baseline")

    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[0] == "model     baseline is built in: no key, no address and no network needed"


def test_a_key_that_cannot_be_one_is_a_matter_of_settings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "your-api-key")

    shown = run("doctor", "--model", "scripted")

    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "placeholder" in shown.stderr


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
