"""The process dies anywhere while members submit and vote, moderators decide, and messages go out.

Whoever saw a confirmation finds it back; whoever did not, sends the same form again. In the end
Discord has one message of every placed comment, one card of each for moderators, and its author
heard of each decision once.
"""

import asyncio
import gc
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Generator, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import pytest

from bot.sandbox.people import Person
from bot.services.comments import states
from bot.services.comments.errors import CommentError
from bot.services.comments.submitting import Draft
from bot.services.comments.voting import Cast
from bot.services.deliveries.dispatcher import Dispatcher
from bot.services.directory import Channel
from bot.ui.rendering import renderer_of
from storage.comment_records import Comment, CommentState
from storage.engine import Database
from storage.errors import StorageError
from storage.vote_records import VoteValue
from tests.e2e.chaos import Fuse, FusedUnits, Weather
from tests.e2e.outbox import Outbox
from tests.fakes import FakeClock
from tests.seeds import dearest
from tests.services.comments.scene import (
    BODY,
    GUILD,
    MARJA,
    OTTO,
    Scene,
    look,
    scene_of,
    services_of,
)

pytestmark = pytest.mark.randomised

COMMENTS, VOTERS, DECISIONS, LIVES = 6, 6, 4, 3
RUNS: Final = dearest(one_in=10, few=2)
MOST_TURNS: Final = 20
_WRITERS: Final = {"comments", "votes"}


