"""Questions that nobody could answer, passed on to the moderators by whoever asks."""

from bot.search.analysis import tokens
from bot.services.knowledge.asking import own_words
from bot.services.knowledge.conversations import Conversations, Thread
from bot.services.ports import Clock
from storage.records import ChannelPlace, NewOpenQuestion, ShownAnswer
from storage.unit_of_work import UnitsOfWork


class OpenQuestions:
    """What waits for a moderator."""

    def __init__(self, units: UnitsOfWork, clock: Clock, conversations: Conversations) -> None:
        """Keep questions in `units`; `conversations` knows their words for a quarter of an hour."""
        self._units = units
        self._clock = clock
        self._conversations = conversations

    async def pass_on(
        self, answer: ShownAnswer, *, thread: Thread, guild_id: int, message_id: int | None
    ) -> bool:
        """Keep the question that got `answer` for the moderators of `guild_id`.

        Tells whether it is new: the same question of the same person is kept once. Whoever asked it
        just now passes on their own words; otherwise only the masked question is known.
        """
        text = own_words(answer, thread=thread, conversations=self._conversations)
        place = answer.place
        async with self._units() as work:
            _, is_new = await work.open_questions.pass_on(
                NewOpenQuestion(
                    guild_id=guild_id,
                    asker_id=thread.person,
                    text=text,
                    normalised=" ".join(tokens(text)),
                    asked_at=self._clock.now(),
                    channel_id=place.channel_id if isinstance(place, ChannelPlace) else None,
                    message_id=message_id if isinstance(place, ChannelPlace) else None,
                )
            )
        return is_new

    async def count(self, guild_id: int) -> int:
        """Count the questions that wait in a guild."""
        async with self._units.reading() as work:
            return await work.open_questions.count_waiting(guild_id)
