"""A run that was recorded can be had again from its folder alone, and a folder that does not fit says so."""

import json
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import RecordingError, SettingsError, StoreError
from extractor.llm import LanguageModel
from extractor.llm import prompt as prompts
from extractor.llm.memory import Forgetful, Request
from extractor.llm.recordings import DamagedError, read, write
from extractor.llm.replay import Record, Replay
from tests.fakes import QUOTE, article, extraction
from tests.llm.asked import GOOD, Models, failure
from tests.llm.conftest import KEY
from tests.llm.test_asking import HALF_GOOD, MENDED
from tests.llm.test_memory import BODY, Notebook
from tests.server import Server, completion

REQUEST = Request("http://a", BODY)


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
def recording(model_of: Models, folder: Path) -> LanguageModel:
    return model_of(memory=Record(folder, Forgetful()))


@pytest.fixture
def replaying(server: Server, folder: Path) -> Callable[..., LanguageModel]:
    """Models that replay the folder; the server is gone."""

    def make(**options: Any) -> LanguageModel:
        server.stop()
        given = {"base_url": server.url, "api_key": None, "memory": Replay(folder), **options}
        return LanguageModel("scripted", **given)

    return make


async def test_a_recording_is_a_file_to_read(server: Server, recording: LanguageModel, folder: Path) -> None:
    server.answer(GOOD)
    [attempt] = (await recording.propose(article())).attempts

    [path] = files(folder)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert path.name == f"{attempt.request}.json"
    assert set(told) == {"recorded", "address", "number", "request", "reply"}
    assert (told["address"], told["recorded"][-6:]) == (server.url, "+00:00")
    assert told["request"] == server.requests[0].body
    assert told["reply"]["usage"]["prompt_tokens"] == 100
    assert json.loads(told["reply"]["choices"][0]["message"]["content"]) == GOOD
    assert QUOTE in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_a_replay_gives_the_recorded_answers_for_nothing(
    server: Server, recording: LanguageModel, replaying: Callable[..., LanguageModel]
) -> None:
    server.answer(HALF_GOOD)
    server.answer(extraction(MENDED))
    recorded = await recording.propose(article())
    asked = len(server.requests)

    again = await replaying().propose(article())

    assert again.raw == recorded.raw
    assert [(one.result, one.recalled, one.usage.cost) for one in again.attempts] == [
        ("invalid", True, 0.0),
        ("ok", True, 0.0),
    ]
    assert len(server.requests) == asked == 2


@pytest.mark.parametrize(
    ("misbehave", "reason"),
    [
        (lambda server: server.say("no JSON"), "not_json"),
        (lambda server: [server.reply(200, {}, "<html>Sign in") for _ in range(2)], "foreign"),
        (lambda server: server.reply(200, {}, '{"choices": [], "x": NaN}'), "no_answer"),
        (lambda server: server.reply(200, {}, completion("HALF").replace("HALF", "\\ud83d")), "not_json"),
        (lambda server: server.say(None, refusal="No."), "refused"),
    ],
)
async def test_a_replay_fails_an_article_as_the_recorded_run_did(
    server: Server,
    recording: LanguageModel,
    replaying: Callable[..., LanguageModel],
    misbehave: Callable[[Server], None],
    reason: str,
) -> None:
    misbehave(server)
    misbehave(server)
    recorded = await failure(recording)

    again = await failure(replaying())

    assert (str(again), again.attempts[0].result) == (str(recorded), reason)


async def test_a_recall_is_recorded_too(model_of: Models, server: Server, folder: Path) -> None:
    notebook = Notebook()
    await model_of(memory=notebook).propose(article())

    await model_of(memory=Record(folder, notebook)).propose(article())

    assert len(server.requests) == 1
    assert len(files(folder)) == 1


async def test_an_article_that_was_not_recorded_fails_with_one_line(
    recording: LanguageModel, replaying: Callable[..., LanguageModel], folder: Path
) -> None:
    await recording.propose(article())

    error = await failure(replaying(), article(text="Sonne."))

    assert isinstance(error.cause, RecordingError)
    assert str(error.cause) == f"unrecorded: no recording in {folder} is about this article: record it with --record"
    assert error.attempts == ()


