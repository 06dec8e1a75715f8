"""Deployments: forces of one state on the ground of another."""

import re
from collections import Counter
from dataclasses import dataclass, field

from extractor.baseline.lexicon import adversaries
from extractor.baseline.numbers import Number
from extractor.baseline.reading import Actor, Reading, Scene
from extractor.baseline.roles import row

_REACH = 8  # tokens between a number without a noun and the verb that sends


@dataclass(slots=True)
class Troops:
    """Tokens `first` to `last` name forces; `number` counts them, `owner` is whose they are."""

    first: int
    last: int
    force: str
    number: Number | None = None
    owners: list[str] = field(default_factory=list)


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
    basis: str = ""


def postings(reading: Reading) -> list[Posting]:
    """The deployments of an article, repeats merged."""
    told: list[Posting] = []
    for scene in reading.scenes:
        told += _row(scene, told) if scene.sentence.shape == "table" else _told(scene, reading)
        told += _elliptic(scene, told)
    hosts = _Hosts(told, reading.main_place)
    found: list[Posting] = []
    for posting in told:
        if posting.host is None:
            posting.host = hosts.of(posting.sender)
            if posting.host: posting.basis += "+ctx"
        if posting.host is None and posting.supports is None: continue
        if posting.sender == posting.host:
            continue
        _later(posting, reading)
        _add(found, posting)
    return found


class _Hosts:
    """Where forces are, as far as single sentences tell both ends."""

    def __init__(self, told: list[Posting], usual: str | None) -> None:
        self.usual = usual
        self.by_sender: dict[str, Counter[str]] = {}
        for posting in told:
            if posting.host and posting.host != posting.sender:
                self.by_sender.setdefault(posting.sender, Counter())[posting.host] += 1
        self.all = Counter(posting.host for posting in told if posting.host and posting.host != posting.sender)

    def of(self, sender: str) -> str | None:
        if sender in self.by_sender:
            return self.by_sender[sender].most_common(1)[0][0]
        if self.all:
            host, count = self.all.most_common(1)[0]
            if count >= 2 and 2 * count > self.all.total() and host != sender:
                return host
        return self.usual if self.usual != sender else None


def _add(found: list[Posting], posting: Posting) -> None:
    twins = [one for one in found if (one.sender, one.host) == (posting.sender, posting.host)]
    number = posting.troops.number
    if number is None or number.total:
        if not twins:
            found.append(posting)
        return
    same = [one for one in twins if one.troops.number and one.troops.number.figure == number.figure]
    unnumbered = [one for one in twins if one.troops.number is None]
    if same:
        return
    if unnumbered:
        unnumbered[0].troops = posting.troops
        unnumbered[0].status = posting.status
        unnumbered[0].scenes = [*posting.scenes, *unnumbered[0].scenes]
        return
    found.append(posting)


def _told(scene: Scene, reading: Reading) -> list[Posting]:
    if scene.question or scene.has("use"):
        return []
    found = []
    for troops in _troops(scene):
        senders, basis = (troops.owners, "owner") if troops.owners else (_subject(scene, troops), "subject")
        if not senders:
            topic = reading.topic(scene.number)
            senders, basis = ([topic] if topic and troops.number else []), "topic"
        for sender in senders:
            host, place = _host(scene, troops, sender)
            strong = [m for m in scene.postings if m.payload != "present"]
            if not strong and (scene.items or not (troops.owners and host or scene.postings)): continue
            if host and frozenset((sender, host)) in adversaries(): continue
            found.append(Posting(sender, host, _supports(scene, sender), place, troops, _status(scene, troops), [scene], basis + ("H" if host else "")+ ("#" if troops.number else "")))
    return found


def _row(scene: Scene, before: list[Posting]) -> list[Posting]:
    """A row of a table that gives a country and a number, below a text about forces."""
    names = [actor for actor in scene.actors if actor.kind == "name"]
    counts = [number for number in scene.numbers if not number.money]
    if not before or scene.items or len(names) != 1 or not counts or names[0].first > 1 or counts[0].first - names[0].last > 1:
        return []
    last = before[-1]
    force = scene.forces[0].payload if scene.forces else "other"
    troops = Troops(names[0].first, counts[0].last, force, counts[0], [names[0].code])
    return [Posting(names[0].code, last.host, None, None, troops, last.status, [scene, last.scenes[0]], "row")]


def _elliptic(scene: Scene, before: list[Posting]) -> list[Posting]:
    """Numbers that leave their noun out: "another 217 on 18 January", "seither sind weitere 1.500 eingetroffen"."""
    last = before[-1] if before and scene.number - before[-1].scenes[0].number <= 1 else None
    if last is None or not scene.postings or scene.has("use") or scene.items or scene.question:
        return []
    found = []
    for number in scene.numbers:
        taken = any(posting.troops.number is not None and posting.troops.number.first == number.first for posting in before if posting.scenes[0] is scene)
        near = [mark for mark in scene.postings if abs(mark.first - number.last) <= _REACH]
        if taken or number.money or number.total or not scene.uncounted(number) or not near:
            continue
        mark = min(near, key=lambda one: abs(one.first - number.last))
        troops = Troops(number.first, number.last, last.troops.force, number, [last.sender])
        found.append(Posting(last.sender, last.host, last.supports, None, troops, "deployed" if mark.payload == "present" else mark.payload, [scene, last.scenes[0]], "elliptic"))
    return found


