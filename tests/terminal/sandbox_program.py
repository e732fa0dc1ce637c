"""The sandbox as a process, with a person at its keyboard.

Each line on standard input is something to do, answered with one line: `say …` (Anna, in
#algemeen), `ask …` (the visitor, with /vraag), `said` (what #algemeen holds), `now` (the time in
the sandbox).
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable

import click

from bot.sandbox.people import Person
from bot.sandbox.records import Channel
from bot.terminal.options import settings_or_exit
from bot.terminal.sandbox import Sandbox
from bot.terminal.serving import until_signalled
from bot.terminal.unexpected import take_the_last_word


class Keyboard:
    """Does what is typed, in the world that there is at that moment."""

    def __init__(self) -> None:
        self._sandbox = Sandbox(settings_or_exit(), show=click.echo, open_page=self._begin)
        self._typing: asyncio.Task[None] | None = None

    def serve(self) -> int:
        return until_signalled(self._sandbox.serve)

    def _begin(self, address: str) -> None:
        click.echo(f"page {address}")
        self._typing = asyncio.create_task(self._type())

    async def _type(self) -> None:
        acts: dict[str, Callable[[str], Awaitable[str]]] = {
            "say": self._say,
            "ask": self._ask,
            "said": self._said,
            "now": self._now,
        }
        while line := await asyncio.to_thread(sys.stdin.readline):
            name, _, rest = line.strip().partition(" ")
            click.echo(f"{name}: {await acts[name](rest)}")

    async def _say(self, text: str) -> str:
        return self._person("Anna").say(self._algemeen(), text).content

    async def _ask(self, text: str) -> str:
        await self._sandbox.world.until(self._registered, timeout=30)
        asked = self._person("Bezoeker").slash(self._algemeen(), "vraag", {"vraag": text})
        reply = await asked.reply(timeout=30)
        return " ".join(reply.text.split())

    async def _said(self, _rest: str) -> str:
        messages = self._sandbox.world.messages_in(self._algemeen())
        return " | ".join(one.content.replace("\n", " ") for one in messages)

    async def _now(self, _rest: str) -> str:
        return self._sandbox.now().isoformat()

    def _registered(self) -> bool | None:
        known = {one.body.name for one in self._sandbox.world.state.commands.values()}
        return True if "vraag" in known else None

    def _algemeen(self) -> Channel:
        channels = self._sandbox.world.state.channels.values()
        return next(one for one in channels if one.name == "algemeen")

    def _person(self, name: str) -> Person:
        users = self._sandbox.world.state.users.values()
        return Person(self._sandbox.world, next(one for one in users if one.display == name))


if __name__ == "__main__":
    take_the_last_word()
    sys.exit(Keyboard().serve())