async def test_a_repair_that_was_not_recorded_fails_the_article(
    server: Server, recording: LanguageModel, replaying: Callable[..., LanguageModel], folder: Path
) -> None:
    """The draft alone would be another result than the recorded one, and nobody would know."""
    server.answer(HALF_GOOD)
    server.answer(extraction(MENDED))
    _, repair = (await recording.propose(article())).attempts
    (folder / f"{repair.request}.json").unlink()

    error = await failure(replaying())

    assert isinstance(error.cause, RecordingError)
    assert "the answer to be mended" in str(error.cause)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"base_url": "http://127.0.0.1:9/v1"}, "stale, the address changed since"),
        ({"prompt": "changed"}, "stale, the prompt changed since"),
    ],
)
async def test_a_stale_recording_is_named_with_what_changed(
    recording: LanguageModel,
    replaying: Callable[..., LanguageModel],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, str],
    says: str,
) -> None:
    [attempt] = (await recording.propose(article())).attempts
    load = prompts.load
    if "prompt" in change:
        changed = replace(load("extraction/v1"), text="Another wording.")
        monkeypatch.setattr(prompts, "load", lambda name: changed if name == "changed" else load(name))

    error = await failure(replaying(**change))

    assert says in str(error.cause)
    assert f"{folder / str(attempt.request)}.json" in str(error.cause)


def test_changed_model_schema_and_options_are_named_too(folder: Path) -> None:
    folder.mkdir()
    write(folder, REQUEST, "{}")
    body = BODY | {"model": "n", "response_format": {}, "temperature": 0}

    with pytest.raises(RecordingError, match="stale, the model, the schema, the option temperature changed since"):
        Replay(folder).recall(Request("http://a", body))


def damaged(change: Callable[[dict[str, Any]], Any]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        path.write_text(json.dumps(change(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")

    return damage


DAMAGES: list[tuple[Callable[[Path], object], str]] = [
    (lambda path: path.write_bytes(path.read_bytes()[:200]), "is no JSON"),
    (lambda path: path.write_bytes(b""), "is no JSON"),
    (lambda path: path.write_bytes(b"\xff\xfe\xfa"), "is no JSON"),
    (lambda path: path.write_text("[" * 100_000, encoding="utf-8"), "is no JSON"),
    (damaged(lambda _: []), "lacks a part"),
    (damaged(lambda _: {}), "lacks a part"),
    (damaged(lambda told: told | {"request": None}), "lacks a part"),
    (damaged(lambda told: told | {"request": {}}), "lacks a part"),
    (damaged(lambda told: told | {"address": 1}), "lacks a part"),
    (damaged(lambda told: told | {"number": 7}), "edited or renamed"),
    (damaged(lambda told: told | {"request": {"model": "m"}}), "edited or renamed"),
]


@pytest.mark.parametrize(("damage", "says"), DAMAGES)
def test_a_damaged_recording_is_named_in_one_line(folder: Path, damage: Callable[[Path], object], says: str) -> None:
    folder.mkdir()
    whole = write(folder, Request("http://b", BODY), "{}")
    path = write(folder, REQUEST, "{}")
    damage(path)

    replay = Replay(folder)

    with pytest.raises(DamagedError, match=says):
        read(path)
    with pytest.raises(RecordingError) as caught:
        replay.recall(REQUEST)
    assert str(caught.value).startswith(f"unrecorded: recording {path} ")
    assert "\n" not in str(caught.value)
    assert replay.recall(read(whole).request) == "{}"


def test_whoever_writes_at_once_leaves_whole_files_and_nothing_else(folder: Path) -> None:
    folder.mkdir()
    replies = [json.dumps({"from": number, "filler": "x" * 10_000}) for number in range(40)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda reply: write(folder, REQUEST, reply), replies))

    [path] = files(folder)
    assert read(path).reply in replies


def test_a_folder_that_is_gone_stops_the_run(folder: Path) -> None:
    record = Record(folder, Forgetful())
    folder.rmdir()

    with pytest.raises(StoreError, match=r"recording .* cannot be written: No such file"):
        record.keep(REQUEST, "{}", accepted=True)


def test_a_folder_that_cannot_be_made_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    for folder in (tmp_path / "file", tmp_path / "no" / "such"):
        with pytest.raises(SettingsError, match="cannot be written"):
            Record(folder, Forgetful())


def test_there_is_nothing_to_replay_in_an_empty_folder_or_in_none(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text("{}", encoding="utf-8")

    with pytest.raises(SettingsError, match="holds no recordings"):
        Replay(tmp_path)
    with pytest.raises(SettingsError, match="there is no folder"):
        Replay(tmp_path / "gone")


async def test_a_key_that_the_server_echoes_is_in_no_file(
    server: Server, recording: LanguageModel, folder: Path
) -> None:
    server.reply(200, {"x-echo": KEY}, completion(f"Your key is {KEY}", refusal=KEY, finish=KEY))
    server.reply(200, {"x-echo": KEY, "content-type": "text/html"}, f"<html>{KEY}")
    server.fail(500, {"x-echo": KEY}, body=KEY)

    await failure(recording)
    await recording.propose(article(text="Sonne."))

    found = files(folder)
    assert len(found) == 2
    assert not any(KEY in path.read_text(encoding="utf-8") for path in found)
