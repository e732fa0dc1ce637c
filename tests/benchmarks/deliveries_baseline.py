"""Bare discord.py that sends as many messages to as many channels, all channels at once."""

import asyncio
import contextlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

import discord
from discord.http import Route

CHANNELS = Path("channels.json")
"""The ids of channels, one for each message; written by the benchmark."""


async def send(channels: Sequence[int]) -> None:
    """Send a message for every id."""
    Route.BASE = os.environ["BREED_TEST_DISCORD"]
    of_channels: dict[int, list[str]] = {}
    for number, channel in enumerate(channels):
        of_channels.setdefault(channel, []).append(f"d{number}")
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(os.environ["DISCORD_TOKEN"])
        await asyncio.gather(*(_send(client, *one) for one in of_channels.items()))


async def _send(client: discord.Client, channel_id: int, nonces: Sequence[str]) -> None:
    channel = client.get_partial_messageable(channel_id)
    for nonce in nonces:
        # After five answers of 429 discord.py gives up: that message is lost.
        with contextlib.suppress(discord.HTTPException):
            await channel.send("Een bericht", nonce=nonce)


if __name__ == "__main__":
    asyncio.run(send(json.loads(CHANNELS.read_text(encoding="ascii"))))
