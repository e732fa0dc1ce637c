"""Taking files into a guild's knowledge: read, shown, and in or out as one."""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.services.knowledge.guild_documents import GuildDocuments
from bot.services.knowledge.importing.doubles import KnownPassages
from bot.services.knowledge.importing.errors import (
    ImportDecidedError,
    ImportGoneError,
    NothingLeftError,
)
from bot.services.knowledge.importing.preparing import (
    File,
    Prepared,
    content_of,
    prepared,
    texts_of,
)
from bot.services.knowledge.importing.reading import (
    DocumentReader,
    Progress,
    ReadProblem,
    UnreadableFileError,
)
from bot.services.knowledge.library import Library
from bot.services.ports import Clock
from storage.document_records import DocumentAction
from storage.import_records import Import, ImportState
from storage.unit_of_work import UnitsOfWork

_GIVEN_UP: Final = dt.timedelta(minutes=10)
"""After so long whoever began to take an import in will not go on: another may."""


@dataclass(frozen=True, slots=True)
class Preview:
    """An import that waits for a yes. `before` is an import of the same file that is in."""

    waiting: Import
    file: Prepared
    before: Import | None


class Imports:
    """The use case. An import is kept before it is shown, so its buttons outlive a restart."""

    def __init__(
        self,
        units: UnitsOfWork,
        clock: Clock,
        library: Library,
        documents: GuildDocuments,
        *,
        reader: DocumentReader | None,
    ) -> None:
        """Hold files against what `library` knows; without `reader` no file can be read."""
        self._units = units
        self._clock = clock
        self._library = library
        self._documents = documents
        self._reader = reader

    async def prepare(self, guild_id: int, file: File, progress: Progress, *, by: int) -> Preview:
        """Read a file and keep what it becomes until somebody decides.

        Raises:
            UnreadableFileError: when it cannot be read within the limits.

        """
        found = await self.look_at(guild_id, file, progress)
        async with self._units() as work:
            before = await work.imports.newest_taken(guild_id, file.digest)
            waiting = await work.imports.add(
                guild_id=guild_id,
                state=ImportState.WAITING,
                title=found.imprint.title,
                file_name=file.name,
                digest=file.digest,
                documents=found.count,
                passages=len(found.known),
                content=content_of(found),
                actor_id=by,
                at=self._clock.now(),
            )
        return Preview(waiting, found, before)

    async def look_at(self, guild_id: int, file: File, progress: Progress) -> Prepared:
        """Read one file, and keep nothing.

        Raises:
            UnreadableFileError: when it cannot be read within the limits.

        """
        if self._reader is None:
            raise UnreadableFileError(ReadProblem.UNSUPPORTED, name=file.name)
        async with self._reader.session() as session:
            read = await session.read(file.name, file.content, progress)
        known = await self.known(guild_id)
        return await asyncio.to_thread(prepared, read, file, known=known, today=self._today())

    async def known(self, guild_id: int) -> KnownPassages:
        """Return the passages that answer in a guild now, to hold others against."""
        edition = await self._library.ready(guild_id)
        return await asyncio.to_thread(KnownPassages, edition.documents)

    async def take_in(
        self, import_id: int, *, guild_id: int, by: int, without_known: bool = False
    ) -> Import:
        """Make the documents of an import; of two at once one does, and the other is told who.

        Raises:
            ImportGoneError: when it is not kept.
            ImportDecidedError: when it was decided before.
            NothingLeftError: when nothing is left without what is known; it waits on.

        """
        now = self._clock.now()
        async with self._units() as work:
            await self._own(work.imports.get(import_id), guild_id)
            claimed = await work.imports.claim(import_id, by=by, at=now, given_up=now - _GIVEN_UP)
            content = await work.imports.content(import_id)
        if claimed is None:
            raise await self._decided(import_id, guild_id)
        try:
            await self._make(claimed, content, by=by, without_known=without_known)
        except BaseException:  # cancelled too: a claim that nobody works on would block the import
            await self._move(claimed, to=ImportState.WAITING, out_of=ImportState.TAKING, by=by)
            raise
        taken = await self._move(claimed, to=ImportState.TAKEN, out_of=ImportState.TAKING, by=by)
        return taken or claimed

    async def look_at_each(
        self, guild_id: int, files: Iterable[File], progress: Callable[[str], Progress]
    ) -> AsyncGenerator[tuple[File, Prepared | UnreadableFileError]]:
        """Read files one by one, for the operator, and keep nothing; `progress` by file name."""
        if self._reader is None:
            return
        known = await self.known(guild_id)
        async with self._reader.session() as session:
            for file in files:
                try:
                    read = await session.read(file.name, file.content, progress(file.name))
                    found = prepared(read, file, known=known, today=self._today())
                except UnreadableFileError as error:
                    yield file, error
                else:
                    yield file, found

    async def take_in_texts(
        self,
        guild_id: int,
        texts: Sequence[str],
        *,
        title: str,
        passages: int,
        named: Sequence[tuple[str, str]] = (),
    ) -> Import:
        """Make documents of `texts` as one import, for the operator; `named` have ids of theirs."""
        async with self._units() as work:
            begun = await work.imports.add(
                guild_id=guild_id,
                state=ImportState.TAKING,
                title=title,
                file_name="",
                digest="",
                documents=len(texts) + len(named),
                passages=passages,
                content="",
                actor_id=None,
                at=self._clock.now(),
            )
        if texts:
            await self._add(begun, texts, by=None)
        for document_id, text in named:
            await self._documents.add(
                guild_id,
                text,
                actor_id=None,
                action=DocumentAction.IMPORTED,
                document_id=document_id,
                batch_id=begun.id,
            )
        return (
            await self._move(begun, to=ImportState.TAKEN, out_of=ImportState.TAKING, by=None)
            or begun
        )

    async def drop(self, import_id: int, *, guild_id: int, by: int) -> Import:
        """Let an import go that nobody took in.

        Raises:
            ImportGoneError, ImportDecidedError: as above.

        """
        return await self._decide(
            import_id, guild_id, to=ImportState.DROPPED, out_of=ImportState.WAITING, by=by
        )

    async def remove(self, import_id: int, *, guild_id: int, by: int | None) -> Import:
        """Take all documents of an import out again; each of their versions is kept.

        Raises:
            ImportGoneError, ImportDecidedError: as above.

        """
        async with self._units.reading() as work:
            found = await self._own(work.imports.get(import_id), guild_id)
        if found.state is not ImportState.TAKEN:
            raise ImportDecidedError(found)
        await self._documents.remove_batch(guild_id, import_id, actor_id=by)
        return await self._decide(
            import_id, guild_id, to=ImportState.REMOVED, out_of=ImportState.TAKEN, by=by
        )

    async def listed(self, guild_id: int) -> tuple[Import, ...]:
        """Return the imports that are in, the newest first."""
        async with self._units.reading() as work:
            return await work.imports.of_guild(guild_id)

    async def _make(self, one: Import, content: str, *, by: int, without_known: bool) -> None:
        texts = await asyncio.to_thread(texts_of, content, without_known=without_known)
        if not texts:
            raise NothingLeftError
        await self._add(one, texts, by=by)

    async def _add(self, one: Import, texts: Sequence[str], *, by: int | None) -> None:
        """Make the documents, unless somebody did before they could say so."""
        async with self._units.reading() as work:
            made = await work.documents.heads(one.guild_id, batch_id=one.id)
        if not made:
            await self._documents.add_many(one.guild_id, texts, actor_id=by, batch_id=one.id)

    async def _decide(
        self, import_id: int, guild_id: int, *, to: ImportState, out_of: ImportState, by: int | None
    ) -> Import:
        async with self._units() as work:
            await self._own(work.imports.get(import_id), guild_id)
            moved = await work.imports.move(
                import_id, out_of=(out_of,), to=to, by=by, at=self._clock.now()
            )
        if moved is None:
            raise await self._decided(import_id, guild_id)
        return moved

    async def _move(
        self, one: Import, *, to: ImportState, out_of: ImportState, by: int | None
    ) -> Import | None:
        async with self._units() as work:
            return await work.imports.move(
                one.id, out_of=(out_of,), to=to, by=by, at=self._clock.now()
            )

    async def _decided(self, import_id: int, guild_id: int) -> ImportDecidedError:
        async with self._units.reading() as work:
            return ImportDecidedError(await self._own(work.imports.get(import_id), guild_id))

    @staticmethod
    async def _own(asked: Awaitable[Import | None], guild_id: int) -> Import:
        found = await asked
        if found is None or found.guild_id != guild_id:
            raise ImportGoneError
        return found

    def _today(self) -> dt.date:
        return self._clock.now().date()
