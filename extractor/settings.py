"""Settings: options and environment become one frozen object; nothing else reads the environment."""

import os
from dataclasses import dataclass, field, replace
from typing import Self

from extractor.errors import SettingsError

BASELINE = "baseline"
DEFAULT_MODEL = "gpt-5-mini"  # asked when a key is set and no model is named
DEFAULT_CONCURRENCY = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """Which model is asked, where, and with how many requests at once; key and address are checked by their user."""

    model: str = BASELINE
    base_url: str = ""  # "" is the service's own address
    api_key: str = field(default="", repr=False)
    concurrency: int = DEFAULT_CONCURRENCY
    context: int | None = None  # tokens; None is the model's own choice
    escalate: str = ""  # name of the model that is asked about bad answers; "" asks none
    notice: str = ""  # one line to tell the user when the model was chosen for them

    @property
    def is_baseline(self) -> bool:
        """Whether the built-in model is asked, which needs neither key nor network."""
        return self.model == BASELINE

    @classmethod
    def from_environment(
        cls,
        *,
        model: str | None = None,
        base_url: str | None = None,
        concurrency: int = DEFAULT_CONCURRENCY,
        context: int | None = None,
        escalate: str | None = None,
    ) -> Self:
        """Options win over OPENAI_BASE_URL and EXTRACTOR_MODEL; raise SettingsError where they do not fit together."""
        chosen = cls._chosen(model, base_url, concurrency)
        stronger = _first(escalate)
        if stronger and chosen.is_baseline:
            raise SettingsError("--escalate goes from one language model to another: name the first one with --model")
        if stronger in {chosen.model, BASELINE}:
            raise SettingsError("--escalate names no stronger model than --model")
        return replace(chosen, context=context, escalate=stronger)

    @classmethod
    def _chosen(cls, model: str | None, base_url: str | None, concurrency: int) -> Self:
        name = _first(model, os.environ.get("EXTRACTOR_MODEL"))
        if name == BASELINE:
            return cls(concurrency=concurrency)
        url = _first(base_url, os.environ.get("OPENAI_BASE_URL"))
        key = _first(os.environ.get("OPENAI_API_KEY"))
        if name:
            if not key and not url:
                raise SettingsError(
                    f"model {name!r} needs OPENAI_API_KEY, or --base-url for a server of your own; "
                    "--model baseline needs neither"
                )
            return cls(name, url, key, concurrency)
        if url:
            raise SettingsError("no model is named for the base URL: add --model NAME, or --model baseline to ask none")
        if key:
            notice = f"no model named: asking {DEFAULT_MODEL} (--model NAME for another)"
            return cls(DEFAULT_MODEL, "", key, concurrency, notice=notice)
        notice = "no API key and no base URL: using baseline, the built-in rules (--model NAME asks a language model)"
        return cls(concurrency=concurrency, notice=notice)


def _first(*values: str | None) -> str:
    """The first value that holds more than white space, without white space around it, or ""."""
    return next((value.strip() for value in values if value and value.strip()), "")
