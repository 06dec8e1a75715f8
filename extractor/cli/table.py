"""Table: an outcome for a reader, each record on a row with its quotes beneath."""

from collections.abc import Iterator, Sequence

import click

from extractor.cli.terminal import escape, width, wrap
from extractor.outcome import Checked, Outcome, Rejected
from schemas import Deployment, Money, Quantity, Record, Transfer, Treaty

_INDENT = 6


def table(outcome: Outcome) -> str:
    """A heading, then rows, then what was kept apart; ends with an empty line."""
    return "\n".join([*_heading(outcome), *_body(outcome), ""])


def _heading(outcome: Outcome) -> Iterator[str]:
    article = outcome.article
    known = [outcome.source, *((article.published, article.language) if article else ())]
    yield click.style(escape("  ".join(part for part in known if part)), bold=True)
    if article and article.title:
        yield from wrap(escape(article.title))
    yield "─" * width()


def _body(outcome: Outcome) -> Iterator[str]:
    if outcome.state in {"failed", "waiting"}:
        why = f"{outcome.reason}: {outcome.detail}" if outcome.reason else outcome.detail
        yield from wrap(escape(f"{outcome.state}: {why}"), hanging=2)
    elif not outcome.records:
        yield "nothing to be coded" if outcome.state == "empty" else "no record passed its checks"
    for checked in outcome.records:
        yield from _row(checked)
    for rejected in outcome.rejected:
        yield from wrap(escape(_apart(rejected)), hanging=_INDENT)


def _row(checked: Checked) -> Iterator[str]:
    mark = "?" if checked.doubtful else " "
    start = f"{checked.record.id}{mark}".ljust(_INDENT)
    first, *rest = wrap(escape(f"{_told(checked.record)}  {_stage(checked.record)}"), indent=_INDENT, hanging=2)
    yield click.style(start, bold=True) + first[_INDENT:]
    yield from rest
    for span in checked.spans:
        for line in wrap(escape(" ".join(f"“{span.quote}”".split())), indent=_INDENT, hanging=1):
            yield click.style(line, dim=True)
    for check in checked.checks:
        if check.verdict == "doubt":
            yield from wrap(escape(f"? {check.name}: {check.detail}"), indent=_INDENT, hanging=2)


def _told(record: Record) -> str:
    if isinstance(record, Transfer):
        value = f", {_bounds(record.value)} {record.value.unit}" if record.value else ""
        via = f", via {', '.join(record.via)}" if record.via else ""
        return f"{record.supplier} → {record.recipient}  {_items(record)}{value}{via}"
    if isinstance(record, Deployment):
        where = ", ".join(part for part in (record.host, record.place) if part)
        side = f"for {record.supports}" if record.supports and record.supports != record.host else ""
        people = f"{_bounds(record.personnel)} {record.personnel.unit}, " if record.personnel else ""
        force = record.force_type.replace("_", " ")
        return f"{record.sender} → {' '.join(part for part in (where, side) if part)}  {people}{force}"
    if isinstance(record, Treaty):
        bound = _in_brackets([obligation.replace("_", " ") for obligation in record.obligations])
        return f"{', '.join(record.parties)}  {record.title}{bound}"
    raise TypeError(f"no row for {type(record).__name__}")


def _items(transfer: Transfer) -> str:
    quantity = transfer.quantity
    if quantity is None:
        return transfer.item
    # "100 ballistic missiles", but "500 tonnes, diesel fuel".
    unit = "" if transfer.item.casefold().endswith(quantity.unit.casefold()) else f"{quantity.unit}, "
    return f"{_bounds(quantity)} {unit}{transfer.item}"


def _bounds(quantity: Quantity | Money) -> str:
    about = "~ " if quantity.approximate else ""
    if quantity.low is None:
        return f"{about}≤ {quantity.high:,}"
    if quantity.high is None:
        return f"{about}≥ {quantity.low:,}"
    return about + (f"{quantity.low:,}" if quantity.low == quantity.high else f"{quantity.low:,}–{quantity.high:,}")


def _stage(record: Record) -> str:
    """How far it got, when, who says so, who denies it, and what it is tied to."""
    told = [_dated(record), f"{record.certainty}{_in_brackets(record.attributed_to)}"]
    if record.denied_by:
        told.append(f"denied by {', '.join(record.denied_by)}")
    if record.in_exchange_for:
        told.append(f"for {', '.join(record.in_exchange_for)}")
    if isinstance(record, Treaty) and record.replaces:
        told.append(f"replaces {', '.join(record.replaces)}")
    return ", ".join(told)


def _dated(record: Record) -> str:
    status = str(getattr(record, "status", "")).replace("_", " ")
    if isinstance(record, Treaty):
        dates = {"signed": record.signed, "ratified": record.ratified, "ended": record.ended}
        reached = f" {dates.pop(status)}" if dates.get(status) else ""
        return status + reached + "".join(f", {step} {date}" for step, date in dates.items() if date)
    date, due = getattr(record, "date", None), getattr(record, "due", None)
    return status + (f" {date}" if date else "") + (f", due {due}" if due else "")


def _in_brackets(words: Sequence[str]) -> str:
    return f" ({', '.join(words)})" if words else ""


def _apart(rejected: Rejected) -> str:
    failed = "; ".join(f"{check.name}: {check.detail}" for check in rejected.checks if check.verdict == "fail")
    return f"kept apart: {rejected.kind} {rejected.raw.get('id', '')}, {failed}"
