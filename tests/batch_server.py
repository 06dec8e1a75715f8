"""A scripted server with a Batch API: files and batches are kept, and a batch ends as told, its lines out of order."""

import asyncio
import json
import re
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

from tests.server import Request, Server, Step, completion

Line = dict[str, Any]


class BatchServer(Server):
    """A batch has the next of `statuses` each time it is looked at, else `ends`; `line` makes a line of a request."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.statuses: deque[str] = deque()
        self.ends = "completed"
        self.errors: list[dict[str, Any]] = []  # of a batch that fails
        self.line: Callable[[Line], Line | None] = self.answered
        self.lost = False  # whether a batch is made, and the connection cut before the client hears of it
        self._at: defaultdict[str, deque[Step]] = defaultdict(deque)

    def at(self, route: str, tell: Callable[["BatchServer"], None]) -> None:
        """What `tell` tells is done at the next request of a route: upload, create, list, state, content."""
        tell(self)
        self._at[route].append(self._script.pop())

    def answered(self, request: Line) -> Line | None:
        """The default line: the answer that a direct request would have got."""
        body = json.loads(completion(json.dumps(self.default(request["body"]), ensure_ascii=False)))
        return line(request["custom_id"], 200, body)

    def sent(self) -> list[list[Line]]:
        """The requests of each batch, oldest first."""
        return [self._lines(batch["input_file_id"]) for batch in self.batches.values()]

    def count(self, route: str) -> int:
        """Requests to a route."""
        return sum(_route(request)[0] == route for request in self.requests)

    def _lines(self, file: str) -> list[Line]:
        return [json.loads(line) for line in self.files[file].splitlines()]

    async def _by_default(self, request: Request, writer: asyncio.StreamWriter) -> None:
        route, name = _route(request)
        if route == "chat":
            return await super()._by_default(request, writer)
        if self._at[route]:
            return await self._at[route].popleft()(request, writer)
        if route == "content":
            body = self.files[name].decode()
        else:
            found: dict[str, Any] = getattr(self, f"_{route}")(request, name)
            body = json.dumps(found)
        if route == "create" and self.lost:
            writer.close()
            return None
        self.reply(200 if body != "{}" else 404, {}, body)
        return await self._script.pop()(request, writer)

    def _upload(self, request: Request, _: str) -> dict[str, Any]:
        assert b'name="purpose"\r\n\r\nbatch\r\n' in request.raw
        boundary = re.search("boundary=(.*)", request.headers["content-type"])
        assert boundary is not None
        parts = request.raw.split(b"--" + boundary[1].encode())
        content = next(part for part in parts if b"filename=" in part).partition(b"\r\n\r\n")[2]
        return {"id": self._keep(content.removesuffix(b"\r\n"))}

    def _create(self, request: Request, _: str) -> dict[str, Any]:
        batch = request.body | {"id": f"batch_{len(self.batches) + 1}", "status": "validating", "created_at": 2**33}
        assert batch["completion_window"] == "24h"
        self.batches[batch["id"]] = batch
        return batch

    def _list(self, request: Request, _: str) -> dict[str, Any]:
        """Two a page, the latest first."""
        names = list(reversed(self.batches))
        after = re.search("after=([^&]*)", request.path)
        rest = names[names.index(after[1]) + 1 :] if after else names
        return {"data": [self.batches[name] for name in rest[:2]], "has_more": len(rest) > 2}

    def _state(self, _: Request, name: str) -> dict[str, Any]:
        batch = self.batches.get(name, {})
        if not batch or "output_file_id" in batch:
            return batch
        batch["status"] = self.statuses.popleft() if self.statuses else self.ends
        if batch["status"] in {"completed", "expired", "cancelled"}:
            lines = [made for asked in self._lines(batch["input_file_id"]) if (made := self.line(asked))]
            good = [one for one in lines if one["response"] and one["response"]["status_code"] == 200]
            bad = [one for one in lines if one not in good]
            batch["output_file_id"] = self._written(good)
            batch["error_file_id"] = self._written(bad)
        elif batch["status"] == "failed":
            batch["errors"] = {"data": self.errors}
        return batch

    def _written(self, lines: list[Line]) -> str | None:
        content = b"".join(json.dumps(one).encode() + b"\n" for one in reversed(lines))
        return self._keep(content) if lines else None

    def _keep(self, content: bytes) -> str:
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        return name


def line(custom_id: str, status: int, body: dict[str, Any]) -> Line:
    """A line of results as the service writes it."""
    response = {"status_code": status, "request_id": "r", "body": body}
    return {"id": "batch_req_1", "custom_id": custom_id, "response": response, "error": None}


def unsent(custom_id: str, code: str = "batch_expired") -> Line:
    """A line for a request that was never made."""
    return {"id": "batch_req_1", "custom_id": custom_id, "response": None, "error": {"code": code, "message": "late"}}


def _route(request: Request) -> tuple[str, str]:
    path, posted = request.path.removeprefix("/v1").partition("?")[0], bool(request.raw)
    if path == "/files":
        return "upload", ""
    if path == "/batches":
        return ("create" if posted else "list"), ""
    if found := re.fullmatch("/files/(.*)/content", path):
        return "content", found[1]
    if path.startswith("/batches/"):
        return "state", path.removeprefix("/batches/")
    return "chat", ""
