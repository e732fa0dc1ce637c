"""New documents of a guild: one, or many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.search.documents import Document, Origin
from bot.services.knowledge.documents_errors import DocumentChangedError, UnsoundDocumentError
from bot.services.knowledge.documents_ids import free_ids
from bot.services.knowledge.kept_documents import KeptDocuments, sound
from bot.services.knowledge.library import Library
from bot.services.knowledge.workshop import Workshop, Written
from bot.services.ports import Clock
from storage.document_records import DocumentAction, DocumentVersion
from storage.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class _How:
    """How documents come in."""

    action: DocumentAction
    actor_id: int | None
    batch_id: int | None


class DocumentIntake(KeptDocuments):
    """Takes documents in, and out again as they came."""

    def __init__(
        self,
        units: UnitsOfWork,
        clock: Clock,
        library: Library,
        workshop: Workshop | None = None,
    ) -> None:
        """Keep versions in `units` and bring them into `library`; `workshop` reads many at once."""
        self._workshop = workshop or library.workshop
        super().__init__(units, clock, library, self._workshop)

    async def add(  # noqa: PLR0913 -- the fields of a version, each by name
        self,
        guild_id: int,
        text: str,
        *,
        actor_id: int | None,
        action: DocumentAction = DocumentAction.ADDED,
        document_id: str | None = None,
        batch_id: int | None = None,
    ) -> DocumentVersion:
        """Keep a new document. Its id is made from the title, unless `document_id` is given.

        Raises:
            UnsoundDocumentError: when the Markdown does not serve, with every problem and its line.
            DocumentChangedError: when the guild has a document with `document_id` already.

        """
        document = sound(text, imported=batch_id is not None)
        how = _How(action, actor_id, batch_id)
        (version,) = await self._added(guild_id, [text], [document], how, document_id=document_id)
        return version

    async def add_many(
        self, guild_id: int, texts: Sequence[str], *, actor_id: int | None, batch_id: int
    ) -> tuple[DocumentVersion, ...]:
        """Keep many new documents in one unit of work, all of them or none.

        Takes a second for some hundred documents; questions are answered meanwhile.

        Raises:
            UnsoundDocumentError: when one does not serve; problems carry its place as `path`.
            WorkshopError: when they cannot be read now.

        """
        documents = await self._all_sound(texts)
        how = _How(DocumentAction.IMPORTED, actor_id, batch_id)
        return await self._added(guild_id, texts, documents, how)

    async def remove_batch(self, guild_id: int, batch_id: int, *, actor_id: int | None) -> int:
        """Take out every document that came in with one import; returns how many."""
        async with self._units() as work:
            await work.documents.take_turn(guild_id)
            heads = await work.documents.heads(guild_id, batch_id=batch_id)
            removed = [
                DocumentVersion(
                    guild_id=guild_id,
                    document_id=one.document_id,
                    version=one.version + 1,
                    title=one.title,
                    text=None,
                    action=DocumentAction.REMOVED,
                    actor_id=actor_id,
                    at=self._clock.now(),
                    batch_id=batch_id,
                )
                for one in heads
                if not one.is_removed
            ]
            await work.documents.add(removed)
        await self.loading.refresh(guild_id)
        return len(removed)

    async def _added(
        self,
        guild_id: int,
        texts: Sequence[str],
        documents: Sequence[Document],
        how: "_How",
        *,
        document_id: str | None = None,
    ) -> tuple[DocumentVersion, ...]:
        async with self._units() as work:
            await work.documents.take_turn(guild_id)
            if document_id is not None:
                known = await work.documents.newest(guild_id, document_id)
                known = known or self.shipped(guild_id, document_id)
                if known is not None:
                    raise DocumentChangedError(known)
            taken = await work.documents.ids(guild_id)
            titles = [one.title for one in documents]
            ids = free_ids(titles, taken, self._library.shipped.shelf)
            versions = tuple(
                DocumentVersion(
                    guild_id=guild_id,
                    document_id=document_id or made,
                    version=1,
                    title=document.title,
                    text=text,
                    action=how.action,
                    actor_id=how.actor_id,
                    at=self._clock.now(),
                    batch_id=how.batch_id,
                )
                for made, document, text in zip(ids, documents, texts, strict=True)
            )
            await work.documents.add(versions)
        known_now = {
            (version.document_id, 1): replace(document, id=version.document_id)
            for version, document in zip(versions, documents, strict=True)
        }
        await self.loading.refresh(guild_id, known=known_now)
        return versions

    async def _all_sound(self, texts: Sequence[str]) -> list[Document]:
        read = await self._workshop.read([Written("", one, Origin.IMPORTED) for one in texts])
        problems = [
            replace(problem, path=str(place))
            for place, one in enumerate(read)
            if isinstance(one, UnsoundDocumentError)
            for problem in one.problems
        ]
        if problems:
            raise UnsoundDocumentError(tuple(problems))
        return [one for one in read if isinstance(one, Document)]
