"""Buttons and menus about comments as they are shown; `buttons` says what they do."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.services.deliveries.rendered import ActionButton, Mark
from bot.texts import comments as shared_texts
from bot.texts import comments_own as texts
from bot.ui.comments.ids import (
    APPEAL,
    appeal_id,
    vote_code,
)
from bot.ui.custom_ids import NOWHERE, custom_id
from storage.comment_records import CommentOrder
from storage.progress_records import Part
from storage.vote_records import VoteValue

REACT: Final = "creact"  # round, 0: not chosen yet
REACT_PART: Final = "cpart"  # onderdeel, by its place in `PARTS`
MINE: Final = "cmine"  # page
OPEN: Final = "copen"
LIST: Final = "clist"  # round, order, page
ORDER: Final = "corder"  # round, order
WALK: Final = "cwalk"  # round
WALK_VOTE: Final = "cwvote"  # text, value, round
SKIP: Final = "cskip"  # round, and up to three wordings
STOP: Final = "cstop"
EDIT: Final = "cedit"  # number
WITHDRAW: Final = "cback"  # number
SURE: Final = "csure"  # comment

PARTS: Final = tuple(Part)
"""The onderdelen; their places are part of custom_ids, so add at the end only."""
ORDERS: Final = (CommentOrder.NEWEST, CommentOrder.SUPPORTED)
"""Their places are part of custom_ids."""
VALUES: Final = (VoteValue.AGREE, VoteValue.DISAGREE, VoteValue.PASS)
SKIPPED: Final = 3
"""So many wordings that somebody put aside are remembered."""
_LABELS: Final = {
    VoteValue.AGREE: shared_texts.AGREE,
    VoteValue.DISAGREE: shared_texts.DISAGREE,
    VoteValue.PASS: shared_texts.NEITHER,
}
_BLUE: Final = discord.ButtonStyle.primary
_GREY: Final = discord.ButtonStyle.secondary
_RED: Final = discord.ButtonStyle.danger

_Button = discord.ui.Button[Any]


def react(round_id: int) -> _Button:
    """Return **Reageren** on a round, or on one that is still to be chosen."""
    return discord.ui.Button(label=texts.REACT, custom_id=custom_id(REACT, round_id), style=_BLUE)


def part_number(part: Part | None) -> int:
    """Return the number that stands for an onderdeel in custom_ids; that of none is the next."""
    return len(PARTS) if part is None else PARTS.index(part)


def react_part(part: Part | None) -> _Button:
    """Return **Reageren** on an onderdeel, for below an answer."""
    identity = custom_id(REACT_PART, part_number(part))
    return discord.ui.Button(label=texts.REACT, custom_id=identity, style=_GREY)


def react_below(part_number: int, mark: Mark = NOWHERE) -> ActionButton:
    """Return **Reageren** for below what the outbox sends about an onderdeel, by its number."""
    identity = mark.on_custom_id(custom_id(REACT_PART, part_number))
    return ActionButton(texts.REACT, identity)


def mine_page(page: int, label: str) -> _Button:
    """Return the button to a page of one's own comments."""
    return discord.ui.Button(label=label, custom_id=custom_id(MINE, page), style=_GREY)


def open_menu(offered: Sequence[tuple[int, str]]) -> discord.ui.Select[Any]:
    """Return the menu that opens one of one's own comments, of numbers and what they say."""
    return discord.ui.Select(
        custom_id=custom_id(OPEN),
        placeholder=texts.OPEN_PLACEHOLDER,
        options=[discord.SelectOption(label=said, value=str(number)) for number, said in offered],
    )


def list_page(round_id: int, order: int, page: int, label: str) -> _Button:
    """Return the button to a page of the list."""
    identity = custom_id(LIST, round_id, order, page)
    return discord.ui.Button(label=label, custom_id=identity, style=_GREY)


def other_order(round_id: int, order: int) -> _Button:
    """Return the button that shows the list in another order."""
    label = texts.NEWEST if ORDERS[order] is CommentOrder.NEWEST else texts.SUPPORTED
    identity = custom_id(ORDER, round_id, order)
    return discord.ui.Button(label=label.capitalize(), custom_id=identity, style=_GREY)


def walk(round_id: int) -> _Button:
    """Return **Stemmen**."""
    return discord.ui.Button(label=texts.VOTE, custom_id=custom_id(WALK, round_id), style=_GREY)


def walk_vote(text_id: int, value: VoteValue, round_id: int) -> _Button:
    """Return a vote that goes on to the next comment."""
    identity = custom_id(WALK_VOTE, text_id, vote_code(value), round_id)
    return discord.ui.Button(label=_LABELS[value], custom_id=identity, style=_BLUE)


def skip(round_id: int, skipped: Sequence[int]) -> _Button:
    """Return **Sla over**, which remembers the last wordings that were put aside."""
    identity = custom_id(SKIP, round_id, *[*skipped, 0, 0][:SKIPPED])
    return discord.ui.Button(label=texts.SKIP, custom_id=identity, style=_GREY)


def stop() -> _Button:
    """Return **Stoppen**."""
    return discord.ui.Button(label=texts.STOP, custom_id=custom_id(STOP), style=_GREY)


def edit(number: int) -> _Button:
    """Return **Wijzigen**."""
    return discord.ui.Button(label=texts.EDIT, custom_id=custom_id(EDIT, number), style=_BLUE)


def withdraw(number: int) -> _Button:
    """Return **Intrekken**, which asks whether one is sure."""
    return discord.ui.Button(
        label=texts.WITHDRAW, custom_id=custom_id(WITHDRAW, number), style=_RED
    )


def sure(comment_id: int) -> _Button:
    """Return **Ja, intrekken**."""
    return discord.ui.Button(
        label=texts.WITHDRAW_SURE, custom_id=custom_id(SURE, comment_id), style=_RED
    )


def appeal(comment_id: int) -> _Button:
    """Return **Bezwaar maken**."""
    return discord.ui.Button(
        label=shared_texts.APPEAL, custom_id=appeal_id(APPEAL, comment_id), style=_GREY
    )
