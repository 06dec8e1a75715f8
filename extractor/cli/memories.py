"""Memories: --record and --replay, and the place where answers are looked for before they are paid for."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extractor.errors import SettingsError
from extractor.settings import BASELINE, Settings

if TYPE_CHECKING:
    from extractor.llm.memory import Memory, Request
    from extractor.llm.replay import Replay
    from extractor.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])


def recording_options(command: _Command) -> _Command:
    """--record, --replay."""
    folder = click.Path(path_type=Path)
    for option in (
        click.option(
            "--replay",
            type=folder,
            metavar="DIR",
            help="Take every answer from recordings: no network, no key, no cost.",
        ),
        click.option("--record", type=folder, metavar="DIR", help="Write each request and its reply to DIR as JSON."),
    ):
        command = option(command)
    return command


@dataclass(slots=True)
class Register:
    """The memory of a register, which is opened after the model; until then, and without one, nothing is kept."""

    refresh: bool = False  # recall nothing, so that the model is asked anew and its new answer kept
    store: "Store | None" = None

    def recall(self, request: "Request") -> str | None:
        """The reply that the register holds."""
        return None if self.store is None or self.refresh else self.store.recall(request.key)

    def keep(self, request: "Request", reply: str, *, accepted: bool) -> None:
        """Keep a reply of use; a useless one must not come back, and stands with the attempts anyway."""
        if self.store is not None and accepted:
            self.store.keep(request.key, reply, model=request.model, base_url=request.address)


@dataclass(slots=True)
class Memories:
    """What the options say about recordings, and the register's answers where a command has a register."""

    record: Path | None
    replay: Path | None
    refresh: bool = False
    register: Register = field(init=False)
    _replay: "Replay | None" = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.replay and (self.record or self.refresh):
            raise SettingsError("--replay asks nobody: leave out " + ("--record" if self.record else "--refresh"))
        self.register = Register(self.refresh)

    def settings(self, **asked: Any) -> Settings:
        """Those of the options and the environment; a replay finds model and address in its recordings."""
        if self.replay is None:
            settings = Settings.from_environment(**asked)
            if self.record and settings.is_baseline:
                raise SettingsError("nothing to record: the baseline sends no requests (--model NAME asks a model)")
            return settings
        from extractor.llm.replay import Replay

        self._replay = Replay(self.replay)
        name, address = _recorded(self._replay, asked.get("model"), asked.get("base_url"))
        settings = Settings.from_environment(**asked | {"model": name, "base_url": address})
        return replace(settings, api_key="", notice=f"replaying {name} from {self.replay}: nothing is sent")

    def memory(self) -> "Memory":
        """The one that the model is to ask."""
        if self._replay is not None:
            return self._replay
        if self.record is None:
            return self.register
        from extractor.llm.replay import Record

        return Record(self.record, self.register)


def _recorded(replay: "Replay", model: str | None, base_url: str | None) -> tuple[str, str]:
    """The one model and address that the recordings and the options leave."""
    if model == BASELINE:
        raise SettingsError("the baseline has no recordings: leave out --replay")
    fitting = [
        (name, address)
        for name, address in replay.services
        if model in (None, name) and (not base_url or base_url.strip().rstrip("/") == address)
    ]
    if len(fitting) == 1:
        return fitting[0]
    held = ", ".join(f"{name} at {address}" for name, address in fitting or replay.services)
    if fitting:
        raise SettingsError(f"recordings of several models: say which with --model and --base-url ({held})")
    raise SettingsError(f"no recordings of that model and address; there are: {held}")
