"""Fixtures for the fault table: the program as a user runs it, over a real socket, with no wait that takes time."""

import asyncio
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.llm import LanguageModel, policy
from tests.fakes import QUOTE
from tests.server import Server, server

__all__ = ["server"]

KEY = "sk-test-4711-secret"


@pytest.fixture(autouse=True)
def row(request: pytest.FixtureRequest) -> object:
    """The row of the fault table that a test is for; see `rows`."""
    return getattr(request, "param", None)


@dataclass
class Desk:
    """A folder of articles, a register, and the command that a user would give."""

    server: Server
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    waits: list[float] = field(default_factory=list)  # seconds that the program would have slept
    nap: float = 0.0  # seconds that each wait really takes
    exit_code: int = -1
    told: str = ""  # what the last run wrote to stderr, on one line

    @property
    def database(self) -> Path:
        return self.folder.parent / "register.db"

    def put(self, *texts: str) -> None:
        """Write articles 00.txt, 01.txt … into the folder."""
        for number, text in enumerate(texts):
            (self.folder / f"{number:02}.txt").write_text(text, encoding="utf-8")

    def many(self, number: int) -> None:
        """Write so many articles that hold the quote of the usual transfer."""
        self.put(*(f"{QUOTE} Meldung {one}." for one in range(number)))

    def allow(self, **options: Any) -> None:
        """Run with other `attempts`, or another `deadline`, than a user would."""
        known = LanguageModel.__init__.__kwdefaults__ or {}
        for name, value in options.items():
            assert name in known
            self.monkeypatch.setitem(known, name, value)

    def batch(self, *options: object) -> None:
        """Run `extractor batch` over the folder against the scripted server."""
        words = ["batch", self.folder, "--db", self.database, "--model", "scripted", "--base-url", self.server.url]
        shown = CliRunner().invoke(main, [str(word) for word in (*words, *options)], catch_exceptions=False)
        self.exit_code, self.told = shown.exit_code, " ".join(shown.stderr.split())
        assert "Traceback" not in shown.stderr

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the register."""
        with sqlite3.connect(self.database) as connection:
            found = connection.execute(query).fetchall()
        connection.close()
        return found

    @property
    def ends(self) -> dict[str, int]:
        """Outcomes that count: state, or the reason of a failure, and how many."""
        query = "SELECT coalesce(iif(state = 'failed', reason, NULL), state) FROM outcomes WHERE current = 1"
        return dict(Counter(end for (end,) in self.rows(query)))

    @property
    def results(self) -> list[str]:
        """What each attempt came to, in order."""
        return [result for (result,) in self.rows("SELECT result FROM attempts ORDER BY id")]

    @property
    def details(self) -> str:
        """All that outcomes and attempts say for people."""
        return " ".join(
            text for (text,) in self.rows("SELECT detail FROM outcomes UNION ALL SELECT detail FROM attempts")
        )

    @property
    def records(self) -> int:
        """Records in the register."""
        return int(self.rows("SELECT count(*) FROM register")[0][0])


@pytest.fixture
def desk(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with one article on it, and a key in the environment."""
    folder = tmp_path / "articles"
    folder.mkdir()
    made = Desk(server, folder, monkeypatch)
    made.put(QUOTE)

    async def sleep(seconds: float) -> None:
        made.waits.append(seconds)
        await asyncio.sleep(made.nap)

    usual = policy.Policy
    monkeypatch.setattr(policy, "Policy", lambda: usual(sleep))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.chdir(tmp_path)
    return made
