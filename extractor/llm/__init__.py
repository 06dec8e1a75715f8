"""The language model: one article asked of an OpenAI-compatible server, its answer checked and, once, asked again."""

from extractor.llm.model import LanguageModel

__all__ = ["LanguageModel"]
