"""Finds what forum members wrote, for questions that the knowledge base does not answer.

Forum text is in a small index of its own, one a guild. It adds nothing to what the knowledge base
knows: words weigh as the verified documents make them weigh, and nothing found here is an answer.
"""

import asyncio
import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.search.analysis import stem, tokens
from bot.search.question import KnownWords, Question, Word, analyse
from storage.forum_records import Item
from storage.unit_of_work import UnitsOfWork

MOST: Final = 3
LEAST_COVERED: Final = 0.6
"""The share of what a question asks for, by weight, that an item must hold."""
_LEAST_WEIGHT: Final = 2.0
"""Less telling questions ("wat is er?") would find anything."""
_TITLE_BONUS: Final = 0.15
_PASSAGES: Final = 2_000
_READ: Final = 6_000  # characters of an item
_QUESTION: Final = 500
_GUILDS: Final = 50


@dataclass(frozen=True, slots=True)
class ForumHit:
    """What a forum member wrote that may help; foreign text, to be escaped."""

    item_id: int
    title: str
    text: str
    author: str | None
    link: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class _Passage:
    item: Item
    title_tokens: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class ForumIndex:
    """What members wrote, by token; `stamp` says as of when."""

    stamp: tuple[int, int, int]
    passages: tuple[_Passage, ...]
    holders: Mapping[str, frozenset[int]]


class Finding:
    """Keeps an index of each guild's forum items, as new as the table."""

    def __init__(self, units: UnitsOfWork) -> None:
        """Read from `units`."""
        self._units = units
        self._indexes: OrderedDict[int, ForumIndex] = OrderedDict()

    async def find(
        self, text: str, *, guild_id: int | None, known: KnownWords
    ) -> tuple[ForumHit, ...]:
        """Return what may help with a question in a guild, the best first; often nothing.

        `known` is the knowledge base in force, which understands the question.

        Raises:
            StorageError: when the database cannot be used.

        """
        index = None if guild_id is None else await self._index(guild_id)
        if index is None or not index.passages:
            return ()
        return best_of(index, analyse(text[:_QUESTION], known))

    async def named(self, guild_id: int, typed: str, *, limit: int) -> tuple[ForumHit, ...]:
        """Return what questions may find whose title or author holds each typed word, newest first.

        Raises:
            StorageError: when the database cannot be used.

        """
        words = typed.casefold().split()
        hits = (_hit(one.item) for one in (await self._index(guild_id)).passages)
        fitting = (
            one
            for one in hits
            if all(word in f"{one.title} {one.author or ''}".casefold() for word in words)
        )
        return tuple(islice(fitting, limit))

    async def shown(self, guild_id: int, item_id: int) -> ForumHit | None:
        """Return an item that questions may find, or None.

        Raises:
            StorageError: when the database cannot be used.

        """
        passages = (await self._index(guild_id)).passages
        return next((_hit(one.item) for one in passages if one.item.id == item_id), None)

    async def _index(self, guild_id: int) -> ForumIndex:
        async with self._units.reading() as work:
            stamp = await work.forum_lists.findable_stamp(guild_id)
            ready = self._indexes.get(guild_id)
            if ready is not None and ready.stamp == stamp:
                self._indexes.move_to_end(guild_id)
                return ready
            items = await work.forum_lists.findable(guild_id, limit=_PASSAGES) if stamp[0] else ()
        index = await asyncio.to_thread(index_of, items, stamp)
        self._indexes[guild_id] = index
        self._indexes.move_to_end(guild_id)
        if len(self._indexes) > _GUILDS:
            self._indexes.popitem(last=False)
        return index


def index_of(items: Sequence[Item], stamp: tuple[int, int, int]) -> ForumIndex:
    """Index what items say."""
    passages: list[_Passage] = []
    holders: dict[str, set[int]] = {}
    for item in items:
        if item.content is None:
            continue
        title = frozenset(map(stem, tokens(item.content.title)))
        held = title | frozenset(map(stem, tokens(item.content.text[:_READ])))
        for token in held:
            holders.setdefault(token, set()).add(len(passages))
        passages.append(_Passage(item, title))
    frozen = {token: frozenset(found) for token, found in holders.items()}
    return ForumIndex(stamp, tuple(passages), frozen)


def best_of(index: ForumIndex, question: Question) -> tuple[ForumHit, ...]:
    """Return the items that hold most of what a question asks for, newer ones before older."""
    total = sum(word.idf * word.weight for word in question.words)
    if total < _LEAST_WEIGHT:
        return ()
    scores: dict[int, float] = {}
    titled: dict[int, float] = {}
    for word in question.words:
        weight = word.idf * word.weight
        for number, strength in _matches(index, word).items():
            scores[number] = scores.get(number, 0.0) + weight * strength / total
            if stem(word.text) in index.passages[number].title_tokens:
                titled[number] = titled.get(number, 0.0) + weight / total
    found = [number for number, score in scores.items() if score >= LEAST_COVERED]
    found.sort(
        key=lambda number: (
            -(scores[number] + _TITLE_BONUS * titled.get(number, 0.0)),
            -index.passages[number].item.id,
        )
    )
    return tuple(_hit(index.passages[number].item) for number in found[:MOST])


def _matches(index: ForumIndex, word: Word) -> Mapping[int, float]:
    """Return how far each passage that has the word, or what stands for it, has it."""
    found: dict[int, float] = {}
    for token, strength in (*word.forms, (stem(word.text), 1.0)):
        for number in index.holders.get(token, ()):
            found[number] = max(strength, found.get(number, 0.0))
    return found


def _hit(item: Item) -> ForumHit:
    content = item.content
    if content is None:
        message = "an item without text is in the index"
        raise AssertionError(message)
    return ForumHit(
        item_id=item.id,
        title=content.title or (item.topic.title if item.topic else ""),
        text=content.text,
        author=content.author,
        link=item.link,
        date=(content.published_at or item.first_seen_at).date(),
    )
