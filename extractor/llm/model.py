"""LanguageModel: a model behind an OpenAI-compatible server, as one of the models that read articles."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.article import Article, digest
from extractor.errors import ExtractorError, SettingsError
from extractor.model import InterruptedProposalError, Proposal, ProposalError
from extractor.outcome import Attempt
from extractor.recipe import Options, Recipe, schema_hash
from extractor.settings import DEFAULT_CONTEXT, DEFAULT_DIALECT

if TYPE_CHECKING:
    from extractor.llm.gateway import Gateway
    from extractor.llm.memory import Memory
    from extractor.llm.policy import Policy
    from extractor.llm.prices import Price

_REPAIR = "repair/v1"
_PARTS = "parts/v1"


class LanguageModel:
    """`name` at `base_url` (OpenAI's where None): at most `attempts` answers an article, `deadline` seconds a request.

    An article that does not fit into `context` tokens is asked about in parts, each with attempts of its own.

    Raises SettingsError at once where the key, the address or the prompt will not do. The SDK, slow to load, is loaded
    here and not before. `dialect` says in which form the server takes the schema. What `memory` recalls is not asked
    again. `price` is the list price at the address where None. `policy` is for tests, which do not wait, and `gateway`
    for replies that come another way.
    """

    def __init__(
        self,
        name: str,
        base_url: str | None,
        api_key: str | None,
        *,
        prompt: str = "extraction/v1",
        dialect: str = DEFAULT_DIALECT,
        attempts: int = 2,
        deadline: float = 120.0,
        context: int = DEFAULT_CONTEXT,
        policy: "Policy | None" = None,
        price: "Price | None" = None,
        memory: "Memory | None" = None,
        gateway: "Callable[..., Gateway] | None" = None,
    ) -> None:
        from extractor.llm.access import Access
        from extractor.llm.dialects import lost, response_format, shown
        from extractor.llm.prompt import load

        access = Access.of(base_url, api_key)
        if not name.strip():
            raise SettingsError("the model has no name")
        if attempts < 1 or deadline <= 0:
            raise SettingsError("attempts and deadline must be above zero")
        asked = load(prompt)
        asked = replace(asked, text=asked.text + shown(dialect))
        repair, parts = load(_REPAIR), load(_PARTS)
        sent = (asked.text, repair.text, parts.text, json.dumps(response_format(dialect)))

        from extractor.llm.asking import Asking
        from extractor.llm.gateway import Gateway
        from extractor.llm.policy import Policy
        from extractor.llm.reading import Reading, largest_part

        most = largest_part(context, "".join(sent))
        self._gateway = (gateway or Gateway)(
            name, access, response_format(dialect), deadline=deadline, price=price, memory=memory
        )
        asking = Asking(self._gateway, policy or Policy(), repair.text, attempts)
        self._reading = Reading(asking, asked, parts, most)
        options: Options = {"attempts": attempts, "context": context, "dialect": dialect, "lost": lost(dialect)}
        self._recipe = Recipe(name, access.address, digest(*sent), schema_hash(), options)

    @property
    def recipe(self) -> Recipe:
        """Name, address, everything that is sent beside the article, the number of attempts and the context."""
        return self._recipe

    async def propose(self, article: Article) -> Proposal:
        """Ask about the article; raise ProposalError with every attempt that was made, paid ones included."""
        attempts: list[Attempt] = []
        try:
            raw = await self._reading.read(article, attempts)
        except ExtractorError as error:
            raise ProposalError(error, tuple(attempts)) from None
        except asyncio.CancelledError:
            raise InterruptedProposalError(tuple(attempts)) from None
        return Proposal(raw, tuple(attempts))

    async def close(self) -> None:
        """Give back the connections."""
        await self._gateway.close()
