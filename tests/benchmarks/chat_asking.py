"""People who ask a bot in the stand-in, and how long it takes until they see something."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.sandbox import building
from bot.sandbox.events import Event
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.records import Channel
from bot.sandbox.world import World

PEOPLE: Final = 50
_PATIENCE: Final = 60.0  # seconds, until a question that gets no answer ends the benchmark


@dataclass(slots=True)
class Trip:
    """One question. Moments of `time.perf_counter`; nothing acknowledges a mention.

    `begun` is when the stand-in sends the event, `answered` when all of the answer is there.
    """

    begun: float
    acknowledged: float | None = None
    answered: float | None = None

    @property
    def milliseconds(self) -> float:
        """Return how long the answer took."""
        return 1000 * ((self.answered or self.begun) - self.begun)

    @property
    def milliseconds_to_acknowledge(self) -> float:
        """Return how long it took until Discord heard that the bot is there."""
        return 1000 * ((self.acknowledged or self.begun) - self.begun)


Ask: TypeAlias = Callable[["Crowd", int, str], Awaitable[Trip]]
"""Asks a question as the person with this number, and waits for the answer."""


class Crowd:
    """Fifty people in a world, each in a channel of their own as Discord limits channels.

    `has_buttons`: an answer is complete with the message that has buttons, and a message without
    them is none.
    """

    def __init__(self, world: World, *, has_buttons: bool) -> None:
        self._world = world
        self._has_buttons = has_buttons
        guild = building.add_guild(world, "BREED")
        self._channels: list[Channel] = [
            building.add_channel(world, guild, f"kanaal-{number}") for number in range(PEOPLE)
        ]
        self._people = [Person.new(world, f"Lid {number}", guild) for number in range(PEOPLE)]
        self._trips: dict[int, Trip] = {}
        self._waiting: dict[int, asyncio.Future[None]] = {}
        world.events.listen(self._note)

    async def slash(self, number: int, text: str) -> Trip:
        """Ask with `/vraag`."""
        asked = self._people[number].slash(self._channels[number], "vraag", {"vraag": text})
        return await self._answered(asked.interaction.id)

    async def mention(self, number: int, text: str) -> Trip:
        """Ask by naming the bot in a message."""
        said = f"{self._world.bot_mention} {text}"
        return await self._answered(self._people[number].say(self._channels[number], said).id)

    def _note(self, event: Event) -> None:
        """Take the time: begun before the gateway hears of it, as this listens first."""
        now = time.perf_counter()
        message = event.message
        if event.name == "INTERACTION_CREATE":
            self._trips[int(str(event.payload["id"]))] = Trip(now)
        elif event.name == "INTERACTION_SUCCESS":
            _acknowledge(self._trips[int(str(event.payload["id"]))], now)
        elif message is None:
            return
        elif message.author_id != self._world.bot.id:
            self._trips[message.id] = Trip(now)
        else:
            self._note_answer(message, now)

    def _is_complete(self, message: Message) -> bool:
        return not message.is_waiting and (not self._has_buttons or bool(message.components))

    def _note_answer(self, message: Message, now: float) -> None:
        number = _question_of(message)
        trip = self._trips.get(number)
        if trip is None:
            return
        if message.origin is not None:
            _acknowledge(trip, now)
        if trip.answered is None and self._is_complete(message):
            trip.answered = now
            if number in self._waiting:
                self._waiting[number].set_result(None)

    async def _answered(self, number: int) -> Trip:
        """Wait for the answer.

        Raises:
            TimeoutError: when there is none within a minute.

        """
        trip = self._trips[number]
        if trip.answered is None:
            waiting = self._waiting[number] = asyncio.get_running_loop().create_future()
            async with asyncio.timeout(_PATIENCE):
                await waiting
            del self._waiting[number]
        del self._trips[number]
        return trip


async def asked(
    crowd: Crowd, questions: Sequence[str], ask: Ask, *, at_once: int
) -> tuple[list[Trip], float]:
    """Ask all `questions`, `at_once` at any moment; return the trips and the seconds of it all.

    Everybody asks the next question when the answer to the one before is there.
    """
    trips: list[Trip] = []

    async def one(first: int) -> None:
        numbers = range(first, len(questions), at_once)
        trips.extend([await ask(crowd, at % PEOPLE, questions[at]) for at in numbers])

    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for first in range(min(at_once, len(questions))):
            group.create_task(one(first))
    return trips, time.perf_counter() - begun


def _acknowledge(trip: Trip, now: float) -> None:
    if trip.acknowledged is None:
        trip.acknowledged = now


def _question_of(message: Message) -> int:
    """Return the id of what a message of the bot answers: its nonce tells it where it follows."""
    if message.origin is not None:
        return message.origin.id
    if message.reply_to is not None:
        return message.reply_to
    first = str(message.nonce).partition("-")[0]
    return int(first) if first.isdecimal() else 0
