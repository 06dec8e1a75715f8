"""Amounts: a number phrase of the article as a Quantity or Money of the codebook."""

import re
from typing import Any

from extractor.baseline.goods import Goods
from extractor.baseline.numbers import Number
from extractor.baseline.scene import Scene
from extractor.grounding.phrases import items
from extractor.grounding.statements import Reading, statement

_UNITS = {
    "aircraft": "aircraft",
    "air_defence": "systems",
    "ammunition": "rounds",
    "armoured_vehicles": "vehicles",
    "artillery": "systems",
    "drones": "drones",
    "electronic_warfare": "systems",
    "missiles": "missiles",
    "naval": "vessels",
    "nuclear": "warheads",
    "sensors": "radars",
    "small_arms": "rifles",
    "space": "satellites",
}
_UNITS_BY_NOUN = {"howitzers": "howitzers", "rocket launchers": "launchers", "submarines": "submarines"}
_LONGEST = 200  # characters of a quantity's text
_CURRENCIES = {"€": "EUR", "£": "GBP", "$": "USD"}


def quantity(scene: Scene, thing: Goods) -> dict[str, Any] | None:
    """How many of the goods; None where no number is told or it cannot be read."""
    if thing.number is None:
        return None
    unit = _UNITS_BY_NOUN.get(thing.noun) or _UNITS.get(thing.category, "units")
    return _amount(scene, thing.number, thing.last, unit)


def personnel(scene: Scene, number: Number | None, last: int) -> dict[str, Any] | None:
    """How many people."""
    return _amount(scene, number, last, "persons") if number else None


def _amount(scene: Scene, number: Number, last: int, unit: str) -> dict[str, Any] | None:
    start = scene.tokens[number.first].start
    text = scene.text[start : scene.tokens[max(last, number.last) - 1].end]
    if len(text) > _LONGEST or "\n" in text:
        text = number.text
    reading = read(text, scene.lexicon.language)
    return None if reading is None else _bounded(reading, unit, text)


def _bounded(reading: Reading, unit: str, text: str) -> dict[str, Any]:
    low, high = reading.low, reading.high
    return {
        "low": None if low is None else int(low),
        "high": None if high is None else int(high),
        "approximate": reading.approximate,
        "unit": unit,
        "text": text,
    }


def read(phrase: str, language: str) -> Reading | None:
    """What a number phrase says; None where it says nothing or no whole number."""
    row = items(phrase, language)
    if not row:
        return None
    readings = statement(row, 0, len(row) - 1).readings
    whole = [one for one in readings if all(value is None or value == int(value) for value in (one.low, one.high))]
    # A range says more than one of its ends; where a bound is not certain, the bare number is the safer reading.
    return max(
        whole,
        key=lambda one: (None not in (one.low, one.high), one.low != one.high, one.approximate, one.low or 0),
        default=None,
    )


def money(scene: Scene, counts: list[Number]) -> dict[str, Any] | None:
    """The first sum of money that the sentence tells."""
    for count in counts:
        if not count.money:
            continue
        start, end = scene.tokens[count.first].start, scene.tokens[count.last - 1].end
        around = scene.text[max(0, start - 4) : end + 22]
        currency = next((code for sign, code in _CURRENCIES.items() if sign in around), None) or _named(around)
        if currency == "USD" and re.search(r"(A|C|HK|NZ|S)\$|austral|kanad|canad|taiwan", around, re.IGNORECASE):
            continue  # another dollar than the American one
        reading = read(count.text, scene.lexicon.language)
        if currency is None or reading is None:
            continue
        return _bounded(reading, currency, count.text)
    return None


def _named(text: str) -> str | None:
    words = {
        "dollar": "USD",
        "dólar": "USD",
        "доллар": "USD",
        "долар": "USD",
        "달러": "USD",
        "euro": "EUR",
        "евро": "EUR",
        "євро": "EUR",
        "유로": "EUR",
        "rubel": "RUB",
        "rouble": "RUB",
        "ruble": "RUB",
        "рубл": "RUB",
    }
    return next((code for word, code in words.items() if word in text.lower()), None)
