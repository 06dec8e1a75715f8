"""What the tests of the doctor share: a server to be looked at, and what was found."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.service import KEY
from tests.server import EMPTY, USAGE, Server

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
