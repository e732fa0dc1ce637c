"""Every route of the API. A new one: write its function in the module of its subject, list it."""

from bot.sandbox.routes import (
    application,
    channels,
    commands,
    events,
    guilds,
    interactions,
    messages,
    reactions,
    threads,
)
from bot.sandbox.routes.call import Route

ROUTES: tuple[Route, ...] = (
    *application.ROUTES,
    *guilds.ROUTES,
    *channels.ROUTES,
    *threads.ROUTES,
    *messages.ROUTES,
    *reactions.ROUTES,
    *events.ROUTES,
    *commands.ROUTES,
    *interactions.ROUTES,
)
