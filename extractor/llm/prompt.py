"""Prompt: released wording, found by name, checked against its hash, and put before an article."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypedDict

from extractor.article import Article
from extractor.errors import SettingsError

FOLDER = Path(__file__).resolve().parents[2] / "prompts"
_NAME = re.compile(r"[a-z]+/v[1-9][0-9]*")
# A line that holds nothing but a link to an example stands for that example.
_EXAMPLE = re.compile(r"^\[[^\]\n]*\]\(\.\./(examples/[a-z-]+)\.md\)$", re.MULTILINE)


class Message(TypedDict):
    """One turn of a conversation, as the wire has it."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A released prompt as it is sent: its header left out, its examples put in."""

    name: str
    text: str


def load(name: str, folder: Path = FOLDER) -> Prompt:
    """Read `extraction/v1`; raise SettingsError where a file is missing, or edited since its hash was locked."""
    if not _NAME.fullmatch(name):
        raise SettingsError(f"{name!r} is no prompt: name one like extraction/v1")
    _, divider, body = _released(f"{name}.md", folder).partition("\n\n")
    if not divider or not body.strip():
        raise SettingsError(f"prompts/{name}.md has no text below its header")
    return Prompt(name, _EXAMPLE.sub(lambda link: _example(link[1], folder), body).strip())


def _example(name: str, folder: Path) -> str:
    article = _released(f"{name}.md", folder).strip()
    # Indented for its readers, in one line for the model, which pays for each space.
    answer = json.dumps(json.loads(_released(f"{name}.json", folder)), ensure_ascii=False, separators=(",", ":"))
    return f"Article:\n{article}\n\nAnswer:\n{answer}"


def _released(path: str, folder: Path) -> str:
    try:
        data = (folder / path).read_bytes()
        lock = (folder / "versions.lock").read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"prompt file prompts/{path} cannot be read: {error.strerror}") from None
    locked = {line[66:]: line[:64] for line in lock.splitlines()}  # as sha256sum writes and checks it
    found = hashlib.sha256(data).hexdigest()
    if locked.get(path) != found:
        raise SettingsError(
            f"prompts/{path} has hash {found[:12]}, versions.lock has {locked.get(path, 'none')[:12]}: "
            "released wording is never edited, write a new version instead"
        )
    return data.decode("utf-8")


def question(prompt: Prompt, article: Article, lines: Sequence[str] = ()) -> list[Message]:
    """Put the static part first, where a server can cache it, and the article in a message of its own, as it is.

    `lines` are added to the article's header.
    """
    title = " ".join((article.title or "unknown").split())
    header = f"title: {title}\npublished: {article.published or 'unknown'}\nlanguage: {article.language or 'unknown'}"
    header = "\n".join([header, *lines])
    return [
        {"role": "system", "content": prompt.text},
        {"role": "user", "content": f"{header}\n\n{article.text}"},
    ]
