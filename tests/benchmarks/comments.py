"""How fast comments and votes are kept, all at once, beside raw inserts through the same engine.

The same is done once more, spread over some seconds, to see how long anybody waits. The database
is SQLite with `synchronous=FULL`, a file on disk. Every member waits for their own
confirmation; nobody hears anything before the commit. The baselines insert as many rows with a
statement each: one a transaction, as keeping each by itself would be, and a hundred a transaction,
as the bot groups them.
"""

import asyncio
import datetime as dt
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import insert

from bot.adapters.clock import SystemClock
from bot.services.comments.deciding import Look
from bot.services.comments.service import Comments, build_comments
from bot.services.comments.submitting import Draft
from bot.services.comments.voting import Cast
from bot.services.directory import Channel
from bot.services.guild_settings import GuildSettings
from bot.services.places import Places
from storage.comment_records import Comment, Consents
from storage.engine import Database, open_database
from storage.migrate import upgrade
from storage.models import CommentRow, VoteRow
from storage.unit_of_work import UnitsOfWork
from storage.vote_records import VoteValue
from tests.benchmarks.measuring import Figure
from tests.fakes import FakeDirectory

_Entry = TypeVar("_Entry")
_Result = TypeVar("_Result")

SIZES: Final = {"comments": 500, "votes": 2_000}
SECONDS: Final = 15
"""In which the same is done once more, spread out: a quarter of the minute that is asked for."""
QUICK: Final = 40
_PLACED: Final = 20
_GUILD: Final = 1
_GROUP: Final = 100
_SHARE: Final = 0.3
_LONGEST: Final = 1_000.0  # ms
_ONE: Final = "raw inserts"
_GROUPED: Final = "raw inserts, 100 a transaction"


