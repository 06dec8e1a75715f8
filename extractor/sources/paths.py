"""Paths: files, folders, patterns and - become a list of files to read, and their articles one by one."""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor.article import Article
from extractor.errors import InputError, SettingsError
from extractor.outcome import Outcome
from extractor.sources.files import LARGEST, STDIN, read, shown
from extractor.sources.front_matter import Note

SUFFIXES = (".txt", ".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Sources:
    """Files to read, each once and in order; only the one being read is held in memory."""

    files: tuple[str, ...]
    note: Note
    stdin: bytes = field(default=b"", repr=False)

    def __len__(self) -> int:
        return len(self.files)

    def __iter__(self) -> Iterator[Article | Outcome]:
        """Articles, and failed outcomes for files that give none; lesser faults are told to `note`."""
        for path in self.files:
            name = shown(path)

            def note(text: str, name: str = name) -> None:
                self.note(f"{name}: {text}")

            try:
                yield read(path, note, self.stdin)
            except InputError as error:
                yield Outcome(name, "failed", reason=error.reason, detail=error.detail)


def find(paths: Sequence[str], note: Note) -> Sources:
    """List the files that `paths` name; what a folder holds beside articles is told to `note`.

    Standard input is read here, before a run begins, so that Ctrl-C while waiting for it ends the program.
    Raise SettingsError when there is nothing at all to read.
    """
    files: dict[Path, str] = {}
    notes: list[str] = []
    for path in paths:
        for file in _expand(path, notes):
            files.setdefault(Path(file).absolute(), file)
    if not files:
        raise SettingsError("; ".join(notes) or "no path given")
    for line in notes:
        note(line)
    stdin = sys.stdin.buffer.read(LARGEST + 1) if STDIN in files.values() else b""
    return Sources(tuple(files.values()), note, stdin)


def _expand(path: str, notes: list[str]) -> Iterator[str]:
    if path == STDIN:
        yield path
    elif _is_folder(path):
        yield from _walk(path, notes)
    elif any(char in path for char in "*?[") and not os.path.lexists(path):
        # A pattern that no shell has expanded; one without a match is read as a name, and is missing.
        for match in _matches(path) or [path]:
            yield from _walk(match, notes) if _is_folder(match) else [match]
    else:
        yield path


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:  # behind a folder that may not be searched, or a name too long
        return False


def _matches(pattern: str) -> list[str]:
    """Names that match, sorted, without hidden ones; unlike `glob`, pathlib follows no links under `**`."""
    base = Path(Path(pattern).anchor or ".")
    wanted = Path(pattern).relative_to(base).parts
    try:
        found = [path for path in base.glob(str(Path(*wanted))) if not _hidden(path, wanted)]
    except ValueError:
        return []
    return sorted(str(path) for path in found)


def _hidden(path: Path, wanted: tuple[str, ...]) -> bool:
    return any(part.startswith(".") and part != ".." and part not in wanted for part in path.parts)


def _walk(folder: str, notes: list[str]) -> Iterator[str]:
    """The articles below a folder, sorted; hidden names are left out, links to folders are not followed."""
    refused: list[str] = []
    passed: Counter[str] = Counter()
    count = 0
    for root, folders, names in os.walk(folder, onerror=lambda error: refused.append(str(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        passed["links to folders"] += sum(Path(root, name).is_symlink() for name in folders)
        for name in sorted(name for name in names if not name.startswith(".")):
            suffix = Path(name).suffix.lower()
            if suffix in SUFFIXES:
                count += 1
                yield f"{root.rstrip('/')}/{name}"
            else:
                passed[suffix or "no suffix"] += 1
    # Reading a folder that may not be listed fails with the reason, so that it is counted and not passed over.
    yield from refused
    others = ", ".join(f"{kind} {number}" for kind, number in passed.most_common(5) if number)
    if others:
        notes.append(f"{shown(folder)}: passed over what is no {', '.join(SUFFIXES)} file: {others}")
    if not count and not refused:
        notes.append(f"{shown(folder)}: no {', '.join(SUFFIXES)} file in this folder")