def _troops(scene: Scene) -> list[Troops]:
    """Forces of a sentence: kinds of forces, and nationals that are counted ("400 Germans")."""
    counts = scene.numbers
    found: list[Troops] = []
    for mark in scene.forces:
        if any(0 < thing.first - mark.last <= 2 for thing in scene.items):
            continue  # "squadrons of the S-400"
        troops = Troops(mark.first, mark.last, mark.payload, _count(scene, mark.first, counts))
        troops.owners = _owners(scene, troops)
        found.append(troops)
    for actor in scene.actors:
        if actor.kind == "people" and not any(one.first - 2 <= actor.first <= one.last + 2 for one in found):
            number = _count(scene, actor.first, counts)
            if number:
                found.append(Troops(actor.first, actor.last, "combat", number, [actor.code]))
    return found


def _count(scene: Scene, first: int, counts: list[Number]) -> Number | None:
    for count in counts:
        gap = scene.article.text[scene.tokens[count.last - 1].end : scene.tokens[first].start] if count.last <= first else "."
        if not count.money and first - count.last <= 3 and not re.search(r"[,;:.()|]|\b(und|and|in|from|aus|von|nach|to)\b", gap):
            return count
    return None


def _owners(scene: Scene, troops: Troops) -> list[str]:
    for actor in scene.actors:
        if actor.kind == "city": continue
        before = troops.first - actor.last
        if actor.kind == "adj" and 0 <= before <= 2 and not re.search(r"[,;:]", scene.between(actor.last - 1, troops.first)):
            return [actor.code]
        if actor.cue == "genitive" and 0 <= before <= 3:
            return [actor.code]
        if actor.cue in ("from", "genitive") and 0 <= actor.first - troops.last <= 3:
            return [one.code for one in row(scene.actors, actor)]
    return []


def _subject(scene: Scene, troops: Troops) -> list[str]:
    clause = scene.clauses[troops.first]
    start = troops.number.first if troops.number else troops.first
    for actor in scene.actors:
        # "Guatemala 150 Militärpolizisten und El Salvador acht Mann"
        if actor.cue in ("bare", "genitive") and actor.kind not in ("city", "adj") and 0 <= start - actor.last <= 1:
            return [actor.code]
    for actors in ([a for a in scene.actors if scene.clauses[a.first] == clause], scene.actors):
        bare = [actor for actor in actors if actor.cue in ("bare", "genitive") and actor.kind not in ("city", "adj")]
        before = [actor for actor in bare if actor.first < troops.first]
        if before:
            return [one.code for one in row(bare, before[0])]
    return []


def _host(scene: Scene, troops: Troops, sender: str) -> tuple[str | None, str | None]:
    near: list[tuple[int, Actor]] = []
    clause = scene.clauses[troops.first]
    for actor in scene.actors:
        if actor.code == sender or actor.kind in ("leader", "forces", "firm", "seat", "people"):
            continue
        if len(actor.code) != 3: continue
        if actor.cue in ("to", "in") or (actor.kind == "city" and actor.cue not in ("from", "by")):
            near.append((abs(actor.first - troops.last) + 10 * (scene.clauses[actor.first] != clause), actor))
    if not near:
        return None, None
    actor = min(near, key=lambda pair: pair[0])[1]
    return actor.code, actor.english if actor.kind in ("city", "capital") else None


def _supports(scene: Scene, sender: str) -> str | None:
    for actor in scene.actors:
        if actor.code == sender or actor.kind in ("city",): continue
        lead = {token.lower for token in scene.tokens[max(0, actor.first - 4) : actor.first]}
        if lead & scene.lexicon.siding:
            return actor.code
    return None


def _status(scene: Scene, troops: Troops) -> str:
    """The nearest verb of sending; a bare "are" or "waren" counts only where there is none."""
    clause = scene.clauses[troops.first]
    marks = sorted(scene.postings, key=lambda mark: abs(mark.first - troops.first) + 8 * (scene.clauses[mark.first] != clause))
    telling = [mark for mark in marks if mark.payload != "present"]
    if not telling:
        return "deployed"
    mark = telling[0]
    if mark.payload == "deployed":
        for other in telling:
            if other.payload in ("considered", "agreed", "halted") and 0 <= mark.first - other.last <= 2:
                return other.payload
    return mark.payload


def _later(posting: Posting, reading: Reading) -> None:
    """A withdrawal told in the next sentences: "Sie zogen 1987 ab"."""
    scene = posting.scenes[0]
    for other in reading.scenes[scene.number + 1 : scene.number + 3]:
        gone = [mark for mark in other.postings if mark.payload in ("withdrawn", "withdrawing")]
        taken_up = other.tokens and other.tokens[0].lower in other.lexicon.pronouns
        if gone and taken_up and not other.forces and posting.status == "deployed":
            posting.status = gone[0].payload
            posting.scenes.append(other)
            return
