"""Settings: options, environment and .env file become one frozen object; nothing else reads the environment."""

import io
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from extractor.errors import SettingsError

BASELINE = "baseline"
DEFAULT_MODEL = "gpt-5-mini"  # asked when a key is set and no model is named
DEFAULT_CONCURRENCY = 8
ENV_FILE = Path(".env")  # of the working directory; read, never written, and not put into the environment
_VARIABLES = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "EXTRACTOR_MODEL")
DEFAULT_DIALECT = "openai"
DEFAULT_CONTEXT = 32_768  # tokens of a question with its answer; models that read more find less in long texts


@dataclass(frozen=True, slots=True)
class Settings:
    """Which model is asked, where, and with how many requests at once; key and address are checked by their user."""

    model: str = BASELINE
    base_url: str = ""  # "" is the service's own address
    api_key: str = field(default="", repr=False)
    concurrency: int = DEFAULT_CONCURRENCY
    dialect: str = DEFAULT_DIALECT  # form in which the server takes the schema
    context: int = DEFAULT_CONTEXT  # tokens of a question with its answer
    escalate: str = ""  # name of the model that is asked about bad answers; "" asks none
    notice: str = ""  # one line to tell the user when model or address were chosen for them

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
        dialect: str = DEFAULT_DIALECT,
        context: int = DEFAULT_CONTEXT,
        escalate: str | None = None,
        asking: bool = True,
    ) -> Self:
        """Options win over the environment, and that over .env; raise SettingsError where they do not fit together.

        Without `asking` nothing will be sent, and a named model needs neither key nor address.
        """
        chosen = cls._chosen(model, base_url, concurrency, asking)
        stronger = _first(escalate)
        if stronger and chosen.is_baseline:
            raise SettingsError("--escalate goes from one language model to another: name the first one with --model")
        if stronger in {chosen.model, BASELINE}:
            raise SettingsError("--escalate names no stronger model than --model")
        if chosen.is_baseline:
            return chosen
        return replace(chosen, dialect=dialect, context=context, escalate=stronger)

    @classmethod
    def _chosen(cls, model: str | None, base_url: str | None, concurrency: int, asking: bool) -> Self:
        name = _first(model, os.environ.get("EXTRACTOR_MODEL"))
        if name == BASELINE:
            return cls(concurrency=concurrency)
        found = _Variables.read()
        name = name or found.first("EXTRACTOR_MODEL")
        if name == BASELINE:
            return cls(concurrency=concurrency)
        url = _first(base_url) or found.first("OPENAI_BASE_URL")
        key = found.first("OPENAI_API_KEY")
        from_file = bool(url) and not _first(base_url, os.environ.get("OPENAI_BASE_URL"))
        if from_file and _first(os.environ.get("OPENAI_API_KEY")):
            # Whoever writes a .env file into a folder must not be sent the key of whoever works there.
            raise SettingsError(
                "the address is from .env and the key from the environment: "
                "to send the key there, give the address as --base-url"
            )
        if name:
            if not key and not url and asking:
                raise SettingsError(
                    f"model {name!r} needs OPENAI_API_KEY, or --base-url for a server of your own; "
                    "--model baseline needs neither"
                )
            notice = "the address is from the file .env" if from_file else ""
            return cls(name, url, key, concurrency, notice=notice)
        if url:
            raise SettingsError("no model is named for the base URL: add --model NAME, or --model baseline to ask none")
        if key:
            notice = f"no model named: asking {DEFAULT_MODEL} (--model NAME for another)"
            return cls(DEFAULT_MODEL, "", key, concurrency, notice=notice)
        notice = "no API key and no base URL: using baseline, the built-in rules (--model NAME asks a language model)"
        return cls(concurrency=concurrency, notice=notice)


@dataclass(frozen=True, slots=True)
class _Variables:
    file: dict[str, str | None] = field(repr=False)

    @classmethod
    def read(cls) -> Self:
        """Take our three variables from .env, word for word; raise SettingsError where it cannot be read."""
        if not ENV_FILE.is_file():
            return cls({})
        from dotenv.parser import parse_stream

        try:
            lines = list(parse_stream(io.StringIO(ENV_FILE.read_text(encoding="utf-8-sig"))))
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise SettingsError(f"the file .env cannot be read: {why}") from None
        for line in lines:
            if line.error:
                raise SettingsError(f"the file .env cannot be read: line {line.original.line} is no NAME=value")
        return cls({line.key: line.value for line in lines if line.key in _VARIABLES})

    def first(self, name: str) -> str:
        return _first(os.environ.get(name), self.file.get(name))


def _first(*values: str | None) -> str:
    """The first value that holds more than white space, without white space around it, or ""."""
    return next((value.strip() for value in values if value and value.strip()), "")
