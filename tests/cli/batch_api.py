"""What the tests of the Batch API share: a server, articles, a register, and the command without its pauses."""

import functools
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from extractor import bulk
from extractor.store import Store
from tests.batch_server import BatchServer
from tests.cli.conftest import Run
from tests.cli.service import KEY
from tests.fakes import extraction, transfer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[BatchServer]:
    """A server that finds the transfer in every article; its key is in the environment."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with BatchServer() as running:
        running.default = lambda _: extraction(transfer())
        yield running


class Command:
    """`batch(...)` runs the command by the Batch API; `batch.direct(...)` without it; options go to Bulk."""

    def __init__(self, run: Run, server: BatchServer, folder: Path, database: Path) -> None:
        self.arguments = ["batch", str(folder), "--model", "scripted", "--base-url", server.url]
        self._run, self._database = run, database

    def __call__(self, *options: str) -> Result:
        return self.direct("--via", "batch-api", *options)

    def direct(self, *options: str, database: Path | None = None) -> Result:
        return self._run(*self.arguments, "--db", database or self._database, *options)


@pytest.fixture
def batch(run: Run, server: BatchServer, folder: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    with_options(monkeypatch, first_pause=0.0)
    monkeypatch.setattr("sys.argv", ["extractor", "batch", "articles", "--no-wait"])
    return Command(run, server, folder, database)


def with_options(monkeypatch: pytest.MonkeyPatch, **options: Any) -> None:
    """Bulk gets these options too."""
    monkeypatch.setattr(bulk, "Bulk", functools.partial(bulk.Bulk, **options))


def states(database: Path) -> dict[str, int]:
    """Outcomes that count, by state."""
    with Store.open(database, create=False) as store:
        return store.status().states


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    """What the database holds, past the door."""
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def mixed(body: dict[str, Any]) -> dict[str, Any]:
    """One good answer, one empty, one that fails its checks for ever, one that is mended when asked again."""
    number = body["messages"][1]["content"][-1]
    again = len(body["messages"]) > 2
    bad = extraction(transfer(evidence=[f"never said {number}"]))
    return {"0": extraction(transfer()), "1": extraction(), "2": bad}.get(
        number, extraction(transfer()) if again else bad
    )
