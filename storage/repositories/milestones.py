"""Milestones of guilds, their history, and changes that were not saved yet."""

import datetime as dt
from dataclasses import replace
from typing import TypedDict

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.milestone_records import (
    Milestone,
    MilestoneAction,
    MilestoneChange,
    MilestoneContent,
    MilestoneDraft,
    MilestoneStanding,
    MilestoneState,
    MilestoneStep,
)
from storage.models import MilestoneChangeRow, MilestoneDraftRow, MilestoneRow
from storage.progress_records import Part
from storage.repositories.statements import insert_into


class MilestoneRepository:
    """What guilds made of the timeline. Every change is written to the history with it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_guild(self, guild_id: int) -> tuple[Milestone, ...]:
        """Return all rows of a guild, removed ones too, in the order they were made."""
        rows = await self._session.scalars(
            select(MilestoneRow).where(MilestoneRow.guild_id == guild_id).order_by(MilestoneRow.id)
        )
        return tuple(_record(row) for row in rows)

    async def add(
        self,
        guild_id: int,
        content: MilestoneContent,
        step: MilestoneStep,
        *,
        shipped_key: int | None = None,
    ) -> Milestone | None:
        """Keep a new milestone, or what a guild makes of one that ships.

        None when the guild has a row for `shipped_key` already: somebody was first.
        """
        row_id = await self._session.scalar(
            insert_into(self._session, MilestoneRow)
            .values(
                guild_id=guild_id,
                shipped_key=shipped_key,
                version=1,
                standing=step.standing.value,
                changed_at=step.at,
                **_columns(content),
            )
            .on_conflict_do_nothing(index_elements=["guild_id", "shipped_key"])
            .returning(MilestoneRow.id)
        )
        if row_id is None:
            return None
        after = Milestone(row_id, guild_id, shipped_key, 1, step.standing, content, step.at)
        await self._note(after, step)
        return after

    async def change(
        self, before: Milestone, content: MilestoneContent, step: MilestoneStep
    ) -> Milestone | None:
        """Write a new version over `before`; None when that is not the last one any more."""
        version = await self._session.scalar(
            update(MilestoneRow)
            .where(MilestoneRow.id == before.id, MilestoneRow.version == before.version)
            .values(
                version=before.version + 1,
                standing=step.standing.value,
                changed_at=step.at,
                **_columns(content),
            )
            .returning(MilestoneRow.version)
        )
        if version is None:
            return None
        after = replace(
            before, version=version, standing=step.standing, content=content, changed_at=step.at
        )
        await self._note(after, step)
        return after

    async def history_of(self, milestone_id: int) -> tuple[MilestoneChange, ...]:
        """Return every step of one milestone, the newest first."""
        return await self._changes(MilestoneChangeRow.milestone_id == milestone_id)

    async def latest_changes(self, guild_id: int, *, limit: int) -> tuple[MilestoneChange, ...]:
        """Return the last steps of all milestones of a guild, the newest first."""
        return await self._changes(MilestoneRow.guild_id == guild_id, limit=limit)

    async def changed_between(
        self, guild_id: int, *, since: dt.datetime, until: dt.datetime
    ) -> tuple[MilestoneChange, ...]:
        """Return the steps from `since` until just before `until`, the newest first."""
        return await self._changes(
            MilestoneRow.guild_id == guild_id,
            MilestoneChangeRow.changed_at >= since,
            MilestoneChangeRow.changed_at < until,
        )

    async def put_draft(self, draft: MilestoneDraft) -> MilestoneDraft:
        """Keep what was typed. With id 0 it is a new one, otherwise it replaces the earlier text.

        A draft that is gone by now (saved, cancelled, expired) comes back under a new id.
        """
        values = {
            "guild_id": draft.guild_id,
            "author_id": draft.author_id,
            "milestone_id": draft.milestone_id,
            "shipped_key": draft.shipped_key,
            "version": draft.version,
            "title": draft.title,
            "period": draft.period,
            "part": draft.part.value,
            "state": draft.state.value,
            "note": draft.note,
            "written_at": draft.written_at,
        }
        row = await self._session.scalar(
            update(MilestoneDraftRow)
            .where(MilestoneDraftRow.id == draft.id, MilestoneDraftRow.author_id == draft.author_id)
            .values(**values)
            .returning(MilestoneDraftRow)
        ) or await self._session.scalar(
            insert_into(self._session, MilestoneDraftRow)
            .values(**values)
            .returning(MilestoneDraftRow)
        )
        if row is None:
            message = "an INSERT gave no row back"
            raise LookupError(message)
        return _draft(row)

    async def draft(self, draft_id: int) -> MilestoneDraft | None:
        """Return what somebody typed, or None when it is saved, cancelled or expired."""
        row = await self._session.scalar(
            select(MilestoneDraftRow).where(MilestoneDraftRow.id == draft_id)
        )
        return _draft(row) if row else None

    async def take_draft(self, draft_id: int) -> MilestoneDraft | None:
        """Take a draft away and return it; of two who do so at once, one gets None."""
        row = await self._session.scalar(
            delete(MilestoneDraftRow)
            .where(MilestoneDraftRow.id == draft_id)
            .returning(MilestoneDraftRow)
        )
        return _draft(row) if row else None

    async def _note(self, after: Milestone, step: MilestoneStep) -> None:
        await self._session.execute(
            insert_into(self._session, MilestoneChangeRow).values(
                milestone_id=after.id,
                version=after.version,
                action=step.action.value,
                standing=after.standing.value,
                actor_id=step.actor_id,
                changed_at=after.changed_at,
                **_columns(after.content),
            )
        )

    async def _changes(
        self, *conditions: ColumnElement[bool], limit: int | None = None
    ) -> tuple[MilestoneChange, ...]:
        rows = await self._session.execute(
            select(MilestoneChangeRow, MilestoneRow.shipped_key)
            .join(MilestoneRow, MilestoneRow.id == MilestoneChangeRow.milestone_id)
            .where(*conditions)
            .order_by(MilestoneChangeRow.id.desc())
            .limit(limit)
        )
        return tuple(_change(row, key) for row, key in rows.all())


class _Columns(TypedDict):
    title: str
    first_day: dt.date
    last_day: dt.date
    part: str
    state: str
    note: str
    link: str


def _columns(content: MilestoneContent) -> _Columns:
    return _Columns(
        title=content.title,
        first_day=content.first,
        last_day=content.last,
        part=content.part.value,
        state=content.state.value,
        note=content.note,
        link=content.link,
    )


def _content(row: MilestoneRow | MilestoneChangeRow) -> MilestoneContent:
    return MilestoneContent(
        title=row.title,
        first=row.first_day,
        last=row.last_day,
        part=Part(row.part),
        state=MilestoneState(row.state),
        note=row.note,
        link=row.link,
    )


def _record(row: MilestoneRow) -> Milestone:
    return Milestone(
        id=row.id,
        guild_id=row.guild_id,
        shipped_key=row.shipped_key,
        version=row.version,
        standing=MilestoneStanding(row.standing),
        content=_content(row),
        changed_at=row.changed_at,
    )


def _change(row: MilestoneChangeRow, shipped_key: int | None) -> MilestoneChange:
    return MilestoneChange(
        id=row.id,
        milestone_id=row.milestone_id,
        shipped_key=shipped_key,
        version=row.version,
        action=MilestoneAction(row.action),
        standing=MilestoneStanding(row.standing),
        content=_content(row),
        actor_id=row.actor_id,
        changed_at=row.changed_at,
    )


def _draft(row: MilestoneDraftRow) -> MilestoneDraft:
    return MilestoneDraft(
        id=row.id,
        guild_id=row.guild_id,
        author_id=row.author_id,
        milestone_id=row.milestone_id,
        shipped_key=row.shipped_key,
        version=row.version,
        title=row.title,
        period=row.period,
        part=Part(row.part),
        state=MilestoneState(row.state),
        note=row.note,
        written_at=row.written_at,
    )
