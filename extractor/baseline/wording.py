"""Wording: how far an event had got, how sure the article is, and who says or denies it."""

import re
from functools import cache

from extractor.baseline.actors import Actor
from extractor.baseline.lexicon import Act
from extractor.baseline.reading import Reading
from extractor.baseline.scene import Scene
from extractor.matching import Found

_NEGATED = 6  # tokens between a verb and the word that negates it
_POSTPONED = 12  # tokens between a verb and its auxiliary
_GOVERNED = 2  # tokens between a verb and the infinitive that it governs
_SAYING = 3  # tokens between a speaker and the word of saying
_DENIAL = 12  # sentences in which a denial still answers
_MOST_DENIERS = 3
_ZU = re.compile(r"(?:ab|an|aus|bereit|ein|her|über|weiter|zu|zurück)zu\w")
_SPEAKING = ("leader", "forces", "seat", "capital", "name")


def transfer_status(scene: Scene, act: Found[Act] | None) -> str | None:
    """Status of a transfer; None where the sentence only says that something was not done."""
    if act is None:
        return "delivered"
    stage = _governed(scene, act)
    clause = scene.clauses[act.first]
    near = {
        word.payload
        for word in scene.words
        if scene.clauses[word.first] == clause
        and abs(word.first - act.first) <= (_NEGATED if word.payload == "negation" else _POSTPONED)
    }
    if scene.hearsay:
        near.discard("future")
    if "yet" in near:
        return "agreed"
    if "negation" in near:
        return None if stage == "delivered" and "future" not in near else "halted"
    if stage == "delivered" and "modal" in near:
        return "considered"
    return "agreed" if stage == "delivered" and "future" in near else stage


def _governed(scene: Scene, act: Found[Act]) -> str:
    """Stage of an act, or of the verb that governs it: "agreed to send", "weigert sich, Waffen zu liefern"."""
    if act.payload.stage == "halted" or _is_stopped(scene, act):
        return "halted"
    if act.payload.stage != "delivered":
        return act.payload.stage
    postponed = _is_infinitive(scene, act)
    reach = len(scene.tokens) if postponed else _GOVERNED
    segment = scene.segment(act.first)
    for other in reversed(scene.acts):
        governs = other.payload.stage != "delivered" and other.payload.direction != "move" and other.first in segment
        governs = governs and (postponed or scene.clauses[other.first] == scene.clauses[act.first])
        if governs and other.first < act.first and 0 <= act.first - other.last <= reach:
            return other.payload.stage
    return scene.lexicon.infinitive["stage"] if postponed else "delivered"


def _is_stopped(scene: Scene, act: Found[Act]) -> bool:
    """ "Suspended the sale", "die Lieferung gestoppt": what stops an act stands in its clause."""
    clause = scene.clauses[act.first]
    return any(other.payload.stage == "halted" and scene.clauses[other.first] == clause for other in scene.acts)


def _is_infinitive(scene: Scene, act: Found[Act]) -> bool:
    mark = scene.lexicon.infinitive.get("mark")
    word = scene.tokens[act.first].lower
    if word.endswith(tuple(scene.lexicon.infinitive.get("endings", "").split())):
        return True
    inside = mark == "zu" and _ZU.match(word)  # "auszuliefern"
    return bool(mark and (inside or (act.first and scene.tokens[act.first - 1].lower == mark)))


def certainty(reading: Reading, scene: Scene, parties: tuple[str, ...]) -> tuple[str, list[str]]:
    """Certainty and who is named as saying so; a source named for a sentence governs the one tied to it."""
    sure, named = _own_certainty(scene, parties)
    tied = scene.has("exchange") or any(token.lower in scene.lexicon.ties for token in scene.tokens[:2])
    if sure == "confirmed" and tied and scene.number:
        return _own_certainty(reading.scenes[scene.number - 1], parties)
    return sure, named


def _own_certainty(scene: Scene, parties: tuple[str, ...]) -> tuple[str, list[str]]:
    speaker = _speaker(scene)
    named = [_english(speaker)] if speaker else []
    if scene.has("hedge") or scene.has("modal"):
        return "speculated", named
    if scene.hearsay or any(scene.has(label) for label in ("accuse", "alleged", "deny")):
        return "claimed", named
    if scene.has("claim") or scene.has("source"):
        # What an acting party says of itself is admitted.
        return ("confirmed" if speaker and speaker.code in parties else "claimed"), named
    return "confirmed", []


def _speaker(scene: Scene) -> Actor | None:
    """Who says so: the actor before or beside a word of saying, the nearest first."""
    if scene.reporters:
        return scene.reporters[0]
    beside = [
        (actor.first - word.last if actor.first >= word.last else word.first - actor.last, actor.first, actor)
        for word in scene.words
        if word.payload in ("claim", "accuse")
        for actor in scene.actors
        if actor.kind in _SPEAKING
        and not (word.payload == "accuse" and actor in scene.accused)
        and actor.cue not in ("to", "from", "in", "origin")
        and scene.clauses[actor.first] == scene.clauses[word.first]
    ]
    distance, _, speaker = min(beside, key=lambda entry: entry[:2], default=(_SAYING + 1, 0, None))
    return speaker if distance <= _SAYING else None


def deniers(reading: Reading, scene: Scene, parties: tuple[str, ...]) -> list[str]:
    """Parties that deny, in the same sentence or in those that follow it."""
    names: dict[str, None] = {}
    for other in reading.scenes[scene.number : scene.number + _DENIAL]:
        denying = [
            _english(actor)
            for actor in other.actors
            if actor.code in parties and actor.kind in _SPEAKING and actor.cue in ("bare", "genitive", "by")
        ]
        if denying and other.has("deny"):
            names[denying[0]] = None
    return list(names)[:_MOST_DENIERS]


@cache
def state_name(code: str) -> str:
    """Usual English name of a state, from CLDR; a name that is no code comes back as it is."""
    import pycountry
    from babel import Locale

    country = pycountry.countries.get(alpha_3=code)
    if country is not None:
        return str(Locale("en").territories[country.alpha_2])
    gone = pycountry.historic_countries.get(alpha_3=code) if code.isupper() else None
    return {"SUN": "Soviet Union", "XKX": "Kosovo"}.get(code, gone.name.split(",")[0] if gone else code)


def _english(actor: Actor) -> str:
    return actor.english if actor.english and actor.kind in ("leader", "forces") else state_name(actor.code)
