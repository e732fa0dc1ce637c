"""Answers that stand in chat, found again by the buttons below them."""

import datetime as dt
from typing import Final

from bot.errors import AlreadySharedError, AnswerGoneError, ElsewhereError
from bot.services.guild_settings import ANSWER_RETENTION, GuildChoices
from bot.services.ports import Clock
from storage.records import AnswerStatus, ChannelPlace, Place, ShownAnswer
from storage.unit_of_work import UnitsOfWork

_LARGEST_ID: Final = 2**63 - 1


class ShownAnswers:
    """Finds kept answers, within their retention and for the place where they stand only."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Find them in `units`."""
        self._units = units
        self._clock = clock
        self._being_shared: set[int] = set()

    async def find(self, answer_id: int, *, guild_id: int | None, channel_id: int) -> ShownAnswer:
        """Return the answer; `guild_id` and `channel_id` are where the button was pressed.

        Raises:
            AnswerGoneError: when it is older than its retention, or does not exist.
            ElsewhereError: when it was given in another place.

        """
        if not 0 < answer_id <= _LARGEST_ID:
            raise AnswerGoneError
        async with self._units.reading() as work:
            answer = await work.answers.get(answer_id)
            if answer is None:
                raise AnswerGoneError
            home = answer.place.guild_id
            chosen = (
                await work.settings.get(home, ANSWER_RETENTION.name) if home is not None else None
            )
        days = GuildChoices({chosen.name: chosen.value} if chosen else {}).value_of(
            ANSWER_RETENTION
        )
        if self._clock.now() - answer.created_at > dt.timedelta(days=days):
            raise AnswerGoneError
        if not _is_at(answer.place, guild_id=guild_id, channel_id=channel_id):
            raise ElsewhereError
        return answer

    async def begin_sharing(self, answer: ShownAnswer) -> None:
        """Claim the right to share an answer, which was private until now.

        Raises:
            AlreadySharedError: when it was shared before, or is being shared.
            ElsewhereError: when it is not an answer that can be shared.

        """
        if not answer.private or answer.content.status is not AnswerStatus.ANSWERED:
            raise ElsewhereError
        if answer.id in self._being_shared:
            raise AlreadySharedError
        self._being_shared.add(answer.id)
        # `answer` may have been read before somebody else was done sharing it.
        shared = True
        try:
            async with self._units.reading() as work:
                now = await work.answers.get(answer.id)
            shared = now is None or now.message_id is not None
        finally:
            if shared:
                self._being_shared.discard(answer.id)
        if shared:
            raise AlreadySharedError

    async def end_sharing(self, answer: ShownAnswer, *, message_id: int | None) -> None:
        """Keep where the answer stands now; without `message_id` it was not shared after all."""
        try:
            if message_id is not None:
                async with self._units() as work:
                    await work.answers.placed(answer.id, message_id=message_id)
        finally:
            self._being_shared.discard(answer.id)


def _is_at(place: Place, *, guild_id: int | None, channel_id: int) -> bool:
    if isinstance(place, ChannelPlace):
        return (place.guild_id, place.channel_id) == (guild_id, channel_id)
    return guild_id is None
