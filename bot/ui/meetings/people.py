"""Who comes to a meeting: on the screen, and as a file for a spreadsheet."""

import asyncio
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import discord

from bot.services.container import Services
from bot.texts import meetings_admin as admin
from bot.ui.acknowledging import Screen
from bot.ui.markdown import split
from bot.ui.meetings.shown import name_of
from storage.meeting_records import Answer, Attendance, Meeting, Proxy, ProxyState

FILENAME: Final = "deelnemers.csv"
_SHOWN: Final = 40  # people in the message; the file holds all of them
_NAMES: Final = 100  # people whose name is asked for; of the others the file has the id
_OPEN: Final = (ProxyState.OFFERED, ProxyState.ACCEPTED)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class PeopleList:
    """The list on the screen, and the same as a file."""

    screen: Screen
    content: bytes


async def people_of(
    services: Services, meeting: Meeting, guild: discord.Guild | None
) -> PeopleList:
    """Return who comes, who votes for whom, and whether the quorum is reached."""
    page = await services.meetings.shelf.page(meeting.id)
    said, proxies = await services.meetings.shelf.people(meeting.id)
    quorum = await services.meetings.attending.quorum_of(meeting.guild_id)
    given = [one for one in proxies if one.state in _OPEN and one.holder_id is not None]
    lines = [f"**{name_of(meeting)}**", admin.people(page.counts, quorum)]
    lines += [admin.person(f"<@{one.user_id}>", one.answer, one.mode) for one in said[:_SHOWN]] or [
        admin.NOBODY
    ]
    if len(said) > _SHOWN:
        lines.append(admin.more(len(said) - _SHOWN))
    if given:
        lines.append(admin.PROXIES_HEADING)
        lines += [_proxy(one) for one in given[:_SHOWN]]
    names = await _names(guild, said, given)
    return PeopleList(Screen(tuple(split("\n".join(lines)))), _table(said, given, names))


def _proxy(one: Proxy) -> str:
    accepted = one.state is ProxyState.ACCEPTED
    return admin.proxy(f"<@{one.giver_id}>", f"<@{one.holder_id}>", accepted=accepted)


async def _names(
    guild: discord.Guild | None, said: Sequence[Attendance], given: Sequence[Proxy]
) -> Mapping[int, str]:
    """Ask Discord how people are called here; who is not found keeps the id."""
    people = {one.user_id for one in said}
    people |= {one.giver_id for one in given} | {one.holder_id or 0 for one in given}
    if guild is None:
        return {}

    async def name(user_id: int) -> str:
        try:
            return (await guild.fetch_member(user_id)).display_name
        except discord.HTTPException:
            return str(user_id)

    asked = sorted(people)[:_NAMES]
    return dict(zip(asked, await asyncio.gather(*map(name, asked)), strict=True))


def _table(said: Sequence[Attendance], given: Sequence[Proxy], names: Mapping[int, str]) -> bytes:
    """Return a CSV that spreadsheets open as it is; no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(admin.COLUMNS)
    answers = {one.user_id: one for one in said}
    holders = {one.giver_id: one for one in given}
    for person in dict.fromkeys((*answers, *holders)):
        answer, proxy = answers.get(person), holders.get(person)
        comes = answer is not None and answer.answer is Answer.YES
        row = (
            names.get(person, str(person)),
            admin.answer_word(answer.answer) if answer else "",
            admin.mode_word(answer.mode) if answer and comes else "",
            names.get(proxy.holder_id or 0, str(proxy.holder_id)) if proxy else "",
            _yes(accepted=proxy.state is ProxyState.ACCEPTED) if proxy else "",
        )
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _yes(*, accepted: bool) -> str:
    return admin.YES if accepted else admin.NO
