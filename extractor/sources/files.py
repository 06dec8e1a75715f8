"""Files: one file, or standard input, becomes one Article."""

import errno
import os
import stat
from pathlib import Path

from extractor.article import Article
from extractor.errors import InputError
from extractor.sources.decoding import decode
from extractor.sources.front_matter import Note, metadata, split

STDIN = "-"
LARGEST = 10_000_000  # bytes; the longest reports have a tenth of it
_ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG}


def shown(path: str) -> str:
    """The path as it can be stored and printed: bytes that are not UTF-8 become \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read(path: str, note: Note, stdin: bytes = b"") -> Article:
    """The article in a file (`stdin` for "-"); InputError with the reason where there is none."""
    text = decode(_sized(stdin) if path == STDIN else _bytes(path))
    header, body = split(text)
    body = body.strip()
    if not body:
        raise InputError("empty_text", "no text but the header" if header else "no text in it")
    return Article(shown(path), body, **metadata(header, note))


def _bytes(path: str) -> bytes:
    try:
        found = Path(path).stat()
        if not stat.S_ISREG(found.st_mode):
            # A pipe would block the run, a device may never end.
            raise InputError("unreadable", "no regular file")
        if found.st_size > LARGEST:
            raise _too_large(f"{found.st_size / 1e6:.1f} MB")
        with Path(path).open("rb") as file:
            return _sized(file.read(LARGEST + 1))
    except OSError as error:
        if error.errno in _ABSENT:
            link = Path(path).is_symlink() if error.errno != errno.ENAMETOOLONG else False
            raise InputError("missing", "a link that leads nowhere" if link else "no such file") from error
        raise InputError("unreadable", error.strerror or type(error).__name__) from error


def _sized(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise _too_large(f"more than {LARGEST / 1e6:.0f} MB")
    return data


def _too_large(size: str) -> InputError:
    return InputError("too_large", f"{size}; an article has at most {LARGEST / 1e6:.0f} MB")
