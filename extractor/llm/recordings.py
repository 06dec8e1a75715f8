"""Recordings: requests and their replies as readable JSON files in a folder, one a request, named after its key."""

import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractor.errors import SettingsError, StoreError
from extractor.llm.excerpt import excerpt
from extractor.llm.memory import Request


class DamagedError(Exception):
    """A file is no recording; the message is a predicate that says why: "is no JSON"."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A request and what was replied to it, whether that was of use or not."""

    request: Request
    reply: str
    recorded: str  # UTC, ISO 8601


def prepare(folder: Path) -> None:
    """Make the folder where there is none; raise SettingsError where it cannot take files."""
    try:
        folder.mkdir(exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise SettingsError(f"recordings cannot be written to {folder}: {error.strerror}") from None


def write(folder: Path, request: Request, reply: str) -> Path:
    """Record a reply in place of an earlier one to the same request; the file is there whole or not at all."""
    content = {
        "recorded": datetime.now(UTC).isoformat(timespec="seconds"),
        "address": request.address,
        "number": request.number,
        "request": request.body,
        "reply": _parsed(reply),
    }
    # Half a character pair becomes its JSON escape.
    data = json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"
    path = folder / f"{request.key}.json"
    temporary: Path | None = None
    try:
        # Readable by its owner only, as the register is; a name of its own, for another run may write the same.
        number, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
        temporary = Path(name)
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise StoreError(f"recording {path} cannot be written: {error.strerror}") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return path


def _parsed(reply: str) -> Any:
    """A reply's JSON object, to be read by people, or its text."""
    try:
        data = json.loads(reply)
        json.dumps(data, allow_nan=False)
    except (ValueError, RecursionError):
        return reply
    return data if isinstance(data, dict) else reply


def read(path: Path) -> Recording:
    """Read one file; raise DamagedError where it is no recording, or not of the request that its name promises."""
    try:
        content = json.loads(path.read_bytes())
        request = Request(content["address"], content["request"], content["number"])
        reply, recorded = content["reply"], content["recorded"]
        key = request.key
    except OSError as error:
        raise DamagedError(f"cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"is no JSON: {excerpt(str(error), 80)}") from None
    except (KeyError, TypeError, AttributeError):
        raise DamagedError("lacks a part of a recording") from None
    if key != path.stem:
        raise DamagedError("does not hold the request that its name promises: it was edited or renamed")
    text = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)
    return Recording(request, text.encode("utf-8", "backslashreplace").decode("utf-8"), recorded)


def read_all(folder: Path) -> Iterator[tuple[Path, Recording]]:
    """Every whole recording of a folder, by name; damaged ones are left to whoever asks for them."""
    for path in sorted(folder.glob("*.json")):
        try:
            yield path, read(path)
        except DamagedError:
            continue
