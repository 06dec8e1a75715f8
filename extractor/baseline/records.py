"""Records: what the rules found, in the codebook's fields."""

import re
from typing import Any

from extractor.baseline.amounts import money, personnel, quantity
from extractor.baseline.dates import When
from extractor.baseline.deployments import Posting
from extractor.baseline.evidence import quotes
from extractor.baseline.reading import Reading
from extractor.baseline.scene import Scene
from extractor.baseline.transfers import Draft
from extractor.baseline.treaties import Pact
from extractor.baseline.wording import certainty, deniers, state_name

_OTHER_CLAUSE = 10  # tokens that another clause counts for
_TO_COME = ("agreed", "considered", "withdrawing")
_LASTING = ("deployed", "delivered", "halted")  # "since June" they are there, or have been arriving
_SAID = 2  # tokens between a word of saying and its date
_FURTHEST = ("in_force", "suspended", "ended", "ratified", "signed", "proposed")


def transfer(number: int, draft: Draft, reading: Reading) -> dict[str, Any]:
    """The n-th transfer of an article."""
    scene, thing = draft.scenes[0], draft.goods
    sure, named = certainty(reading, scene, (draft.ends.supplier, draft.ends.recipient))
    date, due = _dates(scene, thing.first, draft.status)
    if draft.row and draft.status == "delivered":
        date = None  # the dates of a table are those of its contracts
    return {
        "id": f"T{number}",
        "supplier": draft.ends.supplier,
        "recipient": draft.ends.recipient,
        "item": _item(scene, draft),
        "category": thing.category,
        "quantity": quantity(scene, thing),
        "value": money(scene, scene.numbers),
        "via": [],
        "status": draft.status,
        "certainty": sure,
        "attributed_to": named,
        "denied_by": deniers(reading, scene, (draft.ends.supplier, draft.ends.recipient)),
        "date": date,
        "due": due,
        "in_exchange_for": [],
        "violates": [],
        "evidence": quotes([(scene, thing.first, thing.last), *((other, 0, 1) for other in draft.scenes[1:])]),
    }


def deployment(number: int, posting: Posting, reading: Reading) -> dict[str, Any]:
    """The n-th deployment of an article."""
    scene, troops = posting.scenes[0], posting.troops
    sure, named = certainty(reading, scene, (posting.sender, posting.host or ""))
    date, due = _dates(scene, troops.first, posting.status)
    return {
        "id": f"D{number}",
        "sender": posting.sender,
        "host": posting.host,
        "place": posting.place or None,
        "supports": posting.supports,
        "force_type": troops.force,
        "personnel": personnel(scene, troops.number, troops.last),
        "status": posting.status,
        "certainty": sure,
        "attributed_to": named,
        "denied_by": deniers(reading, scene, (posting.sender, posting.host or "")),
        "date": date,
        "due": due,
        "in_exchange_for": [],
        "violates": [],
        "evidence": quotes([(scene, troops.first, troops.last), *((other, 0, 1) for other in posting.scenes[1:])]),
    }


def treaty(number: int, pact: Pact, reading: Reading) -> dict[str, Any]:
    """The n-th treaty of an article."""
    scene = pact.scenes[0]
    sure, named = certainty(reading, scene, pact.parties)
    status = next((stage for stage in _FURTHEST if stage in pact.stages), "signed")
    signed = pact.stages.get("signed") or pact.year
    return {
        "id": f"P{number}",
        "title": _title(pact),
        "parties": list(pact.parties),
        "obligations": _obligations(pact),
        "status": status,
        "certainty": sure,
        "attributed_to": named,
        "denied_by": [],
        "signed": None if status == "proposed" else signed,
        "ratified": pact.stages.get("ratified"),
        "ended": pact.stages.get("ended") if status == "ended" else None,
        "replaces": [],
        "in_exchange_for": [],
        "evidence": quotes([(scene, pact.first, pact.last), *((other, 0, 1) for other in pact.scenes[1:])]),
    }


def _item(scene: Scene, draft: Draft) -> str:
    thing = draft.goods
    if thing.named is None:
        return thing.noun
    first, last = thing.named
    name = scene.text[scene.tokens[first].start : scene.tokens[last - 1].end]
    # "Leopard-Panzer": the designation is the first part of a German compound.
    name = re.sub(r"-[A-ZÄÖÜ][a-zäöüß]{3,}$", "", " ".join(name.split()))
    return f"{name} {thing.noun}"


def _title(pact: Pact) -> str:
    if pact.known:
        return pact.known.title
    if pact.year:
        return f"{pact.year} treaty"
    return f"treaty between {' and '.join(state_name(code) for code in pact.parties[:2])}"


def _obligations(pact: Pact) -> list[str]:
    if pact.known:
        return list(pact.known.obligations)
    found = [mark.payload for scene in pact.scenes for mark in scene.obligations]
    return list(dict.fromkeys(found))[:4]


def _of_report(scene: Scene, when: When) -> bool:
    """Whether a date tells when something was said: "the ministry said on Friday"."""
    said = [abs(word.first - when.first) for word in scene.words if word.payload in ("claim", "accuse")]
    done = [
        abs(first - when.first) for first in (*(act.first for act in scene.acts), *(p.first for p in scene.postings))
    ]
    return min(said, default=_SAID + 1) <= min([_SAID, *done])


def _dates(scene: Scene, first: int, status: str) -> tuple[str | None, str | None]:
    """When the stage was reached, and when the handing over is planned."""
    near = sorted(scene.whens, key=lambda when: scene.apart(when.first, first, _OTHER_CLAUSE))
    past = next((when for when in near if not when.ahead and not _of_report(scene, when)), None)
    coming = next((when.edtf for when in near if when.ahead), None) if status in _TO_COME else None
    if past is None:
        return None, coming
    lasts = past.since and status in _LASTING and "/" not in past.edtf
    return (f"{past.edtf}/.." if lasts else past.edtf), coming
