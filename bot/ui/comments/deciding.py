"""The screens on which moderators decide about comments and blocks."""

from typing import Any, Final

import discord

from bot.services.comments.reading import Case
from bot.services.container import Services
from bot.services.deliveries.rendered import ActionButton, Rendered, Showing
from bot.texts import comments_cards as card_texts
from bot.texts import moderation as texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.comments.cards import card_message
from bot.ui.custom_ids import NOWHERE, custom_id
from bot.ui.markdown import escaped, shortened
from storage.comment_records import Comment, CommentState
from storage.delivery_records import ChannelTarget
from storage.moderation_records import Block

QUEUE_PAGE: Final = "cqpage"  # round, page
QUEUE_ROUND: Final = "cqround"
DUPLICATE_OF: Final = "cdupof"  # comment, version
DUPLICATE_NUMBER: Final = "cdupnr"  # comment, version
ALONE_PLACE: Final = "caplace"  # comment, version
ALONE_REJECT: Final = "careject"  # comment, version
ALONE_UPHOLD: Final = "cakeep"  # block, version
BLOCK_AGAIN: Final = "cbchange"  # block, version

_OFFERED: Final = 25
_LABEL: Final = 100
_PER_PAGE: Final = 5
_STANDING: Final = frozenset({CommentState.PLACED, CommentState.WAITING})
_RED: Final = discord.ButtonStyle.danger
_GREY: Final = discord.ButtonStyle.secondary


def case_view(case: Case, *more: discord.ui.Item[Any]) -> tuple[discord.Embed, StoredButtons]:
    """Return a case as its card in the moderators' channel shows it, and `more` below it."""
    comment = case.comment
    showing = Showing(
        kind="",
        subject_id=comment.id,
        version=comment.version,
        mark=NOWHERE,
        target=ChannelTarget(comment.channel_id or 0),
        guild_id=comment.guild_id,
    )
    card = card_message(case, showing)
    return discord.Embed.from_dict(dict(card.embeds[0])), StoredButtons(*buttons_of(card), *more)


def buttons_of(card: Rendered) -> list[discord.ui.Button[Any]]:
    """Return the buttons of a card, for below an answer."""
    return [
        discord.ui.Button(
            label=one.label, custom_id=one.custom_id, style=discord.ButtonStyle(one.style)
        )
        for one in card.buttons
        if isinstance(one, ActionButton)
    ]


async def decide_screen(services: Services, comment: Comment) -> Screen:
    """Return one comment to decide about, in whatever state it is."""
    case = await services.comments.reading.case(comment.id, guild_id=comment.guild_id)
    embed, view = case_view(case)
    return Screen(("",), view, embed)


