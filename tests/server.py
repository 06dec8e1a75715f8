"""A scripted model server on a real socket: it answers, fails, hangs and drips as told, and keeps what it was asked.

Steps are taken in the order in which they were given, one a request; when none is left, `default` makes an Extraction
of the request's body. It runs in a thread of its own, so that tests may block, or run an event loop, as they like.
"""

import asyncio
import json
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Self

import pytest

EMPTY: dict[str, Any] = {"transfers": [], "deployments": [], "treaties": []}
USAGE = {
    "prompt_tokens": 100,
    "completion_tokens": 10,
    "total_tokens": 110,
    "prompt_tokens_details": {"cached_tokens": 40},
}
_PATIENCE = 10.0  # seconds until a test that waits in vain fails


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    path: str
    headers: dict[str, str]  # names in small letters
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        """The parsed JSON."""
        parsed: dict[str, Any] = json.loads(self.raw)
        return parsed

    @property
    def messages(self) -> list[str]:
        """What each turn says."""
        return [message["content"] for message in self.body["messages"]]


Step = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """`with Server() as server:` listens at `server.url`; every method that tells it a step returns at once."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.default: Callable[[dict[str, Any]], dict[str, Any]] = lambda _: EMPTY
        self._script: deque[Step] = deque()
        self._held: list[threading.Event] = []
        self._came = threading.Condition()
        self._ready, self._thread = threading.Event(), threading.Thread(target=lambda: asyncio.run(self._run()))

    def answer(self, extraction: dict[str, Any]) -> None:
        """Answer with an Extraction, in the usual reply."""
        self.say(json.dumps(extraction, ensure_ascii=False))

    def say(self, content: str | None, *, finish: str = "stop", usage: Any = None, **message: Any) -> None:
        """Answer with any content; `message` adds fields such as `refusal`."""
        self.reply(200, {}, completion(content, finish=finish, usage=usage, **message))

    def fail(self, status: int, headers: dict[str, str] | None = None, body: str | None = None) -> None:
        """Answer with an error."""
        error = json.dumps({"error": {"message": f"scripted {status}", "type": "scripted", "code": None}})
        self.reply(status, headers or {}, error if body is None else body)

    def reply(self, status: int, headers: dict[str, str], body: str) -> None:
        """Answer with any status, headers and body; the body's type is JSON if the headers do not say otherwise."""
        data = body.encode()
        fields = {"content-type": "application/json", "content-length": str(len(data))} | headers

        async def step(request: Request, writer: asyncio.StreamWriter) -> None:
            writer.write(_head(status, fields) + data)

        self._script.append(step)

    def raw(self, data: bytes) -> None:
        """Write bytes, and hang up."""

        async def step(request: Request, writer: asyncio.StreamWriter) -> None:
            writer.write(data)
            writer.close()

        self._script.append(step)

    def cut(self) -> None:
        """Promise a whole reply, send half of it, and hang up."""
        data = completion(json.dumps(EMPTY)).encode()
        head = _head(200, {"content-type": "application/json", "content-length": str(len(data))})
        self.raw(head + data[: len(data) // 2])

    def hang(self) -> None:
        """Answer nothing until the client leaves."""
        self.hold(EMPTY)

    def hold(self, extraction: dict[str, Any]) -> threading.Event:
        """Answer when the event that is returned is set."""
        released = threading.Event()
        self._held.append(released)

        async def step(request: Request, writer: asyncio.StreamWriter) -> None:
            await asyncio.to_thread(released.wait)
            await _say(extraction, writer)

        self._script.append(step)
        return released

    def drip(self) -> None:
        """Send a reply a byte at a time for ten seconds, so that no single read is ever late."""
        self._long(b" ", times=1000, pause=0.01)

    def flood(self) -> None:
        """Send a reply of 64 MB, as fast as it is taken."""
        self._long(b" " * 65536, times=1024, pause=0)

    def _long(self, chunk: bytes, times: int, pause: float) -> None:
        async def step(request: Request, writer: asyncio.StreamWriter) -> None:
            writer.write(_head(200, {"content-type": "application/json", "transfer-encoding": "chunked"}))
            for _ in range(times):
                writer.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
                await writer.drain()
                await asyncio.sleep(pause)
            writer.close()

        self._script.append(step)

    def wait_for(self, count: int) -> None:
        """Block until so many requests have come."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.requests) >= count, _PATIENCE), f"no {count} requests came"

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(_PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Hang up on everybody and listen no more."""
        for released in self._held:
            released.set()
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._thread.join(_PATIENCE)

    async def _run(self) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        listener = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=2**24)
        self.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/v1"
        self._ready.set()
        await self._stopped.wait()
        listener.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not writer.is_closing():
                request = await _read(reader)
                step = self._script.popleft() if self._script else self._by_default
                with self._came:
                    self.requests.append(request)
                    self._came.notify_all()
                await step(request, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client left
        finally:
            writer.close()

    async def _by_default(self, request: Request, writer: asyncio.StreamWriter) -> None:
        await _say(self.default(request.body), writer)


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    raw = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(first.split()[1], headers, raw)


async def _say(extraction: dict[str, Any], writer: asyncio.StreamWriter) -> None:
    data = completion(json.dumps(extraction, ensure_ascii=False)).encode()
    writer.write(_head(200, {"content-type": "application/json", "content-length": str(len(data))}) + data)


def completion(content: str | None, *, finish: str = "stop", usage: Any = None, **message: Any) -> str:
    """A reply as the service writes it, around any content."""
    return json.dumps(
        {
            "id": "scripted",
            "object": "chat.completion",
            "created": 0,
            "model": "scripted-model",
            "choices": [
                {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content} | message}
            ],
            "usage": USAGE if usage is None else usage,
        }
    )


def _head(status: int, headers: dict[str, str]) -> bytes:
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} Scripted\r\n{fields}\r\n".encode("latin-1")


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of the test's own."""
    with Server() as running:
        yield running
