"""Decoding: bytes become text by a stated rule or not at all; no character is ever replaced."""

import codecs
import unicodedata

from extractor.errors import InputError

_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (as .docx, .xlsx and .epub are)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3\x00", "an SQLite database"),
)


def decode(data: bytes) -> str:
    """Text in NFC with \\n line ends, from UTF-8 or from UTF-16 with a byte order mark; InputError for all else."""
    for start, name in _MAGIC:
        if data.startswith(start):
            raise InputError("binary", f"{name}: save it as plain text first")
    sixteen = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not sixteen and b"\x00" in data:
        raise InputError("binary", f"NUL byte at {data.index(0)}: no text (UTF-16 needs a byte order mark)")
    try:
        text = data.decode("utf-16" if sixteen else "utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"byte 0x{data[error.start]:02x} at {error.start}"
        raise InputError("encoding", f"not {'UTF-16' if sixteen else 'UTF-8'}, {place}: convert it to UTF-8") from error
    if "\x00" in text:
        raise InputError("binary", "NUL character: no text")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
