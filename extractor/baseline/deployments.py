"""Deployments: forces of one state on the ground of another."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.baseline.actors import Actor, is_state, row
from extractor.baseline.lexicon import adversaries
from extractor.baseline.reading import Reading
from extractor.baseline.scene import Scene
from extractor.baseline.successors import at_time
from extractor.baseline.tables import country_row
from extractor.baseline.troops import Troops, troops
from extractor.matching import Found

_REACH = 8  # tokens between a number without a noun and the verb that sends
_OTHER_CLAUSE = 8  # tokens that another clause counts for
_GOVERNED = 2  # tokens between "agreed to" and "send"
_POSTPONED = 12  # tokens between a German auxiliary and its verb
_SIDING = 4  # tokens between "an der Seite" and the side
_DENIED = 4  # tokens between a negation and what it negates
_NEVER = "never"  # no status: said not to have happened
_LATER = 2  # sentences in which a withdrawal is told
_NO_GROUND = ("leader", "forces", "firm", "seat", "people")  # kinds of names that are no place


@dataclass(slots=True)
class Posting:
    """A deployment on its way to a record; `scenes` are the sentences that prove it, the telling one first."""

    sender: str
    host: str | None
    supports: str | None
    place: str | None
    troops: Troops
    status: str
    scenes: list[Scene] = field(default_factory=list)


def postings(reading: Reading) -> list[Posting]:
    """The deployments of an article, repeats merged."""
    told: list[Posting] = []
    for scene in reading.scenes:
        told += _row(scene, told, reading) if scene.sentence.shape == "table" else _told(scene, reading)
        told += _elliptic(scene, told)
    hosts = _Hosts(told, reading.main_place)
    found: list[Posting] = []
    for posting in told:
        posting.host = posting.host or hosts.of(posting.sender)
        if posting.sender == posting.host or (posting.host is None and posting.supports is None):
            continue
        _follow(posting, reading)
        _add(found, posting)
    return found


class _Hosts:
    """Where forces are, as far as single sentences tell both ends."""

    def __init__(self, told: list[Posting], usual: str | None) -> None:
        whole = [posting for posting in told if posting.host and posting.host != posting.sender]
        self._usual = usual
        self._all = Counter(posting.host for posting in whole)
        self._of: dict[str, Counter[str | None]] = {}
        for posting in whole:
            self._of.setdefault(posting.sender, Counter())[posting.host] += 1

    def of(self, sender: str) -> str | None:
        """Where the forces of `sender` are said to be elsewhere in the article, or most forces, or most of it all."""
        if sender in self._of:
            return self._of[sender].most_common(1)[0][0]
        host, count = self._all.most_common(1)[0] if self._all else (None, 0)
        if count >= 2 and 2 * count > self._all.total() and host != sender:
            return host
        return self._usual if self._usual != sender else None


def _add(found: list[Posting], posting: Posting) -> None:
    """A repeat without a number of its own joins; another number is another deployment."""
    twins = [one for one in found if (one.sender, one.host) == (posting.sender, posting.host)]
    number = posting.troops.number
    if number is None or number.total:
        if not twins:
            found.append(posting)
        return
    if any(one.troops.number and one.troops.number.figure == number.figure for one in twins):
        return
    open_ended = next((one for one in twins if one.troops.number is None), None)
    if open_ended is None:
        found.append(posting)
        return
    open_ended.troops, open_ended.status = posting.troops, posting.status
    open_ended.scenes = [*posting.scenes, *open_ended.scenes]


def _told(scene: Scene, reading: Reading) -> Iterator[Posting]:
    if scene.question or scene.has("use"):
        return
    year = min((when.edtf[:4] for when in scene.whens if when.edtf[:4].isdigit()), default=None)
    telling = any(mark.payload != "present" for mark in scene.postings)
    for forces in troops(scene):
        for sender in _senders(scene, forces, reading):
            host, place = _host(scene, forces, sender)
            # A bare "are" sends nobody, unless the sentence names both ends and speaks of nothing else.
            if not telling and (scene.items or not (scene.postings or (forces.owners and host))):
                continue
            status = _denied(scene, forces) or _status(scene, forces)
            if status != _NEVER and (host is None or frozenset((sender, host)) not in adversaries()):
                side = _supports(scene, sender)
                yield Posting(at_time(sender, year), host, side, place, forces, status, [scene])


def _senders(scene: Scene, forces: Troops, reading: Reading) -> list[str]:
    senders = forces.owners or _subject(scene, forces)
    topic = reading.topic(scene.number) if forces.number and not senders and not scene.has("accuse") else None
    # Troops "in support of the Kremlin" are not the Kremlin's.
    return [sender for sender in ([topic] if topic else senders) if not _sided_with(scene, sender)]


def _row(scene: Scene, before: list[Posting], reading: Reading) -> Iterator[Posting]:
    """A row of a table that gives a country and a number, below a text about forces."""
    name, number = country_row(scene)
    if before and name and number and reading.about_forces(scene):
        last = before[-1]
        force = scene.forces[0].payload if scene.forces else "other"
        forces = Troops(name.first, number.last, force, number, [name.code])
        yield Posting(name.code, last.host, None, None, forces, last.status, [scene, last.scenes[0]])


def _elliptic(scene: Scene, before: list[Posting]) -> Iterator[Posting]:
    """Numbers that leave their noun out: "another 217 on 18 January", "seither sind weitere 1.500 eingetroffen"."""
    last = before[-1] if before and scene.number - before[-1].scenes[0].number <= 1 else None
    if last is None or scene.has("use") or scene.items or scene.question:
        return
    taken = {one.troops.number for one in before if one.scenes[0] is scene}
    for number in scene.numbers:
        near = [mark for mark in scene.postings if abs(mark.first - number.last) <= _REACH]
        if near and number not in taken and not number.money and not number.total and scene.uncounted(number):
            mark = min(near, key=lambda one: abs(one.first - number.last))
            forces = Troops(number.first, number.last, last.troops.force, number, [last.sender])
            status = _plain(mark.payload)
            yield Posting(last.sender, last.host, last.supports, None, forces, status, [scene, last.scenes[0]])


def _subject(scene: Scene, forces: Troops) -> list[str]:
    if scene.has("accuse"):
        return [actor.code for actor in scene.accused]
    # "le gouvernement français": an adjective that no goods bear stands for its noun.
    no_names = ("city",) if scene.lexicon.noun_first else ("city", "adj")
    cues = ("bare",) if scene.lexicon.verb_last else ("bare", "genitive")
    names = [actor for actor in scene.actors if actor.cue in cues and actor.kind not in no_names]
    start = forces.number.first if forces.number else forces.first
    for actor in names:
        if 0 <= start - actor.last <= 1:
            # "Guatemala 150 Militärpolizisten und El Salvador acht Mann"; "Nigeria und Benin boten Kontingente an"
            rows = (row(scene, names, first) for first in names)
            return [one.code for one in next(one for one in rows if actor in one)]
    clause = scene.clauses[forces.first]
    for own in ([actor for actor in names if scene.clauses[actor.first] == clause], names):
        before = [actor for actor in own if actor.first < forces.first]
        if before and scene.lexicon.verb_last:
            return [before[-1].code]  # who only says so stands first
        if before:
            return [one.code for one in row(scene, own, before[0])]
    return []


def _host(scene: Scene, forces: Troops, sender: str) -> tuple[str | None, str | None]:
    """State on whose ground, and the place in it."""
    cues = ("to", "in", "from") if _status(scene, forces) in ("withdrawing", "withdrawn") else ("to", "in")
    if "from" in cues and scene.lexicon.noun_first:
        cues = (*cues, "bare", "genitive")  # "ont quitté le Mali", "retiré du Niger"
    # "opuszczą Liban"
    left = {mark.last for mark in scene.postings} if "from" in cues and scene.lexicon.endings else set()
    grounds: list[Actor] = [
        actor
        for actor in scene.actors
        if (actor.cue in cues or actor.first in left or (actor.kind == "city" and actor.cue not in ("from", "by")))
        and is_state(actor.code)
        and actor.code != sender
        and actor.kind not in _NO_GROUND
        and not scene.describes(actor)
    ]
    if not grounds:
        return None, None
    actor = min(grounds, key=lambda one: scene.apart(one.first, forces.last - 1, _OTHER_CLAUSE))
    return actor.code, actor.english if actor.kind in ("city", "capital") else None


def _supports(scene: Scene, sender: str) -> str | None:
    sides = [actor.code for actor in scene.actors if actor.code != sender and _is_side(scene, actor)]
    return sides[0] if sides else None


def _sided_with(scene: Scene, code: str) -> bool:
    return any(actor.code == code and _is_side(scene, actor) for actor in scene.actors)


def _is_side(scene: Scene, actor: Actor) -> bool:
    lead = {token.lower for token in scene.tokens[max(0, actor.first - _SIDING) : actor.first]}
    if scene.lexicon.verb_last:
        lead = {token.lower for token in scene.tokens[actor.last : actor.last + _SIDING - 2]}
    return actor.kind != "city" and bool(lead & scene.lexicon.siding)


def _denied(scene: Scene, forces: Troops) -> str | None:
    """Status that a negation leaves: "will send no troops" is halted, "no soldier was ever there" is no record."""
    verbs = [mark.first for mark in scene.postings if scene.clauses[mark.first] == scene.clauses[forces.first]]
    denied = scene.has("negation", forces.first - _DENIED, forces.first) or any(
        scene.has("negation", verb - _DENIED, verb + 2) for verb in verbs
    )
    if not denied:
        return None
    return "agreed" if scene.has("yet") else "halted" if scene.has("future") else _NEVER


def _status(scene: Scene, forces: Troops) -> str:
    """The nearest verb of sending; a bare "are" or "waren" counts only where there is none."""
    marks = sorted(scene.postings, key=lambda mark: scene.apart(mark.first, forces.first, _OTHER_CLAUSE))
    telling = [mark for mark in marks if mark.payload != "present"]
    if not telling:
        return "deployed"
    status = _governor(telling[0], telling) if telling[0].payload in ("deployed", "agreed") else telling[0].payload
    return "agreed" if status == "deployed" and _is_to_come(scene, telling[0].first) else status


def _is_to_come(scene: Scene, verb: int) -> bool:
    """Whether a verb of sending has an auxiliary of the future: "will station", "wird 4.800 Soldaten stationieren"."""
    reach = _POSTPONED if scene.lexicon.nouns_have_capitals else _GOVERNED
    return any(
        word.payload == "future" and scene.clauses[word.first] == scene.clauses[verb] and 0 < verb - word.first <= reach
        for word in scene.words
    )


def _governor(mark: Found[str], others: list[Found[str]]) -> str:
    """ "agreed to send": the first word tells the stage."""
    for other in others:
        if other.payload in ("considered", "agreed", "halted") and 0 < mark.first - other.first <= _GOVERNED + 1:
            return other.payload
    return mark.payload


def _plain(status: str) -> str:
    return "deployed" if status == "present" else status


def _follow(posting: Posting, reading: Reading) -> None:
    """A withdrawal told in the next sentences: "They withdrew in 1991"."""
    if posting.status != "deployed":
        return
    number = posting.scenes[0].number
    for scene in reading.scenes[number + 1 : number + 1 + _LATER]:
        gone = [mark.payload for mark in scene.postings if mark.payload in ("withdrawn", "withdrawing")]
        if gone and scene.tokens[0].lower in scene.lexicon.pronouns and not scene.forces:
            posting.status = gone[0]
            posting.scenes.append(scene)
            return
