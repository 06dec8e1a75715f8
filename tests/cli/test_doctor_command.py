"""The doctor against scripted servers that obey, refuse, hide and lie."""

import json

import pytest

from tests.cli.conftest import Run
from tests.cli.examined import NORTH, NOTHING, SHOWN, findings, look, models, obey, server
from tests.cli.service import KEY
from tests.server import Server, completion

__all__ = ["server"]


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
