"""A guild that keeps documents of its own beside two that ship."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from typing_extensions import override

from bot.search.documents import Document
from bot.search.index import Beside
from bot.search.real_words import RealWords
from bot.search.segments import Segment
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.answers import Answered
from bot.services.knowledge.drafting import draft_document, markdown_of
from bot.services.knowledge.guild_documents import GuildDocuments
from bot.services.knowledge.library import Library
from bot.services.knowledge.workshop import Read, ThreadWorkshop, WorkshopError, Written
from storage.unit_of_work import UnitsOfWork
from tests.builders import SHELF, plain_model, searcher
from tests.conftest import NOW
from tests.fakes import FakeClock
from tests.storage.examples import GUILD

OTHER_GUILD = GUILD + 1
MODERATOR, SECOND = 71, 72
DAY = dt.date(2016, 6, 3)
COSTS = "wat kost het waterschapshuis"


class Failing(ThreadWorkshop):
    """A workshop that is out of order while it is told so."""

    def __init__(self) -> None:
        self.cannot_read = self.cannot_index = False
        self.indexed = 0

    @override
    async def read(self, texts: Sequence[Written]) -> list[Read]:
        _work(is_broken=self.cannot_read)
        return await super().read(texts)

    @override
    async def index(
        self, documents: Sequence[Document], *, beside: Beside, real_words: RealWords
    ) -> Segment:
        _work(is_broken=self.cannot_index)
        self.indexed += 1
        return await super().index(documents, beside=beside, real_words=real_words)


def _work(*, is_broken: bool) -> None:
    if is_broken:
        message = "out of order"
        raise WorkshopError(message)


def library_of(
    shelf: Sequence[Document] = SHELF,
    *,
    texts: Mapping[str, str] | None = None,
    workshop: ThreadWorkshop | None = None,
) -> Library:
    """Return a library of what ships, judged by the plain model: likeness to a question decides."""
    return Library(
        searcher(shelf),
        shelf,
        model=plain_model(),
        thresholds=Thresholds(answer=0.5, suggest=0.15),
        texts=texts if texts is not None else {one.id: markdown_of(one) for one in shelf},
        workshop=workshop,
    )


@dataclass(slots=True)
class Scene:
    """One process that serves guilds."""

    units: UnitsOfWork
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    workshop: Failing = field(default_factory=Failing)
    shelf: Sequence[Document] = SHELF
    library: Library = field(init=False)
    documents: GuildDocuments = field(init=False)

    def __post_init__(self) -> None:
        self.library = library_of(self.shelf, workshop=self.workshop)
        self.documents = GuildDocuments(self.units, self.clock, self.library, self.workshop)

    async def answer(self, question: str, *, guild_id: int | None = GUILD) -> str:
        """Return what is answered now; empty when nothing is."""
        reply = (await self.library.ready(guild_id)).answerer.reply(question)
        return reply.text if isinstance(reply, Answered) else ""


def draft(title: str, body: str, *questions: str) -> str:
    """Return the Markdown of an answer."""
    return draft_document(
        title, body, source_title="Antwoord van een moderator", date=DAY, questions=questions
    )


def animal(name: str, legs: int = 4) -> str:
    """Return a document about an animal nobody heard of."""
    return draft(f"De {name}", f"De {name} heeft {legs} poten.", f"hoeveel poten heeft de {name}")
