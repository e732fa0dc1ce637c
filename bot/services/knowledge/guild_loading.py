"""Brings the documents of guilds, as they are stored, into the library: all at first, then changes.

Changes of this process are brought in before whoever made them goes on; those of others are found
by the revision that every change counts up, which is looked at every second.
"""

import asyncio
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import structlog

from bot.search.documents import Document, Origin
from bot.services.knowledge.library import Library
from bot.services.knowledge.problems import UnsoundDocumentError
from bot.services.knowledge.workshop import Workshop, WorkshopError, Written, read_one
from bot.services.ports import Clock
from storage.document_records import (
    KNOWLEDGE_NOTICE_KIND,
    DocumentAction,
    DocumentHead,
    KnowledgeNoticeKind,
)
from storage.unit_of_work import UnitsOfWork

INTERVAL: Final = dt.timedelta(seconds=1)
"""How often `tick` is to be called."""
AGAIN_AFTER: Final = dt.timedelta(minutes=1)
"""How long after it failed the documents of a guild are tried again."""
_SOLVED: Final = 2  # the version of a notice that says it is over
_FEW: Final = 20  # documents that are read in this process, some milliseconds each

_log: structlog.stdlib.BoundLogger = structlog.get_logger()

Known = Mapping[tuple[str, int], Document]
"""Documents that were read already, by id and version."""


class GuildLoading:
    """Keeps the library as the database has it."""

    def __init__(
        self, units: UnitsOfWork, clock: Clock, library: Library, workshop: Workshop
    ) -> None:
        """Load from `units` into `library`."""
        self._units = units
        self._clock = clock
        self._library = library
        self._workshop = workshop
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._seen: dict[int, int] = {}
        self._revisions: dict[int, int] = {}
        self._failed: dict[int, dt.datetime] = {}
        library.loads_with(self.load)

    async def load(self, guild_id: int) -> None:
        """Bring the documents of a guild in, unless they were.

        Raises:
            StorageError: when they cannot be read.

        """
        if guild_id not in self._revisions and guild_id not in self._failed:
            await self.refresh(guild_id)

    async def tick(self) -> None:
        """Bring in what changed elsewhere, and what failed a minute ago or longer.

        Raises:
            StorageError: when the database cannot be used; the next turn tries again.

        """
        async with self._units.reading() as work:
            revisions = await work.documents.revisions()
        for guild_id, revision in revisions.items():
            if self._revisions.get(guild_id) != revision and self._may_try(guild_id):
                await self.refresh(guild_id)

    async def refresh(self, guild_id: int, *, known: Known | None = None) -> bool:
        """Bring in what changed since the last time; tells whether it is in force.

        What cannot be taken into use stays out: the edition before it answers, moderators are told
        once and it is tried again.

        Raises:
            StorageError: when the changes cannot be read.

        """
        async with self._locks[guild_id]:
            async with self._units.reading() as work:
                revision = await work.documents.revision(guild_id)
                heads = await work.documents.heads(guild_id, after=self._seen.get(guild_id, 0))
                known = known or {}
                missing = [one.id for one in heads if (one.document_id, one.version) not in known]
                texts = await work.documents.texts(missing)
            if heads and not await self._in_force(guild_id, heads, texts, known):
                return False
            self._seen[guild_id] = max([self._seen.get(guild_id, 0), *(one.id for one in heads)])
            self._revisions[guild_id] = revision
            return True

    async def _in_force(
        self,
        guild_id: int,
        heads: Sequence[DocumentHead],
        texts: Mapping[int, str],
        known: Known,
    ) -> bool:
        try:
            changes = await self._changes(heads, texts, known)
            await self._library.change(guild_id, changes)
        except WorkshopError as error:
            _log.warning("knowledge_not_taken_into_use", guild_id=guild_id, reason=str(error))
            await self._note_failure(guild_id, heads)
            await self._without_imports(guild_id, heads, texts, known)
            return False
        except Exception as error:  # noqa: BLE001 # they are saved, so whatever it is: say so once
            _log.exception("knowledge_not_taken_into_use", guild_id=guild_id, error=str(error))
            await self._note_failure(guild_id, heads)
            return False
        await self._note_success(guild_id)
        return True

    async def _without_imports(
        self,
        guild_id: int,
        heads: Sequence[DocumentHead],
        texts: Mapping[int, str],
        known: Known,
    ) -> None:
        """Take what moderators wrote themselves into use, when an import keeps the rest waiting."""
        own = [one for one in heads if one.batch_id is None]
        if own and len(own) <= _FEW:
            await self._library.change(guild_id, await self._changes(own, texts, known))

    async def _changes(
        self, heads: Sequence[DocumentHead], texts: Mapping[int, str], known: Known
    ) -> dict[str, Document | None]:
        """Return what is in force by these heads; a text that cannot be read is left out."""
        unread = [
            Written(one.document_id, texts[one.id], origin_of(one))
            for one in heads
            if one.id in texts
        ]
        found = (
            [read_one(one) for one in unread]
            if len(unread) <= _FEW
            else await self._workshop.read(unread)
        )
        read: dict[str, Document] = {}
        for written, one in zip(unread, found, strict=True):
            if isinstance(one, UnsoundDocumentError):
                _log.warning("guild_document_unsound", document=written.document_id)
            else:
                read[written.document_id] = one
        changes: dict[str, Document | None] = {}
        for head in heads:
            key = head.document_id
            if head.action is DocumentAction.RESET:
                changes[key] = self._library.shipped.document(key)
            elif head.is_removed:
                changes[key] = None
            else:
                changes[key] = known.get((key, head.version)) or read.get(key)
        return changes

    def _may_try(self, guild_id: int) -> bool:
        failed = self._failed.get(guild_id)
        return failed is None or self._clock.now() - failed >= AGAIN_AFTER

    async def _note_failure(self, guild_id: int, heads: Collection[DocumentHead]) -> None:
        self._failed[guild_id] = self._clock.now()
        kind = KnowledgeNoticeKind.REBUILD_FAILED
        async with self._units() as work:
            if not await work.knowledge_notices.unsolved(guild_id, kind):
                mark = str(max((one.id for one in heads), default=0))
                await work.knowledge_notices.ensure(guild_id, kind, at=self._clock.now(), mark=mark)

    async def _note_success(self, guild_id: int) -> None:
        if self._failed.pop(guild_id, None) is None:
            return
        kind = KnowledgeNoticeKind.REBUILD_FAILED
        async with self._units() as work:
            for one in await work.knowledge_notices.unsolved(guild_id, kind):
                await work.knowledge_notices.solve(one.id, at=self._clock.now())
                await work.deliveries.revise(KNOWLEDGE_NOTICE_KIND, one.id, version=_SOLVED)


def origin_of(head: DocumentHead) -> Origin:
    """Return who vouches for a document: what came in with an import stays imported."""
    return Origin.MODERATOR if head.batch_id is None else Origin.IMPORTED
