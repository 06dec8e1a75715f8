"""Baseline: the built-in model, from article to proposed records."""

from functools import cache
from importlib.resources import files
from typing import Any

from extractor.article import Article, digest
from extractor.baseline.deployments import postings
from extractor.baseline.language import detect
from extractor.baseline.reading import read
from extractor.baseline.records import deployment, transfer, treaty
from extractor.baseline.transfers import drafts
from extractor.baseline.treaties import pacts
from extractor.model import Proposal
from extractor.recipe import Recipe, schema_hash


class Baseline:
    """Rules and lexicons; needs no key and no network. It is the floor that language models are scored against."""

    @property
    def recipe(self) -> Recipe:
        """Identified by the hash of its lexicons, its names tables and its code."""
        return Recipe(model="baseline", base_url="", prompt_hash=_fingerprint(), schema_hash=schema_hash())

    async def propose(self, article: Article) -> Proposal:
        """Records of one article; never raises for any text."""
        return Proposal(raw=extract(article))

    async def close(self) -> None:
        """Nothing to give back."""


def extract(article: Article) -> dict[str, list[dict[str, Any]]]:
    """Propose the records of an article, in the shape of an Extraction."""
    reading = read(article, article.language or detect(article.text))
    return {
        "transfers": [transfer(number, draft, reading) for number, draft in enumerate(drafts(reading), 1)],
        "deployments": [deployment(number, posting, reading) for number, posting in enumerate(postings(reading), 1)],
        "treaties": [treaty(number, pact, reading) for number, pact in enumerate(pacts(reading), 1)],
    }


@cache
def _fingerprint() -> str:
    folders = ("extractor.baseline", "extractor.baseline.lexicons", "extractor.grounding", "schemas.names")
    parts = [
        entry.read_text(encoding="utf-8")
        for folder in folders
        for entry in sorted(files(folder).iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith((".py", ".toml", ".tsv"))
    ]
    return digest(*parts)
