"""Comments on the screen of a member: one's own, those of others, and what to vote on next."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import discord

from bot.services.comments.reading import CommentPage
from bot.services.comments.voting import Ballot
from bot.services.container import Services
from bot.texts import comments as shared_texts
from bot.texts import comments_own as texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.comments import items
from bot.ui.comments.pressing import with_search
from bot.ui.comments.published import author_of, body_of, comment_message
from bot.ui.markdown import escaped, quoted, shortened
from storage.comment_records import Comment, CommentOrder, CommentState, Consents
from storage.moderation_records import Round

_EXCERPT: Final = 350  # characters of each of five comments in a list
_LABEL: Final = 100
_BODY: Final = 3_400
_WORDS: Final = 500
_BLUE: Final = 0x1F5FA8


async def own_screen(services: Services, guild_id: int, author_id: int, number: int = 1) -> Screen:
    """Return a page of somebody's own comments, with a menu to open one."""
    found = await services.comments.reading.of_author(guild_id, author_id, number=number)
    if not found.items:
        return Screen((texts.NONE_OF_YOURS,), StoredButtons(items.react(0)))
    titles = await _titles(services, guild_id)
    lines = [_own_line(one, titles) for one in found.items]
    menu = items.open_menu([(one.number, _plain(one)) for one in found.items])
    view = StoredButtons(menu, *_turns(found, items.mine_page))
    return Screen(("",), view, _embed(texts.MINE_TITLE, lines, found, with_search(guild_id, "")))


async def detail_screen(services: Services, comment: Comment) -> Screen:
    """Return one comment of one's own in full, with what can be done with it."""
    of = await services.comments.rounds.get(comment.round_id, guild_id=comment.guild_id)
    lines = [
        texts.summary(
            comment.number, comment.state, round_title=escaped(of.title), at=comment.created_at
        )
    ]
    if comment.reason is not None and comment.state is CommentState.REJECTED:
        lines.append(shared_texts.because(shortened(escaped(comment.reason), _WORDS)))
    if comment.duplicate_of is not None and comment.state is CommentState.DUPLICATE:
        lines.append(shared_texts.counts_as(comment.duplicate_of))
    lines.append(shortened(quoted(escaped(comment.text.body)), _BODY // 2))
    if comment.text.redacted is not None and comment.state is CommentState.PLACED:
        lines.append(
            shared_texts.now_reads(shortened(quoted(escaped(comment.text.redacted)), _BODY // 2))
        )
    if comment.state is CommentState.PLACED:
        lines.append(f"-# {shared_texts.counts(comment.text.tally)}")
    lines.append(texts.allowed(consented(comment.text.consents)))
    embed = discord.Embed(description="\n".join(lines), colour=_BLUE)
    return Screen(("",), _detail_buttons(comment), embed)


async def list_screen(  # noqa: PLR0913 -- the state of a list, each part by name
    services: Services,
    guild_id: int,
    *,
    of: Round | None,
    order: CommentOrder,
    search: str = "",
    number: int = 1,
) -> Screen:
    """Return a page of what everybody can read."""
    round_id = of.id if of else None
    found = await services.comments.reading.placed(
        guild_id, round_id=round_id, order=order, search=search, number=number
    )
    title = escaped(of.title) if of else ""
    part = items.react(round_id or 0)
    if not found.items:
        said = texts.nothing_listed(round_title=title, search=escaped(search))
        return Screen((said,), StoredButtons(part))
    titles = await _titles(services, guild_id)
    lines = [await _listed(services, one, titles) for one in found.items]
    if search:
        lines.insert(0, texts.found_with(shortened(escaped(search), _LABEL)))
    place = items.ORDERS.index(order)
    turns = _turns(found, partial(items.list_page, round_id or 0, place))
    other = items.other_order(round_id or 0, 1 - place)
    view = StoredButtons(*turns, other, items.walk(round_id or 0), part)
    heading = f"{texts.LIST_TITLE}: {title}" if title else texts.LIST_TITLE
    return Screen(("",), view, _embed(heading, lines, found, with_search(guild_id, search)))


def ballot_screen(ballot: Ballot, *, round_id: int, skipped: tuple[int, ...], above: str) -> Screen:
    """Return the comment to vote on next."""
    comment = ballot.comment
    shown = comment_message(comment, ballot.round)
    embed = discord.Embed.from_dict(dict(shown.embeds[0]))
    head = "\n".join(one for one in (above, texts.ballot(comment.number, ballot.left)) if one)
    votes = [items.walk_vote(comment.text.id, value, round_id) for value in items.VALUES]
    skip = items.skip(round_id, (comment.text.id, *skipped))
    view = StoredButtons(*votes, skip, items.stop())
    return Screen((f"{head}\n{texts.NOBODY_SEES}",), view, embed)


def consented(consents: Consents) -> tuple[str, ...]:
    """Return the keys of what somebody allows."""
    return tuple(one for one in texts.CONSENTS if getattr(consents, one))


async def _titles(services: Services, guild_id: int) -> dict[int, str]:
    return {one.id: one.title for one in await services.comments.rounds.of_guild(guild_id)}


def _own_line(comment: Comment, titles: dict[int, str]) -> str:
    said = texts.summary(
        comment.number,
        comment.state,
        round_title=escaped(titles.get(comment.round_id, "")),
        at=comment.created_at,
    )
    return f"{said}\n{shortened(quoted(escaped(_one_line(comment.text.body))), _EXCERPT)}"


async def _listed(services: Services, comment: Comment, titles: dict[int, str]) -> str:
    copy = await services.comments.reading.copy_of(comment)
    place = f"{copy.channel_id}/{copy.message_id}" if copy else ""
    address = f"https://discord.com/channels/{comment.guild_id}/{place}" if place else ""
    below = shared_texts.footer(escaped(titles.get(comment.round_id, "")), comment.text.tally)
    said = texts.listed(
        comment.number, author=escaped(author_of(comment)), below=below, address=address
    )
    return f"{said}\n{shortened(body_of(comment), _EXCERPT)}"


def _detail_buttons(comment: Comment) -> StoredButtons | None:
    """Return what the author can do in the state that a comment is in."""
    found: list[discord.ui.Item[Any]] = []
    if comment.state is CommentState.WITHDRAWN:
        return None
    if comment.state in {CommentState.WAITING, CommentState.PLACED}:
        found.append(items.edit(comment.number))
    if comment.state is CommentState.REJECTED and comment.appealed_at is None:
        found.append(items.appeal(comment.id))
    return StoredButtons(*found, items.withdraw(comment.number))


def _turns(
    found: CommentPage, turn: Callable[[int, str], discord.ui.Button[Any]]
) -> list[discord.ui.Item[Any]]:
    """Return the buttons to the pages before and after."""
    turns: list[discord.ui.Item[Any]] = []
    if found.number > 1:
        turns.append(turn(found.number - 1, texts.EARLIER))
    if found.number < found.count:
        turns.append(turn(found.number + 1, texts.LATER))
    return turns


def _embed(heading: str, lines: list[str], found: CommentPage, url: str) -> discord.Embed:
    embed = discord.Embed(
        title=shortened(heading, 250), description="\n\n".join(lines), url=url, colour=_BLUE
    )
    return embed.set_footer(text=texts.page(found.number, found.count, found.total))


def _plain(comment: Comment) -> str:
    return f"{comment.number}. {_one_line(comment.text.body)}"[:_LABEL]


def _one_line(text: str) -> str:
    return " ".join(text.split())
