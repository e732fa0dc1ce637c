"""The buttons of the walk through comments that somebody has not voted on."""

from typing import Any, Final

import discord
from typing_extensions import override

from bot.errors import StaleComponentError
from bot.services.comments.voting import Cast
from bot.texts import comments_own as texts
from bot.ui.acknowledging import Screen
from bot.ui.comments import items
from bot.ui.comments.ids import vote_of
from bot.ui.comments.pressing import CommentButton, require_commenter
from bot.ui.comments.walking import next_ballot
from bot.ui.custom_ids import template
from bot.ui.host import host_of
from bot.ui.items import StoredItem


class WalkButton(CommentButton, template=template(items.WALK, "round")):
    """**Stemmen**: begins the walk."""

    kind = items.WALK

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        await require_commenter(interaction)
        return await next_ballot(interaction, round_id=self.numbers[0])


class WalkVoteButton(CommentButton, template=template(items.WALK_VOTE, "text", "value", "round")):
    """A vote that goes on to the next comment."""

    kind = items.WALK_VOTE
    replaces = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        text_id, code, round_id = self.numbers
        said = await voted_sentence(interaction, text_id, code)
        return await next_ballot(interaction, round_id=round_id, above=said)


class SkipButton(CommentButton, template=template(items.SKIP, "round", "first", "second", "third")):
    """**Sla over**."""

    kind = items.SKIP
    replaces = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        await require_commenter(interaction)
        round_id, *skipped = self.numbers
        kept = tuple(one for one in skipped if one)
        return await next_ballot(interaction, round_id=round_id, skipped=kept)


class StopButton(CommentButton, template=template(items.STOP)):
    """**Stoppen**: ends the walk."""

    kind = items.STOP
    replaces = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        return Screen((texts.STOPPED,))


WALK_ITEMS: Final[tuple[type[StoredItem[Any]], ...]] = (
    WalkButton,
    WalkVoteButton,
    SkipButton,
    StopButton,
)


async def voted_sentence(interaction: discord.Interaction[Any], text_id: int, code: int) -> str:
    """Keep a vote, and confirm it.

    Raises:
        MembersOnlyError: for who is no member here.
        NotVotableError, RoundClosedError: when nobody can vote on it now.

    """
    value = vote_of(code)
    if value is None:
        raise StaleComponentError
    await require_commenter(interaction)
    cast = Cast(interaction.guild_id or 0, interaction.user.id, text_id, value)
    voted = await host_of(interaction).services.comments.voting.vote(cast)
    return texts.voted(voted.number, voted.value, voted.before)
