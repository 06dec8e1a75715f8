"""Flows: who has been said to give to whom so far, to fill in an end that a sentence leaves out."""

from collections import Counter
from dataclasses import dataclass

from extractor.baseline.lexicon import adversaries
from extractor.baseline.reading import Reading
from extractor.baseline.roles import roles

_NEAR = 6  # sentences over which an unnamed end still means the actor named before


@dataclass(frozen=True, slots=True)
class Flow:
    """`supplier` gives to `recipient`, in scene number `scene`."""

    supplier: str
    recipient: str
    scene: int


def _taken_up(scene, act):
    """Whether a pronoun is the subject of the act: in the same clause, before the verb or just behind it."""
    clause = scene.clauses[act.first]
    if any(scene.tokens[i].lower in scene.lexicon.pronouns and scene.clauses[i]==clause for i in range(0, min(act.first+3,len(scene.tokens)))): return True
    return any(scene.clauses[f.first]==clause for f in scene.lexicon.phrases.find(scene.article.text, scene.tokens))


class Flows:
    """All flows of an article that one sentence tells with both ends."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.told = [
            Flow(supplier, recipient, scene.number)
            for scene in reading.scenes
            if scene.items or not scene.forces
            for act in scene.acts
            for suppliers, recipients in [self.roles(scene, act)]
            for supplier in suppliers
            for recipient in recipients
            if supplier != recipient and frozenset((supplier, recipient)) not in adversaries()
        ]
        self._count = Counter((flow.supplier, flow.recipient) for flow in self.told)

    def roles(self, scene, act):
        suppliers, recipients = roles(scene, act)
        if act.payload.direction in ("move", "seize", "reach"): return suppliers, recipients
        subject = recipients if act.payload.direction == "get" else suppliers
        if not subject and _taken_up(scene, act):
            topic = self.reading.topic(scene.number)
            if topic and topic not in suppliers + recipients:
                return (suppliers, [topic]) if act.payload.direction == "get" else ([topic], recipients)
        return suppliers, recipients

    def main(self) -> Flow | None:
        """The flow told most often, the first of equals."""
        if not self._count:
            return None
        (supplier, recipient), _ = self._count.most_common(1)[0]
        return Flow(supplier, recipient, -1)

    def recent(self, scene: int, reach: int = _NEAR) -> Flow | None:
        """The last flow told shortly before a scene, or in it."""
        near = [flow for flow in self.told if scene - reach <= flow.scene <= scene]
        return near[-1] if near else None

    def recipient_of(self, supplier: str, scene: int) -> str | None:
        """To whom `supplier` has just been said to give, where the sentence does not say."""
        own = [flow for flow in self._before(scene) if flow.supplier == supplier]
        return own[-1].recipient if own else None

    def supplier_of(self, recipient: str, scene: int) -> str | None:
        """Who has just been said to give to `recipient`, where the sentence does not say."""
        own = [flow for flow in self._before(scene) if flow.recipient == recipient]
        return own[-1].supplier if own else None

    def _before(self, scene: int, reach: int = _NEAR) -> list[Flow]:
        return [flow for flow in self.told if scene - reach <= flow.scene <= scene]

    def single(self):
        flow=self.main()
        if flow and self._count[flow.supplier,flow.recipient]*10>=6*len(self.told): return flow
        return None
