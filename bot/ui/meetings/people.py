"""Who comes to a meeting: on the screen, and as a file for a spreadsheet."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import discord

from bot.adapters.exports.tables import Cell, Table, csv_of
from bot.services.container import Services
from bot.texts import meetings_admin as admin
from bot.ui.acknowledging import Screen
from bot.ui.markdown import split
from bot.ui.meetings.shown import name_of
from storage.meeting_records import Answer, Attendance, Counts, Meeting, Proxy, ProxyState

FILENAME: Final = "deelnemers.csv"
_SHOWN: Final = 40  # people in the message; the file holds all of them
_NAMES: Final = 100  # people whose name is asked for; of the others the file has the id
_OPEN: Final = (ProxyState.OFFERED, ProxyState.ACCEPTED)


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
    table = table_of(said, given, names, counts=page.counts, quorum=quorum)
    return PeopleList(Screen(tuple(split("\n".join(lines)))), csv_of(table))


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


def table_of(
    said: Sequence[Attendance],
    given: Sequence[Proxy],
    names: Mapping[int, str],
    *,
    counts: Counts,
    quorum: int,
) -> Table:
    """Return everybody with their proxy, and below them whether the quorum is reached."""
    answers = {one.user_id: one for one in said}
    holders = {one.giver_id: one for one in given}
    rows: list[tuple[Cell, ...]] = []
    for person in dict.fromkeys((*answers, *holders)):
        answer, proxy = answers.get(person), holders.get(person)
        comes = answer is not None and answer.answer is Answer.YES
        rows.append(
            (
                names.get(person, str(person)),
                admin.answer_word(answer.answer) if answer else "",
                admin.mode_word(answer.mode) if answer and comes else "",
                names.get(proxy.holder_id or 0, str(proxy.holder_id)) if proxy else "",
                _yes(accepted=proxy.state is ProxyState.ACCEPTED) if proxy else "",
            )
        )
    sums: list[tuple[Cell, ...]] = [(), (admin.PROXIES_SUM, counts.proxies)]
    sums.append((admin.REPRESENTED_SUM, counts.represented))
    if quorum:
        reached = admin.quorum_reached(reached=counts.represented >= quorum)
        sums.append((admin.QUORUM_SUM, quorum, reached))
    width = len(admin.COLUMNS)
    padded = [(*row, *[""] * (width - len(row))) for row in sums]
    return Table(FILENAME, admin.COLUMNS, (*rows, *padded))


def _yes(*, accepted: bool) -> str:
    return admin.YES if accepted else admin.NO
