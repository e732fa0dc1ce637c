"""`/beheer controle` on the screen: first what needs attention, then how everything is."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.services.admin.control import LATE, State
from bot.services.admin.sections import Section
from bot.services.container import Services
from bot.services.places import Standing
from bot.texts import admin as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, repeated, show
from bot.ui.admin.notices import CONTROL, actions_on, notice_text
from bot.ui.admin.sections import SECTIONS, jobs_section, setup_section
from bot.ui.custom_ids import OPTIONAL_MARK, custom_id, template
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from bot.ui.markdown import shortened, size
from storage.notice_records import Notice

_MOST_NOTICES: Final = 4  # a page: each has a row of buttons, and the last row turns pages
_MOST_TEXT: Final = 1_850
_LONGEST_BLOCK: Final = 900
_NAVIGATION: Final = 4  # the last row
_RETRY_NOTICES: Final = "nposts"

_Button = discord.ui.Button[StoredButtons]


@dataclass(slots=True)
class _Page:
    lines: list[str] = field(default_factory=list[str])
    notices: list[tuple[int, Notice]] = field(default_factory=list[tuple[int, Notice]])

    def has_room(self, line: str, *, for_notice: bool) -> bool:
        is_full = for_notice and len(self.notices) >= _MOST_NOTICES
        return not is_full and size("\n".join((*self.lines, line))) <= _MOST_TEXT


async def control_screen(services: Services, guild_id: int, *, page: int = 1) -> Screen:
    """Return how things are in a guild; a page that is not there (any more) is the last."""
    state = await services.control.look(guild_id)
    made = await asyncio.gather(*(one(services, guild_id) for one in SECTIONS))
    sections = (_deliveries(state), setup_section(state), jobs_section(state), *made)
    shown = [one for one in sections if one is not None]
    pages = _pages(shown, state.notices)
    number = min(max(page, 1), len(pages))
    chosen = pages[number - 1]
    lines = [*chosen.lines, texts.page(number, len(pages))] if len(pages) > 1 else chosen.lines
    return Screen(("\n".join(lines),), _buttons(chosen, state, number=number, pages=len(pages)))


class ControlButton(StoredItem[_Button], template=template(CONTROL, "page") + OPTIONAL_MARK):
    """Opens the screen, shows it anew, or turns its page; for moderators."""

    def __init__(self, page: int, *, label: str = texts.REFRESH_LABEL) -> None:
        """Show this page, counted from 1."""
        super().__init__(
            discord.ui.Button(label=label, custom_id=custom_id(CONTROL, page), row=_NAVIGATION)
        )
        self._page = page

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["page"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        message = interaction.message
        if message is None or not message.flags.ephemeral:
            screen = await in_time(interaction, self._screen(interaction), ephemeral=True)
            await show(interaction, screen, ephemeral=True)
            return
        await require(interaction, Standing.MODERATOR)
        await repeated(interaction.response.defer)
        screen = await self._screen(interaction)
        edit = partial(
            interaction.edit_original_response, content=screen.parts[0], view=screen.view
        )
        await repeated(edit)

    async def _screen(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        services = host_of(interaction).services
        return await control_screen(services, interaction.guild_id or 0, page=self._page)


class RetryNoticesButton(StoredItem[_Button], template=template(_RETRY_NOTICES)):
    """Posts notices again that could not be posted; for moderators."""

    def __init__(self) -> None:
        """Stand in the last row."""
        super().__init__(
            discord.ui.Button(
                label=texts.RETRY_NOTICES_LABEL,
                custom_id=custom_id(_RETRY_NOTICES),
                row=_NAVIGATION,
            )
        )

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        del numbers
        return cls()

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        sentence = await in_time(interaction, self._done(interaction), ephemeral=True)
        await show(interaction, Screen((sentence,)), ephemeral=True)

    async def _done(self, interaction: discord.Interaction[Any]) -> str:
        await require(interaction, Standing.MODERATOR)
        control = host_of(interaction).services.control
        count = await control.retry_notices(interaction.guild_id or 0, by=interaction.user.id)
        return texts.retried(count)


CONTROL_BUTTONS: Final = (ControlButton, RetryNoticesButton)


def _deliveries(state: State) -> Section:
    late = state.lateness
    attention: list[str] = []
    if state.notices:
        attention.append(texts.deliveries_attention(len(state.notices)))
    if late is not None and late > LATE:
        attention.append(texts.backlog_late(late))
    if state.failed_notices:
        attention.append(texts.own_notices_failed(state.failed_notices))
    if state.notices and not state.has_moderators_channel:
        attention.append(texts.NO_PLACE_FOR_NOTICES)
    backlog = state.backlog
    line = texts.backlog(backlog.waiting, due=backlog.due, oldest=late)
    return Section(texts.DELIVERIES, tuple(attention), (line,))


def _pages(sections: Sequence[Section], notices: Sequence[Notice]) -> list[_Page]:
    pages = [_Page()]

    def add(line: str, numbered: tuple[int, Notice] | None = None) -> None:
        if not pages[-1].has_room(line, for_notice=numbered is not None):
            pages.append(_Page())
        pages[-1].lines.append(line)
        if numbered is not None:
            pages[-1].notices.append(numbered)

    attention = [line for section in sections for line in section.attention]
    add(texts.ATTENTION if attention else texts.ALL_WELL)
    for line in attention:
        add(f"- {shortened(line, _LONGEST_BLOCK)}")
    for number, notice in enumerate(notices, start=1):
        add(f"**{number}.** {notice_text(notice)}", (number, notice))
    for line in _all_lines(sections):
        add(line)
    return pages


def _all_lines(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        if section.lines:
            heading = f"**{section.title}**"
            first, *others = (f"- {shortened(one, _LONGEST_BLOCK)}" for one in section.lines)
            yield f"{heading}\n{first}"
            yield from others


def _buttons(page: _Page, state: State, *, number: int, pages: int) -> StoredButtons:
    items: list[discord.ui.Item[Any]] = [
        kind(notice.id, before=f"{place}. ", row=row)
        for row, (place, notice) in enumerate(page.notices)
        for kind in actions_on(notice)
    ]
    if number > 1:
        items.append(ControlButton(number - 1, label=texts.EARLIER_LABEL))
    items.append(ControlButton(number))
    if number < pages:
        items.append(ControlButton(number + 1, label=texts.LATER_LABEL))
    if state.failed_notices:
        items.append(RetryNoticesButton())
    return StoredButtons(*items)