async def queue_screen(
    services: Services, guild_id: int, *, round_id: int, place: int = 1, above: str = ""
) -> Screen:
    """Return what waits: one at a time, the oldest first, of one round or (0) of all.

    `place` is counted from 1; one that does not exist becomes the nearest.
    """
    reading = services.comments.reading
    page = await reading.queue(
        guild_id, round_id=round_id or None, number=-(-max(place, 1) // _PER_PAGE)
    )
    menu = await _round_menu(services, guild_id, round_id)
    if not page.items:
        of = await services.comments.rounds.get(round_id, guild_id=guild_id) if round_id else None
        said = texts.nothing_waits(escaped(of.title)) if of else texts.ALL_DONE
        return Screen(("\n".join(filter(None, (above, said))),), StoredButtons(menu))
    place = min(max(place, 1), page.total)
    comment = page.items[min((place - 1) % _PER_PAGE, len(page.items) - 1)]
    case = await reading.case(comment.id, guild_id=guild_id)
    more: list[discord.ui.Item[Any]] = []
    if place > 1:
        more.append(_turn(texts.PREVIOUS, round_id, place - 1))
    if place < page.total:
        more.append(_turn(texts.NEXT, round_id, place + 1))
    embed, view = case_view(case, *more, menu)
    embed.url = f"https://discord.com/channels/{guild_id}#queue={round_id}"
    head = texts.waiting(place, page.total)
    return Screen(("\n".join(filter(None, (above, head))),), view, embed)


def queue_in(message: discord.Message | None) -> int | None:
    """Return the round (0: all) of the queue that a message shows; None when it shows none."""
    if message is None or not message.flags.ephemeral or not message.embeds:
        return None
    _, _, said = (message.embeds[0].url or "").partition("#queue=")
    return int(said) if said.isascii() and said.isdecimal() else None


async def duplicate_screen(services: Services, case: Case) -> Screen:
    """Ask which comment this one repeats: the likest first, then the newest."""
    comment = case.comment
    newest = await services.comments.reading.offer_any(comment.guild_id, "", states=_STANDING)
    found = dict.fromkeys(one.number for one in (*case.alike, *newest) if one.id != comment.id)
    by_number = {one.number: one for one in (*case.alike, *newest)}
    other = discord.ui.Button[Any](
        label=texts.OTHER_NUMBER,
        custom_id=custom_id(DUPLICATE_NUMBER, comment.id, comment.version),
        style=_GREY,
    )
    if not found:
        return Screen((texts.NO_OTHER,), StoredButtons(other))
    menu = discord.ui.Select[Any](
        custom_id=custom_id(DUPLICATE_OF, comment.id, comment.version),
        placeholder=texts.DUPLICATE_PLACEHOLDER,
        options=[
            discord.SelectOption(label=_label(by_number[number]), value=str(number))
            for number in list(found)[:_OFFERED]
        ],
    )
    return Screen((texts.which_duplicate(comment.number),), StoredButtons(menu, other))


def alone_screen(said: str, comment_id: int, version: int) -> Screen:
    """Offer a moderator who is the only one to decide about an appeal after all."""
    return Screen(
        (said,),
        StoredButtons(
            discord.ui.Button(
                label=texts.ALONE_PLACE,
                custom_id=custom_id(ALONE_PLACE, comment_id, version),
                style=discord.ButtonStyle.success,
            ),
            discord.ui.Button(
                label=texts.ALONE_REJECT,
                custom_id=custom_id(ALONE_REJECT, comment_id, version),
                style=_RED,
            ),
        ),
    )


def alone_block_screen(said: str, block_id: int, version: int) -> Screen:
    """Offer a moderator who is the only one to uphold a block after all."""
    button = discord.ui.Button[Any](
        label=texts.ALONE_UPHOLD, custom_id=custom_id(ALONE_UPHOLD, block_id, version), style=_RED
    )
    return Screen((said,), StoredButtons(button))


def block_screen(block: Block, *, lift_id: str) -> Screen:
    """Return a block as it stands, with what can be done."""
    said = texts.is_blocked(block, reason=shortened(escaped(block.reason), 1_000))
    return Screen(
        (said,),
        StoredButtons(
            discord.ui.Button(
                label=card_texts.LIFT, custom_id=lift_id, style=discord.ButtonStyle.success
            ),
            discord.ui.Button(
                label=texts.BLOCK_CHANGE, custom_id=custom_id(BLOCK_AGAIN, block.id, block.version)
            ),
        ),
    )


async def _round_menu(services: Services, guild_id: int, chosen: int) -> discord.ui.Select[Any]:
    rounds = await services.comments.rounds.of_guild(guild_id)
    shown = sorted(rounds, key=lambda one: one.id != chosen)[: _OFFERED - 1]
    return discord.ui.Select(
        custom_id=custom_id(QUEUE_ROUND),
        placeholder=texts.ROUND_PLACEHOLDER,
        options=[
            discord.SelectOption(label=texts.ALL_ROUNDS, value="0", default=not chosen),
            *(
                discord.SelectOption(
                    label=one.title[:_LABEL], value=str(one.id), default=one.id == chosen
                )
                for one in shown
            ),
        ],
    )


def _turn(label: str, round_id: int, place: int) -> discord.ui.Button[Any]:
    return discord.ui.Button(
        label=label, custom_id=custom_id(QUEUE_PAGE, round_id, place), style=_GREY
    )


def _label(comment: Comment) -> str:
    return f"{comment.number}. {' '.join(comment.text.shown.split())}"[:_LABEL]
