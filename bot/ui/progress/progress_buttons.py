"""`/voortgang` on the screen, and what hangs below it: an onderdeel to choose, pages through time.

In a channel a press opens a copy for whoever presses; that copy, like a private message, then
changes in place. Private messages ask afresh which guild they are about.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.adapters.membership import KnownGuild
from bot.errors import NotInGuildError, StaleComponentError
from bot.services.progress.timeline import WINDOW
from bot.texts import progress as texts
from bot.ui.acknowledging import StoredButtons, in_time
from bot.ui.comments.items import react_part
from bot.ui.custom_ids import custom_id, template
from bot.ui.guild_menus import DmGuildMenu, Home, home_of
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from bot.ui.payloads import chosen_in
from bot.ui.progress.progress import ProgressScreen, progress_screen
from bot.ui.progress.progress_picture import drawn
from bot.ui.progress.progress_sending import (
    PictureScreen,
    change_picture,
    here_in_time,
    show_picture,
)
from storage.progress_records import Part

# Their order is part of custom_ids, so add at the end only.
PARTS: Final[tuple[Part | None, ...]] = (
    None,
    Part.OVERZICHT,
    Part.INZICHT,
    Part.UITZICHT,
    Part.KERNADVIES,
    Part.OPTIES,
    Part.DIGITALE_AGENDA,
    Part.VERVOLG,
    Part.ALV,
)

_Button = discord.ui.Button[StoredButtons]
_Select = discord.ui.Select[StoredButtons]


async def answer_progress(interaction: discord.Interaction[Any], part: Part | None) -> None:
    """Answer `/voortgang`, for all to see."""
    screen = await in_time(interaction, _screen(interaction, part), ephemeral=False)
    await show_picture(interaction, screen, ephemeral=False)


def part_called(name: str | None) -> Part | None:
    """Return the part that was chosen; None: all.

    Raises:
        StaleComponentError: when there is none called like this.

    """
    if name is None or name == texts.ALL_PARTS:
        return None
    try:
        return Part(name)
    except ValueError:
        raise StaleComponentError from None


class PartMenu(StoredItem[_Select], template=template("prog-part")):
    """Shows one onderdeel, around now."""

    def __init__(self, screen: ProgressScreen | None = None) -> None:
        """Offer every part, with how many milestones it has; the one on the screen is chosen."""
        counts: Mapping[Part, int] = screen.progress.counts if screen else {}
        shown = screen.progress.part if screen else None
        super().__init__(
            discord.ui.Select(
                custom_id=custom_id("prog-part"),
                placeholder=texts.PART_PLACEHOLDER,
                options=[
                    discord.SelectOption(
                        label=texts.part_option(
                            part.value if part else texts.ALL_PARTS,
                            counts.get(part, 0) if part else sum(counts.values()),
                        ),
                        value=part.value if part else texts.ALL_PARTS,
                        default=part is shown,
                    )
                    for part in PARTS
                ],
            )
        )

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        del numbers
        return cls()

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await _turn(interaction, part_called(chosen_in(interaction)), start=None)


class PageButton(StoredItem[_Button], template=template("prog-at", "part", "start")):
    """Shows the milestones from a place in time on."""

    def __init__(self, part: int, start: int, *, label: str = "…", disabled: bool = False) -> None:
        """Go to place `start` among the milestones of the part with this number in `PARTS`."""
        super().__init__(
            discord.ui.Button(
                label=label, disabled=disabled, custom_id=custom_id("prog-at", part, start)
            )
        )
        self._part = part
        self._start = start

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["part"], numbers["start"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await _turn(interaction, _part_numbered(self._part), start=self._start)


class TodayButton(StoredItem[_Button], template=template("prog-now", "part")):
    """Goes back to the milestones around now."""

    def __init__(self, part: int, *, disabled: bool = False) -> None:
        """Stay with the part with this number in `PARTS`."""
        super().__init__(
            discord.ui.Button(
                label=texts.TODAY_LABEL,
                disabled=disabled,
                custom_id=custom_id("prog-now", part),
                style=discord.ButtonStyle.primary,
            )
        )
        self._part = part

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["part"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await _turn(interaction, _part_numbered(self._part), start=None)


PROGRESS_ITEMS: Final = (PartMenu, PageButton, TodayButton)


async def _turn(
    interaction: discord.Interaction[Any], part: Part | None, *, start: int | None
) -> None:
    message = interaction.message
    is_own = interaction.guild_id is None or (message is not None and message.flags.ephemeral)
    making = _screen(interaction, part, start=start, is_press=True)
    if is_own:
        await change_picture(interaction, await here_in_time(interaction, making))
    else:
        screen = await in_time(interaction, making, ephemeral=True)
        await show_picture(interaction, screen, ephemeral=True)


async def _screen(
    interaction: discord.Interaction[Any],
    part: Part | None,
    *,
    start: int | None = None,
    is_press: bool = False,
) -> PictureScreen:
    host = host_of(interaction)
    home = await _home(interaction, is_press=is_press)
    progress = await host.services.progress.of_guild(home.guild_id, part)
    screen = progress_screen(progress, host.command_mentions, start=start)
    picture = await drawn(screen.picture)
    lines = [screen.text]
    if picture is None:
        lines.append(texts.NO_PICTURE)
    if home.choices:
        lines.append(texts.CHOOSE_GUILD)
    return PictureScreen("\n".join(lines), picture, _below(screen, home.choices))


async def _home(interaction: discord.Interaction[Any], *, is_press: bool) -> Home:
    """Return which guild it is about: here, or in private messages the one used last.

    Raises:
        NotInGuildError: when whoever presses in a private message has left it.

    """
    if interaction.guild_id is not None:
        return Home(interaction.guild_id)
    host, person = host_of(interaction), interaction.user.id
    home = await home_of(host, person)
    if (
        is_press
        and home.guild_id is not None
        and not await host.membership.is_member(home.guild_id, person)
    ):
        raise NotInGuildError
    return home


def _below(screen: ProgressScreen, guilds: Sequence[KnownGuild]) -> StoredButtons:
    window, part = screen.window, PARTS.index(screen.progress.part)
    items: list[discord.ui.Item[Any]] = []
    if window.earlier or window.later:
        items += (
            PageButton(
                part,
                max(window.start - WINDOW, 0),
                label=texts.earlier_label(window.earlier),
                disabled=not window.earlier,
            ),
            TodayButton(part, disabled=window.start == window.home),
            PageButton(
                part,
                window.start + WINDOW,
                label=texts.later_label(window.later),
                disabled=not window.later,
            ),
        )
    items += (PartMenu(screen), react_part(screen.progress.part))
    if guilds:
        items.append(DmGuildMenu(guilds))
    return StoredButtons(*items)


def _part_numbered(number: int) -> Part | None:
    if number >= len(PARTS):
        raise StaleComponentError
    return PARTS[number]
