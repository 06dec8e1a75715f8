"""Roles: who gives and who gets, by the words around the actors of a sentence."""

from typing import NamedTuple

from extractor.baseline import korean
from extractor.baseline.actors import OBSERVERS, Actor, row
from extractor.baseline.lexicon import Act
from extractor.baseline.scene import Scene
from extractor.matching import Found

_GONE = ("SUN", "YUG", "CSK", "DDR")
_OBJECT_NEAR = 3  # tokens between a verb and the object without a preposition: "gave Ukraine"


class Roles(NamedTuple):
    """Codes of those who give and those who get; either may be empty."""

    suppliers: list[str]
    recipients: list[str]


def roles(scene: Scene, act: Found[Act], thing: int = 0) -> Roles:
    """Roles that the sentence names for one act; who only says so has none, unless nobody else can have it."""
    everyone = [actor for actor in scene.actors if _may_act(actor) and not _accuses(scene, actor)]
    others = [actor for actor in everyone if actor not in scene.reporters]
    if len(others) < len(everyone):
        found = _named(scene, act, thing, others)
        if found.recipients if act.payload.direction == "get" else found.suppliers:
            return found
    return _named(scene, act, thing, everyone)


def _named(scene: Scene, act: Found[Act], thing: int, everyone: list[Actor]) -> Roles:
    """Roles in the clause of an act, else between the semicolons around it."""
    clause, segment = scene.clauses[act.first], scene.segment(act.first)
    near = _of(scene, act, [actor for actor in everyone if scene.clauses[actor.first] == clause])
    contrast = _contrast(scene, act, thing)
    if contrast:
        own = _of(scene, act, [actor for actor in everyone if contrast < actor.first and actor.first in segment])
        near = Roles(own.suppliers or near.suppliers, own.recipients or near.recipients)
    if act.payload.direction == "get":
        near = Roles([code for code in near.suppliers if code not in near.recipients], near.recipients)
    near = Roles(near.suppliers, [code for code in near.recipients if code not in near.suppliers])
    if near.suppliers and near.recipients:
        return near
    # Who only says so is no party: another clause that tells of saying is left out.
    saying = {scene.clauses[word.first] for word in scene.words if word.payload == "claim"} - {clause}
    others = [actor for actor in everyone if actor.first in segment and scene.clauses[actor.first] not in saying]
    wide = _of(scene, act, others)
    if scene.lexicon.grammar.drops_subject and not _subject(scene, others, act):
        wide = _without_subject(act, wide)
    suppliers = near.suppliers or [code for code in wide.suppliers if code not in near.recipients]
    return Roles(suppliers, near.recipients or [code for code in wide.recipients if code not in suppliers])


def _contrast(scene: Scene, act: Found[Act], thing: int) -> int:
    """Token that sets goods apart from their verb: "kupiła od Turcji drony, a Serbia od Chin rakiety"; 0 for none."""
    between = range(thing - 1, act.last, -1)
    return next((token for token in between if scene.tokens[token].lower in scene.lexicon.grammar.contrasts), 0)


def _without_subject(act: Found[Act], found: Roles) -> Roles:
    if act.payload.direction == "give":
        return Roles([], found.recipients)
    return Roles(found.suppliers, []) if act.payload.direction == "get" else found


def _accuses(scene: Scene, actor: Actor) -> bool:
    """Whether an actor is the subject of a word of accusing."""
    if actor.cue != "bare" or actor in scene.accused:
        return False
    return any(word.payload == "accuse" and actor.first < word.first for word in scene.words)


def _may_act(actor: Actor) -> bool:
    """A town is only where something goes; "Soviet-made" says who built it, not who gave it."""
    if actor.code in OBSERVERS:
        return False
    if actor.kind == "city":
        return actor.cue in ("to", "for", "in", "from")
    return not (actor.code in _GONE and actor.kind == "adj")


def _of(scene: Scene, act: Found[Act], actors: list[Actor]) -> Roles:
    direction = act.payload.direction
    clause = scene.clauses[act.first]
    if any(other.payload.direction == "seize" and scene.clauses[other.first] == clause for other in scene.acts):
        direction = "seize"  # "Egypt seized rifles sent from Libya to Sudan"
    if direction == "give":
        return _give(scene, act, actors)
    if direction == "get":
        return _get(scene, act, actors)
    if direction == "seize":
        return Roles(_codes(_bound(actors, "from", "origin")), _codes(_bound(actors, "to", "for")))
    return _move(act, actors)


def _codes(actors: list[Actor]) -> list[str]:
    return list(dict.fromkeys(actor.code for actor in actors))


def _bound(actors: list[Actor], *cues: str) -> list[Actor]:
    return [actor for actor in actors if actor.cue in cues]


