"""Treaties: instruments and the states that they bind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.baseline.actors import Actor, may_sign
from extractor.baseline.dates import When
from extractor.baseline.goods import goods
from extractor.baseline.lexicon import KnownTreaty, known_treaties
from extractor.baseline.reading import Reading
from extractor.baseline.scene import Scene
from extractor.baseline.successors import at_time, successor

_NEAR = 6  # sentences over which "the treaty" still means the one named before
_REACH = 18  # tokens between an instrument and what is told of it
_YEAR_NEAR = 14  # tokens between an instrument and its year
_DATE_NEAR = 8  # tokens between "signed" and its date
_OTHER_CLAUSE = 10  # tokens that another clause counts for
_GOODS_NEAR = 8  # tokens between a contract and the goods that it is about
_FOLLOWING = 2  # sentences of a paragraph that go on about the same treaty
_MOST_PARTIES = 5  # that one sentence lists in a row
_ROW_GAP = 3  # tokens between two parties of one row


@dataclass(slots=True)
class Pact:
    """A treaty on its way to a record; tokens `first` to `last` of its first scene name the instrument."""

    parties: tuple[str, ...]
    first: int
    last: int
    known: KnownTreaty | None
    year: str | None
    stages: dict[str, str | None]  # status -> EDTF or None
    new: bool = False
    scenes: list[Scene] = field(default_factory=list)


def pacts(reading: Reading) -> list[Pact]:
    """The treaties of an article, repeats merged."""
    found: list[Pact] = []
    for scene in reading.scenes:
        if scene.question:
            continue
        for pact in (*_known(scene, reading), *_told(scene, reading, found)):
            _follow(pact, reading)
            _add(found, pact)
    return found


def _known(scene: Scene, reading: Reading) -> Iterator[Pact]:
    """Treaties that analysts know by name, where the article names two of the parties."""
    for mark in scene.known_treaties:
        treaty = known_treaties()[mark.payload]
        named = {successor(actor.code) for one in reading.scenes for actor in one.actors}
        if len({successor(party) for party in treaty.parties} & named) < 2:
            continue
        told = _parties(scene, mark.first)
        # The article's own list of parties goes before ours.
        parties = told if len(told) > 2 and set(told) < set(treaty.parties) else treaty.parties
        stages = _stages(scene, mark.first)
        yield Pact(parties, mark.first, mark.last, treaty, treaty.signed, stages, scenes=[scene])


def _told(scene: Scene, reading: Reading, before: list[Pact]) -> Iterator[Pact]:
    taken = {place for mark in scene.known_treaties for place in range(mark.first - 1, mark.last + 1)}
    for mark in scene.instruments:
        if not mark.payload or mark.first in taken or _contract(scene, mark.first):
            continue
        parties = _parties(scene, mark.first)
        stages = _stages(scene, mark.first)
        year = _year(scene, mark.first, {date for stage, date in stages.items() if stage != "signed"})
        if _follows_another(scene, mark.first):
            stages.pop("ended", None)
        if len(parties) < 2:
            parties = _meant(scene, parties, reading, before, telling=bool(year or stages))
        parties = tuple(dict.fromkeys(at_time(party, year) for party in parties))
        if len(parties) >= 2:
            lead = {token.lower for token in scene.tokens[max(0, mark.first - 2) : mark.first]}
            new = bool(lead & scene.lexicon.new)
            yield Pact(parties, mark.first, mark.last, None, year, stages, new, [scene])


def _follows_another(scene: Scene, first: int) -> bool:
    """Whether the instrument is what another was replaced by."""
    return any(token.lower in scene.lexicon.cues.get("by", ()) for token in scene.tokens[max(0, first - 3) : first])


def _contract(scene: Scene, first: int) -> bool:
    """Whether the paper is about a purchase: goods stand behind it."""
    return any(0 < thing.first - first <= _GOODS_NEAR for thing in goods(scene))


def _parties(scene: Scene, first: int) -> tuple[str, ...]:
    """Parties that the sentence names: two or more, the only one, or none."""
    ends = [mark.last for mark in scene.instruments if scene.lexicon.noun_first]
    named = {*ends, *(end + 1 for end in ends)}  # "acta de Brasilia"
    actors = [one for one in scene.actors if _may_sign(one) and not (one.kind == "capital" and one.first in named)]
    between = tuple(dict.fromkeys(actor.code for actor in actors if actor.cue == "between"))
    if len(between) >= 2:
        return between
    clause = scene.clauses[first]
    for own in ([actor for actor in actors if scene.clauses[actor.first] == clause], actors):
        others = [actor.code for actor in own if actor.cue == "with"]
        bare = [actor for actor in own if actor.cue in ("bare", "genitive", "origin", "dative")]
        codes = list(dict.fromkeys(actor.code for actor in bare))
        if others and codes:
            return tuple(dict.fromkeys([codes[0], *others]))
        if len(codes) == 2 or (2 < len(codes) <= _MOST_PARTIES and _one_row(bare)):
            return tuple(codes)
    only = tuple(dict.fromkeys(actor.code for actor in actors if actor.cue != "in"))
    return only if len(only) == 1 else ()


def _may_sign(actor: Actor) -> bool:
    at_home = actor.kind == "capital" and actor.cue == "in"  # where it was signed
    return may_sign(actor.code) and actor.kind not in ("city", "firm", "forces") and not at_home


def _one_row(actors: list[Actor]) -> bool:
    return all(other.first - one.last <= _ROW_GAP for one, other in pairwise(actors))


def _meant(
    scene: Scene, named: tuple[str, ...], reading: Reading, before: list[Pact], *, telling: bool
) -> tuple[str, ...]:
    """Parties that the sentence leaves out: those of the pact just spoken of, or the two that the article is about."""
    for pact in reversed(before):
        if scene.number - pact.scenes[-1].number <= _NEAR and set(named) <= set(pact.parties):
            return pact.parties
    pair, about = reading.main_pair, reading.protagonist
    if telling and pair and set(named) <= set(pair):
        return pair
    if telling and about and len(named) == 1 and about not in named:
        return named[0], about
    return ()


def _follow(pact: Pact, reading: Reading) -> None:
    """What the rest of the paragraph tells of a treaty: "America left it in June 2002"."""
    scene = pact.scenes[0]
    for other in reading.scenes[scene.number + 1 : scene.number + 1 + _FOLLOWING]:
        if other.sentence.paragraph != scene.sentence.paragraph or other.instruments or other.known_treaties:
            return
        stages = _stages(other, 0)
        pact.stages = stages | pact.stages
        if stages:
            pact.scenes.append(other)


def _add(found: list[Pact], pact: Pact) -> None:
    """The same parties in the same year, or in a year left open, are the same treaty."""
    for old in found:
        known_apart = old.known and pact.known and old.known is not pact.known
        years_apart = old.year != pact.year and ((old.year and pact.year) or old.new or pact.new)
        if set(old.parties) == set(pact.parties) and not known_apart and not years_apart:
            old.year, old.known = old.year or pact.year, old.known or pact.known
            old.scenes += [scene for scene in pact.scenes if scene not in old.scenes]
            for stage, date in pact.stages.items():
                old.stages[stage] = old.stages.get(stage) or date
            return
    found.append(pact)


def _year(scene: Scene, first: int, taken: set[str | None]) -> str | None:
    """The year of the instrument at `first`; not one `taken` by its end, nor one nearer to another instrument."""

    def apart(when: When, place: int) -> int:
        return scene.apart(when.first, place, _OTHER_CLAUSE)

    places = [mark.first for mark in scene.instruments if mark.payload]
    past = [when for when in scene.whens if re.match(r"\d{4}", when.edtf) and not when.ahead]
    past = [when for when in past if when.edtf not in taken or _names(scene, when)]
    own = [when for when in past if apart(when, first) <= min(apart(when, place) for place in [*places, first])]
    near = min(own, key=lambda when: apart(when, first), default=None)
    return near.edtf[:4] if near and abs(near.first - first) <= _YEAR_NEAR else None


def _names(scene: Scene, when: When) -> bool:
    """Whether a date is part of an instrument's name: "its 2010 treaty", "der Vertrag vom 5. Mai 1996"."""
    lead = scene.tokens[when.first - 1].lower if when.first else ""
    of = lead not in scene.lexicon.cues["in"]
    behind = scene.tokens[when.last].lower if when.last < len(scene.tokens) else ""
    near = 0 if behind in scene.lexicon.articles else 1  # "signed in 2023 a treaty"
    return any(
        0 <= mark.first - when.last <= near or (of and mark.last + 1 == when.first) or mark.last == when.first
        for mark in scene.instruments
    )


def _stages(scene: Scene, first: int) -> dict[str, str | None]:
    """Stages that the sentence tells, each with its date if one stands near."""
    past: list[When] = [when for when in scene.whens if not when.ahead and not _names(scene, when)]
    found: dict[str, str | None] = {}
    for mark in scene.treaty_stages:
        if abs(mark.first - first) > _REACH or scene.has("negation", mark.first - 3, mark.first + 2):
            continue
        # A date is that of the nearest stage: "signed in June and lately ratified".
        own = [when for when in past if _nearest_stage(scene, when) == mark.payload]
        dates = sorted((abs(when.first - mark.first), when.edtf) for when in own)
        date = dates[0][1] if dates and dates[0][0] <= _DATE_NEAR else None
        found[mark.payload] = found.get(mark.payload) or date
    return found


def _nearest_stage(scene: Scene, when: When) -> str:
    return min(scene.treaty_stages, key=lambda mark: abs(mark.first - when.first)).payload
