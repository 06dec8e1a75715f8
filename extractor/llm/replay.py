"""Replay: replies are read from recordings or written to them; a replayed run sends nothing."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractor.errors import RecordingError, SettingsError
from extractor.llm.memory import Memory, Request
from extractor.llm.recordings import DamagedError, prepare, read, read_all, write


class Record:
    """Writes every reply to a folder, recalled ones too, so that the folder alone can answer the same run again."""

    def __init__(self, folder: Path, memory: Memory) -> None:
        prepare(folder)
        self._folder, self._memory = folder, memory

    def recall(self, request: Request) -> str | None:
        """What the memory behind it recalls."""
        reply = self._memory.recall(request)
        if reply is not None:
            write(self._folder, request, reply)
        return reply

    def keep(self, request: Request, reply: str, *, accepted: bool) -> None:
        """Write the reply, and give it to the memory behind; a useless one is what a replay should meet, too."""
        self._memory.keep(request, reply, accepted=accepted)
        write(self._folder, request, reply)


class Replay:
    """Answers every request from a folder; raises SettingsError where the folder holds no recording at all."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise SettingsError(f"there is no folder {folder} to replay")
        self._folder = folder
        self._by_article: defaultdict[str, list[Path]] = defaultdict(list)
        services: dict[tuple[str, str], None] = {}
        for path, recording in read_all(folder):
            services[recording.request.model, recording.request.address] = None
            self._by_article[_article(recording.request)].append(path)
        self.services = tuple(services)  # model and address of each recording, every pair once
        if not services:
            raise SettingsError(f"{folder} holds no recordings: make them with --record")

    def recall(self, request: Request) -> str:
        """The recorded reply; raise RecordingError, which says whether a recording is missing, stale or damaged."""
        path = self._folder / f"{request.key}.json"
        if not path.exists():
            raise RecordingError(self._missing(request))
        try:
            return read(path).reply
        except DamagedError as error:
            raise RecordingError(f"recording {path} {error}") from None

    def keep(self, request: Request, reply: str, *, accepted: bool) -> None:
        """Never called: nothing comes over the wire."""

    def _missing(self, request: Request) -> str:
        """Name the nearest recording of the same article, if there is one, and how its request differs."""
        near = self._by_article.get(_article(request), ())
        found = [(_differences(read(path).request, request), path) for path in near]
        if not found:
            return f"no recording in {self._folder} is about this article: record it with --record"
        differences, path = min(found, key=lambda one: (len(one[0]), one[1]))
        return f"recording {path} is stale, {', '.join(differences)} changed since: record it anew with --record"


def _article(request: Request) -> str:
    """The first thing that the user says is the article."""
    messages: Sequence[Any] = request.body.get("messages") or ()
    return next((str(message.get("content")) for message in messages if message.get("role") == "user"), "")


def _differences(recorded: Request, asked: Request) -> list[str]:
    """What of a request is not as it was recorded; never empty for two different requests."""
    before, now = _parts(recorded), _parts(asked)
    return [name for name in {**before, **now} if before.get(name) != now.get(name)] or ["the order of its parts"]


def _parts(request: Request) -> dict[str, Any]:
    rest = dict(request.body)
    messages: Sequence[Any] = rest.pop("messages", None) or ()
    names = {"model": "the model", "response_format": "the schema"}
    return {
        "the address": request.address,
        "the prompt": [message for message in messages if message.get("role") == "system"],
        "the answer to be mended": [message for message in messages if message.get("role") != "system"][1:],
        "the number of the question": request.number,
        **{names.get(name, f"the option {name}"): value for name, value in rest.items()},
    }
