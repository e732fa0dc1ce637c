"""What the bot says about open questions by itself: cards for moderators, answers for askers.

An answer is queued in the unit that closes the group: below the message where somebody asked in
public, else as a private message. What was asked in private is never answered in public.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.services.deliveries import transitions
from storage.delivery_records import ChannelTarget, Delivery, DmTarget, NewDelivery
from storage.question_records import OpenQuestion, QuestionGroup
from storage.repositories.question_groups import CARD_KIND
from storage.unit_of_work import UnitOfWork

CARD: Final = CARD_KIND
"""The kind of cards; their subject is the group."""
REPLY: Final = "open_reply"
"""The kind of answers below a message; their subject is the question that was asked there first."""
MESSAGE: Final = "open_answer"
"""The kind of answers in private messages; their subject is the question of that person."""
REMINDER: Final = "open_reminder"
"""The kind of the daily reminder; its subject is the day, by its proleptic Gregorian number."""


async def post_card(
    work: UnitOfWork, group: QuestionGroup, channel_id: int | None, *, now: dt.datetime
) -> QuestionGroup:
    """Queue a card for a locked group, when there is a channel for it; return it as written."""
    if channel_id is None:
        return group
    after = replace(group, posted_in=channel_id, posts=group.posts + 1)
    await work.deliveries.queue(
        NewDelivery(
            key=f"{CARD}:{group.id}:{after.posts}",
            guild_id=group.guild_id,
            target=ChannelTarget(channel_id),
            kind=CARD,
            subject_id=group.id,
            due_at=now,
            version=group.version,
        )
    )
    await work.question_groups.put(after)
    return after


async def show_again(work: UnitOfWork, group: QuestionGroup) -> QuestionGroup:
    """Write a locked group down with a new version, which its card is to show; return it."""
    after = replace(group, version=group.version + 1)
    await work.question_groups.put(after)
    await work.deliveries.revise(CARD, after.id, version=after.version)
    return after


async def let_be(work: UnitOfWork, copy: Delivery) -> None:
    """Take a copy in trouble for nobody's trouble: another one goes in its place."""
    locked = await work.deliveries.lock(copy.id)
    if locked is not None and locked.problem is not None:
        await work.deliveries.put(transitions.dismissed(locked))


async def queue_answers(
    work: UnitOfWork, questions: Iterable[OpenQuestion], *, now: dt.datetime
) -> None:
    """Queue the answer for everybody who asked; below one message it is said once."""
    for one in questions:
        if one.message_id is None or one.channel_id is None:
            await queue_message(work, one, now=now)
            continue
        await work.deliveries.queue(
            NewDelivery(
                key=reply_key(one),
                guild_id=one.guild_id,
                target=ChannelTarget(one.channel_id),
                kind=REPLY,
                subject_id=one.id,
                due_at=now,
            )
        )


async def queue_message(work: UnitOfWork, question: OpenQuestion, *, now: dt.datetime) -> None:
    """Queue the answer as a private message."""
    await work.deliveries.queue(
        NewDelivery(
            key=message_key(question),
            guild_id=question.guild_id,
            target=DmTarget(question.asker_id),
            kind=MESSAGE,
            subject_id=question.id,
            due_at=now,
        )
    )


def reply_key(question: OpenQuestion) -> str:
    """Return the key of the answer below the message where somebody asked."""
    return f"{REPLY}:{question.group_id}:{question.message_id}"


def message_key(question: OpenQuestion) -> str:
    """Return the key of the answer in private messages."""
    return f"{MESSAGE}:{question.id}"
