"""The built-in model: lexicons as data and a small rule engine, without a key and a network; no language model."""

from extractor.baseline.model import Baseline

__all__ = ["Baseline"]
