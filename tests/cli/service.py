"""A model's service for the command line's tests, on a real socket."""

from collections.abc import Iterator

import pytest

from tests.fakes import extraction, transfer
from tests.server import Server

KEY = "sk-test-0123456789"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that finds the transfer in every article; its key is in the environment."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with Server() as running:
        running.default = lambda _: extraction(transfer())
        yield running
