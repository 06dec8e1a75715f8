"""Answer: the JSON object that a model wrote, taken out of its wrapping by one rule and read without forgiveness.

The rule: one `<think>…</think>` block at the very beginning is taken off, then one ``` fence around all the rest. What
remains must be one JSON object and nothing else; an object inside the thinking or beside another one is never chosen.
"""

import json
import math
import re
from typing import Any, NoReturn

from extractor.errors import AnswerError
from extractor.llm.excerpt import excerpt

_THINKING = re.compile(r"\s*<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"\s*```(?:json)?[ \t]*\n(.*)\n[ \t]*```\s*", re.DOTALL | re.IGNORECASE)


def read_answer(text: str) -> dict[str, Any]:
    """Read one object; AnswerError `not_json`, or `invalid` for two values, a key given twice, a number without end."""
    thinking = _THINKING.match(text)
    if thinking:
        text = text[thinking.end() :]
    fence = _FENCE.fullmatch(text)
    if fence:
        text = fence[1]
    try:
        answer = json.loads(
            text, object_pairs_hook=_once_each, parse_float=_finite, parse_constant=_no_number, strict=True
        )
    except json.JSONDecodeError as error:
        where = f"at character {error.pos} of {len(text)}: {excerpt(text, 80)}"
        if error.msg == "Extra data":
            raise AnswerError("invalid", f"more than one value {where}") from None
        raise AnswerError("not_json", f"{error.msg} {where}") from None
    except (ValueError, RecursionError) as error:
        raise AnswerError("invalid", excerpt(str(error))) from None
    if not isinstance(answer, dict):
        raise AnswerError("invalid", f"the answer is a JSON {type(answer).__name__}, not an object")
    return answer


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # The standard reader keeps the last of two equal keys, and the first value is lost without a word.
    whole = dict(pairs)
    if len(whole) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"key {twice!r} is given twice")
    return whole


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits} is no finite number")
    return number


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
