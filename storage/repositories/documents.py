"""Documents of guilds: versions are only ever added, and changes of one guild take turns."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.document_records import DocumentAction, DocumentHead, DocumentVersion
from storage.models.documents import DocumentVersionRow, KnowledgeRevisionRow
from storage.repositories.statements import insert_into

_AT_ONCE = 200
"""Rows of one statement: SQLite allows 32,766 values in one."""


class DocumentRepository:
    """Every version of every document that a guild made or changed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def take_turn(self, guild_id: int) -> int:
        """Let nobody else change this guild's documents before this unit ends.

        Returns the revision as of this unit; to be called before anything is read to decide on.
        """
        statement = insert_into(self._session, KnowledgeRevisionRow).values(
            guild_id=guild_id, revision=1
        )
        revision = await self._session.scalar(
            statement.on_conflict_do_update(
                index_elements=["guild_id"],
                set_={"revision": KnowledgeRevisionRow.revision + 1},
            ).returning(KnowledgeRevisionRow.revision)
        )
        return revision or 0

    async def revisions(self) -> Mapping[int, int]:
        """Return for every guild with documents of its own how often they changed."""
        rows = await self._session.execute(
            select(KnowledgeRevisionRow.guild_id, KnowledgeRevisionRow.revision)
        )
        return {row.guild_id: row.revision for row in rows.all()}

    async def revision(self, guild_id: int) -> int:
        """Return how often the documents of a guild changed."""
        found = await self._session.scalar(
            select(KnowledgeRevisionRow.revision).where(KnowledgeRevisionRow.guild_id == guild_id)
        )
        return found or 0

    async def add(self, versions: Sequence[DocumentVersion]) -> None:
        """Keep versions, within the turn that `take_turn` gave."""
        for start in range(0, len(versions), _AT_ONCE):
            rows = [_columns(one) for one in versions[start : start + _AT_ONCE]]
            await self._session.execute(insert(DocumentVersionRow), rows)

    async def newest(self, guild_id: int, document_id: str) -> DocumentVersion | None:
        """Return the newest version of one document, or None when the guild has none."""
        row = await self._session.scalar(
            select(DocumentVersionRow)
            .where(
                DocumentVersionRow.guild_id == guild_id,
                DocumentVersionRow.document_id == document_id,
            )
            .order_by(DocumentVersionRow.version.desc())
            .limit(1)
        )
        return _record(row) if row else None

    async def history(self, guild_id: int, document_id: str) -> tuple[DocumentVersion, ...]:
        """Return all versions of one document, the newest first."""
        rows = await self._session.scalars(
            select(DocumentVersionRow)
            .where(
                DocumentVersionRow.guild_id == guild_id,
                DocumentVersionRow.document_id == document_id,
            )
            .order_by(DocumentVersionRow.version.desc())
        )
        return tuple(_record(row) for row in rows)

    async def heads(
        self, guild_id: int, *, after: int = 0, batch_id: int | None = None
    ) -> tuple[DocumentHead, ...]:
        """Return the newest version of each document that has a version with an id above `after`.

        In the order of these versions; with `batch_id` only those that came in with that import.
        """
        conditions = [DocumentVersionRow.guild_id == guild_id, DocumentVersionRow.id > after]
        if batch_id is not None:
            conditions.append(DocumentVersionRow.batch_id == batch_id)
        rows = await self._session.execute(_heads(*conditions))
        return tuple(
            DocumentHead(
                document_id=row.document_id,
                version=row.version,
                title=row.title,
                action=DocumentAction(row.action),
                actor_id=row.actor_id,
                at=row.at,
                batch_id=row.batch_id,
                shipped_hash=row.shipped_hash,
                is_removed=row.action == DocumentAction.REMOVED.value,
                id=row.id,
            )
            for row in rows.all()
        )

    async def texts(self, ids: Collection[int]) -> Mapping[int, str]:
        """Return the Markdown of versions by their ids; of those without one nothing."""
        wanted, found = sorted(ids), dict[int, str]()
        for start in range(0, len(wanted), _AT_ONCE):
            rows = await self._session.execute(
                select(DocumentVersionRow.id, DocumentVersionRow.text).where(
                    DocumentVersionRow.id.in_(wanted[start : start + _AT_ONCE])
                )
            )
            found |= {row.id: row.text for row in rows.all() if row.text is not None}
        return found

    async def ids(self, guild_id: int) -> frozenset[str]:
        """Return the ids of all documents that the guild has a version of, removed ones too."""
        rows = await self._session.scalars(
            select(DocumentVersionRow.document_id)
            .where(DocumentVersionRow.guild_id == guild_id)
            .distinct()
        )
        return frozenset(rows)


def _heads(*conditions: ColumnElement[bool]) -> Select[tuple[DocumentVersionRow]]:
    newest = (
        select(
            DocumentVersionRow.guild_id,
            DocumentVersionRow.document_id,
            func.max(DocumentVersionRow.version).label("version"),
        )
        .where(*conditions)
        .group_by(DocumentVersionRow.guild_id, DocumentVersionRow.document_id)
        .subquery()
    )
    columns = [one for one in DocumentVersionRow.__table__.columns if one.name != "text"]
    return (
        select(*columns)
        .join(
            newest,
            and_(
                DocumentVersionRow.guild_id == newest.c.guild_id,
                DocumentVersionRow.document_id == newest.c.document_id,
                DocumentVersionRow.version == newest.c.version,
            ),
        )
        .order_by(DocumentVersionRow.id)
    )


def _columns(one: DocumentVersion) -> dict[str, object]:
    return {
        "guild_id": one.guild_id,
        "document_id": one.document_id,
        "version": one.version,
        "title": one.title,
        "text": one.text,
        "action": one.action.value,
        "actor_id": one.actor_id,
        "at": one.at,
        "batch_id": one.batch_id,
        "shipped_hash": one.shipped_hash,
    }


def _record(row: DocumentVersionRow) -> DocumentVersion:
    return DocumentVersion(
        guild_id=row.guild_id,
        document_id=row.document_id,
        version=row.version,
        title=row.title,
        text=row.text,
        action=DocumentAction(row.action),
        actor_id=row.actor_id,
        at=row.at,
        batch_id=row.batch_id,
        shipped_hash=row.shipped_hash,
        id=row.id,
    )
