"""Fixtures for the language model: a scripted server, a policy that does not wait, and a model that asks the server."""

from collections.abc import AsyncIterator, Callable

import pytest

from extractor.llm import LanguageModel
from extractor.llm.policy import Policy
from tests.server import Server, server

__all__ = ["server"]

KEY = "sk-test-4711-secret"


@pytest.fixture
def waits() -> list[float]:
    """Seconds that the policy would have slept."""
    return []


@pytest.fixture
def policy(waits: list[float]) -> Policy:
    """The real policy, with a sleep that only notes how long."""

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    return Policy(sleep)


@pytest.fixture
async def model_of(server: Server, policy: Policy) -> AsyncIterator[Callable[..., LanguageModel]]:
    """Make models that ask the scripted server; they are closed when the test ends."""
    made: list[LanguageModel] = []

    def make(**options: object) -> LanguageModel:
        settings = {"base_url": server.url, "api_key": KEY, "policy": policy} | options
        made.append(LanguageModel("scripted", **settings))  # type: ignore[arg-type]  # a test's own options
        return made[-1]

    yield make
    for model in made:
        await model.close()


@pytest.fixture
def model(model_of: Callable[..., LanguageModel]) -> LanguageModel:
    """A model with its usual options."""
    return model_of()
