"""Questions that nobody could answer, passed on to the moderators by whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.search.analysis import tokens
from bot.services.comments.blocking import Blocking
from bot.services.guild_settings import MODERATORS_CHANNEL
from bot.services.knowledge.asking import own_words
from bot.services.knowledge.conversations import Conversations, Thread
from bot.services.knowledge.masking import masked
from bot.services.knowledge.question_errors import UnknownOpenQuestionError
from bot.services.knowledge.question_grouping import same_question
from bot.services.knowledge.question_sending import post_card, show_again
from bot.services.places import Places
from bot.services.ports import Clock
from storage.question_records import (
    AnswerDraft,
    NewOpenQuestion,
    OpenQuestion,
    OpenQuestionState,
    QuestionGroup,
)
from storage.records import ChannelPlace, ShownAnswer
from storage.unit_of_work import UnitOfWork, UnitsOfWork

PAGE: Final = 10
_LARGEST_ID: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class PassedOn:
    """What became of passing a question on. `others` is how many other people ask the same."""

    group: QuestionGroup
    question: OpenQuestion
    is_new: bool
    others: int


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group with all that its card shows: who asked what, and who is writing an answer."""

    group: QuestionGroup
    questions: tuple[OpenQuestion, ...]
    drafts: tuple[AnswerDraft, ...] = ()

    @property
    def asker_count(self) -> int:
        """How many people asked."""
        return len({one.asker_id for one in self.questions})


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page of what waits in a guild, the oldest first; pages count from 1."""

    items: tuple[GroupView, ...]
    total: int
    number: int
    count: int


class OpenQuestions:
    """What waits for a moderator."""

    def __init__(
        self,
        units: UnitsOfWork,
        clock: Clock,
        conversations: Conversations,
        places: Places,
        blocking: Blocking,
    ) -> None:
        """Keep questions in `units`; `conversations` knows their words for a quarter of an hour.

        Whom `blocking` bars asks moderators nothing.
        """
        self._blocking = blocking
        self._units = units
        self._clock = clock
        self._conversations = conversations
        self._places = places

    async def pass_on(
        self, answer: ShownAnswer, *, thread: Thread, guild_id: int, message_id: int | None
    ) -> PassedOn:
        """Keep the question that got `answer` for the moderators of `guild_id`.

        The same question of the same person is kept once, and nearly the same question of several
        people is one for the moderators. Whoever asked it just now passes on their own words;
        otherwise only the masked question is known. `message_id` is the message below which it may
        be answered for all to read.

        Raises:
            BlockedError: when a moderator barred them.

        """
        await self._blocking.require_free(guild_id, thread.person)
        text = own_words(answer, thread=thread, conversations=self._conversations)
        channel_id = answer.place.channel_id if isinstance(answer.place, ChannelPlace) else None
        is_public = channel_id is not None and not answer.private
        question = NewOpenQuestion(
            guild_id=guild_id,
            asker_id=thread.person,
            text=text,
            normalised=" ".join(tokens(text)),
            asked_at=self._clock.now(),
            channel_id=channel_id if is_public else None,
            message_id=message_id if is_public else None,
        )
        cards = await self._places.channel_for(guild_id, MODERATORS_CHANNEL)
        async with self._units() as work:
            await work.open_questions.take_turn(guild_id)
            return await self._passed_on(work, question, None if cards is None else cards.id)

    async def count(self, guild_id: int) -> int:
        """Count the questions that wait in a guild; those that are the same are one."""
        async with self._units.reading() as work:
            return await work.question_groups.count_open(guild_id)

    async def page(self, guild_id: int, *, number: int = 1) -> WaitingPage:
        """Return a page of what waits in a guild; a number too high gives the last page."""
        async with self._units.reading() as work:
            total = await work.question_groups.count_open(guild_id)
            count = max(1, -(-total // PAGE))
            number = min(max(number, 1), count)
            groups = await work.question_groups.open_in(
                guild_id, offset=(number - 1) * PAGE, limit=PAGE
            )
            asked = await work.open_questions.in_groups([one.id for one in groups])
        items = tuple(GroupView(one, asked[one.id]) for one in groups if one.id in asked)
        return WaitingPage(items=items, total=total, number=number, count=count)

    async def view(self, group_id: int, *, guild_id: int) -> GroupView:
        """Return a group of a guild with its questions.

        Raises:
            UnknownOpenQuestionError: when the guild has none, or all who asked took it back.

        """
        found = await self.find(group_id)
        if found is None or found.group.guild_id != guild_id:
            raise UnknownOpenQuestionError
        return found

    async def find(self, group_id: int) -> GroupView | None:
        """Return a group of any guild, or None."""
        async with self._units.reading() as work:
            group = await work.question_groups.get(group_id) if group_id <= _LARGEST_ID else None
            questions = await work.open_questions.in_group(group.id) if group else ()
            drafts = await work.question_drafts.of_group(group.id) if group else ()
        return GroupView(group, questions, drafts) if group and questions else None

    async def question(self, question_id: int) -> tuple[OpenQuestion, QuestionGroup] | None:
        """Return one question of one person with its group, or None."""
        async with self._units.reading() as work:
            question = await work.open_questions.get(question_id)
            group = await work.question_groups.get(question.group_id) if question else None
        return (question, group) if question and group else None

    async def _passed_on(
        self, work: UnitOfWork, asked: NewOpenQuestion, cards: int | None
    ) -> PassedOn:
        known = await work.open_questions.of_asker(asked)
        if known is not None:
            return await _known(work, known)
        same = await _same_as(work, asked)
        if same is None:
            question, _ = await work.open_questions.pass_on(asked)
            made = await _locked(work, question.group_id)
            made = await post_card(work, made, cards, now=asked.asked_at)
            return PassedOn(made, question, is_new=True, others=0)
        group, questions = same
        own = next((one for one in questions if one.asker_id == asked.asker_id), None)
        if own is not None:
            return await _known(work, own)
        question, _ = await work.open_questions.pass_on(asked, group_id=group.id)
        group = await show_again(work, group)
        return PassedOn(group, question, is_new=True, others=_people(questions))


async def _same_as(
    work: UnitOfWork, asked: NewOpenQuestion
) -> tuple[QuestionGroup, tuple[OpenQuestion, ...]] | None:
    """Return the open group, locked, in which the same is asked, with its questions; or None."""
    groups = await work.question_groups.open_in(asked.guild_id)
    questions = await work.open_questions.in_groups([one.id for one in groups])
    for group in groups:
        if not _is_asked_in(questions.get(group.id, ()), asked):
            continue
        found = await work.question_groups.lock(group.id)
        # A moderator may have closed it just now: whoever comes later waits for an answer anew.
        if found is not None and found.state is OpenQuestionState.OPEN:
            return found, await work.open_questions.in_group(group.id)
    return None


def _is_asked_in(questions: Sequence[OpenQuestion], asked: NewOpenQuestion) -> bool:
    """Whether a group asks the same: in these words, below this message, or by this person.

    Only the first question counts for the words: else a group would drift from what it began with.
    Who asked in their own words is known again once only the masked ones are left.
    """
    if not questions:
        return False
    return (
        same_question(questions[0].text, asked.text)
        or (asked.message_id is not None and asked.message_id in {q.message_id for q in questions})
        or any(
            one.asker_id == asked.asker_id and masked(one.text) == masked(asked.text)
            for one in questions
        )
    )


async def _known(work: UnitOfWork, question: OpenQuestion) -> PassedOn:
    questions = await work.open_questions.in_group(question.group_id)
    group = await _locked(work, question.group_id)
    return PassedOn(group, question, is_new=False, others=_people(questions) - 1)


async def _locked(work: UnitOfWork, group_id: int) -> QuestionGroup:
    group = await work.question_groups.lock(group_id)
    if group is None:
        message = f"open question without its group {group_id}"
        raise AssertionError(message)
    return group


def _people(questions: Sequence[OpenQuestion]) -> int:
    return len({one.asker_id for one in questions})
