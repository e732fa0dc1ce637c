"""The world that a newcomer finds: made from plain data, so that its words can stand elsewhere."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox import building
from bot.sandbox.enums import EventPlace
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import Draft, post
from bot.sandbox.records import Channel, Guild, Role, ScheduledEvent
from bot.sandbox.snowflakes import Now
from bot.sandbox.world import World

_ZONE: Final = ZoneInfo("Europe/Amsterdam")
# Managing the server shows the commands of moderators, as adding the role under Integrations would.
_MODERATES: Final = Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
_Ago = Annotated[dt.timedelta, Field(gt=dt.timedelta(), le=dt.timedelta(days=30))]


class _Exact(BaseModel):
    """Data without a field too many, so that a typing error is no silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DemoChannel(_Exact):
    """A channel; with `tags` it is a forum, `only_for` names the roles that can look into it."""

    name: str
    topic: str | None = None
    tags: tuple[str, ...] | None = None
    only_for: tuple[str, ...] = ()


class DemoPerson(_Exact):
    """Somebody with these roles."""

    name: str
    roles: tuple[str, ...] = ()


class DemoReply(_Exact):
    """Something said in a thread, `ago` before the start."""

    author: str
    text: str
    ago: _Ago


class DemoMessage(DemoReply):
    """Something said in a channel, or a post in a forum.

    `thread` is the name of a thread on it, or of the post; `reactions` who reacted with what.
    """

    channel: str
    thread: str | None = None
    tags: tuple[str, ...] = ()
    replies: tuple[DemoReply, ...] = ()
    reactions: dict[str, str] = {}


class DemoEvent(_Exact):
    """A scheduled event, at a time of day in the Netherlands some days after the start."""

    name: str
    description: str
    location: str
    organiser: str
    days_ahead: Annotated[int, Field(ge=1, le=400)]
    at: dt.time
    hours: Annotated[float, Field(gt=0, le=24)]


class Demo(_Exact):
    """All of it. `roles` says of each role whether it moderates; `greeting` is the first DM."""

    guild: str
    roles: dict[str, bool]
    channels: tuple[DemoChannel, ...]
    people: tuple[DemoPerson, ...]
    messages: tuple[DemoMessage, ...]
    event: DemoEvent
    greeting: str


def demo_world(demo: Demo, *, now: Now) -> World:
    """Return a new world in which all of `demo` has happened by now.

    Raises:
        KeyError: when the data names a role, person, channel or tag that it does not make.

    """
    start = now()
    moments = [one.ago for message in demo.messages for one in (message, *message.replies)]
    story = _Story(start - max(moments, default=dt.timedelta()) - dt.timedelta(days=1))
    stage = _Stage(demo, World(name=demo.guild, now=story.now))
    for ago, act in sorted(stage.acts(), key=lambda one: -one[0]):
        story.moment = start - ago
        act()
    story.moment = start
    stage.schedule(demo.event)
    for person in stage.people.values():
        channel = person.dm_channel()
        post(stage.world, channel, stage.world.bot.id, Draft(content=demo.greeting))
    return World(now=now, state=stage.world.state)


@dataclass(slots=True)
class _Story:
    """The time at which the story is."""

    moment: dt.datetime

    def now(self) -> dt.datetime:
        return self.moment


@dataclass(slots=True)
class _Stage:
    """The world while it is made, and everything in it by its name."""

    demo: Demo
    world: World
    guild: Guild = field(init=False)
    roles: dict[str, Role] = field(default_factory=dict[str, Role])
    channels: dict[str, Channel] = field(default_factory=dict[str, Channel])
    people: dict[str, Person] = field(default_factory=dict[str, Person])
    threads: dict[str, Channel] = field(default_factory=dict[str, Channel])

    def __post_init__(self) -> None:
        rights = building.BOT_DEFAULT | Permission.CREATE_EVENTS
        self.guild = building.add_guild(self.world, self.demo.guild, bot_permissions=rights)
        for name, moderates in self.demo.roles.items():
            rights = _MODERATES if moderates else Permission.NONE
            self.roles[name] = building.add_role(self.world, self.guild, name, permissions=rights)
        for channel in self.demo.channels:
            self.channels[channel.name] = self._made(channel)
        for person in self.demo.people:
            roles = [self.roles[name] for name in person.roles]
            self.people[person.name] = Person.new(self.world, person.name, self.guild, *roles)

    def acts(self) -> Iterator[tuple[dt.timedelta, Callable[[], object]]]:
        """Yield what is said, and how long before the start."""
        for message in self.demo.messages:
            yield message.ago, partial(self._say, message)
            for reply in message.replies:
                yield reply.ago, partial(self._reply, reply, thread=message.thread or "")

    def schedule(self, event: DemoEvent) -> None:
        """Schedule the event; nobody has said yet that they come."""
        day = self.world.now().astimezone(_ZONE).date() + dt.timedelta(days=event.days_ahead)
        starts_at = dt.datetime.combine(day, event.at, tzinfo=_ZONE).astimezone(dt.UTC)
        number = self.world.new_id()
        self.guild.events[number] = ScheduledEvent(
            id=number,
            guild_id=self.guild.id,
            creator_id=self.people[event.organiser].id,
            name=event.name,
            starts_at=starts_at,
            place=EventPlace.EXTERNAL,
            description=event.description,
            ends_at=starts_at + dt.timedelta(hours=event.hours),
            location=event.location,
        )

    def _say(self, message: DemoMessage) -> None:
        author, channel = self.people[message.author], self.channels[message.channel]
        if channel.tags:
            known = {tag.name: tag.id for tag in channel.tags}
            tags = [known[name] for name in message.tags]
            thread, said = author.post(channel, message.thread or "", message.text, tags=tags)
            self.threads[thread.name] = thread
        else:
            said = author.say(channel, message.text)
            if message.thread is not None:
                self.threads[message.thread] = author.start_thread(said, message.thread)
        for name, emoji in message.reactions.items():
            self.people[name].react(said, emoji)

    def _reply(self, reply: DemoReply, *, thread: str) -> None:
        self.people[reply.author].say(self.threads[thread], reply.text)

    def _made(self, wanted: DemoChannel) -> Channel:
        if wanted.tags is None:
            made = building.add_channel(self.world, self.guild, wanted.name)
        else:
            made = building.add_forum(self.world, self.guild, wanted.name, tags=wanted.tags)
        made.topic = wanted.topic
        if wanted.only_for:
            roles = [self.roles[name] for name in wanted.only_for]
            building.close_to_everyone(self.world, made, *roles)
        return made
