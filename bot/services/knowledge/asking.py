"""One question in chat: the reply, the memory of the conversation, and what is kept of it."""

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from bot.errors import StaleComponentError
from bot.search.documents import Document, Origin
from bot.services.forum.finding import Finding, ForumHit
from bot.services.knowledge.answers import Answered, Citation, Reply, Suggested
from bot.services.knowledge.conversations import Conversations, Thread
from bot.services.knowledge.ledger import Entry, Ledger
from bot.services.knowledge.library import Edition, Library
from bot.services.knowledge.masking import masked
from bot.services.knowledge.question_text import usable
from bot.services.knowledge.rate_limit import RateLimit
from bot.services.meetings.answering import MeetingAnswers
from bot.services.ports import Clock
from bot.services.progress.news import News
from storage.records import (
    AnswerCitation,
    AnswerContent,
    AnswerStatus,
    AnswerTopic,
    NewAnswer,
    NewQuestion,
    Place,
    ShownAnswer,
)
from storage.unit_of_work import UnitsOfWork

_REPLIES: Final = 2_000  # replies kept ready: many people ask the same


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was let through. `before` is what the same person asked just before it."""

    text: str
    person: int
    place: Place
    is_private: bool
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A reply, and the answer as it is kept: its id goes into the buttons.

    `forum` is what forum members wrote about a question that has no answer.
    """

    asked: Asked
    reply: Reply
    answer: ShownAnswer
    forum: tuple[ForumHit, ...] = ()


class Asking:
    """The use case of a question: let through, answered, kept without the asker."""

    def __init__(  # noqa: PLR0913 -- built once, with each of its means by name
        self,
        *,
        units: UnitsOfWork,
        clock: Clock,
        library: Library,
        conversations: Conversations,
        limit: RateLimit,
        forum: Finding,
        news: News,
        meetings: MeetingAnswers,
    ) -> None:
        """Answer from `library`, keep in `units`; without an answer, look in `forum`."""
        self._units = units
        self._clock = clock
        self._library = library
        self._conversations = conversations
        self._ledger = Ledger(units, clock)
        self._forum = forum
        self._news = news
        self._meetings = meetings
        self.limit = limit
        # By the number of the edition: it must not be kept alive by what it once said.
        self._replies: OrderedDict[tuple[int, str, str | None], Reply] = OrderedDict()

    def admit(self, text: str, *, person: int) -> str:
        """Let a question through; return it cleaned. What is no question costs no token.

        Raises:
            UnusableQuestionError: when it cannot be looked up.
            TooManyQuestionsError: when the person asks too much.

        """
        question = usable(text)
        self.limit.take(person)
        return question

    def in_conversation(self, text: str, *, thread: Thread, place: Place) -> Asked:
        """Return the question as part of a conversation, which remembers it from now on."""
        before = self._conversations.before(thread)
        self._conversations.remember(thread, text)
        return Asked(text, thread.person, place, thread.is_private, before)

    async def answer(self, asked: Asked) -> Given:
        """Look the question up and keep what came of it, masked.

        Raises:
            StorageError: when it cannot be kept.

        """
        reply = await self._reply_to(asked)
        now, text = self._clock.now(), masked(asked.text)
        answer = await self._ledger.keep(
            Entry(
                person=asked.person,
                question=_question(asked, reply, text=text, at=now),
                answer=NewAnswer(
                    place=asked.place,
                    content=content_of(reply, question=text),
                    private=asked.is_private,
                    created_at=now,
                ),
            )
        )
        return Given(asked, reply, answer, await self._hits(asked, reply))

    async def answer_again(self, given: Given, text: str) -> Given:
        """Look an edited question up and put it in the place of the one it was."""
        earlier = given.asked
        asked = Asked(text, earlier.person, earlier.place, earlier.is_private, earlier.before)
        reply, question = await self._reply_to(asked), masked(text)
        async with self._units() as work:
            answer = await work.answers.revise(
                given.answer.id, content_of(reply, question=question)
            )
            if given.answer.question_id is not None:
                new = _question(asked, reply, text=question, at=self._clock.now())
                await work.questions.revise(given.answer.question_id, new)
        return Given(asked, reply, answer or given.answer, await self._hits(asked, reply))

    async def answer_topic(self, shown: ShownAnswer, number: int, *, thread: Thread) -> Given:
        """Answer with the passage behind a topic that `shown` offered, for `thread.person` alone.

        Raises:
            StaleComponentError: when there is no such topic (any more).

        """
        if not 0 <= number < len(shown.content.topics):
            raise StaleComponentError
        topic = shown.content.topics[number]
        edition = await self._library.ready(shown.place.guild_id)
        document = edition.document(topic.document)
        section = _section_titled(document, topic.title) if document is not None else None
        if document is None or section is None or not document.origin.is_verified:
            raise StaleComponentError
        reply = _whole_passage(document, section)
        questions = document.sections[section].questions
        question = questions[0] if questions else topic.title
        self._conversations.remember(thread, question)
        asked = Asked(question, thread.person, shown.place, thread.is_private)
        async with self._units() as work:
            answer = await work.answers.add(
                NewAnswer(
                    place=shown.place,
                    content=content_of(reply, question=masked(question)),
                    private=True,
                    created_at=self._clock.now(),
                    question_id=shown.question_id,
                )
            )
        return Given(asked, reply, answer)

    async def _hits(self, asked: Asked, reply: Reply) -> tuple[ForumHit, ...]:
        if isinstance(reply, Answered):
            return ()
        known = self._library.for_guild(asked.place.guild_id).answerer.known
        return await self._forum.find(asked.text, guild_id=asked.place.guild_id, known=known)

    async def _reply_to(self, asked: Asked) -> Reply:
        """Return the reply: of the knowledge base, unless it is asked how things are now."""
        planned = await self._meetings.reply(asked.text, guild_id=asked.place.guild_id)
        if planned is not None:
            return planned
        return await self._news.reply(
            asked.text,
            before=asked.before,
            guild_id=asked.place.guild_id,
            known=self._reply(await self._library.ready(asked.place.guild_id), asked),
        )

    def _reply(self, edition: Edition, asked: Asked) -> Reply:
        key = (edition.number, asked.text, asked.before)
        known = self._replies.get(key)
        if known is None:
            known = edition.answerer.reply(asked.text, before=asked.before)
            self._replies[key] = known
            if len(self._replies) > _REPLIES:
                self._replies.popitem(last=False)
        return known


