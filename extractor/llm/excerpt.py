"""Excerpt: a few harmless characters of a text that somebody else wrote."""


def excerpt(text: str, most: int = 200) -> str:
    """At most `most` characters on one line, no control characters, no lone surrogates: fit for an error message."""
    line = " ".join(text[: 4 * most].split())
    shown = "".join(char if char.isprintable() else "�" for char in line)
    return shown if len(shown) <= most else shown[: most - 1] + "…"
