"""Treaties: instruments and the states that they bind."""

import re
from dataclasses import dataclass, field

from extractor.baseline.dates import When, whens
from extractor.baseline.goods import goods
from extractor.baseline.lexicon import KnownTreaty, known_treaties
from extractor.baseline.reading import Actor, Reading, Scene, may_sign

_NEAR = 6  # sentences over which "the treaty" still means the one named before
_REACH = 18  # tokens between an instrument and what is told of it
_UNION_ENDED = "1992"


@dataclass(slots=True)
class Pact:
    """A treaty on its way to a record; tokens `first` to `last` of its first scene name the instrument."""

    parties: tuple[str, ...]
    first: int
    last: int
    known: KnownTreaty | None
    scenes: list[Scene] = field(default_factory=list)
    stages: dict[str, str | None] = field(default_factory=dict)  # status -> EDTF or None
    year: str | None = None
    basis: str = ""


def pacts(reading: Reading) -> list[Pact]:
    """The treaties of an article, repeats merged."""
    found: list[Pact] = []
    for scene in reading.scenes:
        if scene.question:
            continue
        for pact in _told(scene, reading, found):
            _follow(pact, reading)
            _add(found, pact)
    return found


def _follow(pact: Pact, reading: Reading) -> None:
    """What the rest of the paragraph tells of a treaty: "America left it in June 2002"."""
    scene = pact.scenes[0]
    for other in reading.scenes[scene.number + 1 : scene.number + 3]:
        if other.sentence.paragraph != scene.sentence.paragraph or other.instruments or other.known_treaties:
            return
        stages = _stages(other, 0, whens(other))
        for stage, date in stages.items():
            pact.stages.setdefault(stage, date)
        if stages:
            pact.scenes.append(other)


def _add(found: list[Pact], pact: Pact) -> None:
    for old in found:
        same = set(old.parties) == set(pact.parties) and (old.known is pact.known if old.known and pact.known else True)
        if same and (old.year == pact.year or pact.year is None or old.year is None):
            old.year = old.year or pact.year
            old.known = old.known or pact.known
            old.scenes += [scene for scene in pact.scenes if scene not in old.scenes]
            for stage, date in pact.stages.items():
                old.stages[stage] = old.stages.get(stage) or date
            return
    found.append(pact)


def _told(scene: Scene, reading: Reading, before: list[Pact]) -> list[Pact]:
    found: list[Pact] = []
    dates = whens(scene)
    taken: set[int] = set()
    for mark in scene.known_treaties:
        treaty = known_treaties()[mark.payload]
        named = {actor.code for one in reading.scenes for actor in one.actors}
        if len({_successor(party) for party in treaty.parties} & {_successor(code) for code in named}) >= 2:
            told, _ = _parties(scene, mark.first)
            # The article's own list of parties goes before ours.
            parties = told if len(told) > 2 and set(told) < set(treaty.parties) else treaty.parties
            found.append(_pact(scene, mark.first, mark.last, parties, treaty, dates, "known"))
            taken |= {mark.first - 1, mark.first, mark.last, mark.last - 1}
    for instrument in scene.instruments:
        if not instrument.payload or instrument.first in taken or _contract(scene, instrument.first):
            continue
        parties, basis = _parties(scene, instrument.first)
        year = _year(scene, instrument.first, dates)
        stage = _stages(scene, instrument.first, dates)
        if len(parties) < 2:
            parties, basis = _meant(scene, instrument.first, parties, reading, before, bool(year or stage))
        if len(parties) >= 2:
            found.append(_pact(scene, instrument.first, instrument.last, parties, None, dates, basis))
    return found


def _pact(scene: Scene, first: int, last: int, parties: tuple[str, ...], known: KnownTreaty | None, dates: list[When], basis: str) -> Pact:
    year = known.signed if known else _year(scene, first, dates)
    if year and year < _UNION_ENDED:
        parties = tuple("SUN" if party == "RUS" else "CSK" if party == "CZE" else party for party in parties)
    return Pact(tuple(dict.fromkeys(parties)), first, last, known, [scene], _stages(scene, first, dates), year, basis)


def _successor(code: str) -> str:
    return {"SUN": "RUS", "CSK": "CZE", "DDR": "DEU", "YUG": "SRB"}.get(code, code)


def _contract(scene: Scene, first: int) -> bool:
    """Whether the paper is about a purchase: goods stand behind it."""
    return any(0 < thing.first - first <= 6 for thing in goods(scene)) and not scene.has("defence")


def _parties(scene: Scene, first: int) -> tuple[tuple[str, ...], str]:
    actors = [actor for actor in scene.actors if may_sign(actor.code) and actor.kind not in ("city", "firm", "forces") and not (actor.kind == "capital" and actor.cue == "in")]
    between = [actor.code for actor in actors if actor.cue == "between"]
    if len(set(between)) >= 2:
        return tuple(dict.fromkeys(between)), "between"
    clause = scene.clauses[first]
    for scope, mine in (("c", [actor for actor in actors if scene.clauses[actor.first] == clause]), ("s", actors)):
        others = [actor for actor in mine if actor.cue == "with"]
        bare = [actor for actor in mine if actor.cue in ("bare", "genitive", "origin", "dative")]
        codes = list(dict.fromkeys(actor.code for actor in bare))
        if others and codes:
            return tuple(dict.fromkeys([codes[0], *(actor.code for actor in others)])), "with" + scope
        if len(codes) == 2 or (2 < len(codes) <= 5 and _one_row(bare)):
            return tuple(codes), f"bare{len(codes)}" + scope
    codes = list(dict.fromkeys(actor.code for actor in actors if actor.cue != "in"))
    return (tuple(codes), "one") if len(codes) == 1 else ((), "")


def _one_row(actors: list[Actor]) -> bool:
    return all(other.first - one.last <= 3 for one, other in zip(actors, actors[1:], strict=False))


def _meant(scene: Scene, first: int, named: tuple[str, ...], reading: Reading, before: list[Pact], telling: bool) -> tuple[tuple[str, ...], str]:
    """Parties that the sentence leaves out: those of the pact just spoken of, or the two that the article is about."""
    near = [pact for pact in before if scene.number - pact.scenes[-1].number <= _NEAR]
    for pact in reversed(near):
        if set(named) <= set(pact.parties):
            return pact.parties, "near"
    pair = reading.main_pair
    if telling and pair and set(named) <= set(pair):
        return pair, "pair"
    about = reading.protagonist
    if telling and about and len(named) == 1 and about not in named:
        return (named[0], about), "about"
    return (), ""


def _year(scene: Scene, first: int, dates: list[When]) -> str | None:
    clause = scene.clauses[first]
    near = [when for when in dates if re.match(r"\d{4}", when.edtf) and not when.ahead]
    near.sort(key=lambda when: abs(when.first - first) + 10 * (scene.clauses[when.first] != clause))
    return near[0].edtf[:4] if near and abs(near[0].first - first) <= 14 else None


def _stages(scene: Scene, first: int, dates: list[When]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for mark in scene.treaty_stages:
        if abs(mark.first - first) > _REACH or scene.has("negation", mark.first - 3, mark.first + 2):
            continue
        near = sorted((when for when in dates if not when.ahead), key=lambda when: abs(when.first - mark.first))
        date = near[0].edtf if near and abs(near[0].first - mark.first) <= 8 else None
        found[mark.payload] = found.get(mark.payload) or date
    return found
