"""Tables: rows that tell goods or countries with several numbers, each at its own stage."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.baseline.actors import Actor
from extractor.baseline.goods import Goods
from extractor.baseline.numbers import Number
from extractor.baseline.scene import Scene


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of a row at the stage that its cell, or the head of its column, names."""

    number: Number
    stage: str


def is_row(scene: Scene, things: list[Goods]) -> bool:
    """A row of a table, or a line such as "K9 howitzers: 364 on contract, 218 delivered"."""
    if not things:
        return False
    if scene.sentence.shape == "table":
        return True
    start = scene.tokens[things[0].last - 1].end
    return things[0].first <= 2 and bool(re.match(r"[^.;,]{0,12}:\s*\S*\d", scene.text[start : scene.sentence.end]))


def country_row(scene: Scene) -> tuple[Actor | None, Number | None]:
    """State and first number of a row such as "Finnland | 96 | 78 ausgeliefert", or None."""
    names = [actor for actor in scene.actors if actor.kind == "name" and actor.cue == "bare"]
    numbers = [number for number in scene.numbers if not number.money]
    if scene.items or not names or names[0].first > 0 or not numbers:
        return None, None
    return names[0], numbers[0]


def entries(scene: Scene, behind: int, head: Scene | None) -> list[Entry]:
    """The numbers of a row behind a token, the first of each cell that has a stage."""
    stages = _columns(head) if head else {}
    found: list[Entry] = []
    for column, (first, last) in enumerate(_cells(scene)):
        inside = [
            number
            for number in scene.numbers
            if first <= number.first < last and not number.money and number.first >= behind
        ]
        acts = [act for act in scene.acts if first <= act.first < last]
        if acts and not inside and found and acts[0].payload.stage == "delivered":
            # "vollständig ausgeliefert": all that was ordered.
            found.append(Entry(found[0].number, "delivered"))
        for number in inside[:1]:
            stage = acts[0].payload.stage if acts else stages.get(column)
            if stage and number.text.strip() != "0":
                found.append(Entry(number, stage))
    return found


def _cells(scene: Scene) -> Iterator[tuple[int, int]]:
    """Token ranges of the cells of a row."""
    mark = r"\|" if "|" in scene.wording else r"[;:]|,(?!\d)|\.{4,}|\t"
    start = 0
    for position in range(1, len(scene.tokens)):
        if re.search(mark, scene.between(position - 1, position)):
            yield start, position
            start = position
    yield start, len(scene.tokens)


def _columns(head: Scene) -> dict[int, str]:
    """Stage of each column of a table by its head; a plain count is what was ordered."""
    stages: dict[int, str] = {}
    for column, (first, last) in enumerate(_cells(head)):
        acts = [act for act in head.acts if first <= act.first < last]
        words = {token.lower for token in head.tokens[first:last]}
        if acts:
            stages[column] = acts[0].payload.stage
        elif words & head.lexicon.numbers.get("count", frozenset()):
            stages[column] = "agreed"
    return stages


def heads(scenes: list[Scene]) -> dict[int, Scene]:
    """Scene number of each table row -> the row that heads its table."""
    found: dict[int, Scene] = {}
    head: Scene | None = None
    for scene in scenes:
        if scene.sentence.shape != "table":
            head = None
        elif head is None and not re.search(r"\d", scene.wording):
            head = scene
        elif head is not None:
            found[scene.number] = head
    return found
