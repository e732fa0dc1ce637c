"""Tells each turn when its request leaves: discord.py and aiohttp do much before that."""

from types import SimpleNamespace

import aiohttp

from bot.services.deliveries.pace import Turn


def sending_moments() -> aiohttp.TraceConfig:
    """Return what a client traces its requests with; one that carries its `Turn` tells it."""
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_sent)
    trace.on_request_chunk_sent.append(_sent)  # the headers wait for the first of these
    return trace


async def _sent(
    _session: aiohttp.ClientSession,
    context: SimpleNamespace,
    _parameters: aiohttp.TraceRequestHeadersSentParams | aiohttp.TraceRequestChunkSentParams,
) -> None:
    turn = context.trace_request_ctx
    if isinstance(turn, Turn):
        turn.sent()
