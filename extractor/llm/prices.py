"""Prices: what a request cost in US dollars, from the list prices that a library brings along; nothing is fetched."""

import ipaddress
import math
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from extractor.llm.access import OPENAI, Access
from extractor.outcome import Usage

_BATCH = 0.5  # of the list price, for what is submitted through a batch API


@dataclass(frozen=True, slots=True)
class Price:
    """The price list of the service at `address`; one that is in no list has no known price, which is not nothing.

    The address decides and never the model's name alone: who resells a model, or serves it at home, sets the price.
    """

    address: str = OPENAI
    batch: bool = False

    @classmethod
    def at(cls, base_url: str | None) -> "Price":
        """The list of the service at this address, OpenAI's where there is none; raise SettingsError for a bad one."""
        return cls(Access.of(base_url or OPENAI, None).address)

    def priced(self, usage: Usage, *models: str | None) -> Usage:
        """The usage with its cost; what the server itself says it cost stands."""
        return usage if usage.cost is not None else replace(usage, cost=self.of(usage, *models))

    def of(self, usage: Usage, *models: str | None) -> float | None:
        """US dollars by the first of the names that has a price; None where none has, or no tokens were reported."""
        if usage.prompt_tokens is None or usage.completion_tokens is None or is_local(self.address):
            return None
        for model in filter(None, models):
            cost = _listed(usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens or 0, model, self.address)
            if cost is not None:
                return cost * _BATCH if self.batch else cost
        return None

    def known(self, model: str) -> bool:
        """Whether the model has a price at this address."""
        return self.of(Usage(0, 0), model) is not None


def is_local(address: str) -> bool:
    """Whether the address is of this machine or a private network; such a server has no list price."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        # A name without a dot is found by no public name service: it is of a container or of a neighbour.
        return "." not in host or host.endswith((".localhost", ".local", ".internal", ".lan"))


def _listed(prompt: int, completion: int, cached: int, model: str, address: str) -> float | None:
    # Loading the list takes most of a second, which neither help nor a run with nothing to ask should wait for.
    import genai_prices

    # More cached than sent is refused by the library, and has been reported by servers.
    usage = genai_prices.Usage(input_tokens=prompt, output_tokens=completion, cache_read_tokens=min(cached, prompt))
    try:
        found = genai_prices.calc_price(usage, model, provider_api_url=address)
    except (LookupError, ValueError):
        return None
    # What the list does not price it counts as nothing: a model of speech or pictures, or one without any figure.
    if found.model_price.input_mtok is None or found.model_price.output_mtok is None:
        return None
    cost = float(found.total_price)
    return cost if math.isfinite(cost) else None
