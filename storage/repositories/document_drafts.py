"""What moderators wrote for documents that somebody else changed first."""

from dataclasses import replace

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.document_records import DocumentDraft
from storage.models import DocumentDraftRow


class DocumentDraftRepository:
    """Kept until it is taken in, let go, or a week old."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, draft: DocumentDraft) -> DocumentDraft:
        """Keep what somebody wrote; return it with its id."""
        row = DocumentDraftRow(
            guild_id=draft.guild_id,
            document_id=draft.document_id,
            author_id=draft.author_id,
            based_on=draft.based_on,
            section=draft.section,
            body=draft.body,
            questions=draft.questions,
            written_at=draft.written_at,
        )
        self._session.add(row)
        await self._session.flush()
        return replace(draft, id=row.id)

    async def rewrite(self, draft: DocumentDraft) -> bool:
        """Keep another text under the same id; False when it is not kept any more."""
        found = await self._session.scalar(
            update(DocumentDraftRow)
            .where(DocumentDraftRow.id == draft.id)
            .values(
                based_on=draft.based_on,
                body=draft.body,
                questions=draft.questions,
                written_at=draft.written_at,
            )
            .returning(DocumentDraftRow.id)
        )
        return found is not None

    async def get(self, draft_id: int) -> DocumentDraft | None:
        """Return a draft, or None when it is not kept (any more)."""
        row = await self._session.get(DocumentDraftRow, draft_id)
        return _record(row) if row else None

    async def newest_of(
        self, guild_id: int, document_id: str, *, author_id: int
    ) -> DocumentDraft | None:
        """Return what somebody wrote last for a document and did not decide on, or None."""
        row = await self._session.scalar(
            select(DocumentDraftRow)
            .where(
                DocumentDraftRow.guild_id == guild_id,
                DocumentDraftRow.document_id == document_id,
                DocumentDraftRow.author_id == author_id,
            )
            .order_by(DocumentDraftRow.id.desc())
            .limit(1)
        )
        return _record(row) if row else None

    async def delete(self, draft_id: int) -> bool:
        """Let a draft go; False when it was not there."""
        found = await self._session.scalar(
            delete(DocumentDraftRow)
            .where(DocumentDraftRow.id == draft_id)
            .returning(DocumentDraftRow.id)
        )
        return found is not None


def _record(row: DocumentDraftRow) -> DocumentDraft:
    return DocumentDraft(
        id=row.id,
        guild_id=row.guild_id,
        document_id=row.document_id,
        author_id=row.author_id,
        based_on=row.based_on,
        section=row.section,
        body=row.body,
        questions=row.questions,
        written_at=row.written_at,
    )
