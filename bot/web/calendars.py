"""The calendar of a guild at its secret address, for calendar programs that subscribe."""

import asyncio
import hashlib
from typing import Final

from aiohttp import web

from bot.adapters.calendar import MEDIA_TYPE, calendar_of
from bot.services.meetings.service import Meetings
from bot.texts.meetings import calendar_name

PATH: Final = "/kalender/{secret}.ics"
_HEADERS: Final = {
    # Whoever has the address may read it, nobody in between may keep it.
    "Cache-Control": "private, max-age=300",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


def add_calendars(routes: web.Application, meetings: Meetings) -> None:
    """Serve the calendars; an address that does not exist (any more) gives 404."""

    async def calendar(request: web.Request) -> web.Response:
        guild_id = await meetings.calendar.guild_of(request.match_info["secret"])
        if guild_id is None:
            raise web.HTTPNotFound
        pages = await meetings.shelf.pages(guild_id)
        body = await asyncio.to_thread(calendar_of, pages, name=calendar_name(""))
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {**_HEADERS, "ETag": tag}
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, content_type=MEDIA_TYPE, charset="utf-8", headers=headers)

    routes.router.add_get(PATH, calendar)
