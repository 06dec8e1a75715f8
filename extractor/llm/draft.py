"""Draft: the best answer to an article so far, and what is wrong with it."""

import json
from typing import Any

from extractor.article import Article
from extractor.checking import KINDS, examine
from extractor.llm.excerpt import excerpt
from extractor.outcome import Rejected

_MOST = 20  # faults told in one question
_LONGEST = 12_000  # characters of an answer that are told again


class Draft:
    """`raw` holds every record proposed for the article, bad ones too; `faults` says in a line each what to mend."""

    def __init__(self, article: Article, raw: dict[str, Any]) -> None:
        self._article = article
        self._withdrawn: list[dict[str, Any]] = []
        self._adopt(raw)

    def _adopt(self, raw: dict[str, Any]) -> None:
        self.raw = raw
        self.misshapen = set(raw) != set(KINDS) or not all(isinstance(raw[plural], list) for plural in KINDS)
        rejected = () if self.misshapen else examine(raw, self._article).rejected
        # A record that the model did not repeat when asked stays rejected, and is not asked about again.
        self._failed = [one for one in rejected if not _among(one.raw, self._withdrawn)]
        self.faults = [_fault(one) for one in self._failed[:_MOST]]
        if self.misshapen:
            names = ", ".join(excerpt(str(key), 40) for key in list(raw)[:_MOST]) or "nothing"
            self.faults = [f"the answer must hold the three lists {', '.join(KINDS)}, and it holds {names}"]

    def failed(self) -> str:
        """What failed, as JSON of an answer's shape: all of a misshapen answer, else the rejected records alone."""
        told: dict[str, Any] = self.raw
        if not self.misshapen:
            told = {
                plural: [one.raw for one in self._failed[:_MOST] if one.kind == kind]
                for plural, (kind, _) in KINDS.items()
            }
        return _text(json.dumps(told, ensure_ascii=False, separators=(",", ":"))[:_LONGEST])

    def merge(self, repaired: dict[str, Any]) -> None:
        """Put repaired records in place of the failed ones; records that passed their checks are never touched."""
        if self.misshapen:
            self._adopt(repaired)
            return
        raw: dict[str, Any] = {}
        for plural in KINDS:
            proposed = repaired.get(plural)
            raw[plural] = self._mended(self.raw[plural], proposed if isinstance(proposed, list) else [])
        self._adopt(raw)

    def _mended(self, records: list[Any], proposed: list[Any]) -> list[Any]:
        failed = [one.raw for one in self._failed]
        passed = {_id(one) for one in records if not _among(one, failed)}
        new = [one for one in proposed if _id(one) not in passed]
        whole = []
        for record in records:
            partner = next((one for one in new if _among(record, failed) and _id(one) == _id(record)), None)
            if partner is not None:
                new.remove(partner)
            elif _among(record, failed):
                self._withdrawn.append(record)
            whole.append(record if partner is None else partner)
        return whole + new


def _among(record: Any, records: list[dict[str, Any]]) -> bool:
    return any(record is one for one in records)


def _id(record: Any) -> str:
    return str(record.get("id") or "") if isinstance(record, dict) else ""


def _fault(rejected: Rejected) -> str:
    reasons = "; ".join(check.detail for check in rejected.checks if check.verdict == "fail")
    return f"{excerpt(_id(rejected.raw), 20) or rejected.kind}: {excerpt(reasons, 300)}"


def _text(text: str) -> str:
    # JSON can spell half a character pair, which cannot be sent.
    return text.encode("utf-8", "backslashreplace").decode()
