"""Examination: what a model's server turns out to be, and in which dialect it is best asked."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from extractor.llm.access import Access
from extractor.llm.diagnosis import Diagnosis, Finding
from extractor.llm.dialects import DIALECTS, lost
from extractor.llm.probe import Probe, Reply
from extractor.llm.trial import Choice, Trial
from extractor.outcome import Usage
from extractor.settings import DEFAULT_DIALECT

_OWNERS = {"vllm": "vllm", "llamacpp": "llamacpp", "library": "ollama"}  # as servers sign their list of models


async def diagnose(name: str, access: Access, dialect: str | None = None, *, deadline: float = 120.0) -> Diagnosis:
    """Ask a few small questions, in `dialect` alone or in one after the other; a bad server is a finding, no error."""
    probe = Probe(name, access, deadline)
    try:
        models = await probe.models()
        if models.status is None:
            choice = Choice(fatal=models)
        else:
            choice = await Trial(probe).run([dialect] if dialect else _order(name, models))
    finally:
        await probe.close()
    answered = [reply for reply in probe.replies if reply.completion]
    findings = [*_of_service(name, access, models, answered, choice.fatal)]
    if choice.dialect and choice.schema:
        findings += [choice.schema, *_of_dialect(choice.dialect), *_of_usage(answered)]
    return Diagnosis(
        # A server that lies may send the key back under any name.
        tuple(replace(finding, says=access.redacted(finding.says)) for finding in findings),
        choice.dialect,
        len(probe.replies),
        sum(reply.seconds for reply in probe.replies),
        _spent(answered),
    )


def _order(name: str, models: Reply) -> list[str]:
    """Every dialect; first that of the program which says that it serves the model."""
    owner = dict(models.listed or ()).get(name, "")
    first = [_OWNERS[owner]] if owner in _OWNERS else []
    return [*first, *(name for name in DIALECTS if name not in first)]


def _of_service(
    name: str, access: Access, models: Reply, answered: Sequence[Reply], fatal: Reply | None
) -> list[Finding]:
    if models.status is None:
        return [Finding("address", "bad", models.why)]
    listed = [one for one, _ in models.listed or ()]
    there = "" if models.listed is not None else f", without a list of models (HTTP {models.status})"
    findings = [Finding("address", "good", f"{access.address} answers{there}")]
    if fatal and fatal.status in {401, 403}:
        return [*findings, Finding("key", "bad", fatal.why)]
    if fatal and fatal.status == 404:
        return [*findings, Finding("model", "bad", fatal.why + _instead(name, listed))]
    if fatal:
        return [*findings, Finding("service", "bad", fatal.why)]
    findings.append(Finding("key", "good", "taken" if access.has_key else "none sent and none wanted"))
    served = "" if name in listed else ", but is not listed" if listed else ""
    says = f"{name} answers{served}"
    names = {reply.completion.model for reply in answered if reply.completion} - {name, None}
    if names:
        says += f"; it calls itself {', '.join(sorted(map(str, names)))}"
    return [*findings, Finding("model", "good", says)]


def _instead(name: str, listed: list[str]) -> str:
    near = get_close_matches(name, listed, n=3, cutoff=0.4) or listed[:3]
    return f"; it has {', '.join(near)}{' and others' if len(listed) > len(near) else ''}" if near else ""


def _of_dialect(dialect: str) -> list[Finding]:
    option = "the default" if dialect == DEFAULT_DIALECT else f"add --dialect {dialect}"
    return [
        Finding("dialect", "good", f"{dialect}, for {DIALECTS[dialect].servers}: {option}"),
        Finding("lost", "good", f"checked by us alone: {lost(dialect) or 'nothing'}"),
    ]


def _of_usage(answered: Sequence[Reply]) -> list[Finding]:
    usage = _spent(answered)
    known = usage.prompt_tokens is not None and usage.completion_tokens is not None
    tokens = (
        f"{usage.prompt_tokens:,} tokens in, {usage.completion_tokens:,} out"
        if known
        else "an unknown number of tokens"
    )
    return [
        Finding("usage", "good", "reported")
        if known
        else Finding("usage", "limit", "not reported: neither tokens nor cost can be counted"),
        Finding("time", "good", f"{min(reply.seconds for reply in answered):.1f} s for a small question"),
        Finding(
            "cost", "good", f"{'price unknown' if usage.cost is None else f'${usage.cost:.4f}'}; this took {tokens}"
        ),
    ]


def _spent(answered: Sequence[Reply]) -> Usage:
    """Sums over the answers; None where one of them does not tell."""
    told = [reply.completion.usage for reply in answered if reply.completion]

    def total(counts: list[int | None]) -> int | None:
        return sum(count or 0 for count in counts) if counts and None not in counts else None

    costs = [usage.cost for usage in told if usage.cost is not None]
    return Usage(
        total([usage.prompt_tokens for usage in told]),
        total([usage.completion_tokens for usage in told]),
        None,
        sum(costs) if costs and len(costs) == len(told) else None,
    )
