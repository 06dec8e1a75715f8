"""Troops: the forces that a sentence names, how many they are and whose."""

import re
from dataclasses import dataclass, field

from extractor.baseline.actors import Actor, row
from extractor.baseline.numbers import Number
from extractor.baseline.scene import Scene

_NUMBER_NEAR = 3  # tokens of description between a number and the forces that it counts
_OWNER_NEAR = 2  # tokens between an adjective and the forces
_FROM_NEAR = 3  # tokens between forces and "aus Nordkorea"
_ELSEWHERE = re.compile(r"[,;:.()|]|\b(und|and|in|from|aus|von|nach|to|et|y|i|z|з|и|та|из|od|w|na|от|в|на|від|у|і|й)\b")


@dataclass(slots=True)
class Troops:
    """Tokens `first` to `last` name forces of a codebook type; `owners` are the states whose they are."""

    first: int
    last: int
    force: str
    number: Number | None = None
    owners: list[str] = field(default_factory=list)


def troops(scene: Scene) -> list[Troops]:
    """Forces of a sentence: kinds of forces, and nationals that are counted ("400 Germans")."""
    found: list[Troops] = []
    for mark in scene.forces:
        if any(0 < thing.first - mark.last <= _OWNER_NEAR for thing in scene.items):
            continue  # "squadrons of the S-400"
        forces = Troops(mark.first, mark.last, mark.payload, _number(scene, mark.first, mark.last))
        forces.owners = _owners(scene, forces)
        found.append(forces)
    for actor in scene.actors:
        near = any(one.first - _OWNER_NEAR <= actor.first <= one.last + _OWNER_NEAR for one in found)
        counted = actor.kind == "people" or (scene.lexicon.verb_last and actor.kind == "forces")  # "북한군 3000명"
        number = _number(scene, actor.first, actor.last) if counted and not near else None
        if number:
            found.append(Troops(actor.first, actor.last, "combat", number, [actor.code]))
    return found


def _number(scene: Scene, first: int, last: int) -> Number | None:
    for number in scene.numbers:
        if scene.lexicon.verb_last:
            if number.first == last and not number.money:
                return number
            continue
        if number.money or not 0 <= first - number.last <= _NUMBER_NEAR:
            continue
        if not _ELSEWHERE.search(scene.between(number.last - 1, first)):
            return number
    return None


def _owners(scene: Scene, forces: Troops) -> list[str]:
    for actor in scene.actors:
        if actor.kind == "city":
            continue
        before, behind = forces.first - actor.last, actor.first - forces.last
        if actor.kind == "forces" and actor.first <= forces.first < actor.last:
            return [actor.code]  # "des forces armées turques"
        describes = actor.kind == "adj" or actor.cue == "origin"
        if describes and 0 <= before <= _OWNER_NEAR and not _divided(scene, actor, forces):
            return [actor.code]
        follows = scene.lexicon.endings or scene.lexicon.noun_first
        if actor.kind == "adj" and follows and 0 <= behind < (_OWNER_NEAR if scene.lexicon.noun_first else 1):
            return [actor.code]  # "żołnierze amerykańscy", "des soldats français"
        if actor.cue == "genitive" and 0 <= before <= _FROM_NEAR:
            return [actor.code]
        if actor.cue == "from" and _leaving(scene):
            continue  # "withdrew its troops from Mali"
        if actor.cue in ("from", "genitive") and 0 <= behind <= _FROM_NEAR and not scene.lexicon.verb_last:
            return [one.code for one in row(scene, scene.actors, actor)]
    return []


def _leaving(scene: Scene) -> bool:
    return any(mark.payload in ("withdrawing", "withdrawn") for mark in scene.postings)


def _divided(scene: Scene, actor: Actor, forces: Troops) -> bool:
    return bool(re.search(r"[,;:]", scene.between(actor.last - 1, forces.first)))
