"""Trial: the dialects, asked of a server one after the other until it holds to one."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.llm.diagnosis import Finding
from extractor.llm.dialects import DIALECTS
from extractor.llm.probe import Probe, Reply

_HIDDEN = 400  # tokens; a question under a schema that is shown to the model takes four times as many
_ENFORCED = "enforced: what breaks it was asked for and could not be had"
_UNENFORCED = {
    "json_object": "JSON of any shape is enforced, the rest is checked by us",
    "none": "nothing is enforced, all is checked by us",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The dialect, and what is to be said of the schema under it; or the `fatal` reply that ended the trial."""

    dialect: str | None = None
    schema: Finding | None = None
    fatal: Reply | None = None


class Trial:
    """Asks first for a small schema in each form, and for ours only where that is held to."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._forms: dict[str, Reply] = {}
        self._told: list[str] = []

    async def run(self, names: Sequence[str]) -> Choice:
        """The first of these dialects that the server holds to; else the last one, if it answers in that."""
        hidden: str | None = None
        for name in names:
            reply = await self._ask(name)
            if reply.error and not reply.refused:
                return Choice(fatal=reply)
            if not self._held(name, reply):
                continue
            if DIALECTS[name].form != "json_schema":
                return self._limited(name, _UNENFORCED[DIALECTS[name].form])
            if not (DIALECTS[name].shows and _hides(reply)):
                return Choice(name, Finding("schema", "good", _ENFORCED))
            hidden = hidden or name
            self._told.append(f"the model is not shown ours as {name}")
        if hidden:
            return self._limited(hidden, "but it is enforced")
        return Choice(fatal=reply) if reply.error else self._limited(names[-1], "all is checked by us")

    async def _ask(self, name: str) -> Reply:
        """The reply that shows what becomes of the dialect; each form is asked about once."""
        form = DIALECTS[name].form
        new = form not in self._forms
        if new:
            self._forms[form] = await self._probe.choose(form)
        reply = self._forms[form]
        said: str = form
        if form == "json_schema" and reply.chose:
            reply, new, said = await self._probe.extract(name), True, f"our schema as {name}"
        if new and not self._held(name, reply):
            self._told.append(_fault(said, reply))
        return reply

    def _held(self, name: str, reply: Reply) -> bool:
        form = DIALECTS[name].form
        if reply.error:
            return False
        return reply.listing if form == "json_schema" else form == "none" or reply.answer is not None

    def _limited(self, name: str, so: str) -> Choice:
        return Choice(name, Finding("schema", "limit", "; ".join([*self._told, so])))


def _fault(said: str, reply: Reply) -> str:
    return (
        f"{said} is refused (HTTP {reply.status})" if reply.error else f"{said} is ignored: it answers {reply.words!r}"
    )


def _hides(reply: Reply) -> bool:
    tokens = reply.completion.usage.prompt_tokens if reply.completion else None
    return tokens is not None and tokens < _HIDDEN
