"""Flows: who has been said to give to whom so far, to fill in an end that a sentence leaves out."""

from collections import Counter
from dataclasses import dataclass

from extractor.baseline.lexicon import Act, adversaries
from extractor.baseline.reading import Reading, Scene
from extractor.baseline.roles import Ends, roles
from extractor.baseline.wording import transfer_status
from extractor.matching import Found, Matcher

_NEAR = 6  # sentences over which an unnamed end still means the actor named before
_TALK = 3  # sentences about goods given that make an article one about transfers


@dataclass(frozen=True, slots=True)
class Flow:
    """`supplier` gives to `recipient`, in scene number `scene`."""

    supplier: str
    recipient: str
    scene: int
    status: str = "delivered"


def _phrase(scene: Scene, act: Found[Act], phrases: Matcher[str]) -> bool:
    first, last = scene.segment(act.first)
    return any(first <= found.first < last for found in phrases.find(scene.article.text, scene.tokens))


def _pronoun(scene: Scene, act: Found[Act]) -> bool:
    """Whether a pronoun is the subject of the act: in the same clause, before the verb or just behind it."""
    clause = scene.clauses[act.first]
    return any(
        token.lower in scene.lexicon.pronouns and scene.clauses[position] == clause
        for position, token in enumerate(scene.tokens[: act.first + 3])
    )


class Flows:
    """All flows of an article that one sentence tells with both ends."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.told = [
            Flow(supplier, recipient, scene.number, transfer_status(scene, act) or act.payload.stage)
            for scene in reading.scenes
            if scene.items or not scene.forces
            for act in scene.acts
            for suppliers, recipients in [self.roles(scene, act)]
            for supplier in suppliers
            for recipient in recipients
            if supplier != recipient and frozenset((supplier, recipient)) not in adversaries()
        ]
        # Goods and giving have to meet more than once, or the article is about something else that is "shipped".
        talk = sum(1 for scene in reading.scenes if scene.items and scene.acts)
        if talk < _TALK and not any(reading.scenes[flow.scene].items for flow in self.told):
            self.told = []
        self._count = Counter((flow.supplier, flow.recipient) for flow in self.told)

    def roles(self, scene: Scene, act: Found[Act]) -> Ends:
        """Suppliers and recipients of an act, what pronouns and "das Land" take up included."""
        suppliers, recipients = roles(scene, act)
        if act.payload.direction not in ("give", "get"):
            return suppliers, recipients
        getting = act.payload.direction == "get"
        subject = recipients if getting else suppliers
        if not subject:
            meant = self._meant(scene, act)
            if meant and meant not in suppliers + recipients:
                suppliers, recipients = (suppliers, [meant]) if getting else ([meant], recipients)
        about = self.reading.protagonist
        if not recipients and about and about not in suppliers and _phrase(scene, act, scene.lexicon.taker_phrases):
            recipients = [about]
        return suppliers, recipients

    def _meant(self, scene: Scene, act: Found[Act]) -> str | None:
        if _phrase(scene, act, scene.lexicon.phrases):
            return self.reading.protagonist or self.reading.topic(scene.number)
        return self.reading.topic(scene.number) if _pronoun(scene, act) else None

    def main(self) -> Flow | None:
        """The flow told most often, the first of equals."""
        if not self._count:
            return None
        (supplier, recipient), _ = self._count.most_common(1)[0]
        return next(flow for flow in self.told if (flow.supplier, flow.recipient) == (supplier, recipient))

    def recent(self, scene: int, reach: int = _NEAR) -> Flow | None:
        """The last flow told shortly before a scene, or in it."""
        near = [flow for flow in self.told if scene - reach <= flow.scene <= scene]
        return near[-1] if near else None

    def back_to(self, giver: str, scene: int) -> str | None:
        """Who gave to `giver` before, where something is now given in return."""
        own = [flow.supplier for flow in self.told if flow.recipient == giver and flow.scene <= scene]
        return own[-1] if own else None

    def back_from(self, taker: str, scene: int) -> str | None:
        """To whom `taker` gave before, where it now gets something in return."""
        own = [flow.recipient for flow in self.told if flow.supplier == taker and flow.scene <= scene]
        return own[-1] if own else None

    def recipient_of(self, supplier: str, scene: int) -> str | None:
        """To whom `supplier` has just been said to give, where the sentence does not say."""
        own = [flow for flow in self._before(scene) if flow.supplier == supplier]
        return own[-1].recipient if own else self._only({flow.recipient for flow in self.told}, supplier)

    def supplier_of(self, recipient: str, scene: int) -> str | None:
        """Who has just been said to give to `recipient`, where the sentence does not say."""
        own = [flow for flow in self._before(scene) if flow.recipient == recipient]
        return own[-1].supplier if own else self._only({flow.supplier for flow in self.told}, recipient)

    def _only(self, codes: set[str], other: str) -> str | None:
        """The one end that all flows of the article share."""
        code = next(iter(codes)) if len(codes) == 1 and len(self.told) > 1 else None
        return None if code == other or frozenset((code, other)) in adversaries() else code

    def _before(self, scene: int, reach: int = _NEAR) -> list[Flow]:
        return [flow for flow in self.told if scene - reach <= flow.scene <= scene]

    def single(self):
        flow=self.main()
        if flow and self._count[flow.supplier,flow.recipient]*10>=6*len(self.told): return flow
        return None
