"""The walk through comments that somebody has not voted on: one message that replaces itself."""

from typing import Any

import discord

from bot.services.container import Services
from bot.texts import comments_own as texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.comments import items
from bot.ui.comments.screens import ballot_screen
from bot.ui.host import host_of
from storage.moderation_records import Round


async def next_ballot(
    interaction: discord.Interaction[Any],
    *,
    round_id: int,
    skipped: tuple[int, ...] = (),
    above: str = "",
) -> Screen:
    """Return what to vote on next, of one round or (0) of all, below what was just said."""
    services, guild_id = host_of(interaction).services, interaction.guild_id or 0
    ballot = await services.comments.voting.next_for(
        guild_id,
        user_id=interaction.user.id,
        round_id=round_id or None,
        skipped=frozenset(skipped),
    )
    if ballot is not None:
        return ballot_screen(ballot, round_id=round_id, skipped=skipped, above=above)
    placed = await services.comments.reading.placed(guild_id, round_id=round_id or None)
    said = texts.VOTED_ALL if placed.total else texts.NOTHING_TO_VOTE
    head = f"{above}\n{said}" if above else said
    return Screen((head,), StoredButtons(items.react(round_id)))


async def round_or_none(services: Services, guild_id: int, round_id: int) -> Round | None:
    """Return a round of a guild; None for 0, which means all.

    Raises:
        UnknownRoundError: when the guild has none.

    """
    return await services.comments.rounds.get(round_id, guild_id=guild_id) if round_id else None
