"""Recipe: all that decides what an article gives. The same recipe on the same article is never asked twice."""

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from extractor.article import digest

Options = dict[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Model, address, prompt, schema and options of a run."""

    model: str  # "baseline" or the name asked for
    base_url: str  # "" for the baseline
    prompt_hash: str  # the baseline gives the hash of its lexicons and code
    schema_hash: str
    options: Options = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Hash of all fields; no key without the model's name."""
        return digest(
            self.model, self.base_url, self.prompt_hash, self.schema_hash, json.dumps(self.options, sort_keys=True)
        )


@cache
def schema_hash() -> str:
    """Hash of the JSON Schema of an Extraction and of the codebook that it is read by."""
    from schemas import Extraction

    codebook = (files("schemas") / "CODEBOOK.md").read_text(encoding="utf-8")
    return digest(json.dumps(Extraction.model_json_schema(), sort_keys=True), codebook)
