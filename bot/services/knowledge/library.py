"""The knowledge in use: what answers in each guild, and changing it while people ask."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import structlog

from bot.search.confidence import Model
from bot.search.documents import Document
from bot.search.index import Beside
from bot.search.searcher import Searcher
from bot.services.knowledge.answering import Answerer, Thresholds
from bot.services.knowledge.guild_shelf import GuildShelf, Layer, Settled
from bot.services.knowledge.workshop import ThreadWorkshop, Workshop, WorkshopError
from storage.errors import StorageError

SETTLED_FROM: Final = 120
"""Passages that may lie loose, indexed anew at every change, before all are settled together."""
BULK: Final = 400
"""Passages of one change that are indexed in the workshop before any of them is in force."""
PATIENCE: Final = 10.0
"""Seconds that a question waits for the documents of its guild after the start."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """What answers in one place at one moment; replaced as a whole. `number` is its own.

    `layers` hold the same documents as `shelf`, each with the ids that are not in force any more.
    """

    number: int
    answerer: Answerer
    shelf: Mapping[str, Document]
    layers: tuple[tuple[Layer, frozenset[str]], ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document in force."""
        return tuple(self.shelf.values())

    def document(self, document_id: str) -> Document | None:
        """Return the document in force with this id."""
        return self.shelf.get(document_id)

    @property
    def options(self) -> tuple[Document, ...]:
        """The documents that describe an option for collectivisation, by its number."""
        found = [(one.option, one) for one in self.shelf.values() if one.option is not None]
        return tuple(document for _, document in sorted(found, key=lambda pair: pair[0]))

    @property
    def passage_count(self) -> int:
        """How many passages are in force."""
        return sum(len(document.sections) for document in self.shelf.values())


@dataclass(slots=True)
class _Guild:
    """One guild: what is in force, and `coming`, what waits to be indexed in the workshop."""

    shelf: GuildShelf
    edition: Edition
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    settling: asyncio.Lock = field(default_factory=asyncio.Lock)
    coming: dict[str, Document | None] = field(default_factory=dict[str, "Document | None"])


