"""A placed comment as everybody reads it, and the post of its round in a forum."""

from typing import Final

from bot.services.container import Services
from bot.services.deliveries.rendered import ActionButton, Rendered, Showing
from bot.texts import comments as texts
from bot.ui.comments.ids import (
    vote_id,
)
from bot.ui.custom_ids import NOWHERE
from bot.ui.markdown import escaped, quoted, shortened
from storage.comment_records import Comment, CommentState
from storage.delivery_records import DmTarget
from storage.moderation_records import Round
from storage.vote_records import VoteValue

_TEXT: Final = 3_900  # of the 4,096 characters of an embed's description
_NAME: Final = 200
_FOOTER: Final = 300
_BLUE: Final = 0x1F5FA8
_LABELS: Final = (
    (VoteValue.AGREE, texts.AGREE),
    (VoteValue.DISAGREE, texts.DISAGREE),
    (VoteValue.PASS, texts.NEITHER),
)


async def render_comment(services: Services, showing: Showing) -> Rendered | None:
    """Return the message of a wording; None once it is not the one that is placed."""
    if showing.withdrawn:
        return None
    async with services.units.reading() as work:
        comment = await work.comments.of_text(showing.subject_id)
        of = await work.rounds.get(comment.round_id) if comment else None
    if comment is None or of is None or comment.text.id != showing.subject_id:
        return None
    if comment.state is not CommentState.PLACED:
        return None
    return comment_message(comment, of, showing)


def comment_message(comment: Comment, of: Round, showing: Showing | None = None) -> Rendered:
    """Return a comment as it is or would be published; without `showing` as a preview.

    Nobody is pinged, no address gets a preview, and no markup of its author works.
    """
    mark = showing.mark if showing else NOWHERE
    embed = {
        "title": texts.title(comment.number),
        "url": mark.on_url(channel_url(comment.guild_id, showing)),
        "author": {"name": author_of(comment)},
        "description": body_of(comment),
        "footer": {"text": shortened(texts.footer(of.title, comment.text.tally), _FOOTER)},
        "color": _BLUE,
    }
    buttons = tuple(
        ActionButton(label, vote_id(comment.text.id, value, mark)) for value, label in _LABELS
    )
    return Rendered(embeds=(embed,), buttons=buttons)


def author_of(comment: Comment) -> str:
    """Return the author's name, with their consent."""
    text = comment.text
    name = " ".join((text.author_name or "").split()) if text.consents.name else ""
    return name[:_NAME] or texts.SOMEONE


def body_of(comment: Comment) -> str:
    """Return what others read of a comment, made harmless, and that it was changed."""
    shown = shortened(quoted(escaped(comment.text.shown)), _TEXT)
    return shown if comment.text.redacted is None else f"{shown}\n{texts.REDACTED}"


def channel_url(guild_id: int, showing: Showing | None) -> str:
    """Return the page on Discord that a title leads to."""
    address = f"https://discord.com/channels/{guild_id}"
    if showing is None or isinstance(showing.target, DmTarget):
        return address
    return f"{address}/{showing.target.channel_id}"


async def render_round(services: Services, showing: Showing) -> Rendered | None:
    """Return the first message of a round's post in a forum."""
    async with services.units.reading() as work:
        of = await work.rounds.get(showing.subject_id)
    if of is None or showing.withdrawn:
        return None
    embed = {
        "title": escaped(of.title),
        "url": showing.mark.on_url(channel_url(of.guild_id, showing)),
        "description": texts.ROUND_OPEN if of.is_open else texts.ROUND_CLOSED,
        "color": _BLUE,
    }
    return Rendered(embeds=(embed,))