@pytest.fixture(autouse=True)
def quick_collecting() -> Generator[None]:
    """Let `gc.collect` look at what the test makes only, not at every module."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@dataclass(slots=True)
class Seen:
    """What people saw confirmed."""

    numbers: dict[int, int] = field(default_factory=dict[int, int])
    votes: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    tried: dict[tuple[int, int], set[int]] = field(default_factory=dict[tuple[int, int], set[int]])
    decided: dict[int, int] = field(default_factory=dict[int, int])


@dataclass(slots=True)
class Life:
    """One process: what members and moderators talk to, and what sends."""

    scene: Scene
    dispatcher: Dispatcher
    fuse: Fuse
    rng: random.Random


@pytest.mark.parametrize("seed", range(RUNS))
async def test_what_was_confirmed_is_there_and_each_comment_is_published_once(
    out: Outbox, database: Database, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311 # a test's luck, no secret
    fuse, seen, clock = Fuse(), Seen(), FakeClock(out.clock())
    weather = Weather(rng, (fuse,), is_bad=False)  # a process dies at requests too
    weather.set_over(out.faults)
    calm = scene_of(FusedUnits(database, Fuse()), clock=clock)
    calm.directory.channels = {GUILD: channels(out)}
    out.renderer = renderer_of(services_of(calm))  # what is shown is not what a process dies of
    people = [
        Person.new(out.stage.world, f"Lid {at}", out.stage.guild, out.stage.lid)
        for at in range(COMMENTS)
    ]
    drafts = [await calm.draft(f"{BODY} {at}", by=one.id) for at, one in enumerate(people)]
    await asyncio.gather(*(submit(calm, one, seen) for one in drafts[: COMMENTS // 2]))
    first, *_ = (await calm.comments.reading.queue(GUILD)).items
    await calm.comments.deciding.place(look(first))
    for _life in range(LIVES):
        units = FusedUnits(database, fuse)
        await live(Life(calm.another(units), out.dispatcher(units), fuse, rng), drafts, seen)
        await weather.cleared()
        passed(out, clock)
    for draft in drafts:  # everybody sends again what they saw no number of
        if draft.form_id not in seen.numbers:
            done = await calm.comments.submitting.submit(draft)
            seen.numbers[draft.form_id] = done.comment.number

    await sent(out, calm, clock)
    assert (await calm.now(first)).state is CommentState.PLACED
    comments = await check(calm, drafts, seen)
    await check_published(out, calm, comments, people)


async def live(life: Life, drafts: list[Draft], seen: Seen) -> None:
    """Be one process, until it dies or everybody did something."""
    scene, rng, fuse = life.scene, life.rng, life.fuse
    works = [submit(scene, rng.choice(drafts), seen) for _ in range(COMMENTS)]
    works += [decide(scene, rng, seen) for _ in range(DECISIONS)]
    works += [vote(scene, rng, seen) for _ in range(VOTERS)]
    works += [deliver(life) for _ in range(2)]
    rng.shuffle(works)
    tasks = [asyncio.ensure_future(one) for one in works]

    fuse.blow = partial(die, set(tasks), life.dispatcher)
    fuse.steps = rng.randint(1, 250)  # of some 200 that a life takes: a few end by themselves
    results = await asyncio.gather(*tasks, return_exceptions=True)
    fuse.steps = 0
    expected = (CommentError, StorageError, asyncio.CancelledError)
    assert [one for one in results if one is not None and not isinstance(one, expected)] == []
    # A process that died lets go of its database; here frames in tracebacks would keep its lock.
    del tasks, results
    gc.collect()
    await life.dispatcher.settle()
    while others := [one for one in asyncio.all_tasks() if one.get_name() in _WRITERS]:
        await asyncio.gather(*others, return_exceptions=True)
    gc.collect()


def die(tasks: "set[asyncio.Task[None]]", dispatcher: Dispatcher) -> None:
    """End all that the process does, wherever it is."""
    dispatcher.abort()
    for task in asyncio.all_tasks():
        if task in tasks or task.get_name() in _WRITERS:
            task.cancel()


async def deliver(life: Life) -> None:
    """Do what the jobs of a process do: queue what is not queued, send what is due."""
    for _ in range(2):
        await life.scene.comments.publishing.tend()
        await life.dispatcher.tick()
        await life.dispatcher.settle()


async def submit(scene: Scene, draft: Draft, seen: Seen) -> None:
    done = await scene.comments.submitting.submit(draft)
    assert seen.numbers.setdefault(draft.form_id, done.comment.number) == done.comment.number


async def decide(scene: Scene, rng: random.Random, seen: Seen) -> None:
    queue = await scene.comments.reading.queue(GUILD)
    if not queue.items:
        return
    one, by = rng.choice(queue.items), rng.choice((MARJA, OTTO))
    deciding = scene.comments.deciding
    ways: tuple[Callable[[], Awaitable[Comment]], ...] = (
        lambda: deciding.place(look(one, by=by)),
        lambda: deciding.place(look(one, by=by)),
        lambda: deciding.reject(look(one, by=by), "Nee."),
        lambda: deciding.redact(look(one, by=by), f"{BODY} Aangepast."),
    )
    decided = await rng.choice(ways)()
    seen.decided[decided.id] = by


async def vote(scene: Scene, rng: random.Random, seen: Seen) -> None:
    placed = (await scene.comments.reading.placed(GUILD)).items
    if not placed:
        return
    comment, voter, value = rng.choice(placed), rng.randint(1, 6), rng.choice((-1, 0, 1))
    key = (comment.text.id, voter)
    seen.tried.setdefault(key, set()).add(value)
    done = await scene.comments.voting.vote(Cast(GUILD, voter, comment.text.id, VoteValue(value)))
    seen.votes[key] = done.value


async def sent(out: Outbox, scene: Scene, clock: FakeClock) -> None:
    """Let a last process send all there is."""
    waiting = 0
    for _turn in range(MOST_TURNS):
        await scene.comments.publishing.tend()
        await out.run()
        passed(out, clock)
        async with out.units.reading() as work:
            waiting = (await work.deliveries.backlog(GUILD, clock.now())).waiting
        if not waiting:
            return
    pytest.fail(f"still {waiting} to send")


def passed(out: Outbox, clock: FakeClock) -> None:
    """Let leases of the dead end, and Discord forget the nonces of what was sent."""
    out.clock.forward(seconds=301)
    clock.forward(seconds=301)


async def check(scene: Scene, drafts: list[Draft], seen: Seen) -> list[Comment]:
    numbers = list(seen.numbers.values())
    assert len(set(numbers)) == len(drafts)
    comments = [await scene.comments.reading.by_number(one, guild_id=GUILD) for one in numbers]
    assert {one.text.body for one in comments} == {one.body for one in drafts}
    for draft in drafts:
        assert (await scene.comments.reading.of_author(GUILD, draft.author_id)).total == 1
    for comment in comments:
        history = await scene.history(comment)
        assert states.replayed(history) is comment.state
        assert len(history) == 1 + (comment.state is not CommentState.WAITING)
        if comment.id in seen.decided:
            assert history[-1].actor_id == seen.decided[comment.id]
    for (text_id, voter), value in seen.votes.items():
        own = await scene.comments.voting.own(text_id, user_id=voter)
        # One that was cast later and not confirmed may stand, as its sender knows.
        assert own == value or own in seen.tried[text_id, voter]
    return comments


async def check_published(
    out: Outbox, scene: Scene, comments: list[Comment], people: list[Person]
) -> None:
    placed = [one.number for one in comments if one.state is CommentState.PLACED]
    assert Counter(titles(out, out.stage.reacties.id)) == Counter(
        f"Reactie {number}" for number in placed
    )
    cards = Counter(titles(out, out.stage.moderators.id))
    assert set(cards.values()) == {1}
    assert len(cards) == len(comments)
    decided = Counter(one.author_id for one in comments if one.state is not CommentState.WAITING)
    heard = {one.id: len(out.messages(one.dm_channel())) for one in people}
    assert heard == {one.id: decided[one.id] for one in people}
    async with scene.units.reading() as work:
        assert await work.deliveries.troubled(GUILD) == ()


def titles(out: Outbox, channel_id: int) -> Iterator[str]:
    for message in out.everything():
        if message.channel_id == channel_id:
            yield from (one.title or "" for one in message.embeds)


def channels(out: Outbox) -> tuple[Channel, ...]:
    stage = out.stage
    return (
        Channel(stage.reacties.id, "reacties", is_open=True),
        Channel(stage.moderators.id, "moderators", is_open=False),
    )
