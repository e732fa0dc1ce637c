"""Cards in the moderators' channel: comments to decide about, and appeals against blocks.

A card always shows how it is now and who decided; its buttons name the version that it shows.
"""

from typing import Final

from bot.services.comments.errors import UnknownBlockError, UnknownCommentError
from bot.services.comments.reading import Case
from bot.services.container import Services
from bot.services.deliveries.rendered import ActionButton, Mark, Rendered, Showing
from bot.texts import comments_cards as texts
from bot.ui.comments.ids import DUPLICATE, LIFT, PLACE, REDACT, REJECT, UPHOLD, decision_id
from bot.ui.comments.published import channel_url
from bot.ui.markdown import escaped, quoted, shortened
from storage.comment_records import DECISIONS, Comment, CommentState

_BODY: Final = 1_900  # twice, original and redacted, in the 4,096 characters of a description
_TITLE: Final = 250
_WORDS: Final = 600
_ALIKE: Final = 120
_GREEN, _RED, _GREY, _BLUE = 3, 4, 2, 1  # styles of buttons, as Discord has them
_YELLOW: Final = 0xC27C0E
_DONE: Final = 0x80848E


async def render_card(services: Services, showing: Showing) -> Rendered | None:
    """Return the card of a comment; None for an earlier one, which the next replaces."""
    if showing.withdrawn:
        return None
    try:
        case = await services.comments.reading.case(showing.subject_id, guild_id=showing.guild_id)
    except UnknownCommentError:
        return None
    return card_message(case, showing)


def card_message(case: Case, showing: Showing) -> Rendered:
    """Return the card of a case."""
    comment = case.comment
    lines = [texts.state(comment), *_last(case)]
    if comment.author_id is not None:
        is_blocked = case.block is not None
        lines.append(texts.author(comment.author_id, case.counts, is_blocked=is_blocked))
    lines.append(_body(comment))
    if comment.reason is not None and comment.state is not CommentState.PLACED:
        lines.append(texts.because(_words(comment.reason)))
    if comment.appeal is not None:
        lines.append(texts.appeal(_words(comment.appeal)))
    embed: dict[str, object] = {
        "title": shortened(texts.title(comment.number, escaped(case.round.title)), _TITLE),
        "url": showing.mark.on_url(channel_url(comment.guild_id, showing)),
        "description": "\n".join(lines),
        "color": _YELLOW if comment.waits else _DONE,
    }
    if case.alike and comment.waits:
        embed["fields"] = [{"name": "\u200b", "value": _alike(case)}]
    return Rendered(embeds=(embed,), buttons=_buttons(comment, showing.mark))


async def render_block_card(services: Services, showing: Showing) -> Rendered | None:
    """Return the card of an appeal against a block."""
    try:
        block, _ = await services.comments.blocking.get(showing.subject_id)
    except UnknownBlockError:
        return None
    is_lifted, is_answered = block.lifted_at is not None, block.answered_at is not None
    lines = [
        texts.block_state(block.user_id, until=block.until, lifted=is_lifted, answered=is_answered),
        texts.because(_words(block.reason)),
        texts.appeal(_words(block.appeal or "")),
    ]
    embed = {
        "title": texts.BLOCK_TITLE,
        "url": showing.mark.on_url(channel_url(block.guild_id, showing)),
        "description": "\n".join(lines),
        "color": _DONE if is_lifted or is_answered else _YELLOW,
    }
    buttons: list[ActionButton] = []
    if not is_lifted:
        lift = decision_id(LIFT, block.id, block.version, showing.mark)
        buttons.append(ActionButton(texts.LIFT, lift, _GREEN))
    if not (is_lifted or is_answered):
        uphold = decision_id(UPHOLD, block.id, block.version, showing.mark)
        buttons.append(ActionButton(texts.UPHOLD, uphold, _RED))
    return Rendered(embeds=(embed,), buttons=tuple(buttons))


def _last(case: Case) -> tuple[str, ...]:
    """Say who decided last, if anybody did."""
    decisions = [one for one in case.history if one.event in DECISIONS]
    if not decisions:
        return ()
    last = decisions[-1]
    return (texts.decided(last.event, by=last.actor_id, at=last.at),)


def _body(comment: Comment) -> str:
    original = shortened(quoted(escaped(comment.text.body)), _BODY)
    if comment.text.redacted is None:
        return original
    redacted = shortened(quoted(escaped(comment.text.redacted)), _BODY - 600)
    return f"{shortened(original, _BODY - 600)}\n{texts.REDACTED}\n{redacted}"


def _words(text: str) -> str:
    return shortened(escaped(text), _WORDS)


def _alike(case: Case) -> str:
    named = (
        (one.number, shortened(escaped(" ".join(one.text.shown.split())), _ALIKE))
        for one in case.alike
    )
    return texts.alike(named)


def _buttons(comment: Comment, mark: Mark) -> tuple[ActionButton, ...]:
    """Return what can be decided in the state that a comment is in."""

    def button(label: str, kind: str, style: int) -> ActionButton:
        return ActionButton(label, decision_id(kind, comment.id, comment.version, mark), style)

    is_placed = comment.state is CommentState.PLACED
    if not (comment.waits or is_placed):
        return ()
    buttons = [
        button(texts.REJECT, REJECT, _RED),
        button(texts.REDACT, REDACT, _BLUE),
        button(texts.DUPLICATE, DUPLICATE, _GREY),
    ]
    if comment.waits:
        label = texts.KEEP if is_placed else texts.PLACE
        buttons.insert(0, button(label, PLACE, _GREEN))
    return tuple(buttons)
