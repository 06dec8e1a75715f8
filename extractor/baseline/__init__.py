"""The built-in model: lexicons as data and a small rule engine. It needs no key and no network, and is no language model."""

from extractor.baseline.model import Baseline

__all__ = ["Baseline"]
