"""Updates: written, previewed, published now or later, corrected and taken back.

Every change names the version that somebody looked at. Of two people at once one wins; the other
is told who was first, and sees what it is now. Each change and its deliveries are one unit.
"""

import datetime as dt
from dataclasses import replace
from typing import Final

from bot.services.ports import Clock
from bot.services.progress import updates_states as states
from bot.services.progress.updates_content import reason_of
from bot.services.progress.updates_errors import (
    PlanPassedError,
    ProposalGoneError,
    UnknownUpdateError,
    UpdateChangedError,
    UpdateDoneError,
)
from bot.services.progress.updates_sending import KIND, Venues, queue_copies
from storage.progress_records import (
    NewUpdateChange,
    Update,
    UpdateChange,
    UpdateContent,
    UpdateEvent,
    UpdatePlan,
    UpdateState,
)
from storage.unit_of_work import UnitOfWork, UnitsOfWork

_LARGEST_ID: Final = 2**63 - 1


class Updates:
    """What moderators do with updates. All of it is of one guild; others' are unknown there."""

    def __init__(self, units: UnitsOfWork, clock: Clock, venues: Venues) -> None:
        """Keep updates in `units`; `venues` says where they go."""
        self._units = units
        self._clock = clock
        self._venues = venues

    async def write(
        self, guild_id: int, content: UpdateContent, *, by: int, form_id: int | None = None
    ) -> Update:
        """Keep what was typed as a draft. The same form again gives the same update.

        Sent in again with another text, the draft that it made is changed.

        Raises:
            UpdateDoneError: when what the form made is published or withdrawn by now.

        """
        now = self._clock.now()
        async with self._units() as work:
            made, is_new = await work.updates.add(
                guild_id, content, author_id=by, at=now, form_id=form_id
            )
            if is_new:
                await work.updates.record(made, NewUpdateChange(UpdateEvent.CREATED, now, by))
                return made
            if made.content == content:
                return made
            if made.state is not UpdateState.DRAFT:
                raise await _done(work, made)
            after = states.edited(made, content, now=now)
            return await _write(work, after, NewUpdateChange(UpdateEvent.EDITED, now, by))

    async def find(self, number: int, *, guild_id: int) -> Update:
        """Return the update that people know by this number.

        Raises:
            UnknownUpdateError: when the guild has none.

        """
        if not 0 < number < 2**31:
            raise UnknownUpdateError
        async with self._units.reading() as work:
            found = await work.updates.by_number(guild_id, number)
        if found is None:
            raise UnknownUpdateError
        return found

    async def get(self, update_id: int, *, guild_id: int) -> Update:
        """Return an update by its id. Raises UnknownUpdateError, as `find` does."""
        async with self._units.reading() as work:
            found = await work.updates.get(update_id) if update_id <= _LARGEST_ID else None
        if found is None or found.guild_id != guild_id:
            raise UnknownUpdateError
        return found

    async def edit(self, seen: Update, content: UpdateContent, *, by: int) -> Update:
        """Change what nobody has read yet, of the version that was `seen`.

        Raises:
            UpdateChangedError: when it is another version by now.
            UpdateDoneError: when it is published or withdrawn.

        """
        now = self._clock.now()
        async with self._units() as work:
            found = await work.updates.lock(seen.id)
            if found is not None and found.content == content and _is_open(found):
                return found
            found = await _locked(work, seen, states.UNPUBLISHED)
            after = states.edited(found, content, now=now)
            return await _write(work, after, NewUpdateChange(UpdateEvent.EDITED, now, by))

    async def mention_role(self, seen: Update, *, mentioned: bool, by: int) -> Update:
        """Choose whether it mentions the guild's role. Raises as `edit` does."""
        return await self.edit(seen, replace(seen.content, mentions_role=mentioned), by=by)

    async def publish(self, seen: Update, *, by: int) -> tuple[Update, int]:
        """Publish the version that was `seen`; return it and how many people get a copy.

        Raises:
            NoUpdatesChannelError, UpdatesChannelRightsError: when it cannot be posted.
            UpdateChangedError: when it is another version by now.
            UpdateDoneError: when somebody else published it or took it back.

        """
        channel = await self._venues.channel_of(seen.guild_id)
        now = self._clock.now()
        async with self._units() as work:
            found = await _locked(work, seen, states.UNPUBLISHED)
            after = states.published(found, now=now)
            await _write(work, after, NewUpdateChange(UpdateEvent.PUBLISHED, now, by))
            return after, await queue_copies(work, after, channel, now=now)

    async def unplan(self, seen: Update, *, by: int) -> Update:
        """Make what is planned a draft again. Raises as `edit` does."""
        now = self._clock.now()
        async with self._units() as work:
            found = await work.updates.lock(seen.id)
            if found is not None and found.state is UpdateState.DRAFT:
                return found
            after = states.unplanned(await _locked(work, seen, states.UNPUBLISHED))
            return await _write(work, after, NewUpdateChange(UpdateEvent.UNPLANNED, now, by))

    async def propose_edit(self, seen: Update, content: UpdateContent, *, by: int) -> UpdateChange:
        """Keep a correction until somebody says yes to it."""
        change = NewUpdateChange(UpdateEvent.EDIT_PROPOSED, self._clock.now(), by, content=content)
        return await self._proposed(seen, change)

    async def propose_plan(self, seen: Update, plan: UpdatePlan, *, by: int) -> UpdateChange:
        """Keep a plan until somebody says yes to it."""
        change = NewUpdateChange(UpdateEvent.PLAN_PROPOSED, self._clock.now(), by, plan=plan)
        return await self._proposed(seen, change)

    async def propose_withdrawal(self, seen: Update, reason: str, *, by: int) -> UpdateChange:
        """Keep the reason to take an update back until somebody says yes to it.

        Raises:
            UpdateContentError: when there is no reason, or it is too long.
            UpdateDoneError: when it is withdrawn already.

        """
        reason = reason_of(reason)
        event, now = UpdateEvent.WITHDRAWAL_PROPOSED, self._clock.now()
        return await self._proposed(seen, NewUpdateChange(event, now, by, reason=reason))

    async def proposed_rule(self, update: Update, change_id: int) -> str | None:
        """Return the rule to repeat by that was proposed with a moment; None: once.

        Raises:
            ProposalGoneError: when it was not proposed for this update.

        """
        async with self._units.reading() as work:
            wanted = await work.updates.change(change_id) if change_id <= _LARGEST_ID else None
        if wanted is None or wanted.update_id != update.id or wanted.plan is None:
            raise ProposalGoneError
        return wanted.plan.repeat

    async def confirm(self, change_id: int, *, guild_id: int, by: int) -> Update:
        """Do what was proposed, to the version that it was proposed for.

        Raises:
            ProposalGoneError: when there is no such proposal in the guild.
            PlanPassedError: when the moment is past by now.
            UpdateChangedError: when the update is another version by now.
            UpdateDoneError: when it is in a state in which this cannot be done.

        """
        now = self._clock.now()
        async with self._units() as work:
            wanted = await work.updates.change(change_id) if change_id <= _LARGEST_ID else None
            seen = await work.updates.lock(wanted.update_id) if wanted else None
            if wanted is None or seen is None or seen.guild_id != guild_id:
                raise ProposalGoneError
            if _is_so_already(seen, wanted):
                return seen
            if wanted.plan is not None and wanted.event is UpdateEvent.PLAN_PROPOSED:
                _check_to_come(wanted.plan, now)
            found = await _locked(
                work, replace(seen, version=wanted.version), _allowed_for(wanted.event)
            )
            after, event = _confirmed(found, wanted, now=now)
            change = NewUpdateChange(event, now, by, reason=after.withdrawal_reason)
            return await _write(work, after, change)

    async def _proposed(self, seen: Update, change: NewUpdateChange) -> UpdateChange:
        async with self._units() as work:
            found = await work.updates.lock(seen.id)
            if found is None:
                raise UnknownUpdateError
            if found.state not in _allowed_for(change.event):
                raise await _done(work, found)
            kept = await work.updates.change(await work.updates.record(found, change))
        if kept is None:
            raise ProposalGoneError
        return kept


