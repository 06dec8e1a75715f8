"""Transfers: goods that go from one actor to another."""

from dataclasses import dataclass, field

from extractor.baseline.flows import Flows
from extractor.baseline.goods import Goods, goods
from extractor.baseline.lexicon import Act, adversaries
from extractor.baseline.reading import Reading, Scene
from extractor.baseline.wording import transfer_status
from extractor.matching import Found

_FIGHT = "use"  # firing, testing, producing: what is used is not thereby given


@dataclass(slots=True)
class Draft:
    """A transfer on its way to a record; `scenes` are the sentences that prove it, the telling one first."""

    supplier: str
    recipient: str
    goods: Goods
    status: str
    scenes: list[Scene] = field(default_factory=list)
    basis: str = ""


def drafts(reading: Reading) -> list[Draft]:
    """The transfers of an article, repeats merged."""
    flows = Flows(reading)
    found: list[Draft] = []
    for scene in reading.scenes:
        if scene.question:
            continue
        for thing in goods(scene):
            act = _nearest(scene, thing)
            status = transfer_status(scene, act)
            if status is None:
                continue
            if _given_before(scene, thing):
                continue
            for supplier, recipient, basis, proof in _ends(scene, thing, act, flows):
                if supplier != recipient:
                    found.append(Draft(supplier, recipient, thing, status, [scene, *proof], basis))
    return merged(found)


def merged(found: list[Draft]) -> list[Draft]:
    """One draft for one event: a repeat without a number of its own joins, another number of the same goods splits."""
    kept: list[Draft] = []
    for draft in found:
        twins = [one for one in kept if (one.supplier, one.recipient, one.goods.category) == (draft.supplier, draft.recipient, draft.goods.category)]
        twin = _twin(draft, twins)
        if twin is None:
            kept.append(draft)
        elif twin.goods.number is None and draft.goods.number is not None:
            twin.goods, twin.scenes, twin.status = draft.goods, [*draft.scenes, *twin.scenes], draft.status
    specific = {(one.supplier, one.recipient) for one in kept if one.goods.category != "unspecified_arms"}
    return [one for one in kept if one.goods.category != "unspecified_arms" or (one.supplier, one.recipient) not in specific]


def _twin(draft: Draft, twins: list[Draft]) -> Draft | None:
    number = draft.goods.number
    if number is None or number.total:
        return twins[-1] if twins else None
    digits = [one for one in twins if one.goods.number and _digits(one) == _digits(draft)]
    open_ended = [one for one in twins if one.goods.number is None]
    return (digits or open_ended or [None])[0]


def _digits(draft: Draft) -> str:
    return draft.goods.number.text.lower() if draft.goods.number else ""


def _ends(scene: Scene, thing: Goods, act: Found[Act] | None, flows: Flows):
    suppliers, recipients = flows.roles(scene, act) if act else ([], [])
    if thing.category in ("energy", "economic") and not scene.has("exchange"):
        return []
    if suppliers and recipients:
        if scene.has(_FIGHT) and any(frozenset((s, r)) in adversaries() for s in suppliers for r in recipients): return []
        return [(s, r, "both", []) for s in suppliers for r in recipients]
    if scene.has(_FIGHT) and (not act or abs(act.first-thing.first)>8): return []
    if thing.category in ("space", "nuclear"): return []
    if suppliers:
        r = flows.recipient_of(suppliers[0], scene.number)
        return [(s, r, "supplier", []) for s in suppliers if r]
    if recipients:
        s = flows.supplier_of(recipients[0], scene.number)
        return [(s, r, "recipient", []) for r in recipients if s]
    flow = flows.recent(scene.number, 2) or flows.single() or flows.recent(scene.number)
    if not flow: return []
    if scene.has("exchange"):
        return [(flow.recipient, flow.supplier, "reverse", [])]
    single="single" if flows.single() else ""
    if act: return [(flow.supplier, flow.recipient, "act"+single, [])]
    if not (thing.number or thing.named): return []
    return [(flow.supplier, flow.recipient, "none"+scene.sentence.shape+single+("num" if thing.number else "")+("named" if thing.named else ""), [])]


def _given_before(scene: Scene, thing: Goods) -> bool:
    """ "Im Gegenzug für die Munition": what follows is the other side of the bargain."""
    return any(word.payload == "exchange" and 0 <= thing.first - word.last <= 2 and scene.tokens[word.last - 1 : thing.first] and any(t.lower in ("für","for") for t in scene.tokens[word.first:thing.first]) for word in scene.words)


def _nearest(scene: Scene, thing: Goods) -> Found[Act] | None:
    def distance(act: Found[Act]) -> int:
        if act.first < thing.last and thing.first < act.last:
            return 0
        first, last = (act.last, thing.first) if act.first < thing.first else (thing.last, act.first)
        gap = scene.between(first - 1, min(last, len(scene.tokens) - 1))
        return abs(last - first) + 8 * gap.count(";") + 3 * gap.count(",") + 8 * gap.count(":")

    return min(scene.acts, key=distance, default=None)
