"""Roles: who gives and who gets, by the words around the actors of a sentence."""

from extractor.baseline.lexicon import Act
from extractor.baseline.reading import OBSERVERS, Actor, Scene
from extractor.matching import Found

_GONE = ("SUN", "YUG", "CSK", "DDR")
Ends = tuple[list[str], list[str]]


def roles(scene: Scene, act: Found[Act]) -> Ends:
    """Suppliers and recipients that the sentence names for one act; either may be empty."""
    everyone = [actor for actor in scene.actors if _may_act(actor)]
    clause = scene.clauses[act.first]
    suppliers, recipients = _of(scene, act, [actor for actor in everyone if scene.clauses[actor.first] == clause])
    if act.payload.direction == "get":
        suppliers = [code for code in suppliers if code not in recipients]
    recipients = [code for code in recipients if code not in suppliers]
    if suppliers and recipients:
        return suppliers, recipients
    first, last = scene.segment(act.first)
    more_suppliers, more_recipients = _of(scene, act, [actor for actor in everyone if first <= actor.first < last])
    suppliers = suppliers or [code for code in more_suppliers if code not in recipients]
    recipients = recipients or [code for code in more_recipients if code not in suppliers]
    return suppliers, recipients


def _may_act(actor: Actor) -> bool:
    """A town is only where something goes; "Soviet-made" says who built it, not who gave it."""
    if actor.code in OBSERVERS:
        return False
    if actor.kind == "city":
        return actor.cue in ("to", "in", "from")
    return not (actor.code in _GONE and actor.kind == "adj")


def _of(scene: Scene, act: Found[Act], actors: list[Actor]) -> Ends:
    if act.payload.direction == "give":
        return _give(scene, act, actors)
    if act.payload.direction == "get":
        return _get(scene, act, actors)
    if act.payload.direction == "seize":
        away = [actor for actor in actors if actor.cue in ("from", "origin")]
        return _codes(away), _codes([actor for actor in actors if actor.cue == "to"])
    return _move(act, actors)


def _codes(actors: list[Actor]) -> list[str]:
    return list(dict.fromkeys(actor.code for actor in actors))


def _subject(scene: Scene, actors: list[Actor], act: Found[Act]) -> list[Actor]:
    """Bare actors before the verb, nearest row; else the first behind it (German puts the subject there too)."""
    bare = [actor for actor in actors if actor.cue in ("bare", "genitive")]
    before = [actor for actor in bare if actor.first < act.first]
    if before:
        # The subject stands first in its clause; a later bare name is more often an object or an aside.
        return row(before, before[0])
    if scene.lexicon.language == "en":
        return []
    behind = [actor for actor in bare if actor.first >= act.last]
    return row(behind, behind[0]) if behind else []


def row(actors: list[Actor], first: Actor) -> list[Actor]:
    """The actors that stand in one row with `first`: "Polen, Ungarn und die Slowakei"."""
    row = [first]
    for actor in actors[actors.index(first) + 1 :]:
        if actor.first - row[-1].last <= 2:
            row.append(actor)
    return row


def _give(scene: Scene, act: Found[Act], actors: list[Actor]) -> Ends:
    actors = [actor for actor in actors if actor.kind != "city" or actor.cue != "in"]
    away = [actor for actor in actors if actor.cue == "from"]
    to = [actor for actor in actors if actor.cue == "to"]
    dative = [actor for actor in actors if actor.cue == "dative"]
    given_by = [actor for actor in actors if actor.cue in ("by", "from")]
    recipients = to or dative
    subject = [actor for actor in _subject(scene, actors, act) if actor not in recipients]
    if not recipients:
        # "gave Ukraine 30 tanks", "versorgt Russland mit Munition"
        objects = [actor for actor in actors if actor.cue == "bare" and actor not in subject and actor.first >= act.last]
        if objects and objects[0].first - act.last <= 3:
            recipients = row(objects, objects[0])
        elif scene.lexicon.language == "de":
            later = [actor for actor in actors if actor.cue == "bare" and actor not in subject]
            recipients = later[:1]
    if not subject or subject[0].first >= act.last:
        subject = given_by or subject
    if away and not recipients:
        # "ships carried shells from Rajin to ports in Russia"
        recipients = [actor for actor in scene.actors if actor.cue == "in" and actor.first > away[0].first] or subject
        return _codes(away), _codes(recipients)
    suppliers = [actor for actor in subject if actor.code not in _codes(recipients)]
    if not suppliers:
        suppliers = given_by or [actor for actor in actors if actor.cue in ("origin", "genitive")][:1]
    return _codes(suppliers), _codes(recipients)


def _get(scene: Scene, act: Found[Act], actors: list[Actor]) -> Ends:
    given_by = [actor for actor in actors if actor.cue in ("from", "by")]
    if not given_by and act.payload.stage in ("agreed", "considered"):
        given_by = [actor for actor in actors if actor.cue == "in"]
    recipients = [actor for actor in _subject(scene, actors, act) if actor not in given_by]
    suppliers = given_by or [actor for actor in actors if actor.cue == "origin"][:1]
    if not recipients:
        recipients = [actor for actor in actors if actor.cue in ("to", "dative") and actor not in suppliers]
    return _codes(suppliers), _codes(recipients)


def _move(act: Found[Act], actors: list[Actor]) -> Ends:
    reached = [actor for actor in actors if actor.cue == "bare" and 0 <= actor.first - act.last <= 2]
    if act.payload.direction == "reach" and reached:
        away = [actor for actor in actors if actor.cue in ("from", "origin")][:1]
        return _codes(away), _codes(reached)
    to = [actor for actor in actors if actor.cue in ("to", "dative")] or [actor for actor in actors if actor.cue == "in"]
    away = [actor for actor in actors if actor.cue in ("from", "by")]
    suppliers = away or [actor for actor in actors if actor.cue in ("origin", "genitive") and actor not in to][:1]
    suppliers = suppliers or [actor for actor in actors if actor.cue == "bare" and actor not in to][:1]
    return _codes(suppliers), _codes(to)
