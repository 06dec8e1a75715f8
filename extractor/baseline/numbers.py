"""Numbers: phrases of a sentence that say how many, each with the words that bound it."""

import re
from dataclasses import dataclass

from extractor.baseline.reading import Scene

_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Number:
    """Tokens `first` to `last` hold a number and the words that bound it; `money` for a sum."""

    first: int
    last: int
    money: bool
    total: bool
    text: str


def numbers(scene: Scene) -> list[Number]:
    """Number phrases in order; years, dates, ages and numbers inside designations are none."""
    words = scene.lexicon.numbers
    counting, bounds = words.get("counting", frozenset()), words.get("bounds", frozenset())
    taken = {position for item in scene.items for position in range(item.first, item.last)}
    found: list[Number] = []
    position = 0
    while position < len(scene.tokens):
        if position in taken or not _numeric(scene, position, counting):
            position += 1
            continue
        last = position + 1
        while last < len(scene.tokens) and last not in taken and _numeric(scene, last, counting) and re.fullmatch(r"[\s.,'’\u00a0\u202f]", scene.between(last - 1, last)):
            last += 1
        first = position
        while first > 0 and first - 1 not in taken and scene.tokens[first - 1].lower in bounds and re.fullmatch(r"\s*", scene.between(first - 1, first)):
            first -= 1
        number = _number(scene, first, position, last)
        if number:
            found.append(number)
        position = last
    return found


def _numeric(scene: Scene, position: int, counting: frozenset[str]) -> bool:
    token = scene.tokens[position]
    return token.lower in counting or bool(re.fullmatch(r"\d+(m|bn|mn)?", token.lower))


def _number(scene: Scene, first: int, start: int, last: int) -> Number | None:
    text = scene.article.text
    begin, end = scene.tokens[first].start, scene.tokens[last - 1].end
    phrase = text[scene.tokens[start].start : end]
    before = text[max(0, scene.tokens[start].start - 2) : scene.tokens[start].start]
    after = text[end : end + 2]
    following = scene.tokens[last].lower if last < len(scene.tokens) else ""
    if re.search(r"[-–/]$", before) and not re.search(r"\d[-–]$", before):
        return None
    if re.fullmatch(r"(1[89]|20)\d\d", phrase) and not _names_goods(scene, last):
        return None
    if after[:1] == "." and re.fullmatch(r"\d{1,2}", phrase) and following and not _names_goods(scene, last):
        return None  # "19. Juni"
    money = before.rstrip()[-1:] in "$€£" and bool(before.strip()) or following in scene.lexicon.numbers.get("currency", ()) or after[:1] in "€$£" and bool(after.strip())
    lead = {token.lower for token in scene.tokens[max(0, first - 4) : start]}
    total = bool(lead & scene.lexicon.numbers.get("total", frozenset()))
    return Number(first, last, money, total, text[begin:end])


def _names_goods(scene: Scene, position: int) -> bool:
    near = range(position, position + 3)
    return any(mark.first in near for mark in (*scene.items, *scene.forces))
