"""The history of milestones on the screen, with the ways back."""

from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.errors import StaleComponentError
from bot.services.places import Standing
from bot.services.progress.milestones_errors import UnknownMilestoneError
from bot.services.progress.timeline import Entry
from bot.texts import milestones as texts
from bot.texts.periods import period
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from bot.ui.markdown import shortened, split
from bot.ui.payloads import chosen_in
from bot.ui.progress.milestones import history_text, latest_text
from bot.ui.progress.milestones_buttons import (
    AdjustButton,
    CancelButton,
    ChangeButton,
    KeepButton,
    RemoveButton,
    ResetButton,
    SaveButton,
    UndoButton,
    milestones_of,
    numbers_of,
)
from storage.milestone_records import MilestoneStanding

_LABEL: Final = 100  # characters of an option, and of a choice while typing
_MOST: Final = 25

_Select = discord.ui.Select[StoredButtons]


def offered(entry: Entry) -> str:
    """Return how a milestone is called in a list to choose from."""
    content = entry.content
    text = texts.choice(content.title, period(content.first, content.last))
    return shortened(text if entry.is_shown else texts.removed_choice(text), _LABEL)


async def history_screen(interaction: discord.Interaction[Any], typed: str | None) -> Screen:
    """Return the history of the milestone that was named, or the last changes of all."""
    milestones, guild_id = milestones_of(interaction), interaction.guild_id or 0
    if typed is not None:
        return await entry_screen(interaction, await milestones.named(guild_id, typed))
    changes = await milestones.latest_changes(guild_id)
    touched = {one.milestone_id for one in changes}
    entries = [
        one for one in await milestones.all_of(guild_id) if one.row and one.row.id in touched
    ]
    view = StoredButtons(HistoryMenu(entries)) if entries else None
    return Screen(tuple(split(latest_text(changes))), view)


async def entry_screen(interaction: discord.Interaction[Any], entry: Entry) -> Screen:
    """Return what was done to one milestone, with the ways back."""
    changes = await milestones_of(interaction).history(interaction.guild_id or 0, entry.target)
    numbers = numbers_of(entry)
    items: list[discord.ui.Item[Any]] = []
    if entry.is_shown:
        items.append(ChangeButton(*numbers))
    else:
        items.append(UndoButton(*numbers, label=texts.RESTORE_LABEL))
    if entry.shipped is not None and entry.standing is not MilestoneStanding.SHIPPED:
        items.append(ResetButton(*numbers))
    return Screen(tuple(split(history_text(entry, changes))), StoredButtons(*items))


class HistoryMenu(StoredItem[_Select], template=template("ms-history")):
    """Opens the history of one milestone."""

    def __init__(self, entries: list[Entry] | None = None) -> None:
        """Offer `entries`."""
        super().__init__(
            discord.ui.Select(
                custom_id=custom_id("ms-history"),
                placeholder=texts.HISTORY_PLACEHOLDER,
                options=[
                    discord.SelectOption(label=offered(one), value=str(one.target))
                    for one in (entries or [])[:_MOST]
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
        screen = await in_time(interaction, self._screen(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    async def _screen(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        try:
            return await history_screen(interaction, chosen_in(interaction))
        except UnknownMilestoneError:
            raise StaleComponentError from None


async def choices_for(
    interaction: discord.Interaction[Any], typed: str, *, removed: bool = False
) -> list[discord.app_commands.Choice[str]]:
    """Return the milestones that fit what is typed."""
    milestones = host_of(interaction).services.milestones
    found = await milestones.offer(interaction.guild_id or 0, typed, removed=removed)
    return [discord.app_commands.Choice(name=offered(one), value=str(one.target)) for one in found]


MILESTONE_ITEMS: Final = (
    SaveButton,
    AdjustButton,
    CancelButton,
    KeepButton,
    ChangeButton,
    RemoveButton,
    UndoButton,
    ResetButton,
    HistoryMenu,
)