@dataclass(frozen=True, slots=True)
class _Measured:
    """What came out: how many a second, which share was there afterwards, and the longest wait."""

    rates: dict[str, float]
    kept: dict[str, float]
    longest: float
    raw: dict[tuple[str, str], float]


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Submit and vote, all members at once; spread out; and insert as much without any of it."""
    sizes = {"comments": QUICK, "votes": QUICK * 4} if is_quick else {**SIZES}
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(_measured(Path(folder), sizes, seconds=1 if is_quick else SECONDS))
    for name, count in sizes.items():
        case = f"{count:,} at once"
        one, grouped = found.raw[name, _ONE], found.raw[name, _GROUPED]
        yield _rate(case, name, found.rates[name], one, _ONE, goal=one * _SHARE)
        yield _rate(case, f"{name}, beside groups", found.rates[name], grouped, _GROUPED)
        yield Figure(
            "comments", case, f"{name} kept", found.kept[name], "", 1.0, _ONE, goal=1.0,
            is_best_high=True,
        )  # fmt: skip
    case = f"{sizes['comments']:,} + {sizes['votes']:,} spread out"
    longest_alone = 1_000 / min(found.raw[name, _ONE] for name in sizes)
    yield Figure(
        "comments", case, "confirmed, longest", found.longest, "ms", longest_alone, _ONE,
        goal=_LONGEST,
    )  # fmt: skip


def _rate(
    case: str, name: str, value: float, other: float, baseline: str, *, goal: float | None = None
) -> Figure:
    return Figure(
        "comments", case, name, value, "/s", other, baseline, goal=goal, is_best_high=True
    )


async def _measured(folder: Path, sizes: dict[str, int], *, seconds: float) -> _Measured:
    url = f"sqlite:///{folder / 'breed.sqlite3'}"
    await upgrade(url, backups=folder, now=dt.datetime.now(dt.UTC))
    database = open_database(url)
    try:
        comments = _comments(database)
        of = (await comments.rounds.of_guild(_GUILD))[0]
        members, votes = sizes["comments"], sizes["votes"]
        drafts = _drafts(of.id, 2 * members)
        submitted, made = await _all_at_once(comments.submitting.submit, drafts[:members])
        placed = [await _placed(comments, one.comment) for one in made[:_PLACED]]
        casts = _casts(placed, 2 * votes)
        voted, _ = await _all_at_once(comments.voting.vote, casts[:votes])
        works = [(at / members, partial(comments.submitting.submit, one))
                 for at, one in enumerate(drafts[members:])]  # fmt: skip
        both: list[tuple[float, Callable[[], Awaitable[object]]]] = [*works]
        both += [(at / votes, partial(comments.voting.vote, one))
                 for at, one in enumerate(casts[votes:])]  # fmt: skip
        longest = await _spread_out(both, seconds=seconds)
        kept = await _kept(comments, UnitsOfWork(database), members=2 * members, votes=2 * votes)
        raw = await _raw(database, placed, members, votes)
        return _Measured({"comments": submitted, "votes": voted}, kept, longest, raw)
    finally:
        await database.close()


def _comments(database: Database) -> Comments:
    units, clock = UnitsOfWork(database), SystemClock()
    settings = GuildSettings(units)
    channels = (Channel(2, "reacties", is_open=True), Channel(3, "moderators", is_open=False))
    directory = FakeDirectory(channels={_GUILD: channels})
    places = Places(settings, units, clock, directory)
    return build_comments(units, clock, places=places, settings=settings)


def _drafts(round_id: int, count: int) -> list[Draft]:
    return [
        Draft(
            guild_id=_GUILD,
            author_id=1_000 + number,
            author_name=f"Lid {number}",
            round_id=round_id,
            body=f"Voorstel {number}: begin met één digitale balie voor alle gemeenten samen.",
            consents=Consents(),
            form_id=10_000 + number,
            channel_id=2,
        )
        for number in range(count)
    ]


def _casts(placed: Sequence[Comment], count: int) -> list[Cast]:
    return [
        Cast(
            _GUILD,
            100_000 + number // len(placed),
            placed[number % len(placed)].text.id,
            VoteValue(number % 3 - 1),
        )
        for number in range(count)
    ]


async def _placed(comments: Comments, comment: Comment) -> Comment:
    return await comments.deciding.place(Look(comment.id, _GUILD, comment.version, by=1))


async def _kept(
    comments: Comments, units: UnitsOfWork, *, members: int, votes: int
) -> dict[str, float]:
    """Return which share of what was confirmed is there."""
    waiting = (await comments.reading.queue(_GUILD)).total
    placed = (await comments.reading.placed(_GUILD)).total
    async with units.reading() as work:
        found = len(await work.votes.cast_in(_GUILD))
    return {"comments": (waiting + placed) / members, "votes": found / votes}


async def _all_at_once(
    work: Callable[[_Entry], Awaitable[_Result]], entries: Sequence[_Entry]
) -> tuple[float, list[_Result]]:
    """Return how many a second were done, with what came of each."""
    begun = time.perf_counter()
    results = await asyncio.gather(*map(work, entries))
    return len(entries) / (time.perf_counter() - begun), list(results)


async def _spread_out(
    works: Sequence[tuple[float, Callable[[], Awaitable[object]]]], *, seconds: float
) -> float:
    """Do each at its share of the time; return the longest that anybody waited, in ms."""

    async def waited(share: float, work: Callable[[], Awaitable[object]]) -> float:
        await asyncio.sleep(share * seconds)
        begun = time.perf_counter()
        await work()
        return 1_000 * (time.perf_counter() - begun)

    return max(await asyncio.gather(*(waited(*one) for one in works)))


async def _raw(
    database: Database, placed: Sequence[Comment], members: int, votes: int
) -> dict[tuple[str, str], float]:
    """Return how many rows a second go in by themselves, and in groups."""
    now = dt.datetime.now(dt.UTC)

    def comment(number: int) -> dict[str, object]:
        return {
            "guild_id": 2, "number": number, "round_id": placed[0].round_id, "author_id": number,
            "version": 1, "state": "waiting", "ordinal": 1, "created_at": now,
            "is_checked": False, "waits": True, "form_id": 10**9 + number, "is_queued": False,
            "needs_card": False,
        }  # fmt: skip

    def vote(number: int) -> dict[str, object]:
        text_id = placed[number % len(placed)].text.id
        return {"text_id": text_id, "user_id": 10**9 + number, "value": 1, "voted_at": now}

    found: dict[tuple[str, str], float] = {}
    for name, table, row, count in (
        ("comments", CommentRow, comment, members),
        ("votes", VoteRow, vote, votes),
    ):
        for at, (baseline, size) in enumerate(((_ONE, 1), (_GROUPED, _GROUP))):
            rows = [row(number) for number in range(at * count, (at + 1) * count)]
            begun = time.perf_counter()
            for first in range(0, count, size):
                async with database.writing.begin() as connection:
                    for one in rows[first : first + size]:
                        await connection.execute(insert(table), one)
            found[name, baseline] = count / (time.perf_counter() - begun)
    return found
