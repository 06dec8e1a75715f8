"""Statements: what a phrase can say as low, high and approximate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from extractor.grounding.folding import DASHES
from extractor.grounding.numerals import Number, numbers
from extractor.grounding.phrases import Item

_DASH = re.compile(rf"\s*[{DASHES}~∼]\s*")
_FARTHEST = 3  # items between a bound and its number
_BOUNDS = {"at_least", "at_most", "about"}
_SIGNS = {"~": "about", "≈": "about", ">": "at_least", "≥": "at_least", "<": "at_most", "≤": "at_most"}
_BETWEEN = 4  # items between "between" and its first number


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a phrase can say."""

    low: Decimal | None
    high: Decimal | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """All that a phrase can say; `figures` are its numbers, `lesser` those that only may be numbers of things."""

    readings: frozenset[Reading]
    figures: frozenset[Decimal]
    lesser: frozenset[Decimal]


def statement(row: Sequence[Item], first: int, last: int) -> Statement:
    """Read items `first` to `last` of a row; bounds are looked for in the whole row."""
    found = numbers(row, first, last)
    plain = [number for number in found if not number.label and (not number.weak or _of_many(row, number))]
    chosen = plain or [number for number in found if number.weak]
    singles = {number: set(_single(row, number, first, last)) for number in chosen}
    ranges = set[Reading]()
    for pair in pairwise(chosen):
        spanned = set(_range(row, *pair, first, last))
        ranges |= spanned
        if spanned and _is_tight(row, *pair):
            singles[pair[0]] = singles[pair[1]] = set()
    readings = ranges.union(*singles.values())
    readings |= set(_combined(readings))
    figures = {value for number in plain for value in number.values}
    figures |= {value for reading in readings for value in (reading.low, reading.high) if plain and value is not None}
    lesser = {value for number in found if number not in plain for value in number.values}
    return Statement(frozenset(readings), frozenset(figures), frozenset(lesser))


def _of_many(row: Sequence[Item], number: Number) -> bool:
    """ "the first of three", "einer der zwölf" """
    return number.last + 1 < len(row) and "of" in row[number.last + 1] and not row[number.last + 1].broken


def _single(row: Sequence[Item], number: Number, first: int, last: int) -> Iterator[Reading]:
    bounds, loose = _bounds(row, number, first, last)
    values = number.values
    if number.rough:
        yield from (Reading(value, None, True) for value in values)
        # "More than a thousand" and "thousands" are one form in Russian.
        values = tuple(value / 2 for value in values) if bounds else ()
    for value in values:
        if "at_least" in bounds | loose:
            yield Reading(value, None, False)
        if "at_most" in bounds | loose:
            yield Reading(None, value, False)
        if "about" in bounds | loose or (number.rounded and not bounds):
            yield Reading(value, value, True)
        # "A dozen" is twelve or about twelve.
        if not bounds and (not number.rounded or value <= 12):
            yield Reading(value, value, False)


def _bounds(row: Sequence[Item], number: Number, first: int, last: int) -> tuple[set[str], set[str]]:
    """Bounds of a number, and those outside the phrase whose words may mean something else ("handed over 30 tanks")."""
    bounds = {"at_least"} if "plus" in row[number.last] else set[str]()
    loose = set[str]()
    gap = row[number.first].gap
    if gap[-1:] in _SIGNS and (number.first == 0 or gap != gap.strip()):
        bounds.add(_SIGNS[gap[-1]])
    place = number.first
    while place > 0 and number.first - place < _FARTHEST and not row[place].broken:
        place -= 1
        kinds = row[place].kinds.keys() & _BOUNDS
        (loose if "loose" in row[place] and place < first else bounds).update(kinds)
        if not (kinds or row[place].currencies or row[place].kinds.keys() & {"filler", "one"}):
            break
    for place in range(number.last + 1, min(number.last + 1 + _FARTHEST, len(row))):
        item = row[place]
        if item.broken or item.kinds.keys() & {"digits", "numbers"}:
            break
        kinds = {kind.removeprefix("after_") for kind in item.kinds if kind.startswith("after_")}
        (loose if place > last else bounds).update(kinds)
    return bounds, loose


def _range(row: Sequence[Item], one: Number, other: Number, first: int, last: int) -> Iterator[Reading]:
    """ "10 to 12", "between 10 and 12", "10–12 million" """
    between = row[one.last + 1 : other.first]
    if any(item.broken for item in between) or row[other.first].broken:
        return
    dashed = not between and _DASH.fullmatch(row[other.first].gap)
    opened = any("between" in item for item in row[max(0, one.first - _BETWEEN) : one.first])
    linked = any("range" in item or ("pair" in item and opened) for item in between)
    if not dashed and not (linked and len(between) <= _FARTHEST):
        return
    about = any("about" in _bounds(row, number, first, last)[0] for number in (one, other))
    for high in other.values:
        for value in one.values:
            # "10 to 12 million"
            scaled = value * other.scale if one.scale == 1 else value
            low = scaled if scaled <= high else value
            if low <= high:
                yield Reading(low, high, about)


def _is_tight(row: Sequence[Item], one: Number, other: Number) -> bool:
    return all(item.kinds.keys() & {"range", "pair"} for item in row[one.last + 1 : other.first])


def _combined(readings: set[Reading]) -> Iterator[Reading]:
    """At least one figure and at most another, told in one phrase."""
    lows = [reading.low for reading in readings if reading.high is None and reading.low is not None]
    highs = [reading.high for reading in readings if reading.low is None and reading.high is not None]
    for low in lows:
        for high in highs:
            if low < high:
                yield Reading(low, high, False)
