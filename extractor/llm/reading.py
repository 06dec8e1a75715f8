"""Reading: an article asked about in one piece, or in parts where it is longer than the model reads at once."""

from dataclasses import replace
from typing import Any

from extractor.article import Article
from extractor.errors import AnswerError, ArticleError, SettingsError, TransientError
from extractor.llm.asking import Asking
from extractor.llm.findings import Findings
from extractor.llm.prompt import Message, Prompt, question
from extractor.llm.windows import Window, size, split
from extractor.outcome import Attempt

# Bytes a token: few for articles, of which nobody knows the language; the prompt and the schema are English.
_BYTES, _BYTES_OF_OURS = 3, 4
_SMALLEST = 400  # tokens of an article, below which parts tell nothing
_LIST = 8  # the list of what was found takes at most this fraction of a part, off the answer's half


def largest_part(context: int, fixed: str) -> int:
    """Bytes of an article in one question: half of what `fixed` leaves of `context` tokens; the rest is the answer's.

    Raises SettingsError where too little is left.
    """
    taken = size(fixed) // _BYTES_OF_OURS
    room = (context - taken) // 2
    if room < _SMALLEST:
        raise SettingsError(
            f"a context of {context} tokens leaves no room for an article: prompt and schema take about {taken}, "
            f"so give {taken + 2 * _SMALLEST} or more"
        )
    return room * _BYTES


class Reading:
    """Asks about parts of at most `most` bytes, one after the other, for each is told what the earlier ones gave.

    A part that stays unanswered fails the article: a register that holds half an article as if it were all of it
    would never be told the other half.
    """

    def __init__(self, asking: Asking, prompt: Prompt, parts: Prompt, most: int) -> None:
        self._asking, self._most = asking, most
        self._prompt = prompt
        self._prompt_of_parts = Prompt(prompt.name, f"{prompt.text}\n\n{parts.text}")

    async def read(self, article: Article, attempts: list[Attempt]) -> dict[str, Any]:
        """Give the records of the whole article; every request of every part is added to `attempts`."""
        windows = split(article.text, self._most)
        findings, done, refused = Findings(article), 0, False
        while done < len(windows):
            part = article.text[windows[done].start : windows[done].end]
            try:
                raw = await self._ask(article, self._question(article, part, windows, done, findings), attempts)
            except ArticleError as error:
                # The server knows its context better than we do: once, what is left is tried in parts half as large.
                if error.reason != "context" or refused or size(part) < 2 * _SMALLEST * _BYTES:
                    raise error if len(windows) == 1 else _placed(error, windows, done) from None
                refused = True
                windows[done:] = _moved(split(article.text[windows[done].start :], size(part) // 2 + 1), windows[done])
                continue
            if len(windows) == 1:
                return raw
            findings.add(raw, part)
            done += 1
        return findings.raw

    def _question(
        self, article: Article, part: str, windows: list[Window], done: int, findings: Findings
    ) -> list[Message]:
        if len(windows) == 1:
            return question(self._prompt, article)
        lines = [f"part: {done + 1} of {len(windows)}"]
        if told := findings.told(self._most // _LIST):
            lines += ["found in earlier parts:", *told]
        return question(self._prompt_of_parts, replace(article, text=part), lines)

    async def _ask(self, article: Article, asked: list[Message], attempts: list[Attempt]) -> dict[str, Any]:
        own: list[Attempt] = []  # each part has tries of its own
        try:
            # Checked against the whole: a name may stand in another part, and offsets are those of the article.
            return await self._asking.ask(asked, article, own)
        finally:
            attempts += [replace(one, number=len(attempts) + number) for number, one in enumerate(own, 1)]


def _moved(windows: list[Window], to: Window) -> list[Window]:
    return [Window(start + to.start, end + to.start) for start, end in windows]


def _placed(error: ArticleError, windows: list[Window], done: int) -> ArticleError:
    kind = TransientError if isinstance(error, TransientError) else AnswerError
    window = windows[done]
    place = f"part {done + 1} of {len(windows)}, characters {window.start} to {window.end}, was not read"
    return kind(error.reason, f"{place}: {error.detail}")
