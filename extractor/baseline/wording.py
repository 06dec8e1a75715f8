"""Wording: how far an event had got, how sure the article is, and who says or denies it."""

from functools import cache

from extractor.baseline.lexicon import Act
from extractor.baseline.reading import Actor, Reading, Scene
from extractor.matching import Found

_NEAR = 6  # tokens between a verb and the word that negates or postpones it
_GOVERNED = 2  # tokens between a verb and the infinitive that it governs
_SPEAKING = ("leader", "forces", "seat", "capital", "name")


def transfer_status(scene: Scene, act: Found[Act] | None) -> str | None:
    """Status of a transfer; None where the sentence only says that something was not done."""
    if act is None:
        return "delivered"
    stage = _governed(scene, act)
    clause = scene.clauses[act.first]
    near = [word for word in scene.words if scene.clauses[word.first] == clause and abs(word.first - act.first) <= 2 * _NEAR]
    labels = {word.payload for word in near}
    negated = any(word.payload == "negation" and abs(word.first - act.first) <= _NEAR for word in near)
    if negated:
        if "yet" in labels:
            return "agreed"
        return None if stage == "delivered" and "future" not in labels else "halted"
    if stage == "delivered" and "modal" in labels:
        return "considered"
    if stage == "delivered" and "future" in labels:
        return "agreed"
    return stage


def _governed(scene: Scene, act: Found[Act]) -> str:
    """Stage of an act, or of the word that governs it: "agreed to send", "weigert sich zu liefern"."""
    if act.payload.stage == "delivered":
        for other in scene.acts:
            apart = act.first - other.last if other.first < act.first else other.first - act.last
            if other is not act and other.payload.stage != "delivered" and 0 <= apart <= _GOVERNED and scene.clauses[other.first] == scene.clauses[act.first] and other.payload.direction!="move":
                return other.payload.stage
    return act.payload.stage


def certainty(scene: Scene, parties: tuple[str, ...]) -> tuple[str, list[str]]:
    """Certainty and who is named as saying so."""
    speaker = _speaker(scene)
    named = [_english(speaker)] if speaker else []
    if scene.has("hedge") or scene.has("modal"):
        return "speculated", named
    if scene.has("claim"):
        # What an acting party says of itself is admitted.
        return ("confirmed" if speaker and speaker.code in parties else "claimed"), named
    return "confirmed", []


def _speaker(scene: Scene) -> Actor | None:
    """The actor beside a word of saying."""
    best: tuple[int, Actor] | None = None
    for word in scene.words:
        if word.payload != "claim":
            continue
        for actor in scene.actors:
            if actor.kind not in _SPEAKING or actor.cue in ("to", "from", "in", "origin"):
                continue
            distance = actor.first - word.last if actor.first >= word.last else word.first - actor.last
            if distance <= 3 and (best is None or distance < best[0]):
                best = (distance, actor)
    return best[1] if best else None


def deniers(reading: Reading, scene: Scene, parties: tuple[str, ...]) -> list[str]:
    """Parties that deny, in the same sentence or in the paragraphs that follow it."""
    found: list[str] = []
    for other in reading.scenes[scene.number : scene.number + 12]:
        if not other.has("deny"):
            continue
        for actor in other.actors:
            if actor.code in parties and actor.kind in _SPEAKING and actor.cue in ("bare", "genitive", "by") and _english(actor) not in found:
                found.append(_english(actor))
                break
    return found[:3]


@cache
def state_name(code: str) -> str:
    """Usual English name of a state, from CLDR; a name that is no code comes back as it is."""
    import pycountry
    from babel import Locale

    country = pycountry.countries.get(alpha_3=code)
    if country is None:
        gone = pycountry.historic_countries.get(alpha_3=code) if len(code) == 3 else None
        return {"SUN": "Soviet Union", "XKX": "Kosovo"}.get(code, gone.name.split(",")[0] if gone else code)
    return str(Locale("en").territories[country.alpha_2])


def _english(actor: Actor) -> str:
    return actor.english if actor.english and actor.kind in ("leader", "forces") else state_name(actor.code)
