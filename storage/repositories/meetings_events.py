"""Meetings as scheduled events of Discord: what was put there, what was found, what is asked."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.meeting_event_records import (
    AskState,
    EventAsk,
    EventFacts,
    EventPlan,
    EventProblem,
    EventState,
    EventTrouble,
)
from storage.models import (
    MeetingEventAskRow,
    MeetingEventRow,
    MeetingEventTroubleRow,
    MeetingRow,
)
from storage.repositories.statements import insert_into


class MeetingEventRepository:
    """The scheduled events of meetings."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def state_of(self, meeting_id: int) -> EventState | None:
        """Return what is known of the event of a meeting; None: there never was one."""
        row = await self._session.get(MeetingEventRow, meeting_id)
        if row is None:
            return None
        put = json.loads(row.put) if row.put else None
        return EventState(
            meeting_id,
            put=EventPlan(_facts(put), put["description"]) if put else None,
            seen=_facts_or_none(row.seen),
            attempted_at=row.attempted_at,
        )

    async def put_state(self, state: EventState) -> None:
        """Write down what is known."""
        plan = state.put
        put = {**_json(plan.facts), "description": plan.description} if plan else None
        statement = insert_into(self._session, MeetingEventRow).values(
            meeting_id=state.meeting_id,
            put=json.dumps(put) if put else "",
            seen=json.dumps(_json(state.seen)) if state.seen else "",
            attempted_at=state.attempted_at,
        )
        new = statement.excluded
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["meeting_id"],
                set_={"put": new.put, "seen": new.seen, "attempted_at": new.attempted_at},
            )
        )

    async def show(self, meeting_id: int, *, event_id: int | None, version: int) -> None:
        """Note which event shows which version of a meeting."""
        await self._session.execute(
            update(MeetingRow)
            .where(MeetingRow.id == meeting_id)
            .values(event_id=event_id, event_version=version)
        )

    async def ask(
        self, meeting_id: int, *, guild_id: int, found: EventFacts | None, at: datetime
    ) -> EventAsk:
        """Keep a change made in Discord, for moderators to decide about."""
        row = MeetingEventAskRow(
            guild_id=guild_id,
            meeting_id=meeting_id,
            found=json.dumps(_json(found)) if found else "",
            state=AskState.OPEN.value,
            version=1,
            decided_by=None,
            asked_at=at,
        )
        self._session.add(row)
        await self._session.flush()
        return _ask(row)

    async def get_ask(self, ask_id: int) -> EventAsk | None:
        """Return what was asked, or None."""
        row = await self._session.get(MeetingEventAskRow, ask_id)
        return _ask(row) if row else None

    async def lock_ask(self, ask_id: int) -> EventAsk | None:
        """Do the same, and let nobody else decide before this unit ends."""
        row = await self._session.scalar(
            select(MeetingEventAskRow).where(MeetingEventAskRow.id == ask_id).with_for_update()
        )
        return _ask(row) if row else None

    async def open_asks(self, meeting_id: int) -> tuple[EventAsk, ...]:
        """Return what nobody decided about yet, the first thing first."""
        rows = await self._session.scalars(
            select(MeetingEventAskRow)
            .where(
                MeetingEventAskRow.meeting_id == meeting_id,
                MeetingEventAskRow.state == AskState.OPEN.value,
            )
            .order_by(MeetingEventAskRow.id)
        )
        return tuple(map(_ask, rows))

    async def close_ask(self, ask: EventAsk, state: AskState, *, by: int | None) -> None:
        """Write down what was decided."""
        await self._session.execute(
            update(MeetingEventAskRow)
            .where(MeetingEventAskRow.id == ask.id)
            .values(state=state.value, version=ask.version + 1, decided_by=by)
        )

    async def trouble_of(self, guild_id: int) -> EventTrouble | None:
        """Return the trouble of a guild that is not over."""
        row = await self._session.scalar(
            select(MeetingEventTroubleRow)
            .where(
                MeetingEventTroubleRow.guild_id == guild_id,
                MeetingEventTroubleRow.solved_at.is_(None),
            )
            .order_by(MeetingEventTroubleRow.id.desc())
            .limit(1)
        )
        return _trouble(row) if row else None

    async def get_trouble(self, trouble_id: int) -> EventTrouble | None:
        """Return a trouble, or None."""
        row = await self._session.get(MeetingEventTroubleRow, trouble_id)
        return _trouble(row) if row else None

    async def note_trouble(
        self, guild_id: int, problem: EventProblem, *, at: datetime
    ) -> EventTrouble:
        """Note a trouble that began."""
        row = MeetingEventTroubleRow(
            guild_id=guild_id, problem=problem.value, noted_at=at, solved_at=None
        )
        self._session.add(row)
        await self._session.flush()
        return _trouble(row)

    async def solve_trouble(self, trouble_id: int, *, at: datetime) -> None:
        """Note that a trouble is over."""
        await self._session.execute(
            update(MeetingEventTroubleRow)
            .where(MeetingEventTroubleRow.id == trouble_id)
            .values(solved_at=at)
        )


def _ask(row: MeetingEventAskRow) -> EventAsk:
    return EventAsk(
        id=row.id,
        guild_id=row.guild_id,
        meeting_id=row.meeting_id,
        found=_facts_or_none(row.found),
        state=AskState(row.state),
        version=row.version,
        asked_at=row.asked_at,
        decided_by=row.decided_by,
    )


def _trouble(row: MeetingEventTroubleRow) -> EventTrouble:
    return EventTrouble(row.id, row.guild_id, EventProblem(row.problem), row.solved_at)


def _json(facts: EventFacts) -> dict[str, str]:
    return {
        "name": facts.name,
        "starts_at": facts.starts_at.isoformat(),
        "ends_at": facts.ends_at.isoformat(),
        "place": facts.place,
    }


def _facts(told: dict[str, Any]) -> EventFacts:
    return EventFacts(
        name=told["name"],
        starts_at=datetime.fromisoformat(told["starts_at"]),
        ends_at=datetime.fromisoformat(told["ends_at"]),
        place=told["place"],
    )


def _facts_or_none(text: str) -> EventFacts | None:
    return _facts(json.loads(text)) if text else None
