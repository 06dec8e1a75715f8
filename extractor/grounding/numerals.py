"""Numerals: the numbers that stand in a row of items, in digits or in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.grounding.folding import DASHES
from extractor.grounding.phrases import Item
from extractor.grounding.tally import Tally

_ARTICLES = {"one", "filler", "range", "pair", "of"}  # what a single letter is as a word: "a", "y", "i", "à"
_TOUCHING = re.compile(rf"[\s{DASHES}’']{{0,2}}")
_HYPHEN = re.compile(f"[{DASHES}]?")
_AMBIGUOUS = re.compile(r"\d{1,3}[.,]\d{3}")  # thousands, or before "million" a decimal fraction
# What digits before these count is a date, a share or a calibre, and no number of things.
_LABEL_AFTER = re.compile(
    r"[%‰]|pro[cz]ent.*|per|pour|por|proc.*|процент.*|відсотк.*|퍼센트.*|[년월일시호차].*|번째.*|mm|cm|мм|см|km.*|км.*"
)


@dataclass(frozen=True, slots=True)
class Number:
    """Items `first` to `last` of a row say one of `values`."""

    first: int
    last: int
    values: tuple[Decimal, ...]
    rough: bool = False  # an unknown count ("dozens"): the values are lower ends
    rounded: bool = False  # a rough count by itself ("une vingtaine")
    weak: bool = False  # an article or an ordinal: 1 where no other number stands
    label: bool = False  # part of a designation, a date or a share
    scale: Decimal = Decimal(1)  # what the first part was multiplied by


def numbers(row: Sequence[Item], first: int, last: int) -> list[Number]:
    """The numbers that begin at items `first` to `last` of a row, left to right; a number may go on behind them."""
    found: list[Number] = []
    position = first
    while position <= last:
        number = None if _ends_a_type(row, position) else _number(row, position)
        if number:
            only_digits = number.last == position and "digits" in row[position]
            found.append(replace(number, label=only_digits and _is_label(row, position, first)))
        position = number.last + 1 if number else position + 1
    return found


def _number(row: Sequence[Item], position: int) -> Number | None:
    if "times" in row[position]:
        factor = row[position].kinds["times"]
        number = _number(row, position + 1) if position + 1 < len(row) else None
        # "Twice 500 million": the sum counts, the single figure is not wrong.
        return number and replace(number, first=position, values=(*(v * factor for v in number.values), *number.values))
    tally = _tallied(row, position, fraction=False)
    if tally is None:
        return None
    values = [tally.total]
    if tally.scale > 1 and _AMBIGUOUS.fullmatch(row[position].written):
        fraction = _tallied(row, position, fraction=True)
        values += [fraction.total] if fraction else []
    if tally.rough:
        # "Dozens" are two dozen; "tens" are coded as dozens are, or as twice ten.
        values = [Decimal(24), Decimal(20)] if tally.total in (10, 12) else [2 * value for value in values]
    last = position + tally.length - 1
    return Number(position, last, tuple(values), tally.rough, tally.rounded, tally.weak, scale=tally.scale)


def _tallied(row: Sequence[Item], position: int, fraction: bool) -> Tally | None:
    tally = Tally()
    for place in range(position, len(row)):
        item = row[place]
        if place > position and (not _TOUCHING.fullmatch(item.gap) or _ends_a_type(row, place)):
            break
        following = row[place + 1] if place + 1 < len(row) else None
        if not tally.take(item, following, fraction and place == position):
            break
    return tally if tally.parts and tally.length else None


def _ends_a_type(row: Sequence[Item], position: int) -> bool:
    """Whether letters touch digits that touch letters: the M of "A400M" is no million."""
    if position < 2 or row[position].gap or row[position - 1].gap or not row[position].written[0].isalpha():
        return False
    before = row[position - 2]
    return "digits" in row[position - 1] and before.written[-1].isalpha() and not before.currencies


def _is_label(row: Sequence[Item], position: int, first: int) -> bool:
    """Whether digits are part of a designation ("F-16", "2A6", "Leopard 2"), a date or a share."""
    item = row[position]
    if position:
        before = row[position - 1]
        joined = bool(_HYPHEN.fullmatch(item.gap))
        if _is_name(before, joined) and (joined or (_follows_name(item, before) and position > first)):
            return True
    if position + 1 == len(row):
        return False
    after = row[position + 1]
    if _LABEL_AFTER.fullmatch(after.written.lower()) and not after.broken:
        return True
    begins = _HYPHEN.fullmatch(after.gap) and _is_name(after, not after.gap)
    return bool(begins) and not "가" <= after.written[0] <= "힣"


def _is_name(item: Item, joined: bool) -> bool:
    """Whether an item can be part of a designation; the A of "2A6" is no article, for it is joined to its digits."""
    if not item.written[0].isalpha() or item.currencies:
        return False
    return not item.kinds or (joined and item.kinds.keys() <= _ARTICLES)


def _follows_name(item: Item, before: Item) -> bool:
    return item.gap == " " and before.written[0].isupper()
