"""Programs: the command line in a process of its own, with a scripted model in the place of a real one."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]

_PROGRAM = """
import asyncio, sys
from extractor.cli import batch, extract, main
from tests.fakes import ScriptedModel
{model}
batch.open_model = extract.open_model = lambda *_: Model()
{first}
main(sys.argv[1:])
"""

ANSWERING = """
Model = ScriptedModel
"""

# Answers three articles; says so and hangs on every other one.
HANGING = """
class Model(ScriptedModel):
    async def propose(self, article):
        if len(self.asked) == 3:
            print("hanging", flush=True)
            await asyncio.sleep(3600)
        return await super().propose(article)
"""


@contextmanager
def program(
    model: str, first: str, *arguments: object, stderr: int = subprocess.PIPE
) -> Iterator[subprocess.Popen[str]]:
    """Run it with the code of a model, and code to run first; it is killed where a test ends before it does."""
    code = _PROGRAM.format(model=model, first=first)
    with subprocess.Popen(
        [sys.executable, "-c", code, *(str(argument) for argument in arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def until_told(running: subprocess.Popen[str], word: str) -> None:
    """Read stderr up to the line that holds the word."""
    assert running.stderr is not None
    while word not in (line := running.stderr.readline()):
        assert line, f"ended without {word!r}"