class Library:
    """Holds the edition of every guild and swaps it at once.

    An answer comes from before a change or after it, never from half of it. What ships is indexed
    once and shared. A guild's own documents lie in an index beside it that was settled some time
    ago, and what changed since in a small one: a change takes the time of indexing the small one.
    Once that grows, all are settled again, in the workshop, while the old edition serves. What one
    guild writes changes no answer in another.
    """

    def __init__(  # noqa: PLR0913 -- built once, with each of its means by name
        self,
        searcher: Searcher,
        documents: Iterable[Document],
        *,
        model: Model,
        thresholds: Thresholds,
        texts: Mapping[str, str] | None = None,
        workshop: Workshop | None = None,
    ) -> None:
        """Open with `searcher`, which has one index, of exactly these `documents`.

        `texts` are the documents as they were written, by id.
        """
        self._searcher = searcher
        self._model = model
        self._thresholds = thresholds
        self.workshop = workshop or ThreadWorkshop()
        self._numbers: Iterator[int] = itertools.count()
        self.texts: Mapping[str, str] = texts or {}
        shelf = {one.id: one for one in documents}
        self._shipped_layer = Layer(tuple(shelf.values()))
        self.shipped = self._edition(searcher, shelf, ((self._shipped_layer, frozenset()),))
        self._prepare: list[Callable[[Edition], None]] = []
        self._guilds: dict[int, _Guild] = {}
        self._first_asked: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._load: Callable[[int], Awaitable[None]] | None = None
        self._loaded: set[int] = set()
        self._background: set[asyncio.Task[None]] = set()

    @property
    def answerer(self) -> Answerer:
        """What answers from what ships."""
        return self.shipped.answerer

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document that ships."""
        return self.shipped.documents

    @property
    def options(self) -> tuple[Document, ...]:
        """The options among them, by number."""
        return self.shipped.options

    @property
    def passage_count(self) -> int:
        """How many passages ship."""
        return self.shipped.passage_count

    def for_guild(self, guild_id: int | None) -> Edition:
        """Return what answers in a guild now; None: where no guild is known. Ask every time."""
        guild = None if guild_id is None else self._guilds.get(guild_id)
        return self.shipped if guild is None else guild.edition

    def loads_with(self, load: Callable[[int], Awaitable[None]]) -> None:
        """Have the documents of a guild loaded by `load`, when they are first asked for."""
        self._load = load

    def prepares_with(self, prepare: Callable[[Edition], None]) -> None:
        """Have `prepare` called with every edition of a guild, in a thread, before it serves."""
        self._prepare.append(prepare)

    async def ready(self, guild_id: int | None) -> Edition:
        """Return what answers in a guild, after its documents were loaded once.

        Waits ten seconds for that at most; then what there is answers.
        """
        if guild_id is not None and guild_id not in self._loaded and self._load is not None:
            loading = asyncio.ensure_future(self._loading(guild_id, self._load))
            self._keep(loading)
            try:
                async with asyncio.timeout(PATIENCE):
                    await asyncio.shield(loading)
            except TimeoutError:
                _log.warning("knowledge_not_loaded_in_time", guild_id=guild_id)
        return self.for_guild(guild_id)

    async def change(self, guild_id: int, changes: Mapping[str, Document | None]) -> None:
        """Put documents in force in a guild, by their ids; None takes one out of its answers.

        A document that is the one that ships puts that one back. When this returns, the next
        question finds all of it.

        Raises:
            WorkshopError: when many documents cannot be indexed now; none of them is in force.

        """
        guild = self._guilds.get(guild_id)
        if guild is None:
            if not changes:
                return
            guild = self._guilds[guild_id] = _Guild(GuildShelf(self.shipped.shelf), self.shipped)
        if _passages(changes.values()) >= BULK:
            guild.coming |= changes
            await self._settle(guild)
            return
        async with guild.lock:
            for key in changes:
                guild.coming.pop(key, None)
            await self._put(guild, guild.shelf.changed(changes))
        if guild.shelf.loose_passages >= SETTLED_FROM and not guild.settling.locked():
            self._keep(asyncio.ensure_future(self._settled_later(guild, guild_id)))

    async def finish(self) -> None:
        """Wait until nothing is settled in the background any more."""
        while self._background:
            await asyncio.wait(tuple(self._background))

    async def stop(self) -> None:
        """Let go of what is done in the background."""
        for task in tuple(self._background):
            task.cancel()
        await self.finish()

    async def _loading(self, guild_id: int, load: Callable[[int], Awaitable[None]]) -> None:
        async with self._first_asked[guild_id]:
            if guild_id in self._loaded:
                return
            try:
                await load(guild_id)
            except StorageError as error:
                # What ships answers meanwhile; the next question tries again.
                _log.warning("knowledge_not_loaded", guild_id=guild_id, reason=str(error))
            else:
                self._loaded.add(guild_id)

    async def _settled_later(self, guild: _Guild, guild_id: int) -> None:
        try:
            await self._settle(guild)
        except WorkshopError as error:
            # Nothing is lost by it: what changed is in force, only changing it takes longer.
            _log.warning("knowledge_not_settled", guild_id=guild_id, reason=str(error))

    async def _settle(self, guild: _Guild) -> None:
        """Index all of a guild's documents together, those that are coming too.

        Changes meanwhile go on beside the old index; what they changed stays loose.
        """
        async with guild.settling:
            taken = dict(guild.coming)
            wanted = guild.shelf.changed(taken)
            if not wanted.loose:
                await self._put_coming(guild, taken, wanted.settled)
                return
            segment = await self.workshop.index(
                tuple(wanted.own.values()),
                beside=Beside.of(self._searcher.first.index),
                real_words=self._searcher.real_words,
            )
            layer = Layer(tuple(wanted.own.values()))
            await self._put_coming(guild, taken, Settled(segment, layer, wanted.own))

    async def _put_coming(
        self, guild: _Guild, taken: Mapping[str, Document | None], settled: Settled | None
    ) -> None:
        async with guild.lock:
            # What was changed once more meanwhile is newer than what was taken along.
            coming = {
                key: one
                for key, one in taken.items()
                if key in guild.coming and guild.coming[key] is one
            }
            await self._put(guild, replace(guild.shelf.changed(coming), settled=settled))
            for key in coming:
                del guild.coming[key]

    async def _put(self, guild: _Guild, shelf: GuildShelf) -> None:
        if shelf.is_as_shipped:
            guild.shelf, guild.edition = replace(shelf, settled=None), self.shipped
            return
        guild.edition = await asyncio.to_thread(self._edition_of, shelf)
        guild.shelf = shelf

    def _edition_of(self, shelf: GuildShelf) -> Edition:
        settled, loose = shelf.settled, shelf.loose
        searcher = self._searcher.changed(
            loose,
            gone=shelf.hidden,
            settled=settled.segment if settled is not None else None,
            gone_settled=shelf.gone_settled,
        )
        layers = (
            (Layer(loose), frozenset[str]()),
            *([(settled.layer, shelf.gone_settled)] if settled is not None else []),
            (self._shipped_layer, shelf.hidden),
        )
        edition = self._edition(searcher, shelf.documents, layers)
        for prepare in self._prepare:
            prepare(edition)
        return edition

    def _edition(
        self,
        searcher: Searcher,
        shelf: Mapping[str, Document],
        layers: tuple[tuple[Layer, frozenset[str]], ...],
    ) -> Edition:
        answerer = Answerer(searcher, model=self._model, thresholds=self._thresholds)
        return Edition(next(self._numbers), answerer, shelf, layers)

    def _keep(self, task: "asyncio.Task[None]") -> None:
        self._background.add(task)
        task.add_done_callback(self._background.discard)


def _passages(documents: Iterable[Document | None]) -> int:
    return sum(len(one.sections) for one in documents if one is not None)