async def _write(work: UnitOfWork, after: Update, change: NewUpdateChange) -> Update:
    """Write a change down with its line of history; copies that are out follow it."""
    await work.updates.put(after)
    await work.updates.record(after, change)
    if change.event is UpdateEvent.WITHDRAWN:
        await work.deliveries.withdraw(KIND, after.id)
    elif after.state is UpdateState.PUBLISHED:
        await work.deliveries.revise(KIND, after.id, version=after.version)
    return after


def _confirmed(
    found: Update, wanted: UpdateChange, *, now: dt.datetime
) -> tuple[Update, UpdateEvent]:
    """Return the update as it was proposed to be, and what that is called."""
    if wanted.event is UpdateEvent.EDIT_PROPOSED:
        return states.edited(found, wanted.content, now=now), UpdateEvent.EDITED
    if wanted.event is UpdateEvent.PLAN_PROPOSED and wanted.plan is not None:
        return states.planned(found, wanted.plan), UpdateEvent.PLANNED
    if wanted.event is UpdateEvent.WITHDRAWAL_PROPOSED and wanted.reason is not None:
        return states.withdrawn(found, wanted.reason, now=now), UpdateEvent.WITHDRAWN
    raise ProposalGoneError


def _is_so_already(found: Update, wanted: UpdateChange) -> bool:
    """Whether somebody said yes to the same before, as two quick presses do."""
    if wanted.event is UpdateEvent.PLAN_PROPOSED:
        return found.state is UpdateState.PLANNED and found.plan == wanted.plan
    is_edit = wanted.event is UpdateEvent.EDIT_PROPOSED
    return is_edit and found.state in states.STANDING and found.content == wanted.content


