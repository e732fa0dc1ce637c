"""Puts the card of an open question up again, when somebody deleted it by hand."""

import enum
from typing import Final

from bot.services.guild_settings import MODERATORS_CHANNEL
from bot.services.knowledge.question_errors import QuestionDoneError, UnknownOpenQuestionError
from bot.services.knowledge.question_sending import CARD, let_be, post_card
from bot.services.places import Places
from bot.services.ports import Clock
from storage.question_records import OpenQuestionState
from storage.unit_of_work import UnitsOfWork

_LARGEST_ID: Final = 2**63 - 1


class Reposting(enum.Enum):
    """What came of it: another card, somebody was first, or no channel may hold one."""

    DONE = "done"
    WAS_DONE = "was done"
    NO_CHANNEL = "no channel"


class QuestionCards:
    """Posts cards by hand."""

    def __init__(self, units: UnitsOfWork, clock: Clock, places: Places) -> None:
        """Queue in `units`, for the moderators' channels of `places`."""
        self._units = units
        self._clock = clock
        self._places = places

    async def post_again(self, group_id: int, *, posts: int, guild_id: int) -> Reposting:
        """Post a card in the place of the one that was the `posts`-th; one that stands goes.

        Of many at once one does, and the others are told so.

        Raises:
            UnknownOpenQuestionError: when the guild has no such question.
            QuestionDoneError: when it is closed.

        """
        channel = await self._places.channel_for(guild_id, MODERATORS_CHANNEL)
        async with self._units() as work:
            group = await work.question_groups.lock(group_id) if group_id <= _LARGEST_ID else None
            if group is None or group.guild_id != guild_id:
                raise UnknownOpenQuestionError
            if group.state is not OpenQuestionState.OPEN:
                raise QuestionDoneError(group)
            if group.posts != posts:
                return Reposting.WAS_DONE
            if channel is None:
                return Reposting.NO_CHANNEL
            for card in await work.deliveries.of_subject(CARD, group.id):
                await let_be(work, card)
            await work.deliveries.withdraw(CARD, group.id)
            await post_card(work, group, channel.id, now=self._clock.now())
        return Reposting.DONE
