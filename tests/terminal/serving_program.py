"""The serving bot as a process, with a chat that gives one answer.

`answer` answers when a line comes in, `endless` never ends its answer, `idle` has nothing to do,
`connecting` never gets through to Discord, `broken` fails in a way that nothing expects.
"""

import asyncio
import sys

import click

from bot.adapters.scheduler import Repeated
from bot.app import Patience
from bot.services.container import Services
from bot.services.knowledge.answers import Unknown
from bot.terminal.options import settings_or_exit
from bot.terminal.serving import serve
from bot.terminal.unexpected import take_the_last_word


class OneAnswer:
    """A chat in which somebody asked something just now."""

    def __init__(self, services: Services, *, behaviour: str) -> None:
        self._services = services
        self._behaviour = behaviour
        self._answer: asyncio.Task[None] | None = None

    @property
    def is_connected(self) -> bool:
        return True

    @property
    def jobs(self) -> tuple[Repeated, ...]:
        return ()

    async def start(self) -> None:
        if self._behaviour == "broken":
            message = "nobody thought of this"
            raise RuntimeError(message)
        if self._behaviour == "connecting":
            click.echo("connecting")
            await asyncio.Event().wait()
        if self._behaviour != "idle":
            self._answer = asyncio.create_task(self._give())

    async def ended(self) -> None:
        await asyncio.Event().wait()

    async def stop(self) -> None:
        click.echo("chat closed")

    async def _give(self) -> None:
        async with self._services.answering() as running:
            click.echo("answering")
            if self._behaviour == "endless":
                await asyncio.Event().wait()
            await asyncio.to_thread(sys.stdin.readline)
            running.gave(Unknown())
            click.echo("answered")


if __name__ == "__main__":
    take_the_last_word()
    behaviour = sys.argv[1]
    patience = Patience(answers=0.2) if behaviour == "endless" else Patience(answers=600)
    sys.exit(
        serve(
            settings_or_exit(),
            chat_of=lambda services: OneAnswer(services, behaviour=behaviour),
            patience=patience,
        )
    )
