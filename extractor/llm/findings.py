"""Findings: what the parts of a long article gave, under ids of the whole article and each event once.

A record of a later part is one that is there already if it is of the same kind, shares a place of the text with it as
evidence, and either says the same or quotes nothing of its own part, which alone it was read from. Each record takes
in at most one of each part. So an echo of the list that is carried along goes, and twins with words of their own stay.
"""

import re
from collections import Counter
from typing import Any

from extractor.article import Article
from extractor.checking import KINDS, examine
from extractor.grounding.quotes import find
from extractor.llm.excerpt import excerpt
from extractor.llm.windows import size
from extractor.outcome import Checked, Kind
from schemas import Deployment, Record, Transfer, Treaty

_LETTERS: dict[Kind, str] = {"transfer": "T", "deployment": "D", "treaty": "P"}
_LINKS = ("in_exchange_for", "replaces")
_ID = re.compile(r"[TDP][1-9][0-9]{0,3}")


class Findings:
    """`raw` has the shape of an Extraction and holds every record of the parts added so far, bad ones too."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._checked: list[Checked] = []
        self._taken: set[str] = set()
        self.raw: dict[str, list[Any]] = {plural: [] for plural in KINDS}

    def add(self, raw: dict[str, Any], part: str) -> None:
        """Merge what the text `part` gave; ids there are the part's own, or those of `told` where it has no such id."""
        examined = examine(raw, self._article)
        known = self._known(examined.records, part)
        owned = Counter(_id(item) for plural in KINDS for item in raw[plural])
        known = {own: one for own, one in known.items() if owned[own] == 1}
        # A link that leads nowhere must not lead to a record that gets its id later.
        self._taken |= {link for plural in KINDS for item in raw[plural] for link in _links(item) if link not in owned}
        names = known | {own: self._next(own) for own in owned if own not in known and _ID.fullmatch(own)}
        for plural in KINDS:
            for item in raw[plural]:
                if _id(item) in known:
                    self._link(plural, known[_id(item)], _renamed(item, names))
                else:
                    self.raw[plural].append(_renamed(item, names))
        for checked in examined.records:
            if checked.record.id not in known:
                record = checked.record.model_copy(update={"id": names[checked.record.id]})
                self._checked.append(Checked(checked.kind, record, checked.spans, checked.checks))

    def _next(self, own: str) -> str:
        number = 1
        while f"{own[0]}{number}" in self._taken:
            number += 1
        self._taken.add(f"{own[0]}{number}")
        return f"{own[0]}{number}"

    def _known(self, proposed: tuple[Checked, ...], part: str) -> dict[str, str]:
        """Ids of the records that are here already, with their ids here."""
        free = list(self._checked)
        known = {}
        for one in proposed:
            near = [other for other in free if other.kind == one.kind and _share_a_place(other, one)]
            alike = [other for other in near if _facts(other.record) == _facts(one.record)]
            if near and not alike and not self._quotes(one.record, part):
                alike = near
            if alike:
                free.remove(alike[0])
                known[one.record.id] = alike[0].record.id
        return known

    def _quotes(self, record: Record, part: str) -> bool:
        return any(find(quote, part, self._article.language) for quote in record.evidence)

    def _link(self, plural: str, own: str, again: dict[str, Any]) -> None:
        """Keep the links that a record was given when it was found once more."""
        kept = next(item for item in self.raw[plural] if _id(item) == own)
        for name in _LINKS:
            if name in kept:
                kept[name] = [*kept[name], *(link for link in again[name] if link not in {own, *kept[name]})]

    def told(self, most: int) -> list[str]:
        """A line for each good record, the latest ones where all of them take more than `most` bytes."""
        lines: list[str] = []
        for checked in reversed(self._checked):
            line = _line(checked)
            most -= size(line)
            if most < 0:
                lines.append(f"and {len(self._checked) - len(lines)} more")
                break
            lines.append(line)
        return lines[::-1]


def _id(item: Any) -> str:
    return str(item.get("id") or "") if isinstance(item, dict) else ""


def _links(item: Any) -> list[str]:
    lists = [item.get(name) for name in _LINKS] if isinstance(item, dict) else []
    return [link for links in lists if isinstance(links, list) for link in links if isinstance(link, str)]


def _renamed(item: Any, names: dict[str, str]) -> Any:
    if not isinstance(item, dict):
        return item
    renamed = item | ({"id": names[_id(item)]} if _id(item) in names else {})
    for name in _LINKS:
        if isinstance(links := item.get(name), list):
            renamed[name] = [names.get(link, link) if isinstance(link, str) else link for link in links]
    return renamed


def _share_a_place(one: Checked, other: Checked) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.spans for b in other.spans)


def _facts(record: Record) -> dict[str, Any]:
    return record.model_dump(exclude={"id", "evidence", *_LINKS})


def _line(checked: Checked) -> str:
    record = checked.record
    match record:
        case Transfer():
            said = [f"{record.supplier} to {record.recipient}", record.item, record.date]
        case Deployment():
            said = [f"{record.sender} to {record.host or record.supports}", record.force_type, record.date]
        case Treaty():
            said = [record.title, " and ".join(record.parties[:5]), record.signed]
        case _:
            said = []
    told = ", ".join([*(part for part in said if part), str(getattr(record, "status", ""))])
    return f"{record.id}: {excerpt(told)}: {excerpt(checked.spans[0].quote)}"
