"""A guild with a small library on a real database, and files to take in."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.adapters.documents.kinds import read_document
from bot.search.confidence import shipped_model
from bot.search.documents import Document
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.guild_documents import GuildDocuments
from bot.services.knowledge.importing.exchange import Exchange
from bot.services.knowledge.importing.imports import Imports, Preview
from bot.services.knowledge.importing.preparing import File
from bot.services.knowledge.importing.reading import Progress, ReadDocument, ReadingSession
from bot.services.knowledge.library import Library
from storage.unit_of_work import UnitsOfWork
from tests.builders import SHELF, searcher
from tests.fakes import FakeClock

GUILD = 41
MARJA, BRAM = 100, 101
NOTE = "De kade\n\nDe kade van Zutphen is negentig meter lang en kreeg in 2015 nieuwe bolders.\n"


class NearReader:
    """Reads in this process: the process of its own is tested by itself."""

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[ReadingSession]:
        yield self

    async def read(self, name: str, content: bytes, progress: Progress) -> ReadDocument:
        return read_document(name, content, progress)


@dataclass(slots=True)
class Harbour:
    units: UnitsOfWork
    clock: FakeClock
    library: Library
    documents: GuildDocuments
    imports: Imports
    exchange: Exchange

    async def prepare(
        self, text: str = NOTE, *, name: str = "kade.txt", by: int = MARJA, guild: int = GUILD
    ) -> Preview:
        file = File(name, text.encode())
        return await self.imports.prepare(guild, file, lambda _page, _count: None, by=by)

    def ids(self, guild: int = GUILD) -> set[str]:
        shipped = {one.id for one in SHELF}
        return {one.id for one in self.library.for_guild(guild).documents} - shipped


def harbour(units: UnitsOfWork, documents: Sequence[Document] = SHELF) -> Harbour:
    clock = FakeClock()
    library = Library(
        searcher(documents),
        documents,
        model=shipped_model(),
        thresholds=Thresholds(answer=0.2, suggest=0.05),
        texts={},
    )
    kept = GuildDocuments(units, clock, library)
    imports = Imports(units, clock, library, kept, reader=NearReader())
    return Harbour(units, clock, library, kept, imports, Exchange(kept, imports))
