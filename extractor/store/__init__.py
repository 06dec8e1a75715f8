"""The register in SQLite: what was found, where it stands, and how it was made."""

from extractor.store.dictionary import dictionary
from extractor.store.reader import Status, Totals
from extractor.store.store import Store
from extractor.store.submissions import Entry, Submission

__all__ = ["Entry", "Status", "Store", "Submission", "Totals", "dictionary"]
