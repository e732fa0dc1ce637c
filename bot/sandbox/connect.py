"""Pointing discord.py at the stand-in: the one module here that knows discord.py.

discord.py has no setting for the address of the API. It reads two class attributes, at every
request and connection; they are set while the block runs and restored after it.
"""

import contextlib
from collections.abc import Generator

import discord.gateway
import discord.http
import yarl

from bot.sandbox.server import Server


@contextlib.contextmanager
def pointed_at(server: Server) -> Generator[None]:
    """Let every discord.py client of this process talk to `server` while the block runs."""
    route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
    before = route.BASE, socket.DEFAULT_GATEWAY
    route.BASE = server.rest_url
    socket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
    try:
        yield
    finally:
        route.BASE, socket.DEFAULT_GATEWAY = before
