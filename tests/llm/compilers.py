"""Compilers: the two grammar engines that servers use, fed byte by byte, without any model's vocabulary."""

import json
from typing import Any

import outlines_core  # type: ignore[import-untyped]  # ships no types
from llguidance import LLMatcher, LLTokenizer, TokenizerWrapper

END = 256


class Bytes:
    """A vocabulary of the 256 bytes and one token for the end."""

    eos_token_id = END
    bos_token_id = None
    tokens = (*(bytes([byte]) for byte in range(256)), b"<end>")
    special_token_ids = (END,)

    def __call__(self, text: bytes | str) -> list[int]:
        return list(text if isinstance(text, bytes) else text.encode())


class Guidance:
    """llguidance, as in vLLM, SGLang and llama.cpp, and behind services that hold to a strict schema."""

    def __init__(self, schema: dict[str, Any]) -> None:
        grammar = LLMatcher.grammar_from_json_schema(schema)
        tokenizer = LLTokenizer(TokenizerWrapper(Bytes()))
        self.warnings = LLMatcher.validate_grammar_with_warnings(grammar, tokenizer)[1]
        self._matcher = LLMatcher(tokenizer, grammar)

    def reads(self, text: str) -> int | None:
        """How many bytes it takes before it refuses one; None where it takes all and may end there."""
        self._matcher.reset()
        data = text.encode()
        taken = int(self._matcher.try_consume_tokens(list(data)))
        return None if taken == len(data) and self._matcher.is_accepting() else taken


class Outlines:
    """outlines-core, as in vLLM and Text Generation Inference: the schema becomes one regular expression."""

    def __init__(self, schema: dict[str, Any]) -> None:
        pattern = outlines_core.json_schema.build_regex_from_schema(json.dumps(schema))
        vocabulary = outlines_core.Vocabulary(END, {bytes([byte]): [byte] for byte in range(256)})
        self._index = outlines_core.Index(pattern, vocabulary)
        self.states = len(self._index.get_transitions())

    def reads(self, text: str) -> int | None:
        """As Guidance does."""
        state: int | None = self._index.get_initial_state()
        for taken, byte in enumerate(text.encode()):
            state = self._index.get_next_state(state, byte)
            if state is None:
                return taken
        return None if self._index.is_final_state(state) else len(text.encode())
