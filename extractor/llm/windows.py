"""Windows: a long text cut into parts that a model can read, at the ends of paragraphs where it can be."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# The ends of paragraphs, lines, sentences and words; a number before a full stop may be a German date ("am 3. Mai").
_BORDERS = (
    re.compile(r"\n\s*\n\s*"),
    re.compile(r"\n\s*"),
    re.compile(r"(?:(?<!\d)[.!?…]|[。！？])[\"'“”‘’«»)\]]*\s+"),
    re.compile(r"\s+"),
)


class Window(NamedTuple):
    """The part `text[start:end]`, in characters."""

    start: int
    end: int


def size(text: str) -> int:
    """Bytes in UTF-8, which tokens follow more closely than characters do."""
    return len(text.encode("utf-8", "surrogatepass"))


def split(text: str, most: int) -> list[Window]:
    """Cut a text into the fewest parts of at most `most` bytes that whole paragraphs allow; joined, they are the text.

    A paragraph that is too long is cut between its lines, then sentences, then words, and only then inside a word.
    """
    windows = [Window(0, 0)]
    filled = 0
    for piece in _pieces(text, 0, len(text), most, 0):
        own = size(text[piece.start : piece.end])
        if filled and filled + own > most:
            windows.append(piece)
            filled = own
        else:
            windows[-1] = Window(windows[-1].start, piece.end)
            filled += own
    return windows


def _pieces(text: str, start: int, end: int, most: int, level: int) -> Iterator[Window]:
    """Pieces of `text[start:end]` that need no further cut, by the mildest kind of border that makes them fit."""
    if level == len(_BORDERS):
        yield from _hard(start, end, most)
        return
    borders = [match.end() for match in _BORDERS[level].finditer(text, start, end)]
    for border in [*borders, end]:
        if border > start:
            if size(text[start:border]) > most:
                yield from _pieces(text, start, border, most, level + 1)
            else:
                yield Window(start, border)
        start = border


def _hard(start: int, end: int, most: int) -> Iterator[Window]:
    step = max(1, most // 4)  # no character has more than four bytes
    for begin in range(start, end, step):
        yield Window(begin, min(begin + step, end))
