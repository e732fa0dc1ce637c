"""A year of meetings without Discord: what people do, and by the rules what has to come of it.

The rules are written down here once more, on purpose and without the code that keeps them: when a
reminder is due, when a move takes it along, when it comes again, until when it still helps.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final, cast

from typing_extensions import override

from bot.services.admin.notices import Notices
from bot.services.deliveries.backoff import Backoff
from bot.services.deliveries.courier import Means
from bot.services.deliveries.dispatcher import Dispatcher
from bot.services.deliveries.pace import Pace
from bot.services.deliveries.rendered import Rendered, Renderer, Showing
from bot.services.places import Places
from bot.ui.meetings.sent import RENDERINGS
from storage.delivery_records import Copy, DmTarget
from tests.services.meetings.stage import ZONE, MeetingStage
from tests.services.sending import FakeMessenger

DAY: Final = dt.timedelta(days=1)
CHANNEL_RULES: Final = ("d28@09:00", "d7@09:00", "d1@09:00", "m60")
PERSONAL_RULES: Final = ("d3@20:00", "d14", "d2@02:30", "m90", "m1440", "w2@12:00")


@dataclass(slots=True)
class Expected:
    """One reminder that has to come. `useful`: not any more after that."""

    meeting: int
    person: int | None
    due: dt.datetime
    useful: dt.datetime


@dataclass(slots=True)
class Ruled:
    """A reminder of a meeting by its rule, as the rules say it lives."""

    rule: str
    person: int | None
    since: dt.datetime
    done_for: dt.datetime | None = None
    done_due: dt.datetime | None = None


@dataclass(slots=True)
class Planned:
    """A meeting as the test knows it."""

    id: int
    start: dt.datetime
    ruled: list[Ruled]
    is_off: bool = False
    came: list[Expected] = field(default_factory=list[Expected])

    def moved(self, start: dt.datetime, now: dt.datetime) -> None:
        """Take along what was not due; the rest comes again only when it moved far enough."""
        self.start = start
        for one in self.ruled:
            due = due_of(one.rule, start)
            if due <= now or due >= start:
                if one.done_for is None:
                    one.done_for, one.done_due = start, None
            elif one.done_for is not None and (
                one.done_due is None or start - one.done_for > one.done_for - one.done_due
            ):
                one.done_for = one.done_due = None

    def pass_to(self, now: dt.datetime) -> None:
        """Note what came due."""
        if self.is_off:
            return
        for one in self.ruled:
            due = due_of(one.rule, self.start)
            if one.done_for is None and due <= now:
                one.done_for, one.done_due = self.start, due
                self.came.append(Expected(self.id, one.person, due, self._useful(one, due)))

    def dues(self) -> Iterator[dt.datetime]:
        """Yield when something is to come."""
        if not self.is_off:
            yield from (due_of(one.rule, self.start) for one in self.ruled if one.done_for is None)

    def _useful(self, one: Ruled, due: dt.datetime) -> dt.datetime:
        """Return until when it helps: one of the channel until the next of the channel."""
        if one.person is not None:
            return self.start
        channel = [due_of(other.rule, self.start) for other in self.ruled if other.person is None]
        return min((other for other in channel if other > due), default=self.start)


def due_of(rule: str, start: dt.datetime) -> dt.datetime:
    """Return when a rule is due, in UTC: days on the wall clock, minutes exact."""
    local = start.astimezone(ZONE)
    count, _, clock = rule[1:].partition("@")
    if rule.startswith("m"):
        return start - dt.timedelta(minutes=int(count))
    day = local.date() - dt.timedelta(days=0 if rule.startswith("w") else int(count))
    for _ in range(int(count) if rule.startswith("w") else 0):
        day -= DAY
        while not _is_working(day):
            day -= DAY
    time = dt.time.fromisoformat(clock) if clock else local.time()
    wall = dt.datetime.combine(day, time, ZONE)
    return wall.astimezone(dt.UTC)


def _is_working(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in FREE  # Saturday and Sunday are 5, 6


FREE: Final = frozenset(
    dt.date.fromisoformat(one)
    for one in (
        "2016-01-01 2016-03-25 2016-03-28 2016-04-27 2016-05-05 2016-05-16 2016-12-26 2017-01-01 "
        "2017-04-14 2017-04-17 2017-04-27 2017-05-25 2017-06-05 2017-12-25 2017-12-26"
    ).split()
)
"""The days off of two years, from a calendar. 5 May 2016 is Ascension Day too."""


@dataclass(slots=True)
class Sent:
    """One message that went out, when and what it said."""

    at: dt.datetime
    kind: str
    meeting: int
    person: int | None
    due: dt.datetime
    is_late: bool


class Recorder(FakeMessenger):
    """Remembers what every copy said when it went out, and that it went out once."""

    def __init__(self, stage: MeetingStage) -> None:
        super().__init__()
        self._stage = stage
        self.said: dict[int, tuple[dt.datetime, str]] = {}

    @override
    async def send(self, channel_id: int, message: Rendered, *, nonce: str) -> Copy:
        number = int(nonce.removeprefix("d"))
        assert number not in self.said, "sent twice"
        told = "".join(str(one.get("description", "")) for one in message.embeds)
        self.said[number] = (self._stage.clock.now(), told)
        return Copy(channel_id, number)


class Post:
    """The real dispatcher and the real texts, to a messenger that only remembers."""

    def __init__(self, stage: MeetingStage) -> None:
        self._stage = stage
        self._places = Places(stage.settings, stage.units, stage.clock, stage.directory)
        self._notices = Notices(stage.units, stage.clock, self._places)
        self.messenger = Recorder(stage)
        self._dispatcher = self._made()

    @property
    def said(self) -> dict[int, tuple[dt.datetime, str]]:
        """Return when each copy went out, and what it said."""
        return self.messenger.said

    async def send(self) -> None:
        """Send all that is due now."""
        await self._dispatcher.tick()
        await self._dispatcher.settle()

    def restart(self) -> None:
        """Send from another process from now on."""
        self._dispatcher = self._made()

    def _made(self) -> Dispatcher:
        stage, pace = self._stage, Pace(self._stage.clock, sleep=_at_once)
        means = Means(
            units=stage.units,
            clock=stage.clock,
            messenger=self.messenger,
            renderer=self._renderer(),
            backoff=Backoff(random.Random(1)),  # noqa: S311 # jitter, not secrets
            notices=self._notices,
            directory=stage.directory,
        )
        return Dispatcher(means, pace)

    def _renderer(self) -> Renderer:
        stage = self._stage
        services = cast(
            "Any",
            SimpleNamespace(
                units=stage.units, clock=stage.clock, meetings=stage.meetings, places=self._places
            ),
        )

        async def render(showing: Showing) -> Rendered | None:
            if showing.kind not in RENDERINGS:  # a notice: what it says is tested elsewhere
                url = showing.mark.on_url("https://example.org")
                return Rendered(embeds=({"url": url},))
            return await RENDERINGS[showing.kind](services, showing)

        return render


async def reminders_of(stage: MeetingStage, post: Post) -> tuple[list[Sent], list[Expected]]:
    """Return the reminders that went out, and those that are recorded as missed and shown."""
    sent: list[Sent] = []
    missed: list[Expected] = []
    async with stage.units.reading() as work:
        for meeting in await work.meetings.of_guild(41):
            subjects = [("meeting_reminder", meeting.id)]
            for person in range(100, 110):
                found = await work.meeting_reminders.of_person(41, person)
                subjects += [
                    ("personal_reminder", one.id) for one in found if one.meeting_id == meeting.id
                ]
            for kind, subject in subjects:
                for one in await work.deliveries.of_subject(kind, subject):
                    who = one.target.user_id if isinstance(one.target, DmTarget) else None
                    if one.id in post.said:
                        at, told = post.said[one.id]
                        late = "Verlaat" in told
                        sent.append(Sent(at, kind, meeting.id, who, one.due_at, late))
                    elif one.state.value == "missed":
                        assert one.notice_id is not None
                        useful = one.useful_until or one.due_at
                        missed.append(Expected(meeting.id, who, one.due_at, useful))
    return sent, missed


async def _at_once(_seconds: float) -> None:
    """Keep no pace."""
