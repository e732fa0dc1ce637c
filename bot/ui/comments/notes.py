"""What authors and blocked members are told: in private, or where they wrote, without the rest."""

from typing import Final

from bot.services.comments.errors import UnknownBlockError
from bot.services.container import Services
from bot.services.deliveries.rendered import ActionButton, Rendered, Showing
from bot.texts import comments as texts
from bot.ui.comments.ids import APPEAL, BLOCK_APPEAL, appeal_id
from bot.ui.comments.published import channel_url
from bot.ui.markdown import escaped, quoted, shortened
from storage.comment_records import Comment, CommentChange, CommentEvent, CommentState
from storage.delivery_records import DmTarget
from storage.moderation_records import ModerationEvent

_BODY: Final = 1_500
_WORDS: Final = 1_000


async def render_note(services: Services, showing: Showing) -> Rendered | None:
    """Return what an author is told of one thing that happened to a comment."""
    async with services.units.reading() as work:
        change = await work.comments.change(showing.subject_id)
        comment = await work.comments.get(change.comment_id) if change else None
    if change is None or comment is None or comment.author_id is None:
        return None
    if not isinstance(showing.target, DmTarget):
        said = texts.news_elsewhere(comment.author_id, comment.number)
        return Rendered(embeds=(_embed(comment.guild_id, showing, said),))
    buttons: tuple[ActionButton, ...] = ()
    lines = _told(change, comment)
    if comment.state is CommentState.REJECTED and comment.appealed_at is None:
        lines.append(texts.MAY_APPEAL)
        identity = appeal_id(APPEAL, comment.id, showing.mark)
        buttons = (ActionButton(texts.APPEAL, identity),)
    return Rendered(embeds=(_embed(comment.guild_id, showing, "\n".join(lines)),), buttons=buttons)


async def render_block_note(services: Services, showing: Showing) -> Rendered | None:
    """Return what a member is told of their block."""
    async with services.units.reading() as work:
        line = await work.moderation.line(showing.subject_id)
    try:
        block, _ = await services.comments.blocking.get(line.block_id or 0 if line else 0)
    except UnknownBlockError:
        return None
    buttons: tuple[ActionButton, ...] = ()
    if line is None:
        return None
    if line.event is ModerationEvent.LIFTED:
        lines = [texts.LIFTED]
    elif line.event is ModerationEvent.UPHELD:
        lines = [texts.block_upheld(block.until)]
    else:
        lines = [texts.blocked(block.until), texts.because(_words(block.reason))]
        if block.appeal is None and block.lifted_at is None:
            lines.append(texts.MAY_APPEAL)
            identity = appeal_id(BLOCK_APPEAL, block.id, showing.mark)
            buttons = (ActionButton(texts.APPEAL, identity),)
    return Rendered(embeds=(_embed(block.guild_id, showing, "\n".join(lines)),), buttons=buttons)


def _told(change: CommentChange, comment: Comment) -> list[str]:
    lines = [texts.told(change.event, comment.number)]
    if change.reason:
        lines.append(texts.because(_words(change.reason)))
    if change.event is CommentEvent.DUPLICATE and comment.duplicate_of is not None:
        lines.append(texts.counts_as(comment.duplicate_of))
    lines.append(texts.you_wrote(_quoted(comment.text.body)))
    if change.event is CommentEvent.REDACTED and comment.text.redacted is not None:
        lines.append(texts.now_reads(_quoted(comment.text.redacted)))
    return lines


def _embed(guild_id: int, showing: Showing, text: str) -> dict[str, object]:
    return {"description": text, "url": showing.mark.on_url(channel_url(guild_id, showing))}


def _words(text: str) -> str:
    return shortened(escaped(text), _WORDS)


def _quoted(text: str) -> str:
    return shortened(quoted(escaped(text)), _BODY)
