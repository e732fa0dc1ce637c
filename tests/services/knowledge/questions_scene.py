"""A guild with a moderators' channel, members who ask, and the use cases around open questions."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.services.comments.blocking import Blocking
from bot.services.comments.venues import CommentVenues
from bot.services.deliveries import transitions
from bot.services.directory import Channel
from bot.services.guild_settings import GuildSettings
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.conversations import Conversations, Thread
from bot.services.knowledge.drafting import markdown_of
from bot.services.knowledge.guild_documents import GuildDocuments
from bot.services.knowledge.library import Library
from bot.services.knowledge.masking import masked
from bot.services.knowledge.open_questions import GroupView, OpenQuestions, PassedOn
from bot.services.knowledge.question_answers import Sent
from bot.services.knowledge.question_service import Answering, build_answering
from bot.services.places import Places
from storage.delivery_records import (
    Copy,
    Delivery,
    DeliveryState,
    DmTarget,
    Problem,
)
from storage.question_records import ModeratorAnswer, OpenQuestionState
from storage.records import AnswerContent, AnswerStatus, ChannelPlace, DirectPlace, NewAnswer
from storage.unit_of_work import UnitsOfWork
from tests.builders import SHELF, plain_model, searcher
from tests.fakes import FakeClock, FakeDirectory

GUILD: Final = 10
OTHER_GUILD: Final = 11
CARDS: Final = Channel(70, "moderators", is_open=False)
CHANNEL: Final = 71
ANNA, BRAM, CARLA = 101, 102, 103
MARJA, OTTO = 5, 6
# Wednesday, at noon in Amsterdam.
START: Final = dt.datetime(2016, 6, 1, 10, 0, tzinfo=dt.UTC)
QUESTION: Final = "Wie betaalt de koffie op het congres?"
ANSWER: Final = ModeratorAnswer(
    OpenQuestionState.ANSWERED,
    "De koffie op het congres betaalt de vereniging.",
    source_title="Notulen bestuur",
    source_url="https://example.org/notulen",
)
DECLINED: Final = ModeratorAnswer(OpenQuestionState.DECLINED, "Dit gaat niet over BREED.")


@dataclass(slots=True)
class Scene:
    """One process. `another` is a second one on the same database."""

    units: UnitsOfWork
    clock: FakeClock
    directory: FakeDirectory
    settings: GuildSettings
    library: Library
    documents: GuildDocuments
    questions: OpenQuestions
    answering: Answering

    def another(self) -> "Scene":
        """Return another process: it shares the database and the time, nothing else."""
        return scene_of(self.units, clock=self.clock)

    async def ask(
        self,
        person: int,
        text: str = QUESTION,
        *,
        message: int | None = None,
        private: bool = False,
        direct: bool = False,
        guild: int = GUILD,
    ) -> PassedOn:
        """Have somebody press the button below the answer to a question they just asked."""
        conversations, thread = self.conversations(), Thread(person, CHANNEL, private)
        conversations.remember(thread, text)
        place = DirectPlace(guild) if direct else ChannelPlace(guild, CHANNEL)
        content = AnswerContent(AnswerStatus.UNKNOWN, masked(text))
        async with self.units() as work:
            answer = await work.answers.add(
                NewAnswer(place=place, content=content, private=private, created_at=START)
            )
        return await self.questions.pass_on(
            answer, thread=thread, guild_id=guild, message_id=message
        )

    def conversations(self) -> Conversations:
        """Return what the use case remembers conversations in."""
        return self.questions._conversations

    async def answer(
        self,
        group_id: int,
        answer: ModeratorAnswer = ANSWER,
        *,
        by: int = MARJA,
        keep: bool = False,
    ) -> Sent:
        """Have a moderator write and send an answer."""
        draft = await self.answering.answers.write(group_id, answer, guild_id=GUILD, by=by)
        return await self.answering.answers.send(
            draft.id, version=draft.version, keep=keep, guild_id=GUILD, by=by
        )

    async def view(self, group_id: int) -> GroupView:
        """Return a group as it is by now."""
        return await self.questions.view(group_id, guild_id=GUILD)

    async def queued(self, kind: str) -> tuple[Delivery, ...]:
        """Return what was queued of a kind, in order."""
        found: list[Delivery] = []
        async with self.units.reading() as work:
            for number in range(1, 40):
                delivery = await work.deliveries.get(number)
                if delivery is not None and delivery.kind == kind:
                    found.append(delivery)
        return tuple(found)

    async def bring(self, *, closed: tuple[int, ...] = (), gone: tuple[int, ...] = ()) -> None:
        """Send what waits, as the dispatcher would; `closed` people and `gone` channels refuse."""
        async with self.units() as work:
            for number in range(1, 40):
                found = await work.deliveries.lock(number)
                if found is None or found.state is not DeliveryState.WAITING:
                    continue
                await work.deliveries.put(_tried(found, closed, gone, self.clock.now()))

    async def tick(self) -> None:
        """Let the job do its work."""
        await self.answering.tending.tick()


def _tried(
    found: Delivery, closed: tuple[int, ...], gone: tuple[int, ...], now: dt.datetime
) -> Delivery:
    attempt = transitions.attempted(found, now, version=found.wanted_version)
    target = found.target
    if isinstance(target, DmTarget):
        if target.user_id in closed:
            return transitions.failed(attempt, Problem.DM_CLOSED)
        return transitions.sent(attempt, Copy(target.user_id + 9_000, found.id + 5_000))
    if target.channel_id in gone:
        return transitions.failed(attempt, Problem.UNKNOWN_CHANNEL)
    return transitions.sent(attempt, Copy(target.channel_id, found.id + 5_000))


def scene_of(units: UnitsOfWork, *, clock: FakeClock | None = None) -> Scene:
    """Return a process with a guild in it."""
    clock = clock or FakeClock(START)
    directory = FakeDirectory(channels={GUILD: (CARDS,)})
    settings = GuildSettings(units)
    places = Places(settings, units, clock, directory)
    library = Library(
        searcher(),
        SHELF,
        model=plain_model(),
        thresholds=Thresholds(answer=0.5, suggest=0.15),
        texts={one.id: markdown_of(one) for one in SHELF},
    )
    documents = GuildDocuments(units, clock, library)
    blocking = Blocking(units, clock, CommentVenues(places, settings))
    questions = OpenQuestions(units, clock, Conversations(clock), places, blocking)
    return Scene(
        units=units,
        clock=clock,
        directory=directory,
        settings=settings,
        library=library,
        documents=documents,
        questions=questions,
        answering=build_answering(
            units,
            clock,
            questions,
            places=places,
            settings=settings,
            library=library,
            documents=documents,
        ),
    )
