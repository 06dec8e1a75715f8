"""Goods: which things a sentence names, one for each noun phrase, and how many."""

import re
from dataclasses import dataclass

from extractor.baseline import korean
from extractor.baseline.numbers import Number
from extractor.baseline.scene import Scene

# "Kampfpanzer vom Typ Leopard 2A8", "missiles of the type", "U-Boote der Virginia-Klasse"
_SAME = re.compile(
    r"[\s\-\u2010-\u2013„“”«»\"'’(]*"
    r"((vom|des|der|the|du|de|del|type|typs?|modells?|version|klasse|class|namens|called|named|modèle|tipo|typu|klasy|wersji|типа|типу|класса|класу|марки|модели|моделі)"
    r"\b[\s\-„“”«»\"'’]*){0,4}",
    re.IGNORECASE,
)
# "Munition für den Gepard", "components for fighter aircraft"
_FOR = re.compile(r"\s*(für|for|pour|para|do|dla|для|zum|zur)\s+([^\W\d_]+\s+){0,3}", re.IGNORECASE)
_ROW = re.compile(r"\s*(,|und|and|sowie|et|y|i|та|и|і|oder|or|,\s*and|,\s*und)\s*([^\W\d_]+\s+){0,2}", re.IGNORECASE)
_TRUNCATED = re.compile(r"[-\u2010\u2011]\s+(und|oder|sowie|bzw)\b")  # "Artillerie- und Munitionsrunden"
_HEADS = ("technology", "ammunition", "energy", "economic")
_KEPT = ("missiles", "artillery", "unspecified_arms", "technology")


@dataclass(slots=True)
class Goods:
    """Tokens `first` to `last` of a sentence name goods of one category; `number` counts them."""

    first: int
    last: int
    category: str
    noun: str
    named: tuple[int, int] | None  # tokens of a designation
    number: Number | None = None
    absorbing: bool = False


def goods(scene: Scene) -> list[Goods]:
    """The goods of a sentence; a designation joins its noun, what something is for joins that."""
    found: list[Goods] = []
    for mark in scene.items:
        if any(force.first < mark.first < force.last for force in scene.forces):
            continue  # "équipages d'hélicoptères"
        item = mark.payload
        if _TRUNCATED.match(scene.text, scene.tokens[mark.last - 1].end):
            continue
        new = Goods(mark.first, mark.last, item.category, item.noun, (mark.first, mark.last) if item.named else None)
        if found and _join(found[-1], new, scene):
            continue
        found.append(new)
    counts = scene.numbers
    for thing in found:
        thing.number = _number(scene, thing, counts)
    return found


def _join(old: Goods, new: Goods, scene: Scene) -> bool:
    gap = scene.between(old.last - 1, new.first)
    if scene.lexicon.verb_last and korean.closed(scene.tokens[old.last - 1].lower):
        return False
    if _SAME.fullmatch(gap):
        if old.absorbing:
            old.last = new.last
        else:
            _merge(old, new, scene.lexicon.noun_first)
        return True
    if old.category in _HEADS and _FOR.fullmatch(gap):
        old.last, old.absorbing = new.last, True
        return True
    if old.absorbing and _ROW.fullmatch(gap) and not re.search(r"\d", gap):
        old.last = new.last
        return True
    return False


def _merge(old: Goods, new: Goods, noun_first: bool) -> None:
    """The last noun of a compound is its head, save that a designation keeps its category ("Patriot missiles")."""
    old.last = new.last
    if noun_first:
        if new.named and old.category in _KEPT:
            old.category = new.category  # "missiles Patriot"
        old.named = old.named or new.named
        return
    if not (old.named and new.category in (*_KEPT, old.category)) and (
        not new.named or old.category == "unspecified_arms"
    ):
        old.category, old.noun = new.category, new.noun
    elif new.category == old.category and not new.named:
        old.noun = new.noun
    old.named = old.named or new.named


def _number(scene: Scene, thing: Goods, counts: list[Number]) -> Number | None:
    """The number in front of the goods, with at most three words of description between."""
    best = None
    if scene.lexicon.verb_last:
        behind = (one for one in counts if one.first == thing.last and not one.money)
        best = next((one for one in behind if not scene.between(one.first - 1, one.first).strip()), None)
        counts = [] if best else [one for one in counts if scene.tokens[one.last - 1].text.endswith("의")]
    for count in counts:
        if count.money or count.last > thing.first or thing.first - count.last > 3:
            continue
        gap = scene.text[scene.tokens[count.last - 1].end : scene.tokens[thing.first].start]
        if not re.search(r"[,;:.()|]|\b(und|and|in|from|aus|von|nach|to|i|oraz|z|do|и|й|і|та|из|з|до|для)\b", gap):
            best = count
    return best
