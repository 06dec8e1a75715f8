"""Sources: whatever a user points at, read into articles; what gives none becomes a failed outcome."""

from extractor.sources.files import shown
from extractor.sources.paths import SUFFIXES, Sources, find

__all__ = ["SUFFIXES", "Sources", "find", "shown"]
