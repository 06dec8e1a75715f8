"""Access: where the model's service is and with which key, both checked before any request."""

import re
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from extractor.errors import SettingsError

OPENAI = "https://api.openai.com/v1"
# Local servers want no key, but the SDK wants to send one.
_NO_KEY = "no-key"
_PLACEHOLDER = re.compile(r"<.*>|\$.*|.*\.\.\.|x+|.*\*\*\*.*|.*your[-_].*|change[-_]?me", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Access:
    """Address without a slash at its end, and a key that no text of ours ever shows."""

    address: str
    key: str = field(repr=False)

    @classmethod
    def of(cls, base_url: str | None, api_key: str | None) -> "Access":
        """Check both; raise SettingsError, which says what to mend and never what the key is."""
        if api_key is not None:
            return cls(_checked_address(base_url or OPENAI), _checked_key(api_key))
        if not base_url:
            raise SettingsError("no API key: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server that needs none")
        return cls(_checked_address(base_url), _NO_KEY)

    @property
    def has_key(self) -> bool:
        """Whether a key was given."""
        return self.key != _NO_KEY

    def redacted(self, text: str) -> str:
        """The text without the key, however JSON may have spelled it."""
        return text if self.key == _NO_KEY else _spellings(self.key).sub("[key]", text)


@cache
def _spellings(key: str) -> re.Pattern[str]:
    # A JSON text may hold another as a string, so a character may stand behind several backslashes.
    return re.compile("".join(rf"(?:\\{{0,9}}{re.escape(char)}|\\{{1,9}}u(?i:{ord(char):04x}))" for char in key))


def _checked_key(key: str) -> str:
    key = key.strip(" \t")
    if not key:
        raise SettingsError("the API key is empty")
    # A line break would end the header and has been seen quoted in connection errors.
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise SettingsError("the API key holds a line break, a space or a character that no key has")
    if _PLACEHOLDER.fullmatch(key):
        raise SettingsError("the API key is a placeholder: put the real key there")
    return key


def _checked_address(base_url: str) -> str:
    address = base_url.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known:
        raise SettingsError("the base URL is no http or https address, such as http://127.0.0.1:8080/v1")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise SettingsError("the base URL holds a user name, a query or a fragment: give the plain address")
    return address
