"""Starting and serving in bad weather: commands refused, a database away, documents replaced."""

import asyncio
import os
import threading
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url
from typing_extensions import override

from bot.client import EXTENSIONS, BreedBot
from bot.search.documents import Document
from bot.search.index import build
from bot.search.searcher import Searcher
from bot.search.segments import Segment
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.library import Library
from storage.engine import Database, open_database
from storage.unit_of_work import UnitsOfWork
from tests.builders import SHELF, WATERNET, document, plain_model, section
from tests.conftest import POSTGRES_VARIABLE
from tests.discord.stage import running
from tests.e2e.chat import Chat
from tests.e2e.weather import Log, at_rest

QUESTION = "wat adviseert Berenschot nou eigenlijk?"
ANSWER = "uitvoeringscoöperatie"
SYNC = "PUT /applications/*/commands"
Away = Callable[[str], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def starting(
    offline: Chat, *, extensions: Sequence[str] = EXTENSIONS
) -> AsyncGenerator[BreedBot]:
    """Run a bot without waiting for its commands."""
    bot = BreedBot(offline._services(), extensions=extensions, guild_ready_timeout=0.05)
    async with running(offline.server, bot):
        yield bot


def syncs(chat: Chat) -> int:
    """Return how often commands were sent."""
    return sum(
        line.startswith("PUT ") and line.endswith("/commands") for line in chat.faults.requests
    )


@pytest.mark.usefixtures("hasty")
async def test_with_its_commands_refused_the_bot_answers_mentions_and_tries_again_at_the_next_start(
    offline: Chat, log: Log
) -> None:
    offline.faults.fail(SYNC, 500, times=5)
    async with starting(offline):
        line = await log.until("commands_not_synced")
        answer = await offline.reply_to(offline.mention(offline.stage.anna, QUESTION))
    assert ANSWER in answer.content
    assert line["code"]
    assert offline.stage.world.state.commands == {}

    async with offline.running():  # which waits for the commands
        asked = offline.stage.anna.slash(offline.stage.algemeen, "vraag", {"vraag": QUESTION})
        assert ANSWER in (await asked.reply()).content


async def test_commands_are_sent_again_only_when_they_changed(offline: Chat, log: Log) -> None:
    async with starting(offline):
        await log.until("commands_synced")
    assert syncs(offline) == 1

    async with starting(offline):
        await log.until("commands_unchanged")
    assert syncs(offline) == 1

    async with starting(offline, extensions=EXTENSIONS[:-1]):
        await log.until("commands_synced", number=2)
    assert syncs(offline) == 2


@asynccontextmanager
async def locked(database_url: str) -> AsyncGenerator[None]:
    """Keep everybody else from writing."""
    other = open_database(database_url)
    async with other.writing.begin() as connection:  # SQLite: the whole file, at once
        if database_url.startswith("postgresql"):
            await connection.exec_driver_sql("LOCK TABLE questions IN ACCESS EXCLUSIVE MODE")
        yield
    await other.close()


@asynccontextmanager
async def gone(database_url: str) -> AsyncGenerator[None]:
    """Take the database away, and bring it back."""
    if database_url.startswith("sqlite"):
        path = make_url(database_url).database or ""
        move(path, to=f"{path}.away")
        yield
        move(f"{path}.away", to=path)
        return
    name = make_url(database_url).database
    server = open_database(os.environ[POSTGRES_VARIABLE])
    await run(server, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname"
    await run(server, f"{end} = '{name}'")
    yield
    await run(server, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    await server.close()


def move(path: str, *, to: str) -> None:
    Path(path).rename(to)


async def run(database: Database, statement: str) -> None:
    async with database.writing.begin() as connection:
        await connection.exec_driver_sql(statement)


@pytest.fixture
async def impatient(offline: Chat, database_url: str) -> AsyncGenerator[Chat]:
    """A bot that waits no five seconds for another writer."""
    database = open_database(database_url, busy_timeout=0.2)
    chat = replace(offline, units=UnitsOfWork(database))
    async with chat.running():
        yield chat
    await database.close()


@pytest.mark.parametrize("away", [locked, gone])
async def test_without_its_database_the_bot_says_a_code_and_answers_once_it_is_back(
    impatient: Chat,
    database_url: str,
    log: Log,
    away: Callable[[str], AbstractAsyncContextManager[None]],
) -> None:
    stage = impatient.stage
    async with away(database_url):
        sentence = await stage.anna.slash(stage.algemeen, "vraag", {"vraag": QUESTION}).reply()
        mentioned = await impatient.reply_to(impatient.mention(stage.bram, QUESTION))
    codes = [line["code"] for line in log.of("chat_failed")]

    assert sentence.is_ephemeral
    assert f"code {codes[0]}." in sentence.content
    assert f"code {codes[1]}." in mentioned.content
    answer = await impatient.reply_to(impatient.mention(stage.bram, QUESTION))
    asked = stage.anna.slash(stage.algemeen, "vraag", {"vraag": QUESTION})
    assert ANSWER in answer.content
    assert ANSWER in (await asked.reply()).content


class Building(Searcher):
    """A searcher whose next change takes until it `may`, or fails."""

    def __init__(self, documents: Sequence[Document], *, fails: bool = False) -> None:
        super().__init__([build(documents)])
        self.began, self.may, self.fails = threading.Event(), threading.Event(), fails

    @override
    def changed(
        self,
        documents: Sequence[Document],
        *,
        gone: frozenset[str],
        settled: Segment | None = None,
        gone_settled: frozenset[str] = frozenset(),
    ) -> Searcher:
        self.began.set()
        self.may.wait()
        if self.fails:
            raise MemoryError
        return super().changed(documents, gone=gone, settled=settled, gone_settled=gone_settled)


def library_of(searcher: Searcher) -> Library:
    thresholds = Thresholds(answer=0.5, suggest=0.15)
    return Library(searcher, SHELF, model=plain_model(), thresholds=thresholds)


COSTS = "wat kost het waterschapshuis"
DEARER = document(
    WATERNET.id,
    WATERNET.title,
    section("Het Waterschapshuis kost elk waterschap 55.000 euro per jaar.", questions=(COSTS,)),
)


@pytest.mark.parametrize("fails", [False, True])
async def test_while_a_document_is_replaced_questions_are_answered_from_the_edition_before(
    offline: Chat, *, fails: bool
) -> None:
    stage, searcher = offline.stage, Building(SHELF, fails=fails)
    chat = replace(offline, library=library_of(searcher))
    async with chat.running():
        replacing = asyncio.create_task(
            chat.library.change(chat.stage.guild.id, {DEARER.id: DEARER})
        )
        await asyncio.to_thread(searcher.began.wait)
        meanwhile = await chat.reply_to(chat.mention(stage.anna, COSTS))
        searcher.may.set()
        (ended,) = await asyncio.gather(replacing, return_exceptions=True)
        after = await chat.reply_to(chat.mention(stage.anna, COSTS))

    assert "40.000" in meanwhile.content
    assert isinstance(ended, MemoryError) is fails
    assert ("40.000" if fails else "55.000") in after.content


async def test_a_rebuild_that_failed_can_be_done_again(offline: Chat) -> None:
    searcher = Building(SHELF, fails=True)
    searcher.may.set()
    chat = replace(offline, library=library_of(searcher))
    async with chat.running():
        with pytest.raises(MemoryError):
            await chat.library.change(chat.stage.guild.id, {DEARER.id: DEARER})
        searcher.fails = False
        await chat.library.change(chat.stage.guild.id, {DEARER.id: DEARER})
        after = await chat.reply_to(chat.mention(chat.stage.anna, COSTS))
        await at_rest()

    assert "55.000" in after.content
