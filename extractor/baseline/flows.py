"""Flows: who has been said to give to whom so far, to fill in an end that a sentence leaves out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.baseline.lexicon import Act, adversaries
from extractor.baseline.reading import Reading
from extractor.baseline.roles import Roles, roles
from extractor.baseline.scene import Scene
from extractor.baseline.wording import transfer_status
from extractor.matching import Found, Matcher

_NEAR = 6  # sentences over which an unnamed end still means the actor named before
_TALK = 3  # sentences about goods given that make an article one about transfers
_MOST = 0.6  # share of all flows that makes one the article's own
_BEHIND = 3  # tokens behind a verb among which its subject may be a pronoun


@dataclass(frozen=True, slots=True)
class Flow:
    """`supplier` gives to `recipient`, in scene number `scene`."""

    supplier: str
    recipient: str
    scene: int
    status: str


class Flows:
    """All flows of an article that one sentence tells with both ends."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.told = list(self._tell())
        # Goods and giving have to meet more than once, or the article is about something else that is "shipped".
        talk = sum(1 for scene in reading.scenes if scene.items and scene.acts)
        if talk < _TALK and not any(reading.scenes[flow.scene].items for flow in self.told):
            self.told = []

    def _tell(self) -> Iterator[Flow]:
        for scene in self.reading.scenes:
            if scene.forces and not scene.items:
                continue  # troops are sent, too
            for act in scene.acts:
                found = self.roles(scene, act)
                status = transfer_status(scene, act)
                if status is None:
                    continue
                for supplier in found.suppliers:
                    for recipient in found.recipients:
                        if supplier != recipient and frozenset((supplier, recipient)) not in adversaries():
                            yield Flow(supplier, recipient, scene.number, status)

    def roles(self, scene: Scene, act: Found[Act], thing: int = 0) -> Roles:
        """Who gives and who gets, what pronouns and "das Land" take up included."""
        suppliers, recipients = roles(scene, act, thing)
        if act.payload.direction not in ("give", "get"):
            return Roles(suppliers, recipients)
        getting = act.payload.direction == "get"
        if not (recipients if getting else suppliers):
            meant = self._meant(scene, act)
            if meant and meant not in suppliers + recipients:
                suppliers, recipients = (suppliers, [meant]) if getting else ([meant], recipients)
        about = self.reading.protagonist
        if not recipients and about and about not in suppliers and _phrase(scene, act, scene.lexicon.taker_phrases):
            recipients = [about]
        behind = scene.tokens[act.last].lower if act.last < len(scene.tokens) else ""
        if not getting and suppliers and not recipients and behind in scene.lexicon.objects:
            meant = self.reading.topic(scene.number)
            recipients = [code for code in (meant, about) if code and code not in suppliers][:1]
        return Roles(suppliers, recipients)

    def _meant(self, scene: Scene, act: Found[Act]) -> str | None:
        start = scene.segment(act.first).start
        told = [actor.code for actor in scene.actors if actor.cue in ("bare", "genitive") and actor.first < start]
        topic = told[0] if told else self.reading.topic(scene.number)
        if scene.has("accuse"):
            return None  # "Il lui reproche d'avoir fourni": who accuses is no party
        if _phrase(scene, act, scene.lexicon.phrases):
            return self.reading.protagonist or topic
        return topic if _pronoun(scene, act) or scene.lexicon.grammar.drops_subject else None

    def usual(self) -> Flow | None:
        """The flow that the article is about, if most that it tells is that one."""
        count = Counter((flow.supplier, flow.recipient) for flow in self.told)
        pair, number = count.most_common(1)[0] if count else (("", ""), 0)
        if not number or number < _MOST * len(self.told):
            return None
        return next(flow for flow in self.told if (flow.supplier, flow.recipient) == pair)

    def recent(self, scene: int, reach: int = _NEAR) -> Flow | None:
        """The last flow told shortly before a scene, or in it."""
        near = self._before(scene, reach)
        return near[-1] if near else None

    def by(self, supplier: str, scene: int) -> Flow | None:
        """The flow by which `supplier` has just been said to give, where a sentence does not say to whom."""
        own = [flow for flow in self._before(scene) if flow.supplier == supplier]
        return own[-1] if own else self._only({flow.recipient for flow in self.told}, supplier)

    def to(self, recipient: str, scene: int) -> Flow | None:
        """The flow by which `recipient` has just been said to get, where a sentence does not say from whom."""
        own = [flow for flow in self._before(scene) if flow.recipient == recipient]
        return own[-1] if own else self._only({flow.supplier for flow in self.told}, recipient)

    def returned_by(self, supplier: str, scene: int) -> Flow | None:
        """The flow for which `supplier` now gives something in return."""
        own = [flow for flow in self.told if flow.recipient == supplier and flow.scene <= scene]
        return own[-1] if own else None

    def returned_to(self, recipient: str, scene: int) -> Flow | None:
        """The flow for which `recipient` now gets something in return."""
        own = [flow for flow in self.told if flow.supplier == recipient and flow.scene <= scene]
        return own[-1] if own else None

    def _only(self, codes: set[str], other: str) -> Flow | None:
        """The first flow, if all flows of the article share the end that is asked for."""
        code = next(iter(codes)) if len(codes) == 1 and len(self.told) > 1 else None
        return None if code in (None, other) or frozenset((code, other)) in adversaries() else self.told[0]

    def _before(self, scene: int, reach: int = _NEAR) -> list[Flow]:
        return [flow for flow in self.told if scene - reach <= flow.scene <= scene]


def _phrase(scene: Scene, act: Found[Act], phrases: Matcher[str]) -> bool:
    segment = scene.segment(act.first)
    return any(found.first in segment for found in phrases.find(scene.text, scene.tokens))


def _pronoun(scene: Scene, act: Found[Act]) -> bool:
    """Whether a pronoun is the subject of the act: in the same clause, before the verb or just behind it."""
    clause = scene.clauses[act.first]
    return any(
        token.lower in scene.lexicon.pronouns and scene.clauses[position] == clause
        for position, token in enumerate(scene.tokens[: act.first + _BEHIND])
    )
