"""Transfers: goods that go from one actor to another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractor.baseline.flows import Flows
from extractor.baseline.goods import Goods, goods
from extractor.baseline.lexicon import Act, adversaries
from extractor.baseline.reading import Reading
from extractor.baseline.roles import Roles
from extractor.baseline.scene import Scene
from extractor.baseline.successors import at_time
from extractor.baseline.tables import country_row, entries, heads, is_row
from extractor.baseline.wording import transfer_status
from extractor.matching import Found

_FIGHT = "use"  # firing, testing, producing: what is used is not thereby given
_FIGHT_APART = 8  # tokens between goods and act over which a word of fighting outweighs the act
_REACH = 6  # tokens between a number without a noun and its verb
_BARTER = ("energy", "economic")  # coded only where given in return for something
_JUST = 2  # sentences over which a flow is the one just told
_STRATEGIC = ("space", "nuclear")  # talked of far more often than given: never filled in from the context


class Ends(NamedTuple):
    """Giver and taker; `told` is the scene that names the end which the sentence itself leaves out."""

    supplier: str
    recipient: str
    told: int | None = None


@dataclass(slots=True)
class Draft:
    """A transfer on its way to a record; `scenes` are the sentences that prove it, the telling one first."""

    ends: Ends
    goods: Goods
    status: str
    scenes: list[Scene]
    row: bool = False  # of a table

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two drafts the same kind of event."""
        return self.ends.supplier, self.ends.recipient, self.goods.category


def drafts(reading: Reading) -> list[Draft]:
    """The transfers of an article, repeats merged."""
    flows = Flows(reading)
    tops = heads(reading.scenes)
    found: list[Draft] = []
    for scene in reading.scenes:
        if scene.question:
            continue
        things = goods(scene)
        if is_row(scene, things):
            found += _row(scene, things[0], tops.get(scene.number), flows)
            continue
        if scene.sentence.shape == "table":
            found += _country_row(scene, tops.get(scene.number), found, flows)
            continue
        returned = _given_before(scene, things)
        told = [draft for thing in things if thing not in returned for draft in _told(scene, thing, flows)]
        found += told
        found += _elliptic(scene, things, found)
    return merged(found)


def _told(scene: Scene, thing: Goods, flows: Flows) -> Iterator[Draft]:
    act = _nearest(scene, thing.first, thing.last)
    status = transfer_status(scene, act)
    if status is None:
        return
    for ends in (_then(scene, told) for told in _ends(scene, thing, act, flows)):
        if ends.supplier != ends.recipient:
            flow = flows.recent(scene.number) if act is None else None
            yield Draft(ends, thing, flow.status if flow else status, _proof(scene, ends, flows))


def _then(scene: Scene, ends: Ends) -> Ends:
    """Giver and taker as the states that they were in the year that the sentence tells."""
    year = min((when.edtf[:4] for when in scene.whens if when.edtf[:4].isdigit()), default=None)
    return ends._replace(supplier=at_time(ends.supplier, year), recipient=at_time(ends.recipient, year))


def _proof(scene: Scene, ends: Ends, flows: Flows) -> list[Scene]:
    return [scene] if ends.told in (None, scene.number) else [scene, flows.reading.scenes[ends.told or 0]]


def _row(scene: Scene, thing: Goods, head: Scene | None, flows: Flows) -> Iterator[Draft]:
    flow = flows.recent(scene.number) or flows.usual()
    if flow is None:
        return
    ends = Ends(flow.supplier, flow.recipient, flow.scene)
    proof = [*_proof(scene, ends, flows), *([head] if head else [])]
    for entry in entries(scene, thing.last, head):
        yield Draft(ends, replace(thing, number=entry.number), entry.stage, proof, row=True)


def _country_row(scene: Scene, head: Scene | None, before: list[Draft], flows: Flows) -> Iterator[Draft]:
    """A row that names the taker, below a text that names goods and giver."""
    name, _ = country_row(scene)
    if name is None or not before or flows.reading.about_forces(scene):
        return
    last = next((draft for draft in reversed(before) if draft.goods.category != "unspecified_arms"), before[-1])
    ends = Ends(last.ends.supplier, name.code, last.scenes[0].number)
    if ends.supplier != ends.recipient:
        for entry in entries(scene, name.last, head):
            thing = replace(
                last.goods, first=entry.number.first, last=entry.number.last, number=entry.number, named=None
            )
            yield Draft(ends, thing, entry.stage, _proof(scene, ends, flows), row=True)


def _elliptic(scene: Scene, things: list[Goods], before: list[Draft]) -> Iterator[Draft]:
    """Numbers that leave their noun out: "im Sommer folgen 42, Anfang 2026 die letzten 28"."""
    last = before[-1] if before and scene.number - before[-1].scenes[0].number <= 1 else None
    if last is None or scene.has(_FIGHT):
        return
    counted = {position for thing in things for position in range(thing.first, thing.last)}
    counted |= {thing.number.first for thing in things if thing.number}
    for number in scene.numbers:
        act = _nearest(scene, number.first, number.last)
        if act is None or number.first in counted or number.money or number.total or not scene.uncounted(number):
            continue
        status = transfer_status(scene, act)
        if status and scene.apart(act.first, number.last - 1, _REACH) <= _REACH:
            thing = replace(last.goods, first=number.first, last=number.last, number=number, named=None)
            yield Draft(last.ends, thing, status, [scene, last.scenes[0]])


