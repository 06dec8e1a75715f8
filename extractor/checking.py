"""Checking: a raw proposal becomes records that may be stored and records kept apart, each with its verdicts."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from extractor.article import Article
from extractor.grounding import ground
from extractor.outcome import Check, Checked, Kind, Rejected
from schemas import Deployment, Record, Transfer, Treaty

KINDS: dict[str, tuple[Kind, type[Record]]] = {
    "transfers": ("transfer", Transfer),
    "deployments": ("deployment", Deployment),
    "treaties": ("treaty", Treaty),
}
# Of one kind; what comes after that is kept apart. The densest hand-labelled articles hold one in 92 characters.
_MOST, _CHARACTERS = 200, 100


@dataclass(frozen=True, slots=True)
class Examined:
    """The two heaps; together they hold every proposed record."""

    records: tuple[Checked, ...]
    rejected: tuple[Rejected, ...]


def examine(raw: dict[str, Any], article: Article) -> Examined:
    """Check each proposed record on its own, so that one bad record does not take its siblings with it."""
    passed: list[Checked] = []
    rejected: list[Rejected] = []
    seen: set[str] = set()
    for plural, (kind, shape) in KINDS.items():
        proposed = raw.get(plural, [])
        for number, item in enumerate(proposed if isinstance(proposed, list) else [proposed]):
            record, check = _validated(item, shape, seen, number, max(_MOST, len(article.text) // _CHARACTERS))
            if record is None:
                rejected.append(Rejected(kind, _as_dict(item), (check,)))
                continue
            seen.add(record.id)
            spans, checks = ground(record, article)
            checks = (check, *checks)
            if any(one.verdict == "fail" for one in checks):
                rejected.append(Rejected(kind, _as_dict(item), checks))
            else:
                passed.append(Checked(kind, record, spans, checks))
    return Examined(tuple(_relinked(passed)), tuple(rejected))


def _validated(item: Any, shape: type[Record], seen: set[str], number: int, most: int) -> tuple[Record | None, Check]:
    try:
        record = shape.model_validate(item)
    except ValidationError as error:
        return None, Check("schema", "fail", describe(error))
    if record.id in seen:
        return None, Check("schema", "fail", f"id {record.id} is used twice")
    if number >= most:
        return None, Check("schema", "fail", f"more than {most} records of one kind")
    return record, Check("schema", "pass")


def describe(error: ValidationError) -> str:
    """A validation error in one line: where and what, without the value."""
    parts = (
        f"{'.'.join(str(step) for step in one['loc']) or 'record'}: {one['msg'].removeprefix('Value error, ')}"
        for one in error.errors(include_url=False, include_input=False)
    )
    return "; ".join(parts)[:500]


def _relinked(passed: list[Checked]) -> list[Checked]:
    """Take back links to records that did not pass; the record stays, and says that a link was cut."""
    ids = {checked.record.id for checked in passed}
    whole = []
    for checked in passed:
        record, cut = checked.record, set[str]()
        for name in ("in_exchange_for", "replaces"):
            links: list[str] = getattr(record, name, [])
            kept = [link for link in links if link in ids and link != record.id]
            if kept != links:
                cut |= set(links) - set(kept)
                record = record.model_copy(update={name: kept})
        doubt = (
            (Check("schema", "doubt", f"pointed to {', '.join(sorted(cut))}, not among the records"),) if cut else ()
        )
        whole.append(Checked(checked.kind, record, checked.spans, (*checked.checks, *doubt)))
    return whole


def _as_dict(item: Any) -> dict[str, Any]:
    return item if isinstance(item, dict) else {"value": item}
