"""The job around open questions: cards that are missing, answers that did not arrive, reminders.

All of it is found in the tables, so nothing is lost over a restart, and doing it twice changes
nothing. An answer that cannot stand where somebody asked goes to them as a private message; what
does not arrive there either is shown on the card.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.dates.wall import instants, wall
from bot.services.guild_settings import MODERATORS_CHANNEL, OPEN_QUESTION_WAIT, GuildSettings
from bot.services.knowledge.question_keeping import QuestionKeeping
from bot.services.knowledge.question_sending import (
    CARD,
    REMINDER,
    let_be,
    message_key,
    post_card,
    queue_message,
    reply_key,
    show_again,
)
from bot.services.places import Places
from bot.services.ports import Clock
from storage.delivery_records import (
    ChannelTarget,
    Delivery,
    DeliveryState,
    NewDelivery,
    Problem,
)
from storage.errors import StorageError
from storage.question_records import (
    OpenQuestion,
    OpenQuestionState,
    Outcome,
    QuestionGroup,
    Waiting,
)
from storage.unit_of_work import UnitOfWork, UnitsOfWork

INTERVAL: Final = dt.timedelta(seconds=10)
"""How often `tick` is to be called."""
WATCHED: Final = dt.timedelta(days=7)
"""How long after a question was closed an answer that failed may still arrive after all."""
_REMIND_AT: Final = dt.time(9)
_ZONE: Final = ZoneInfo("Europe/Amsterdam")
_A_TURN: Final = 50  # groups
_KEPT_AT_ONCE: Final = dt.timedelta(minutes=1)
_GONE: Final = frozenset({Problem.MESSAGE_GONE, Problem.UNKNOWN_CHANNEL})
_UNDONE: Final = frozenset({DeliveryState.FAILED, DeliveryState.CANCELLED, DeliveryState.MISSED})

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class QuestionTending:
    """Follows up what members and moderators began."""

    def __init__(
        self,
        units: UnitsOfWork,
        clock: Clock,
        places: Places,
        settings: GuildSettings,
        keeping: QuestionKeeping,
    ) -> None:
        """Post in the moderators' channels of `places`."""
        self._units = units
        self._clock = clock
        self._places = places
        self._settings = settings
        self._keeping = keeping

    async def tick(self) -> None:
        """Do all that is to be done now.

        Raises:
            StorageError: when the database cannot be used; the next turn tries again.

        """
        await self._clear()
        await self._post()
        await self._follow()
        await self._keep()
        await self._remind()

    async def _clear(self) -> None:
        """Let go of groups whose askers all took their question back; their cards go as well."""
        async with self._units.reading() as work:
            found = await work.question_groups.empty(limit=_A_TURN)
        if not found:
            return
        async with self._units() as work:
            for group_id in await work.question_groups.delete_empty(found):
                await work.deliveries.withdraw(CARD, group_id)

    async def _post(self) -> None:
        async with self._units.reading() as work:
            found = await work.question_groups.unposted(limit=10 * _A_TURN)
        channels: dict[int, int | None] = {}
        for group in found:
            if group.guild_id not in channels:
                channels[group.guild_id] = await self._cards_of(group.guild_id)
            channel_id = channels[group.guild_id]
            if channel_id is None or not await self._can_post(group, channel_id):
                continue
            async with self._units() as work:
                known = await work.question_groups.lock(group.id)
                if known is not None and known.posts == group.posts:
                    for card in await work.deliveries.of_subject(CARD, group.id):
                        await let_be(work, card)
                    await post_card(work, known, channel_id, now=self._clock.now())

    async def _can_post(self, group: QuestionGroup, channel_id: int) -> bool:
        """Whether another card may stand: what Discord refuses there, moderators are to mend."""
        async with self._units.reading() as work:
            cards = await work.deliveries.of_subject(CARD, group.id)
        if not cards or channel_id != group.posted_in:
            return True
        return cards[-1].state is not DeliveryState.FAILED or cards[-1].problem in _GONE

    async def _follow(self) -> None:
        async with self._units.reading() as work:
            found = await work.question_groups.unsettled(limit=10 * _A_TURN)
            moved = [one for one in found if await self._has_moved(work, one)]
        for group in moved:
            async with self._units() as work:
                known = await work.question_groups.lock(group.id)
                if known is not None and not known.settled:
                    await self._follow_in(work, known)

    async def _has_moved(self, work: UnitOfWork, group: QuestionGroup) -> bool:
        """Whether anything about a group's answers is to be written down."""
        questions = await work.open_questions.in_group(group.id)
        found = [await _way_of(work, one) for one in questions]
        outcomes = [one.outcome for one in found]
        return (
            any(one.goes_private for one in found)
            or outcomes != [one.outcome for one in questions]
            or _is_settled(group, outcomes, now=self._clock.now())
        )

    async def _follow_in(self, work: UnitOfWork, group: QuestionGroup) -> None:
        questions = await work.open_questions.in_group(group.id)
        outcomes: list[Outcome | None] = []
        for one in questions:
            way = await _way_of(work, one)
            if way.goes_private:
                await self._go_private(work, one, way.reply)
            if way.outcome is not None and way.outcome is not one.outcome:
                await work.open_questions.note_outcome(one.id, way.outcome)
            outcomes.append(way.outcome)
        if outcomes != [one.outcome for one in questions]:
            group = await show_again(work, group)
        if _is_settled(group, outcomes, now=self._clock.now()):
            await work.question_groups.put(replace(group, settled=True))

    async def _go_private(
        self, work: UnitOfWork, asked: OpenQuestion, reply: Delivery | None
    ) -> None:
        """Queue a private message in the place of an answer that cannot stand where it should."""
        if reply is not None:
            await let_be(work, reply)
        await queue_message(work, asked, now=self._clock.now())

    async def _keep(self) -> None:
        before = self._clock.now() - _KEPT_AT_ONCE
        async with self._units.reading() as work:
            found = await work.question_groups.unkept(before=before, limit=_A_TURN)
        for group in found:
            await self._keeping.keep(group)

    async def _remind(self) -> None:
        now = self._clock.now()
        today = wall(now, _ZONE).date()
        moments = instants(dt.datetime.combine(today, _REMIND_AT), _ZONE)
        if now < moments[0]:
            return
        async with self._units.reading() as work:
            waiting = await work.question_groups.waiting_since(now - dt.timedelta(days=1))
        for one in waiting:
            try:
                await self._remind_guild(one, today, now)
            except StorageError as error:
                _log.warning(
                    "open_questions_not_reminded",
                    guild=one.guild_id,
                    reason=type(error).__name__,
                )

    async def _remind_guild(self, waiting: Waiting, today: dt.date, now: dt.datetime) -> None:
        days = await self._settings.value_of(waiting.guild_id, OPEN_QUESTION_WAIT)
        channel_id = await self._cards_of(waiting.guild_id)
        if channel_id is None or waiting.oldest >= now - dt.timedelta(days=days):
            return
        key = f"{REMINDER}:{waiting.guild_id}:{today.isoformat()}"
        async with self._units.reading() as work:
            if await work.deliveries.by_key(key) is not None:
                return
        async with self._units() as work:
            await work.deliveries.queue(
                NewDelivery(
                    key=key,
                    guild_id=waiting.guild_id,
                    target=ChannelTarget(channel_id),
                    kind=REMINDER,
                    subject_id=today.toordinal(),
                    due_at=now,
                    useful_until=now + dt.timedelta(hours=12),
                )
            )
            await _look_for_cards(work, waiting.guild_id)

    async def _cards_of(self, guild_id: int) -> int | None:
        channel = await self._places.channel_for(guild_id, MODERATORS_CHANNEL)
        return None if channel is None else channel.id


