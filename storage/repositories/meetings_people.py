"""Who comes to meetings, and who votes for whom."""

from datetime import datetime

from sqlalchemy import and_, case, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.meeting_records import Answer, Attendance, Counts, Mode, Proxy, ProxyState
from storage.models import AttendanceRow, ProxyHolderRow, ProxyRow
from storage.repositories.meetings_columns import attendance_record, proxy_record
from storage.repositories.statements import insert_into

_OPEN = (ProxyState.OFFERED.value, ProxyState.ACCEPTED.value)


class AttendanceRepository:
    """One answer a person and meeting, and at most one proxy given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def put(self, said: Attendance) -> None:
        """Write down what somebody said, in the place of what they said before."""
        values = {
            "answer": said.answer.value,
            "mode": said.mode.value,
            "answered_at": said.answered_at,
        }
        await self._session.execute(
            insert_into(self._session, AttendanceRow)
            .values(meeting_id=said.meeting_id, user_id=said.user_id, **values)
            .on_conflict_do_update(index_elements=["meeting_id", "user_id"], set_=values)
        )

    async def of(self, meeting_id: int, user_id: int) -> Attendance | None:
        """Return what somebody said, or None."""
        row = await self._session.get(AttendanceRow, (meeting_id, user_id))
        return attendance_record(row) if row else None

    async def of_meeting(self, meeting_id: int) -> tuple[Attendance, ...]:
        """Return what everybody said: who comes first, then by when they said it."""
        order = case(
            (AttendanceRow.answer == Answer.YES.value, 0),
            (AttendanceRow.answer == Answer.MAYBE.value, 1),
            else_=2,
        )
        rows = await self._session.scalars(
            select(AttendanceRow)
            .where(AttendanceRow.meeting_id == meeting_id)
            .order_by(order, AttendanceRow.answered_at, AttendanceRow.user_id)
        )
        return tuple(map(attendance_record, rows))

    async def followers_of(self, meeting_id: int) -> tuple[int, ...]:
        """Return the people who hear of changes: those who come, may come or gave a proxy."""
        said = await self._session.scalars(
            select(AttendanceRow.user_id).where(
                AttendanceRow.meeting_id == meeting_id,
                AttendanceRow.answer != Answer.NO.value,
            )
        )
        gave = await self._session.scalars(
            select(ProxyRow.user_id).where(
                ProxyRow.meeting_id == meeting_id, ProxyRow.state.in_(_OPEN)
            )
        )
        return tuple(sorted({*said, *gave}))

    async def counts_of(self, meeting_id: int) -> Counts:
        """Count who comes, and the accepted proxies of those who do not."""
        rows = await self._session.execute(
            select(AttendanceRow.answer, AttendanceRow.mode, func.count())
            .where(AttendanceRow.meeting_id == meeting_id)
            .group_by(AttendanceRow.answer, AttendanceRow.mode)
        )
        totals = {(answer, mode): count for answer, mode, count in rows}

        def total(answer: Answer, *modes: Mode) -> int:
            return sum(totals.get((answer.value, mode.value), 0) for mode in modes or tuple(Mode))

        return Counts(
            yes=total(Answer.YES),
            digital=total(Answer.YES, Mode.DIGITAL),
            maybe=total(Answer.MAYBE),
            no=total(Answer.NO),
            proxies=await self._counted_proxies(meeting_id),
        )

    async def _counted_proxies(self, meeting_id: int) -> int:
        """Count the proxies whose holder comes and whose giver does not."""

        def comes(user_id: object) -> object:
            return exists().where(
                AttendanceRow.meeting_id == meeting_id,
                AttendanceRow.user_id == user_id,
                AttendanceRow.answer == Answer.YES.value,
            )

        count = await self._session.scalar(
            select(func.count())
            .select_from(ProxyRow)
            .join(ProxyHolderRow, ProxyHolderRow.proxy_id == ProxyRow.id)
            .where(
                ProxyRow.meeting_id == meeting_id,
                ProxyRow.state == ProxyState.ACCEPTED.value,
                and_(comes(ProxyHolderRow.user_id), ~comes(ProxyRow.user_id)),  # type: ignore[arg-type, operator] # exists() is typed loosely
            )
        )
        return count or 0

    async def offer(self, meeting_id: int, *, giver_id: int, holder_id: int, at: datetime) -> Proxy:
        """Offer a proxy, in the place of whatever its giver offered before; it gets a new id."""
        await self._session.execute(
            delete(ProxyRow).where(ProxyRow.meeting_id == meeting_id, ProxyRow.user_id == giver_id)
        )
        row = ProxyRow(
            meeting_id=meeting_id,
            user_id=giver_id,
            state=ProxyState.OFFERED.value,
            changed_at=at,
        )
        self._session.add(row)
        await self._session.flush()
        self._session.add(ProxyHolderRow(proxy_id=row.id, user_id=holder_id, changed_at=at))
        await self._session.flush()
        return proxy_record(row, holder_id)

    async def proxy(self, proxy_id: int) -> Proxy | None:
        """Return a proxy, or None when it does not exist (any more)."""
        found = await self._proxies(ProxyRow.id == proxy_id)
        return found[0] if found else None

    async def proxy_of(self, meeting_id: int, giver_id: int) -> Proxy | None:
        """Return the proxy that somebody gave, or None."""
        found = await self._proxies(
            and_(ProxyRow.meeting_id == meeting_id, ProxyRow.user_id == giver_id)
        )
        return found[0] if found else None

    async def proxies_of(self, meeting_id: int) -> tuple[Proxy, ...]:
        """Return every proxy of a meeting, in the order in which they were offered."""
        return await self._proxies(ProxyRow.meeting_id == meeting_id)

    async def held_by(self, meeting_id: int, holder_id: int) -> tuple[Proxy, ...]:
        """Return the accepted proxies in somebody's hands."""
        return await self._proxies(
            and_(
                ProxyRow.meeting_id == meeting_id,
                ProxyRow.state == ProxyState.ACCEPTED.value,
                ProxyHolderRow.user_id == holder_id,
            )
        )

    async def set_proxy(self, proxy_id: int, state: ProxyState, *, at: datetime) -> None:
        """Write down what a proxy has become."""
        await self._session.execute(
            update(ProxyRow).where(ProxyRow.id == proxy_id).values(state=state.value, changed_at=at)
        )

    async def _proxies(self, condition: object) -> tuple[Proxy, ...]:
        rows = await self._session.execute(
            select(ProxyRow, ProxyHolderRow.user_id)
            .outerjoin(ProxyHolderRow, ProxyHolderRow.proxy_id == ProxyRow.id)
            .where(condition)  # type: ignore[arg-type] # a clause of either table
            .order_by(ProxyRow.id)
        )
        return tuple(proxy_record(row, holder) for row, holder in rows)
