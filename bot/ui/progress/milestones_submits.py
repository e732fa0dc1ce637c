"""What is sent in by the form of a milestone, after a restart as before it.

It is kept as a draft before anything is said about it.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import discord

from bot.checks import require
from bot.errors import StaleComponentError
from bot.logs import unexpected
from bot.services.places import Standing
from bot.services.progress.milestones_errors import MilestoneError
from bot.services.progress.milestones_typed import Typed
from bot.services.progress.milestones_writing import Review
from bot.services.progress.timeline import Target
from bot.texts import errors as error_texts
from bot.texts.errors import sentence
from bot.ui.acknowledging import in_time, show
from bot.ui.custom_ids import template
from bot.ui.forms import Submit
from bot.ui.giving_back import given_back
from bot.ui.host import host_of
from bot.ui.payloads import picked_in, typed_in
from bot.ui.progress.milestones_buttons import preview_screen
from bot.ui.progress.milestones_forms import AGAIN, CHANGE, NEW
from bot.ui.progress.progress_sending import change_picture, here_in_time, show_picture
from storage.errors import StorageError
from storage.milestone_records import MilestoneState
from storage.progress_records import Part

_MOST: Final = 4_000  # characters that Discord lets into a field at all


async def _new(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    del numbers
    await _answer(interaction, target=None, version=0)


async def _changed(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    target = Target(is_shipped=bool(numbers["shipped"]), number=numbers["number"])
    await _answer(interaction, target=target, version=numbers["version"])


async def _again(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    typed = _typed(interaction)

    async def write() -> Review:
        await require(interaction, Standing.MODERATOR)
        writing = host_of(interaction).services.milestone_writing
        return await writing.write_again(
            numbers["draft"],
            typed,
            guild_id=interaction.guild_id or 0,
            person=interaction.user.id,
        )

    try:
        review = await here_in_time(interaction, write())
    except (StorageError, MilestoneError) as error:
        await _give_back(interaction, error, typed)
        return
    await change_picture(interaction, preview_screen(review))


MILESTONE_FORMS: Final[Mapping[re.Pattern[str], Submit]] = {
    re.compile(template(NEW)): _new,
    re.compile(template(CHANGE, "shipped", "number", "version")): _changed,
    re.compile(template(AGAIN, "draft")): _again,
}


async def _answer(
    interaction: discord.Interaction[Any], *, target: Target | None, version: int
) -> None:
    typed = _typed(interaction)

    async def write() -> Review:
        await require(interaction, Standing.MODERATOR)
        writing = host_of(interaction).services.milestone_writing
        return await writing.write(
            interaction.guild_id or 0,
            typed,
            person=interaction.user.id,
            target=target,
            version=version,
        )

    try:
        review = await in_time(interaction, write(), ephemeral=True)
    except (StorageError, MilestoneError) as error:
        await _give_back(interaction, error, typed)
        return
    await show_picture(interaction, preview_screen(review), ephemeral=True)


async def _give_back(
    interaction: discord.Interaction[Any], error: StorageError | MilestoneError, typed: Typed
) -> None:
    """Say why it is not kept, with what was typed."""
    if isinstance(error, MilestoneError):
        why = sentence(error)
    else:
        why = error_texts.unexpected(unexpected("milestone_form_failed", error=error))
    back = given_back(why, (typed.title, typed.period, typed.note))
    await show(interaction, back, ephemeral=True)


def _typed(interaction: discord.Interaction[Any]) -> Typed:
    """Return what the form holds; what is missing or not offered was tampered with."""
    fields, picked = typed_in(interaction), picked_in(interaction)
    try:
        (part,), (state,) = picked["part"], picked["state"]
        return Typed(
            title=fields["title"][:_MOST],
            period=fields["period"][:_MOST],
            part=Part(part),
            state=MilestoneState(state),
            note=fields.get("note", "")[:_MOST],
        )
    except (KeyError, ValueError):
        raise StaleComponentError from None
