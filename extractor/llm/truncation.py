"""Truncation: a server that cuts a question to its context without a word is given away by the tokens it reports."""

import re

from extractor.errors import AnswerError
from extractor.llm.prompt import Message
from extractor.outcome import Usage

# Tokenizers divide text into words, numbers and marks before they look for tokens, so each is one token at least. A
# single mark may join the word behind it, and "'t" the word before it; what is not ASCII is taken for letters.
_PIECE = re.compile(r"(?:[A-Za-z]|[^\x00-\x7f\s])+(?:'[A-Za-z]+)?|[0-9]+|[!-/:-@\[-`{-~]+(?![A-Za-z]|[^\x00-\x7f])")
# In writing without spaces a token seldom holds more than two characters; four are allowed for.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{4}")
# No server has so small a context: what is below counts something else, such as what its cache did not hold.
_SMALLEST_CONTEXT = 1024


def least_tokens(text: str) -> int:
    """Tokens that the text has at least, by any tokenizer that divides it first, as those in use do."""
    return sum(1 for _ in _PIECE.finditer(text)) + sum(1 for _ in _UNSPACED.finditer(text))


def check_whole(messages: list[Message], usage: Usage) -> None:
    """Raise AnswerError `context` where the reported tokens cannot hold the messages; no report proves nothing."""
    if usage.prompt_tokens is None or usage.prompt_tokens < _SMALLEST_CONTEXT:
        return
    read = usage.prompt_tokens + (usage.cached_tokens or 0)  # some count what was cached apart
    least = sum(least_tokens(message["content"]) for message in messages)
    if read < least:
        raise AnswerError(
            "context",
            f"the server read {read} tokens of a question that has {least} at least: it cut the text without a word; "
            "raise its context (num_ctx in Ollama) or lower --context",
        )