def own_words(answer: ShownAnswer, *, thread: Thread, conversations: Conversations) -> str:
    """Return the question of an answer: unmasked for whoever asked it within a quarter of an hour.

    Their words are in the memory of the conversation; what is kept is masked.
    """
    text = conversations.before(thread)
    if text is None or masked(text) != answer.content.question:
        return answer.content.question
    return text


def content_of(reply: Reply, *, question: str) -> AnswerContent:
    """Return what is kept of a reply; `question` is masked already."""
    match reply:
        case Answered():
            return AnswerContent(
                AnswerStatus.ANSWERED,
                question,
                reply.text,
                tuple(_kept(citation) for citation in reply.citations),
            )
        case Suggested():
            topics = tuple(AnswerTopic(one.document, one.title) for one in reply.topics)
            return AnswerContent(AnswerStatus.SUGGESTED, question, topics=topics)
        case _:
            return AnswerContent(AnswerStatus.UNKNOWN, question)


def _kept(citation: Citation) -> AnswerCitation:
    return AnswerCitation(
        document=citation.document,
        section=str(citation.section),
        title=citation.title,
        part=citation.part.value if citation.part else "",
        date=citation.date,
        url=citation.source.url,
        quote=citation.quote,
        by_moderator=citation.by_moderator,
    )


def _question(asked: Asked, reply: Reply, *, text: str, at: dt.datetime) -> NewQuestion:
    return NewQuestion(
        place=asked.place,
        text=text,
        status=content_of(reply, question=text).status,
        confidence=reply.confidence,
        asked_at=at,
        document=reply.citations[0].document if isinstance(reply, Answered) else None,
    )


def _section_titled(document: Document, title: str) -> int | None:
    """Return the number of the section that a topic of this title is about."""
    heading = title.removeprefix(document.title).removeprefix(": ")
    return next(
        (number for number, section in enumerate(document.sections) if section.heading == heading),
        None,
    )


def _whole_passage(document: Document, number: int) -> Answered:
    section = document.sections[number]
    citation = Citation(
        title=document.title,
        part=document.part,
        date=section.date,
        source=next((one for one in section.sources if one.url), section.sources[0]),
        quote=section.text,
        document=document.id,
        section=number,
        origin=document.origin,
        by_moderator=document.origin is Origin.MODERATOR,
    )
    return Answered(section.text, (citation,), 1.0)
