"""LanguageModel: a model behind an OpenAI-compatible server, as one of the models that read articles."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from extractor.article import Article, digest
from extractor.errors import ExtractorError, SettingsError
from extractor.model import Proposal, ProposalError
from extractor.outcome import Attempt
from extractor.recipe import Recipe, schema_hash

if TYPE_CHECKING:
    from extractor.llm.gateway import Gateway
    from extractor.llm.policy import Policy

_REPAIR = "repair/v1"


class LanguageModel:
    """`name` at `base_url` (OpenAI's where None): at most `attempts` answers an article, `deadline` seconds a request.

    Raises SettingsError at once where the key, the address or the prompt will not do. The SDK, slow to load, is loaded
    here and not before. `policy` is for tests, which do not wait, and `gateway` for replies that come another way.
    """

    def __init__(
        self,
        name: str,
        base_url: str | None,
        api_key: str | None,
        *,
        prompt: str = "extraction/v1",
        attempts: int = 2,
        deadline: float = 120.0,
        policy: "Policy | None" = None,
        gateway: "Callable[..., Gateway] | None" = None,
    ) -> None:
        from extractor.llm.access import Access
        from extractor.llm.dialects import response_format
        from extractor.llm.prompt import load

        access = Access.of(base_url, api_key)
        if not name.strip():
            raise SettingsError("the model has no name")
        if attempts < 1 or deadline <= 0:
            raise SettingsError("attempts and deadline must be above zero")
        self._prompt = load(prompt)
        repair = load(_REPAIR)

        from extractor.llm.asking import Asking
        from extractor.llm.gateway import Gateway
        from extractor.llm.policy import Policy

        self._gateway = (gateway or Gateway)(name, access, response_format(), deadline=deadline)
        self._asking = Asking(self._gateway, policy or Policy(), repair.text, attempts)
        self._recipe = Recipe(
            model=name,
            base_url=access.address,
            prompt_hash=digest(self._prompt.text, repair.text, json.dumps(response_format())),
            schema_hash=schema_hash(),
            options={"attempts": attempts},
        )

    @property
    def recipe(self) -> Recipe:
        """Name, address, everything that is sent beside the article, and the number of attempts."""
        return self._recipe

    async def propose(self, article: Article) -> Proposal:
        """Ask about the article; raise ProposalError with every attempt that was made, paid ones included."""
        from extractor.llm.prompt import question

        attempts: list[Attempt] = []
        try:
            raw = await self._asking.ask(question(self._prompt, article), article, attempts)
        except ExtractorError as error:
            raise ProposalError(error, tuple(attempts)) from None
        return Proposal(raw, tuple(attempts))

    async def close(self) -> None:
        """Give back the connections."""
        await self._gateway.close()
