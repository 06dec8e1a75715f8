"""extractor status: every article that a register knows, by outcome."""

import json
import shlex
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from extractor.cli.options import database_option, format_option
from extractor.cli.terminal import count, echo_pairs
from extractor.outcome import STATES
from extractor.settings import BASELINE
from extractor.store import Status, Store


@click.command("status")
@database_option
@format_option
def command(database: Path, form: str) -> None:
    """Say what the register holds: outcomes, failures by reason, records, and what was spent.

    Figures are those of the latest model, prompt and schemas; articles = the sum of the outcomes + not asked yet.

    \b
    extractor status --db register.db
    extractor status --db register.db --format json | jq .states
    """
    with Store.open(database, create=False) as store:
        status = store.status()
    if form == "json":
        click.echo(json.dumps(asdict(status)))
    else:
        echo_pairs(_lines(status, str(database)))


def _lines(status: Status, database: str) -> Iterator[tuple[str, str]]:
    if status.model is None:
        yield "empty", f"no run yet: extractor batch PATH --db {shlex.quote(database)}"
        return
    yield "model", f"{status.model}, {count(status.runs, 'run')}"
    yield "articles", f"{count(status.articles, 'article')} from {count(status.sources, 'path')}"
    for state in STATES:
        if status.states.get(state):
            yield "", f"{status.states[state]:>6,} {state}{_of_which(status, state)}"
    if status.unasked:
        yield "", f"{status.unasked:>6,} not asked yet"
    if status.reasons:
        yield "reasons", ", ".join(f"{reason} {number}" for reason, number in sorted(status.reasons.items()))
        yield "", shlex.join(["sqlite3", "-box", database, "SELECT source, reason, detail FROM failures"])
    kinds = {kind: status.records.get(kind, 0) for kind in ("transfer", "deployment", "treaty")}
    told = ", ".join(count(number, kind, "treaties" if kind == "treaty" else "") for kind, number in kinds.items())
    yield "records", f"{told}; {status.doubtful} doubtful, {status.rejected} kept apart"
    yield "spent", _spent(status)
    for other in status.others:
        yield "also", f"{other.model}: {count(other.outcomes, 'outcome')} of another recipe"
    if any(kinds.values()):
        yield "look", shlex.join(["sqlite3", "-box", database, "SELECT * FROM register"])


def _of_which(status: Status, state: str) -> str:
    paths = status.failed_inputs if state == "failed" else 0
    return f", {count(paths, 'path')} of them without an article" if paths else ""


def _spent(status: Status) -> str:
    if status.model == BASELINE:
        return "nothing: built-in model"
    cost = f"${status.cost:.4f}" if status.cost is not None else "cost unknown"
    tokens = f"{status.prompt_tokens:,} tokens in, {status.completion_tokens:,} out"
    recalled = f", {count(status.recalled, 'answer')} from the cache" if status.recalled else ""
    return f"{cost}, {tokens}, {count(status.attempts, 'request')}{recalled}"
