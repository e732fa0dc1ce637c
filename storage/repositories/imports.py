"""Imports: kept while they wait for a yes, and after it so that they can be taken out as one."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from storage.import_records import Import, ImportState
from storage.models.imports import ImportRow

_WITHOUT_CONTENT = defer(ImportRow.content, raiseload=True)


class ImportRepository:
    """What a file says is read with `content` only: it can be megabytes."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(  # noqa: PLR0913 # one row, column by column
        self,
        *,
        guild_id: int,
        state: ImportState,
        title: str,
        file_name: str,
        digest: str,
        documents: int,
        passages: int,
        content: str,
        actor_id: int | None,
        at: datetime,
    ) -> Import:
        """Keep an import."""
        row = ImportRow(
            guild_id=guild_id,
            state=state.value,
            title=title,
            file_name=file_name,
            digest=digest,
            documents=documents,
            passages=passages,
            content=content,
            actor_id=actor_id,
            created_at=at,
            changed_at=at,
            waiting_since=at if state is ImportState.WAITING else None,
        )
        self._session.add(row)
        await self._session.flush()
        return _record(row)

    async def get(self, import_id: int) -> Import | None:
        """Return an import, or None when it is not kept any more."""
        row = await self._session.scalar(
            select(ImportRow).where(ImportRow.id == import_id).options(_WITHOUT_CONTENT)
        )
        return _record(row) if row else None

    async def content(self, import_id: int) -> str:
        """Return what waits for a yes; nothing when there is nothing (any more)."""
        found = await self._session.scalar(
            select(ImportRow.content).where(ImportRow.id == import_id)
        )
        return found or ""

    async def newest_taken(self, guild_id: int, digest: str) -> Import | None:
        """Return the newest import of the same file whose documents are there."""
        row = await self._session.scalar(
            select(ImportRow)
            .where(
                ImportRow.guild_id == guild_id,
                ImportRow.digest == digest,
                ImportRow.state == ImportState.TAKEN.value,
            )
            .order_by(ImportRow.id.desc())
            .limit(1)
            .options(_WITHOUT_CONTENT)
        )
        return _record(row) if row else None

    async def of_guild(self, guild_id: int) -> tuple[Import, ...]:
        """Return the imports that were taken in, the newest first."""
        rows = await self._session.scalars(
            select(ImportRow)
            .where(ImportRow.guild_id == guild_id, ImportRow.state == ImportState.TAKEN.value)
            .order_by(ImportRow.id.desc())
            .options(_WITHOUT_CONTENT)
        )
        return tuple(map(_record, rows))

    async def claim(
        self, import_id: int, *, by: int | None, at: datetime, given_up: datetime
    ) -> Import | None:
        """Begin to take in what waits, or what somebody began before `given_up`; one succeeds."""
        begun = and_(ImportRow.state == ImportState.TAKING.value, ImportRow.changed_at < given_up)
        row = await self._session.scalar(
            update(ImportRow)
            .where(
                ImportRow.id == import_id,
                or_(ImportRow.state == ImportState.WAITING.value, begun),
            )
            .values(state=ImportState.TAKING.value, actor_id=by, changed_at=at, waiting_since=None)
            .returning(ImportRow)
        )
        return _record(row) if row else None

    async def move(
        self,
        import_id: int,
        *,
        out_of: Collection[ImportState],
        to: ImportState,
        by: int | None,
        at: datetime,
    ) -> Import | None:
        """Change the state; None when it was none of `out_of`. What is decided loses its content.

        Back to waiting it keeps the content that it had.
        """
        waits = to is ImportState.WAITING
        values: dict[str, object] = {
            "state": to.value,
            "actor_id": by,
            "changed_at": at,
            "waiting_since": at if waits else None,
        }
        if not waits:
            values["content"] = ""
        row = await self._session.scalar(
            update(ImportRow)
            .where(ImportRow.id == import_id, ImportRow.state.in_([one.value for one in out_of]))
            .values(**values)
            .returning(ImportRow)
        )
        return _record(row) if row else None


def _record(row: ImportRow) -> Import:
    return Import(
        id=row.id,
        guild_id=row.guild_id,
        state=ImportState(row.state),
        title=row.title,
        file_name=row.file_name,
        digest=row.digest,
        documents=row.documents,
        passages=row.passages,
        actor_id=row.actor_id,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )
