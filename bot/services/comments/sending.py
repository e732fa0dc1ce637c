"""What the outbox gets of comments: queued in the very unit that decides it.

A placed wording has one message. It goes when the wording is no longer placed, and placing it
again is another message. In a forum every round has a post, in whose thread its comments stand.
"""

import datetime as dt
from dataclasses import replace
from typing import Final

from bot.services.comments.venues import Venue
from bot.services.directory import Channel, ChannelKind
from storage.comment_records import Comment, CommentEvent, CommentState
from storage.delivery_records import (
    ChannelTarget,
    DmTarget,
    NewDelivery,
    PostTarget,
    Problem,
    ThreadTarget,
)
from storage.moderation_records import Block, Round
from storage.unit_of_work import UnitOfWork

COMMENT_KIND: Final = "comment"
"""A placed comment; the subject is the id of its wording."""
ROUND_KIND: Final = "comment_round"
"""The post of a round in a forum; the subject is the round's id."""
CARD_KIND: Final = "comment_card"
"""What moderators decide by; the subject is the comment's id."""
NOTE_KIND: Final = "comment_note"
"""What its author is told; the subject is the id of the line of the comment's history."""
BLOCK_CARD_KIND: Final = "block_card"
"""The appeal against a block, for moderators; the subject is the block's id."""
BLOCK_NOTE_KIND: Final = "block_note"
"""What a blocked member is told; the subject is the id of the line of the log."""

TOLD: Final = frozenset(
    {
        CommentEvent.PLACED,
        CommentEvent.REJECTED,
        CommentEvent.REDACTED,
        CommentEvent.DUPLICATE,
        CommentEvent.UPHELD,
    }
)
"""What the author is told of; the rest they did themselves, or it changes nothing for them."""


async def follow(
    work: UnitOfWork, before: Comment, after: Comment, venue: Venue, *, now: dt.datetime
) -> Comment:
    """Let messages and cards follow what happened; return the comment as it is to be written."""
    was_shown = before.state is CommentState.PLACED
    is_shown = after.state is CommentState.PLACED
    is_same = before.text.id == after.text.id
    if was_shown and not (is_shown and is_same):
        await work.deliveries.withdraw(COMMENT_KIND, before.text.id)
    elif was_shown and after.text.shown_version > before.text.shown_version:
        version = after.text.shown_version
        await work.deliveries.revise(COMMENT_KIND, after.text.id, version=version)
    if is_shown and not after.is_queued:
        after = await queue_copy(work, after, venue, now=now)
    if after.needs_card:
        return await queue_card(work, after, venue, now=now)
    await work.deliveries.revise(CARD_KIND, after.id, version=after.version)
    return after


async def queue_copy(
    work: UnitOfWork, comment: Comment, venue: Venue, *, now: dt.datetime
) -> Comment:
    """Queue the message of a placed comment; without a place for it now it stays to be queued.

    In a forum its round's post has to be there first: until then that is queued instead.
    """
    target = await _target(work, comment, venue.comments, now=now)
    if target is None:
        return comment
    await work.deliveries.queue(
        NewDelivery(
            key=f"{COMMENT_KIND}:{comment.text.id}:{comment.version}:{target.channel_id}",
            guild_id=comment.guild_id,
            target=target,
            kind=COMMENT_KIND,
            subject_id=comment.text.id,
            due_at=now,
            version=comment.text.shown_version,
        )
    )
    return replace(comment, is_queued=True)


async def queue_card(
    work: UnitOfWork, comment: Comment, venue: Venue, *, now: dt.datetime
) -> Comment:
    """Queue the card of a comment in place of an earlier one; without a place it stays to be."""
    if comment.version > 1:
        await work.deliveries.withdraw(CARD_KIND, comment.id)
    card = new_card(comment, venue, now=now)
    if card is None:
        return comment
    await work.deliveries.queue(card)
    return replace(comment, needs_card=False)


def new_card(comment: Comment, venue: Venue, *, now: dt.datetime) -> NewDelivery | None:
    """Return the card of a comment; None while moderators have no channel."""
    if venue.moderators is None:
        return None
    return NewDelivery(
        key=f"{CARD_KIND}:{comment.id}:{comment.version}",
        guild_id=comment.guild_id,
        target=ChannelTarget(venue.moderators.id),
        kind=CARD_KIND,
        subject_id=comment.id,
        due_at=now,
        version=comment.version,
    )


async def queue_note(
    work: UnitOfWork, comment: Comment, change_id: int, *, now: dt.datetime
) -> None:
    """Tell the author what happened, in private."""
    if comment.author_id is None:
        return
    await work.deliveries.queue(
        NewDelivery(
            key=f"{NOTE_KIND}:{change_id}",
            guild_id=comment.guild_id,
            target=DmTarget(comment.author_id),
            kind=NOTE_KIND,
            subject_id=change_id,
            due_at=now,
        )
    )


async def queue_block_card(
    work: UnitOfWork, block: Block, venue: Venue, *, now: dt.datetime
) -> Block:
    """Queue the card of an appeal against a block; without a place for it it stays to be."""
    if venue.moderators is None:
        return block
    await work.deliveries.queue(
        NewDelivery(
            key=f"{BLOCK_CARD_KIND}:{block.id}",
            guild_id=block.guild_id,
            target=ChannelTarget(venue.moderators.id),
            kind=BLOCK_CARD_KIND,
            subject_id=block.id,
            due_at=now,
            version=block.version,
        )
    )
    return replace(block, needs_card=False)


async def queue_block_note(
    work: UnitOfWork, block: Block, line_id: int, *, now: dt.datetime
) -> None:
    """Tell a member of a block, or that it is over."""
    await work.deliveries.queue(
        NewDelivery(
            key=f"{BLOCK_NOTE_KIND}:{line_id}",
            guild_id=block.guild_id,
            target=DmTarget(block.user_id),
            kind=BLOCK_NOTE_KIND,
            subject_id=line_id,
            due_at=now,
        )
    )


async def _target(
    work: UnitOfWork, comment: Comment, channel: Channel | None, *, now: dt.datetime
) -> ChannelTarget | ThreadTarget | None:
    if channel is None:
        return None
    if channel.kind is ChannelKind.THREAD:
        return ThreadTarget(channel.id)
    if channel.kind is not ChannelKind.FORUM:
        return ChannelTarget(channel.id)
    key = f"{ROUND_KIND}:{comment.round_id}:{channel.id}"
    post = await work.deliveries.by_key(key)
    if post is not None:
        is_gone = post.problem is Problem.UNKNOWN_CHANNEL
        return ThreadTarget(post.copy.channel_id) if post.copy and not is_gone else None
    of = await work.rounds.get(comment.round_id)
    if of is not None:
        await work.deliveries.queue(
            NewDelivery(
                key=key,
                guild_id=comment.guild_id,
                target=_post(of, channel),
                kind=ROUND_KIND,
                subject_id=of.id,
                due_at=now,
                version=of.version,
            )
        )
    return None


def _post(of: Round, channel: Channel) -> PostTarget:
    """Return the post of a round, with the tag that is called as it; one that serves if needed."""
    usable = [tag for tag in channel.tags if not tag.moderated]
    names = {of.title.casefold(), of.part.value if of.part else ""}
    tags = [tag.id for tag in usable if tag.name.casefold() in names][:1]
    if not tags and channel.needs_tag:
        tags = [tag.id for tag in usable[:1]]
    return PostTarget(channel.id, of.title, tuple(tags))
