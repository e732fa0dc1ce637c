"""Weekly digests: what was decided, once for each guild and day."""

import dataclasses
import datetime as dt
import json
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.digest_records import (
    Digest,
    DigestLine,
    DigestSection,
    DigestState,
    DigestTopic,
    NewDigest,
)
from storage.models import DigestRow
from storage.repositories.statements import insert_into


class _Section(TypedDict):
    topic: str
    lines: list[dict[str, object]]
    many: int


class DigestRepository:
    """One row for each guild and day."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def decide(self, digest: NewDigest) -> int | None:
        """Write a decision down; return its id, or None when that day was decided about before."""
        return await self._session.scalar(
            insert_into(self._session, DigestRow)
            .values(
                guild_id=digest.guild_id,
                day=digest.day,
                state=digest.state.value,
                covers_since=digest.covers_since,
                covers_until=digest.covers_until,
                content=_dumped(digest.sections) if digest.sections else None,
            )
            .on_conflict_do_nothing(index_elements=["guild_id", "day"])
            .returning(DigestRow.id)
        )

    async def get(self, digest_id: int) -> Digest | None:
        """Return a decision, or None."""
        row = await self._session.get(DigestRow, digest_id)
        return _record(row) if row else None

    async def latest(self, guild_id: int) -> Digest | None:
        """Return what was last decided in a guild."""
        row = await self._session.scalar(
            select(DigestRow)
            .where(DigestRow.guild_id == guild_id)
            .order_by(DigestRow.day.desc())
            .limit(1)
        )
        return _record(row) if row else None


def _dumped(sections: tuple[DigestSection, ...]) -> str:
    return json.dumps(
        [dataclasses.asdict(one) for one in sections], default=str, ensure_ascii=False
    )


def _record(row: DigestRow) -> Digest:
    sections: list[_Section] = json.loads(row.content) if row.content else []
    return Digest(
        id=row.id,
        guild_id=row.guild_id,
        day=row.day,
        state=DigestState(row.state),
        covers_since=row.covers_since,
        covers_until=row.covers_until,
        sections=tuple(map(_section, sections)),
    )


def _section(kept: _Section) -> DigestSection:
    return DigestSection(
        topic=DigestTopic(kept["topic"]),
        lines=tuple(map(_line, kept["lines"])),
        many=kept["many"],
    )


def _line(kept: dict[str, object]) -> DigestLine:
    count = kept.get("count")
    return DigestLine(
        title=str(kept["title"]),
        url=_text(kept.get("url")),
        note=_text(kept.get("note")),
        first=_day(kept.get("first")),
        last=_day(kept.get("last")),
        count=count if isinstance(count, int) else None,
    )


def _day(kept: object) -> dt.date | None:
    return None if kept is None else dt.date.fromisoformat(str(kept))


def _text(kept: object) -> str | None:
    return None if kept is None else str(kept)
