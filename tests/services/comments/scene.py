"""A guild with channels for comments and moderators, and the use cases around comments."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.search.index import build
from bot.search.searcher import Searcher
from bot.services.comments.deciding import Look
from bot.services.comments.service import Comments, build_comments
from bot.services.comments.submitting import Draft
from bot.services.comments.voting import Cast
from bot.services.container import Services, build_services
from bot.services.directory import Channel, ChannelKind
from bot.services.guild_settings import GuildSettings
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.library import Library
from bot.services.knowledge.rate_limit import RateLimit
from bot.services.places import Places
from bot.web.metrics import Metrics
from storage.comment_records import Comment, CommentChange, Consents
from storage.delivery_records import Delivery
from storage.unit_of_work import UnitsOfWork
from storage.vote_records import Tally, VoteValue
from tests.builders import WATERNET, plain_model
from tests.fakes import FakeClock, FakeDirectory

GUILD, ELSEWHERE = 10, 11
REACTIES: Final = Channel(77, "reacties", is_open=True)
MODERATORS: Final = Channel(78, "moderators", is_open=False)
FORUM: Final = Channel(79, "reacties", is_open=True, kind=ChannelKind.FORUM)
MARJA, OTTO = 5, 6
ANNA, BERT, CAROLIEN = 101, 102, 103
BODY: Final = "Werk samen aan één digitale balie voor alle gemeenten."
OTHER: Final = "Begin klein, met de gemeenten die het nu al willen."
START: Final = dt.datetime(2026, 3, 25, 11, 0, tzinfo=dt.UTC)
_FORMS: Final = itertools.count(1_000)  # a form has its id for ever, as Discord's do
ALL: Final = Consents(name=True, vng=True, forum=True)


@dataclass(slots=True)
class Scene:
    """One process. `another` is a second one on the same database."""

    units: UnitsOfWork
    clock: FakeClock
    directory: FakeDirectory
    settings: GuildSettings
    places: Places
    comments: Comments
    forms: Iterator[int] = _FORMS

    def another(self, units: UnitsOfWork | None = None) -> "Scene":
        """Return another process: it shares the database and the time, nothing else."""
        other = scene_of(units or self.units, clock=self.clock)
        other.directory.channels = self.directory.channels
        return other

    async def draft(
        self,
        body: str = BODY,
        *,
        by: int = ANNA,
        form: int | None = None,
        consents: Consents | None = None,
        onderwerp: str = "overzicht",
    ) -> Draft:
        """Return what somebody types in a new form, or in one that was open."""
        of = await self.comments.rounds.find(onderwerp, guild_id=GUILD)
        return Draft(
            guild_id=GUILD,
            author_id=by,
            author_name=f"Lid {by}",
            round_id=of.id,
            body=body,
            consents=consents or Consents(),
            form_id=next(self.forms) if form is None else form,
            channel_id=REACTIES.id,
        )

    async def submit(self, body: str = BODY, *, by: int = ANNA) -> Comment:
        """Have somebody submit a comment."""
        return (await self.comments.submitting.submit(await self.draft(body, by=by))).comment

    async def placed(self, body: str = BODY, *, by: int = ANNA, moderator: int = MARJA) -> Comment:
        """Have somebody submit a comment and a moderator place it."""
        waiting = await self.submit(body, by=by)
        return await self.comments.deciding.place(look(waiting, by=moderator))

    async def vote(self, comment: Comment, voter: int, value: int = 1) -> None:
        """Have somebody vote on the newest wording."""
        await self.comments.voting.vote(Cast(GUILD, voter, comment.text.id, VoteValue(value)))

    async def shown(self, comment: Comment) -> Tally:
        """Return what is shown of the votes by now."""
        return (await self.now(comment)).text.tally

    async def now(self, comment: Comment) -> Comment:
        """Return a comment as it is by now."""
        return await self.comments.reading.get(comment.id, guild_id=GUILD)

    async def history(self, comment: Comment) -> tuple[CommentChange, ...]:
        """Return all that happened to it."""
        async with self.units.reading() as work:
            return await work.comments.history_of(comment.id)

    async def deliveries(self, kind: str, subject: int) -> tuple[Delivery, ...]:
        """Return what was queued, of one kind and subject."""
        async with self.units.reading() as work:
            return await work.deliveries.of_subject(kind, subject)


def look(comment: Comment, *, by: int = MARJA, alone: bool = False) -> Look:
    """Return that a moderator looked at a comment as it is in this record."""
    return Look(comment.id, comment.guild_id, comment.version, by, alone=alone)


def scene_of(units: UnitsOfWork, *, clock: FakeClock | None = None) -> Scene:
    """Return a process with a guild in it."""
    clock = clock or FakeClock(START)
    directory = FakeDirectory(channels={GUILD: (REACTIES, MODERATORS)})
    settings = GuildSettings(units)
    places = Places(settings, units, clock, directory)
    comments = build_comments(units, clock, places=places, settings=settings)
    return Scene(units, clock, directory, settings, places, comments)


def services_of(scene: Scene) -> Services:
    """Return every use case on the scene's database; only comments are looked at."""
    library = Library(
        Searcher([build([WATERNET])]),
        [WATERNET],
        model=plain_model(),
        thresholds=Thresholds(answer=0.5, suggest=0.2),
    )
    made = build_services(
        clock=scene.clock,
        units=scene.units,
        library=library,
        limit=RateLimit(scene.clock, burst=1, per_minute=1),
        observer=Metrics(version="0"),
    )
    made.directory.attach(scene.directory)
    return made
