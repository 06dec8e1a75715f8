"""Sentences: the running text of an article, without page furniture and without orders to machines."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_END = re.compile(r"[.!?…]+[\"'”’“»)\]]*(?=\s|$)")
_LIST = re.compile(r"^\s*(?:[-–—•*●·›>]|\d{1,2}[.)])\s+")
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+")  # "U.S."
_ORDINAL = re.compile(rf"\d{{1,2}}\.|{_LETTERS.pattern}")
_LONGEST = 1500  # characters; real sentences have a third of it


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[start:end]` of the article."""

    start: int
    end: int
    paragraph: int
    shape: str  # "prose", "list", "table", "heading"


@cache
def _furniture() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = tomllib.loads((files(__package__) / "lexicons" / "furniture.toml").read_text(encoding="utf-8"))
    return tuple(re.compile(data[key], re.IGNORECASE | re.VERBOSE) for key in ("line", "block", "rest", "order"))  # type: ignore[return-value]


def sentences(text: str, abbreviations: tuple[str, ...], ordinal_dots: bool = True) -> list[Sentence]:
    """Sentences in order; a table row or list item is one, however it ends; "19. Juni" goes on with `ordinal_dots`."""
    goes_on = _ORDINAL if ordinal_dots else _LETTERS
    found: list[Sentence] = []
    for number, (start, line) in enumerate(_lines(text)):
        shape = _shape(line)
        if shape == "table":
            found.append(Sentence(start, start + len(line), number, shape))
            continue
        parts = (part for whole in _split(line, abbreviations, goes_on) for part in _cut(line, *whole))
        found += (Sentence(start + one, start + other, number, shape) for one, other in parts)
    return found


def _shape(line: str) -> str:
    if line.count("|") >= 2 or re.search(r"\.{4,}|\t", line):
        return "table"
    if _LIST.match(line):
        return "list"
    if len(line) < 120 and not _END.search(line[-3:]):
        return "heading"
    return "prose"


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of the lines that belong to the article."""
    line_like, block_like, rest_like, order_like = _furniture()
    position = 0
    for block in re.split(r"(\n\s*\n)", text):
        if order_like.search(block):
            position += len(block)
            continue
        skip = False
        for line in block.splitlines(keepends=True):
            stripped = line.strip()
            if rest_like.match(stripped) and position > len(text) * 0.4:
                return
            skip = skip or bool(block_like.match(stripped))
            if stripped and not skip and not line_like.search(stripped):
                yield position + len(line) - len(line.lstrip()), stripped
            position += len(line)


def _cut(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence without an end is cut behind a comma or a word, so that time stays bounded."""
    while end - start > _LONGEST:
        cut = max(line.rfind(", ", start, start + _LONGEST), line.rfind(" ", start, start + _LONGEST - 200)) + 1
        cut = cut or start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _split(line: str, abbreviations: tuple[str, ...], goes_on: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(line):
        if _goes_on(line, start, match, abbreviations, goes_on):
            continue
        yield start, match.end()
        start = match.end() + len(line[match.end() :]) - len(line[match.end() :].lstrip())
    if start < len(line):
        yield start, len(line)


def _goes_on(
    line: str, start: int, match: re.Match[str], abbreviations: tuple[str, ...], shortened: re.Pattern[str]
) -> bool:
    """Whether a full stop only shortens a word ("Dr.", "19. Juni") or stands before a small letter."""
    following = line[match.end() :].lstrip()[:1]
    if not following:
        return False
    if following.islower():
        return True
    if match[0] != ".":
        return False
    word = line[start : match.end()].rsplit(None, 1)[-1].lstrip("(„\"'“")
    numbered = not start and line[: match.start()].strip().isdigit()  # "1. Tanks"
    return word in abbreviations or numbered or bool(shortened.fullmatch(word))
