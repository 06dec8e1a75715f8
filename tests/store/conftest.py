"""Fixtures for the store: a fresh database, and a run on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.store import Store
from tests.store.samples import RECIPE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> int:
    return store.start_run(RECIPE, command="extractor batch news")
