"""A turn hears when its request leaves and when it was answered, from discord.py and aiohttp."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

import aiohttp
import discord
import pytest
from aiohttp import web
from aiohttp.typedefs import Handler
from discord.http import Route, handle_message_parameters
from typing_extensions import override

from bot.adapters.clock import SystemClock
from bot.adapters.one_try import OneTry
from bot.adapters.sending_moments import sending_moments
from bot.services.deliveries.outcomes import OutcomeUnknownError
from bot.services.deliveries.pace import Pace, Turn
from tests.discord.stage import Stage, build_stage, serving


class KnownTurns(Pace):
    """A pace whose turns are known."""

    def __init__(self) -> None:
        super().__init__(SystemClock())
        self.turns: list[Turn] = []

    @override
    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncGenerator[Turn]:
        async with super().turn() as turn:
            self.turns.append(turn)
            yield turn


@dataclass(slots=True)
class Gate:
    """Holds up messages that arrived until it is opened."""

    opened: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.endswith("/messages"):
            self.arrived.set()
            await self.opened.wait()
        return await handler(request)


async def send(requests: OneTry, stage: Stage) -> None:
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=stage.algemeen.id)
    with handle_message_parameters("Hoi") as parameters:
        await requests.create(route, parameters)


@pytest.mark.parametrize("traces", [True, False])
async def test_a_turn_hears_when_its_request_leaves_and_when_it_was_answered(
    *, traces: bool
) -> None:
    stage, gate, pace = build_stage(), Gate(), KnownTurns()
    trace = sending_moments() if traces else aiohttp.TraceConfig()
    async with (
        serving(stage, gate.middleware) as server,
        discord.Client(intents=discord.Intents.none(), http_trace=trace) as client,
    ):
        await client.login(server.token)
        sending = asyncio.create_task(send(OneTry(client, pace, SystemClock()), stage))
        await gate.arrived.wait()
        (turn,) = pace.turns
        left_at, answered_at = turn.sent_at, turn.answered_at
        gate.opened.set()
        await sending

    assert (left_at is not None, answered_at) == (traces, None)
    assert turn.answered_at is not None
    assert turn.sent_at is not None
    assert turn.sent_at <= turn.answered_at


async def test_what_was_given_up_left_and_has_no_answer() -> None:
    stage, gate, pace = build_stage(), Gate(), KnownTurns()
    async with (
        serving(stage, gate.middleware) as server,
        discord.Client(intents=discord.Intents.none(), http_trace=sending_moments()) as client,
    ):
        await client.login(server.token)
        with pytest.raises(OutcomeUnknownError):
            await send(OneTry(client, pace, SystemClock(), timeout=0.2), stage)
        gate.opened.set()

    (turn,) = pace.turns
    assert turn.sent_at is not None
    assert turn.answered_at is None