def _check_to_come(plan: UpdatePlan, now: dt.datetime) -> None:
    if plan.moment <= now:
        raise PlanPassedError


def _allowed_for(proposed: UpdateEvent) -> frozenset[UpdateState]:
    return states.UNPUBLISHED if proposed is UpdateEvent.PLAN_PROPOSED else states.STANDING


def _is_open(update: Update) -> bool:
    return update.state in states.UNPUBLISHED


async def _locked(work: UnitOfWork, seen: Update, allowed: frozenset[UpdateState]) -> Update:
    """Return the update as it is, for this unit alone, when it is still what was `seen`."""
    found = await work.updates.lock(seen.id)
    if found is None or found.guild_id != seen.guild_id:
        raise UnknownUpdateError
    if found.state not in allowed:
        raise await _done(work, found)
    if found.version != seen.version:
        last = await _last_change(work, found)
        raise UpdateChangedError(found, by=last.actor_id if last else None)
    return found


async def _done(work: UnitOfWork, found: Update) -> UpdateDoneError:
    last = await _last_change(work, found)
    return UpdateDoneError(
        number=found.number,
        state=found.state,
        by=last.actor_id if last else None,
        at=last.at if last else None,
    )


async def _last_change(work: UnitOfWork, found: Update) -> UpdateChange | None:
    """Return what brought an update to where it is; proposals changed nothing."""
    proposals = {
        UpdateEvent.EDIT_PROPOSED,
        UpdateEvent.PLAN_PROPOSED,
        UpdateEvent.WITHDRAWAL_PROPOSED,
    }
    history = await work.updates.history_of(found.id)
    wanted = {
        UpdateState.PUBLISHED: {UpdateEvent.PUBLISHED},
        UpdateState.WITHDRAWN: {UpdateEvent.WITHDRAWN},
    }.get(found.state, set(UpdateEvent) - proposals)
    return next((one for one in reversed(history) if one.event in wanted), None)
