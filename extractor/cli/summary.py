"""Summary: what a run came to, for the person who started it."""

import shlex
from collections.abc import Iterator

from extractor.cli.terminal import count
from extractor.outcome import STATES
from extractor.report import Tally
from extractor.settings import Settings


def summary(tally: Tally, settings: Settings, database: str) -> list[tuple[str, str]]:
    """Label and line; one pair alone when there was nothing to do."""
    known = tally.already + tally.twice
    if known and known == tally.articles and not (tally.left or tally.error or tally.interrupted):
        return [
            ("done", f"nothing to do, {count(known, 'article')} already done in {database} (--force does them again)")
        ]
    return [*_articles(tally), *_records(tally), *_spent(tally, settings), *_end(tally, database)]


def _articles(tally: Tally) -> Iterator[tuple[str, str]]:
    states = [f"{tally.states[state]} {state}" for state in STATES if tally.states[state]]
    yield "articles", f"{tally.articles}: {', '.join([*states, *_not_asked(tally)]) or 'none was asked'}"
    for reason, number in tally.reasons.most_common():
        sources = tally.examples[reason]
        yield "failed", f"{reason} {number}"
        yield from (("", f"  {source}") for source in sources)
        if number > len(sources):
            yield "", f"  and {number - len(sources)} more"


def _not_asked(tally: Tally) -> Iterator[str]:
    if tally.already:
        yield f"{tally.already} already done"
    if tally.twice:
        yield f"{tally.twice} the same text under another name"
    if tally.left:
        yield f"{tally.left} more waiting"


def _records(tally: Tally) -> Iterator[tuple[str, str]]:
    transfers = count(tally.records["transfer"], "transfer")
    deployments = count(tally.records["deployment"], "deployment")
    treaties = count(tally.records["treaty"], "treaty", "treaties")
    yield "records", f"{transfers}, {deployments}, {treaties}; {tally.doubtful} doubtful, {tally.rejected} kept apart"


def _spent(tally: Tally, settings: Settings) -> Iterator[tuple[str, str]]:
    if settings.is_baseline:
        yield "cost", "none: built-in model"
    else:
        tokens = f"{tally.prompt_tokens:,} in{_cached(tally)}, {tally.completion_tokens:,} out"
        yield "tokens", f"{tokens}, {count(tally.requests, 'request')}"
        if tally.recalled:
            yield "cache", f"{count(tally.recalled, 'answer')} from the cache, not paid for again"
        yield "cost", _cost(tally)
    speed = f", {tally.new / tally.seconds:.1f} articles/s" if tally.new and tally.seconds else ""
    yield "time", f"{tally.seconds:.1f} s{speed}"


def _cached(tally: Tally) -> str:
    share = tally.cached_tokens / tally.prompt_tokens if tally.prompt_tokens else 0.0
    return f" ({share:.0%} cached)" if share else ""


def _cost(tally: Tally) -> str:
    if not tally.unpriced:
        return f"${tally.cost:.4f}"
    unknown = f"{count(tally.unpriced, 'request')} of unknown price"
    return f"${tally.cost:.4f} and {unknown}" if tally.cost else f"unknown: {unknown}"


def _end(tally: Tally, database: str) -> Iterator[tuple[str, str]]:
    if tally.error:
        yield "stopped", str(tally.error)
    elif tally.interrupted:
        yield "stopped", "interrupted; what was finished is saved"
    if tally.left or tally.states["waiting"]:
        yield "go on", "the same command takes what waits"
    if tally.reasons["unrecorded"]:
        yield "replay", "recordings are missing, stale or damaged; which ones:"
        yield "", shlex.join(["sqlite3", "-box", database, "SELECT source, detail FROM failures"])
    yield "look", f"extractor status --db {shlex.quote(database)}"
    if tally.records.total():
        yield "", shlex.join(["sqlite3", "-box", database, "SELECT * FROM register"])
