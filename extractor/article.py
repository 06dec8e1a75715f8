"""Article: one text with what is known about it."""

import hashlib
from dataclasses import dataclass


def digest(*parts: str) -> str:
    """SHA-256 over the parts in hex, each with its length before it, so that no two lists of parts look alike."""
    state = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8")
        state.update(len(data).to_bytes(8, "big") + data)
    return state.hexdigest()


@dataclass(frozen=True, slots=True)
class Article:
    """A decoded article; `text` is the body as stored, line ends as \\n, in Unicode NFC."""

    source: str  # the path as given
    text: str
    title: str | None = None
    published: str | None = None  # YYYY-MM-DD, or a less precise EDTF date
    url: str | None = None
    publisher: str | None = None
    language: str | None = None  # ISO 639-1

    @property
    def sha256(self) -> str:
        """Hash of the stored text alone, as `sha256sum` gives it."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def key(self) -> str:
        """Identity: what a model is shown. The same text on another date is another article ("on Friday")."""
        return digest(self.text, self.title or "", self.published or "", self.language or "")