def merged(found: list[Draft]) -> list[Draft]:
    """One draft for one event: a repeat without a number of its own joins, another number of the same goods splits."""
    kept: list[Draft] = []
    for draft in found:
        twin = _twin(draft, [one for one in kept if one.key == draft.key])
        if twin is None:
            kept.append(draft)
        elif twin.goods.number is None and draft.goods.number is not None:
            twin.goods, twin.status, twin.scenes = draft.goods, draft.status, [*draft.scenes, *twin.scenes]
    specific = {draft.key[:2] for draft in kept if draft.goods.category != "unspecified_arms"}
    return [draft for draft in kept if draft.goods.category != "unspecified_arms" or draft.key[:2] not in specific]


def _twin(draft: Draft, others: list[Draft]) -> Draft | None:
    number = draft.goods.number
    if number is None or number.total:
        return others[-1] if others else None
    same = [one for one in others if one.goods.number and _same(one, draft)]
    unnumbered = [one for one in others if one.goods.number is None]
    return next(iter(same or unnumbered), None)


def _same(one: Draft, other: Draft) -> bool:
    """The same number; in a table it may stand for an order and for its delivery."""
    if one.goods.number is None or other.goods.number is None or one.goods.number.figure != other.goods.number.figure:
        return False
    return not (one.row or other.row) or one.status == other.status


def _ends(scene: Scene, thing: Goods, act: Found[Act] | None, flows: Flows) -> list[Ends]:
    if thing.category in _BARTER and not scene.has("exchange") and scene.sentence.shape != "list":
        return []
    suppliers, recipients = flows.roles(scene, act, thing.first) if act else Roles([], [])
    if suppliers and recipients:
        pairs = [Ends(one, other) for one in suppliers for other in recipients]
        at_war = any(frozenset((pair.supplier, pair.recipient)) in adversaries() for pair in pairs)
        return [] if at_war and scene.has(_FIGHT) else pairs
    if scene.has(_FIGHT) and (act is None or abs(act.first - thing.first) > _FIGHT_APART):
        return []
    if thing.category in _STRATEGIC:
        return []
    if suppliers:
        return _to_whom(scene, thing, suppliers, flows)
    if recipients:
        return _from_whom(scene, recipients, flows)
    return _unnamed(scene, thing, act, flows)


def _to_whom(scene: Scene, thing: Goods, suppliers: list[str], flows: Flows) -> list[Ends]:
    """The taker that the sentence leaves out: of the flow told before, or the state that the article is about."""
    back = flows.returned_by(suppliers[0], scene.number) if scene.has("exchange") else None
    if back:
        return [Ends(one, back.supplier, back.scene) for one in suppliers]
    flow = flows.by(suppliers[0], scene.number)
    if flow:
        return [Ends(one, flow.recipient, flow.scene) for one in suppliers]
    about = flows.reading.protagonist
    telling = scene.sentence.shape != "heading" and (thing.number or thing.named)
    if not about or not telling or any(frozenset((one, about)) in adversaries() for one in suppliers):
        return []
    return [Ends(one, about, flows.reading.first_of(about)) for one in suppliers if one != about]


def _from_whom(scene: Scene, recipients: list[str], flows: Flows) -> list[Ends]:
    """The giver that the sentence leaves out: of the flow told before."""
    back = flows.returned_to(recipients[0], scene.number) if scene.has("exchange") else None
    if back:
        return [Ends(back.recipient, one, back.scene) for one in recipients]
    flow = flows.to(recipients[0], scene.number)
    return [Ends(flow.supplier, one, flow.scene) for one in recipients] if flow else []


def _unnamed(scene: Scene, thing: Goods, act: Found[Act] | None, flows: Flows) -> list[Ends]:
    """Ends that the sentence leaves out: the flow just told, or the one that the article is about."""
    above = flows.reading.above_list(scene)
    flow = flows.recent(above, _JUST) or flows.usual() or flows.recent(above)
    if flow is None:
        return []
    if scene.has("exchange") and act:
        return [Ends(flow.recipient, flow.supplier, flow.scene)]
    if act is None:
        others = {actor.code for actor in scene.actors} - {flow.supplier, flow.recipient}
        listed = scene.sentence.shape == "list"
        if others or not (thing.number or thing.named or listed):
            return []
    return [Ends(flow.supplier, flow.recipient, flow.scene)]


def _given_before(scene: Scene, things: list[Goods]) -> list[Goods]:
    """ "Im Gegenzug für die Munition und die Raketen": what stands there is the other side of the bargain."""
    found: list[Goods] = []
    for word in scene.words:
        if word.payload != "exchange":
            continue
        end = word.last
        for thing in things:
            between = {token.lower for token in scene.tokens[word.first : thing.first]}
            behind = between & (scene.lexicon.cues.get("for", frozenset()) | scene.lexicon.cues.get("of", frozenset()))
            if 0 <= thing.first - end <= 2 and behind:
                found.append(thing)
                end = thing.last
        if scene.lexicon.verb_last:
            found += [thing for thing in things if thing.last == word.first]  # "탄약의 대가로"
    return found


def _nearest(scene: Scene, start: int, end: int) -> Found[Act] | None:
    """The act that goods belong to: the nearest, punctuation counting as distance."""

    def distance(act: Found[Act]) -> int:
        if act.first < end and start < act.last:
            return 0
        first, last = (act.last, start) if act.first < start else (end, act.first)
        gap = scene.between(first - 1, min(last, len(scene.tokens) - 1))
        return abs(last - first) + 8 * gap.count(";") + 3 * gap.count(",") + 8 * gap.count(":")

    return min(scene.acts, key=distance, default=None)
