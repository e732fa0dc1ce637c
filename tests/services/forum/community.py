"""A guild that follows a forum, without Discord: what the forum's services do, and what stands."""

import datetime as dt
import random
from dataclasses import dataclass, field, replace

from bot.services.directory import Channel, ChannelKind, ForumTag
from bot.services.forum.feeds import FeedSource
from bot.services.forum.linking import Wish
from bot.services.forum.use_cases import Forum, build_forum
from bot.services.guild_settings import GuildSettings
from bot.services.places import Places
from storage.delivery_records import Copy, Delivery, DeliveryState
from storage.forum_records import Feed, Item
from storage.unit_of_work import UnitsOfWork
from tests.fake_feeds import FakeFeeds
from tests.fakes import FakeClock, FakeDirectory

GUILD = 7
OTHER_GUILD = 8
NEWS = Channel(71, "nieuws", is_open=True)
POSTS = Channel(
    72,
    "forum",
    is_open=True,
    kind=ChannelKind.FORUM,
    tags=(ForumTag(1, "Vraag"), ForumTag(2, "Idee"), ForumTag(3, "Beheer", moderated=True)),
)
MODERATORS = Channel(73, "moderators", is_open=False)
CLOSED = Channel(74, "dicht", is_open=True, missing_rights=("send_messages",))
VOICE = Channel(75, "praten", is_open=True, kind=ChannelKind.VOICE)
OTHER_NEWS = Channel(81, "nieuws", is_open=True)
MODERATOR = 900
_GAP = 30


@dataclass(slots=True)
class Community:
    """The forum's services on one database; `again` is another process on it.

    They read `feeds`, or the web through `source` when there is one.
    """

    units: UnitsOfWork
    clock: FakeClock = field(default_factory=FakeClock)
    rng: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 # jitter
    feeds: FakeFeeds = field(default_factory=FakeFeeds)
    source: FeedSource | None = None
    directory: FakeDirectory = field(
        default_factory=lambda: FakeDirectory(
            {GUILD: (NEWS, POSTS, MODERATORS, CLOSED, VOICE), OTHER_GUILD: (OTHER_NEWS,)}
        )
    )

    def again(self) -> Forum:
        """Return the services as a process builds them."""
        places = Places(GuildSettings(self.units), self.units, self.clock, self.directory)
        return build_forum(self.units, self.clock, places, self.source or self.feeds, rng=self.rng)

    async def link(
        self, address: str, *, channel: Channel = NEWS, guild: int = GUILD, last: int = 0
    ) -> Feed:
        """Link a feed and start it."""
        linking = self.again().linking
        draft = await linking.recognise(Wish(guild, address, channel.id, last, MODERATOR))
        return (await linking.start(draft.feed.id, guild_id=guild)).feed

    async def poll(self, *, minutes: float = 20) -> None:
        """Go on in time and do all that is due."""
        self.clock.forward(minutes=minutes)
        await self.tick()

    async def tick(self) -> None:
        """Do all that is due now, and what waited for that."""
        polling = self.again().polling
        for _ in range(2):
            await polling.tick()
            await polling.settle()

    async def items(self, feed: Feed) -> dict[str, Item]:
        """Return what is known of a feed, by identity."""
        async with self.units.reading() as work:
            found = await work.forum.of_feed(feed.id, limit=500)
        return {one.identity: one for one in found}

    async def queued(self, *, guild: int = GUILD) -> list[Delivery]:
        """Return all deliveries of a guild, in the order of sending."""
        found: list[Delivery] = []
        async with self.units.reading() as work:
            missing = number = 0
            while missing < _GAP:  # what was rolled back leaves holes in the numbers
                number += 1
                one = await work.deliveries.get(number)
                missing = missing + 1 if one is None else 0
                found += [one] if one else []
        mine = [one for one in found if one.guild_id == guild]
        return sorted(mine, key=lambda one: (one.due_at, one.id))

    async def titles(self, *, guild: int = GUILD) -> list[str]:
        """Return the titles of the items with a delivery, in the order of sending."""
        titles: list[str] = []
        async with self.units.reading() as work:
            for one in await self.queued(guild=guild):
                item = await work.forum.get(one.subject_id) if one.kind == "forum" else None
                titles += [item.content.title if item.content else "…"] if item else []
        return titles

    async def deliver(self) -> None:
        """Pretend that all that is due was sent; a post's thread gets the delivery's id + 1000."""
        for one in await self.queued():
            if one.state is DeliveryState.WAITING and one.due_at <= self.clock.now():
                place = 1_000 + one.id
                await self._sent(one, Copy(place, place))

    async def _sent(self, one: Delivery, copy: Copy) -> None:
        async with self.units() as work:
            known = await work.deliveries.lock(one.id)
            assert known is not None
            await work.deliveries.put(
                replace(
                    known,
                    state=DeliveryState.SENT,
                    copy=copy,
                    sent_version=known.wanted_version,
                    attempted_version=known.wanted_version,
                    attempts=1,
                )
            )


def at(day: int) -> dt.datetime:
    """Return a moment in June 2016."""
    return dt.datetime(2016, 6, day, 9, 0, tzinfo=dt.UTC)