@dataclass(frozen=True, slots=True)
class _Way:
    """How an answer goes; `goes_private`: a private message is still to be sent."""

    outcome: Outcome | None = None
    reply: Delivery | None = None
    goes_private: bool = False


async def _look_for_cards(work: UnitOfWork, guild_id: int) -> None:
    """Have the cards of what waits shown anew: one that was deleted by hand is found gone."""
    for one in await work.question_groups.open_in(guild_id, limit=_A_TURN):
        group = await work.question_groups.lock(one.id)
        if group is not None and group.state is OpenQuestionState.OPEN:
            await show_again(work, group)


async def _way_of(work: UnitOfWork, asked: OpenQuestion) -> _Way:
    message = await work.deliveries.by_key(message_key(asked))
    if message is not None:
        return _Way(_arrived(message, as_what=Outcome.MESSAGED))
    reply = None
    if asked.message_id is not None:
        reply = await work.deliveries.by_key(reply_key(asked))
    if reply is not None and reply.state not in _UNDONE:
        return _Way(_arrived(reply, as_what=Outcome.REPLIED))
    return _Way(reply=reply, goes_private=True)


def _arrived(copy: Delivery, *, as_what: Outcome) -> Outcome | None:
    if copy.copy is not None and copy.state is DeliveryState.SENT:
        return as_what
    return Outcome.FAILED if copy.state in _UNDONE else None


def _is_settled(
    group: QuestionGroup, outcomes: Iterable[Outcome | None], *, now: dt.datetime
) -> bool:
    """Whether nothing more is to come: all were reached, or the time to watch is over."""
    closed_at = group.closed_at or now
    if now - closed_at > WATCHED:
        return True
    return all(one in {Outcome.REPLIED, Outcome.MESSAGED} for one in outcomes)
