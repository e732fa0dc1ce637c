"""The personal data of comments, votes and blocks: the registry's part, and erasing an author."""

from collections.abc import Mapping
from typing import Final

from bot.services.comments import sending
from bot.services.guild_settings import COMMENT_RETENTION
from bot.services.personal_columns import (
    Content,
    Erasure,
    PersonalColumn,
    PersonalTable,
    Retention,
)
from storage.unit_of_work import UnitOfWork

TABLES: Final = (
    PersonalTable(
        name="comment_texts",
        columns=(
            PersonalColumn("author_id", Content.PERSON, "whose words they are"),
            PersonalColumn("author_name", Content.WORDS, "shown with a comment, with consent"),
            PersonalColumn("body", Content.WORDS, "the comment"),
            PersonalColumn("redacted", Content.WORDS, "what a moderator made of it"),
            PersonalColumn("stems", Content.WORDS, "finds the comment"),
            PersonalColumn("reason", Content.WORDS, "why it was rejected"),
            PersonalColumn("appeal", Content.WORDS, "why its author asks for another look"),
        ),
        holder="author_id",
    ),
    PersonalTable(
        name="comments",
        columns=(PersonalColumn("author_id", Content.PERSON, "who may change a comment"),),
        holder="author_id",
        erasure=Erasure.KEY,
        retention=Retention("retired_at", COMMENT_RETENTION),
    ),
    PersonalTable(
        name="comment_changes",
        columns=(
            PersonalColumn("actor_id", Content.PERSON, "who submitted, changed or decided it"),
            PersonalColumn("reason", Content.WORDS, "why it was rejected"),
        ),
        holder="actor_id",
        erasure=Erasure.KEY,
    ),
    PersonalTable(
        name="votes",
        columns=(PersonalColumn("user_id", Content.PERSON, "one vote per member"),),
        holder="user_id",
    ),
    # After `votes`: a step that is taken at the same time names only whom it finds there.
    PersonalTable(
        name="shown_voters",
        columns=(
            PersonalColumn("user_id", Content.PERSON, "no picture may change by one person's vote"),
        ),
        holder="user_id",
    ),
    PersonalTable(
        name="member_blocks",
        columns=(
            PersonalColumn("user_id", Content.PERSON, "who may not write for a time"),
            PersonalColumn("reason", Content.WORDS, "why not"),
            PersonalColumn("appeal", Content.WORDS, "what the member says about it"),
        ),
        holder="user_id",
        erasure=Erasure.KEPT,
        retention=Retention("over_at", 365),
    ),
    PersonalTable(
        name="moderation_log",
        columns=(PersonalColumn("actor_id", Content.PERSON, "which moderator did it"),),
        holder="actor_id",
        erasure=Erasure.KEY,
        retention=Retention("at", 1825),
    ),
)
EXEMPT: Final[Mapping[str, str]] = {
    "comment_rounds.title": "a moderator's, written to be published",
    "shown_votes.content": "votes without people, in an order that says nothing of them",
}
"""Columns that look personal and are not, each with the reason."""


async def take_back_all_of(work: UnitOfWork, author_id: int) -> None:
    """Take back every comment of somebody who is about to be erased, messages and cards too.

    Their words are deleted through the registry, in the same unit; then nothing finds them.
    """
    for comment_id, text_id in await work.comment_lists.text_ids_of_author(author_id):
        await work.deliveries.withdraw(sending.COMMENT_KIND, text_id)
        await work.deliveries.withdraw(sending.CARD_KIND, comment_id)
    await work.comment_lists.take_back_all_of(author_id)
