"""The calendar at its secret address."""

import aiohttp
from aiohttp import web

from bot.web.application import WebServer
from bot.web.calendars import add_calendars
from storage.unit_of_work import UnitsOfWork
from tests.adapters.ics import read
from tests.conftest import NOW
from tests.services.meetings.stage import GUILD, build_stage


async def test_the_address_opens_one_calendar_until_it_is_renewed(units: UnitsOfWork) -> None:
    stage = build_stage(units, NOW)
    await stage.plan()
    calendar = stage.meetings.calendar
    first, other = await calendar.secret_of(GUILD), await calendar.secret_of(GUILD + 1)
    routes = web.Application()
    add_calendars(routes, stage.meetings)
    server = WebServer(routes, host="127.0.0.1", port=0)
    calendar.public_url = await server.start()
    async with aiohttp.ClientSession() as session:
        answer = await session.get(calendar.address_of(first))
        body, tag = await answer.read(), answer.headers["ETag"]
        unchanged = await session.get(calendar.address_of(first), headers={"If-None-Match": tag})
        empty = await (await session.get(calendar.address_of(other))).read()
        renewed = await calendar.renew(GUILD)
        gone = await session.get(calendar.address_of(first))
        wrong = await session.get(calendar.address_of("x" * 32))
    await server.stop()

    assert (answer.status, answer.content_type) == (200, "text/calendar")
    assert len(read(body).all("VEVENT")) == 1
    assert unchanged.status == 304
    assert read(empty).all("VEVENT") == []
    assert (gone.status, wrong.status) == (404, 404)
    assert await calendar.secret_of(GUILD) == renewed != first
