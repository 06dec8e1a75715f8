"""Evidence: the words of the article that carry a record, at most 300 characters a quote."""

from extractor.baseline.scene import Scene

_LONGEST = 300
_MOST = 3
_SHORTEST = 12


def quotes(marks: list[tuple[Scene, int, int]]) -> list[str]:
    """One verbatim quote for each sentence, the tokens `first` to `last` of it inside; repeats are left out."""
    found: list[str] = []
    for scene, first, last in marks:
        quote = _quote(scene, first, last)
        if len(quote) >= _SHORTEST and quote not in found:
            found.append(quote)
    return found[:_MOST]


def _quote(scene: Scene, first: int, last: int) -> str:
    text = scene.wording
    if len(text) <= _LONGEST:
        return text
    start = scene.tokens[first].start - scene.sentence.start
    end = scene.tokens[min(last, len(scene.tokens)) - 1].end - scene.sentence.start
    room = max(0, _LONGEST - (end - start))
    begin = max(0, min(start - room // 2, len(text) - _LONGEST))
    window = text[begin : begin + _LONGEST]
    if begin:
        window = window[window.find(" ") + 1 :]
    if begin + _LONGEST < len(text):
        window = window[: window.rfind(" ")]
    return window.strip()
