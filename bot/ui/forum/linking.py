"""Linking and unlinking feeds on the screen."""

from typing import Any, Final

import discord
from typing_extensions import override

from bot.services.forum.feeds import FeedKind
from bot.services.forum.linking import Draft, Wish
from bot.services.forum.refusals import ForumError
from bot.texts import forum as texts
from bot.texts import forum_problems
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import template
from bot.ui.forum.posts import embed_of, shown_example
from bot.ui.forum.pressing import FeedButton, channel_mention, say_first
from bot.ui.host import host_of
from bot.ui.markdown import escaped
from storage.forum_records import Feed


async def show_preview(
    interaction: discord.Interaction[Any], typed: str, *, channel_id: int, last: int
) -> None:
    """Recognise an address and show what it would give in a channel, or why it gives nothing."""
    await say_first(interaction, texts.LOOKING)
    wish = Wish(interaction.guild_id or 0, typed, channel_id, last, interaction.user.id)
    try:
        screen = preview_screen(await host_of(interaction).services.forum.linking.recognise(wish))
    except ForumError as error:
        screen = Screen((forum_problems.refusal(error),))  # in place of what was said first
    await show(interaction, screen, ephemeral=True)


async def show_unlinking(interaction: discord.Interaction[Any], typed: str) -> None:
    """Ask whether to stop a feed.

    Raises:
        UnknownFeedError: when it is not known which.

    """
    overview = host_of(interaction).services.forum.overview
    choosing = overview.chosen(typed, guild_id=interaction.guild_id or 0)
    feed = await in_time(interaction, choosing, ephemeral=True)
    text = texts.ask_unlink(escaped(feed.title), channel=channel_mention(feed.channel_id))
    view = StoredButtons(UnlinkButton(feed.id), KeepButton(feed.id))
    await show(interaction, Screen((text,), view), ephemeral=True)


def preview_screen(draft: Draft) -> Screen:
    """Return what a feed is and how its items will look, with the question whether to start."""
    feed = draft.feed
    text = texts.joined(
        (
            texts.found(
                FeedKind(feed.kind),
                title=escaped(feed.title),
                count=draft.count,
                channel=channel_mention(feed.channel_id),
            ),
            texts.begins_with(min(feed.last, draft.count)) if draft.count else "",
            texts.examples(len(draft.examples)),
        )
    )
    embeds = tuple(
        discord.Embed.from_dict(embed_of(shown_example(one, feed))) for one in draft.examples
    )
    view = StoredButtons(StartButton(feed.id), CancelButton(feed.id))
    return Screen((text,), view, embeds=embeds)


class StartButton(FeedButton, template=template("fstart", "feed")):
    """**Starten**: the feed is followed from now on."""

    kind = "fstart"
    label = texts.START_LABEL
    style = discord.ButtonStyle.success

    @override
    async def done(self, interaction: discord.Interaction[Any]) -> Screen:
        host = host_of(interaction)
        started = await host.services.forum.linking.start(
            self.feed, guild_id=interaction.guild_id or 0
        )
        return Screen(
            (
                texts.started(
                    escaped(started.feed.title),
                    channel=channel_mention(started.feed.channel_id),
                    posted=started.posted,
                    status=host.command_mentions["forum status"],
                ),
            )
        )


class CancelButton(FeedButton, template=template("fcancel", "feed")):
    """**Annuleren**: the feed is not followed."""

    kind = "fcancel"
    label = texts.CANCEL_LABEL

    @override
    async def done(self, interaction: discord.Interaction[Any]) -> Screen:
        linking = host_of(interaction).services.forum.linking
        await linking.call_off(self.feed, guild_id=interaction.guild_id or 0)
        return Screen((texts.CALLED_OFF,))


class UnlinkButton(FeedButton, template=template("funlink", "feed")):
    """**Ontkoppelen**: the feed is not followed any more."""

    kind = "funlink"
    label = texts.UNLINK_LABEL
    style = discord.ButtonStyle.danger

    @override
    async def done(self, interaction: discord.Interaction[Any]) -> Screen:
        linking = host_of(interaction).services.forum.linking
        feed: Feed = await linking.unlink(
            self.feed, guild_id=interaction.guild_id or 0, by=interaction.user.id
        )
        return Screen((texts.unlinked(escaped(feed.title)),))


class KeepButton(FeedButton, template=template("fkeep", "feed")):
    """**Laat maar**: nothing changes."""

    kind = "fkeep"
    label = texts.KEEP_LABEL

    @override
    async def done(self, interaction: discord.Interaction[Any]) -> Screen:
        del interaction
        return Screen((texts.KEPT,))


BUTTONS: Final = (StartButton, CancelButton, UnlinkButton, KeepButton)