def _subject(scene: Scene, actors: list[Actor], act: Found[Act]) -> list[Actor]:
    """The first bare names before the verb; else the first behind it, where the language puts the subject there."""
    if scene.has("accuse"):
        return [actor for actor in actors if actor in scene.accused]
    agents = _bound(actors, "agent")
    if agents:
        return agents
    bare = _bound(actors, "bare", "genitive")
    before = [actor for actor in bare if actor.first < act.first]
    nearest = _bound(before, "bare") if scene.lexicon.verb_last else []
    if nearest:
        return _nearest_row(scene, nearest)
    if before:
        # The subject stands first in its clause; a later bare name is more often an object or an aside.
        return row(scene, before, before[0])
    behind = [actor for actor in bare if actor.first >= act.last] if scene.lexicon.language != "en" else []
    return row(scene, behind, behind[0]) if behind else []


def _nearest_row(scene: Scene, bare: list[Actor]) -> list[Actor]:
    """The row of names that stands last: a verb at the end has its subject nearest."""
    first = len(bare) - 1
    while first > 0 and korean.joined(scene, bare[first - 1].last, bare[first].first):
        first -= 1  # "네덜란드와 덴마크는"
    return bare[first:] if bare else []


def _there(scene: Scene, act: Found[Act], actors: list[Actor]) -> list[Actor]:
    """Who gets, behind a preposition that also tells where: "à l'Ukraine", "a Ucrania"; not who is accused."""
    giving = {actor.code for actor in (*_subject(scene, actors, act), *(scene.accused if scene.has("accuse") else ()))}
    there = [actor for actor in _bound(actors, "in") if actor.code not in giving]
    behind = [actor for actor in there if actor.first >= act.last]
    return row(scene, behind, behind[0]) if behind else there


def _give(scene: Scene, act: Found[Act], actors: list[Actor]) -> Roles:
    actors = [actor for actor in actors if actor.kind != "city" or actor.cue != "in"]
    goal, dative = _bound(actors, "to", "for"), _bound(actors, "dative")
    # Case endings are surer than "to": "przekazane Ukrainie dotarły do Polski".
    recipients = dative or goal if scene.lexicon.endings else goal or dative
    if scene.lexicon.noun_first:
        recipients = recipients or _there(scene, act, actors)
    if scene.lexicon.verb_last and act.payload.stage == "agreed":
        recipients = recipients or _bound(actors, "with")  # "이집트와 수출 계약을 맺었다"
    subject = [actor for actor in _subject(scene, actors, act) if actor not in recipients]
    recipients = recipients or _object(scene, act, actors, subject)
    away = _bound(actors, "from")
    if away and not recipients and not (subject and scene.lexicon.noun_first):
        # "ships carried shells from Rajin to ports in Russia"
        there = [actor for actor in _bound(scene.actors, "in") if actor.first > away[0].first]
        return Roles(_codes(away), _codes(there or subject))
    given_by = _bound(actors, "by", "from")
    if not subject or subject[0].first >= act.last:
        subject = given_by or subject
    suppliers = [actor for actor in subject if actor.code not in _codes(recipients)]
    return Roles(_codes(suppliers or given_by or _bound(actors, "origin", "genitive")[:1]), _codes(recipients))


def _object(scene: Scene, act: Found[Act], actors: list[Actor], subject: list[Actor]) -> list[Actor]:
    """Who gets, where no preposition says so: "gave Ukraine 30 tanks", "versorgt Russland mit Munition"."""
    bare = [actor for actor in _bound(actors, "bare") if actor not in subject]
    behind = [actor for actor in bare if actor.first >= act.last]
    if behind and behind[0].first - act.last <= _OBJECT_NEAR:
        return row(scene, behind, behind[0])
    return bare[:1] if scene.lexicon.language == "de" else []


def _get(scene: Scene, act: Found[Act], actors: list[Actor]) -> Roles:
    given_by = _bound(actors, "from", "by") or [actor for actor in actors if actor.kind == "firm"]
    if not given_by and act.payload.stage in ("agreed", "considered"):
        given_by = _bound(actors, "in")  # "in Deutschland bestellt"
        marked = scene.lexicon.endings or scene.lexicon.noun_first
        given_by = _bound(actors, "with") if marked and not given_by else given_by
    if scene.lexicon.verb_last and act.payload.stage in ("agreed", "considered"):
        given_by = given_by or _bound(actors, "to")  # "한국에 주문했다"
    recipients = [actor for actor in _subject(scene, actors, act) if actor not in given_by]
    of = ("origin", "genitive") if scene.lexicon.verb_last else ("origin",)
    suppliers = given_by or _bound(actors, *of)[:1]
    recipients = recipients or [actor for actor in _bound(actors, "to", "for", "dative") if actor not in suppliers]
    return Roles(_codes(suppliers), _codes(recipients))


def _move(act: Found[Act], actors: list[Actor]) -> Roles:
    reached = [actor for actor in _bound(actors, "bare") if 0 <= actor.first - act.last < _OBJECT_NEAR]
    if act.payload.direction == "reach" and reached:
        return Roles(_codes(_bound(actors, "from", "origin")[:1]), _codes(reached))
    to = _bound(actors, "to", "for", "dative") or _bound(actors, "in")
    rest = [actor for actor in actors if actor not in to]
    away = _bound(rest, "from", "by", "agent") or _bound(rest, "origin", "genitive")[:1] or _bound(rest, "bare")[:1]
    return Roles(_codes(away), _codes(to))
