"""The process dies anywhere while members submit and vote and moderators decide.

Whoever saw a confirmation finds it back; whoever did not, sends the same form again. In the end
every placed comment has one message in the outbox, which delivers each once
(`tests/e2e/test_deliveries_crash.py`).
"""

import asyncio
import gc
import random
from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass, field
from functools import partial

import pytest

from bot.services.comments import states
from bot.services.comments.errors import CommentError
from bot.services.comments.sending import CARD_KIND, COMMENT_KIND, NOTE_KIND
from bot.services.comments.submitting import Draft
from bot.services.comments.voting import Cast
from storage.comment_records import Comment, CommentState
from storage.engine import Database
from storage.errors import StorageError
from storage.vote_records import VoteValue
from tests.e2e.chaos import Fuse, FusedUnits
from tests.seeds import SEEDS, dear
from tests.services.comments.scene import BODY, GUILD, MARJA, OTTO, Scene, look, scene_of

pytestmark = pytest.mark.randomised

COMMENTS, VOTERS, DECISIONS, LIVES = 8, 8, 4, 4
RUNS = dear(one_in=10) if SEEDS >= 100 else min(SEEDS, 4)
_WRITERS = {"comments", "votes"}


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


@pytest.mark.parametrize("seed", range(RUNS))
async def test_what_was_confirmed_is_there_and_each_comment_is_published_once(
    database: Database, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311 # a test's luck, no secret
    fuse, seen = Fuse(), Seen()
    calm = scene_of(FusedUnits(database, Fuse()))
    drafts = [await calm.draft(f"{BODY} {at}", by=100 + at) for at in range(COMMENTS)]
    await asyncio.gather(*(submit(calm, one, seen) for one in drafts[: COMMENTS // 2]))
    first, second, *_ = (await calm.comments.reading.queue(GUILD)).items
    for one in (first, second):
        await calm.comments.deciding.place(look(one))
    for _life in range(LIVES):
        await live(calm.another(FusedUnits(database, fuse)), fuse, rng, drafts, seen)
    fuse.steps = 0
    for draft in drafts:  # everybody sends again what they saw no number of
        if draft.form_id not in seen.numbers:
            done = await calm.comments.submitting.submit(draft)
            seen.numbers[draft.form_id] = done.comment.number
    await calm.comments.publishing.tend()

    for one in (first, second):
        assert (await calm.now(one)).state is CommentState.PLACED
    await check(calm, drafts, seen)


async def live(
    scene: Scene, fuse: Fuse, rng: random.Random, drafts: list[Draft], seen: Seen
) -> None:
    """Be one process, until it dies or everybody did something."""
    works = [submit(scene, rng.choice(drafts), seen) for _ in range(COMMENTS)]
    works += [decide(scene, rng, seen) for _ in range(DECISIONS)]
    works += [vote(scene, rng, seen) for _ in range(VOTERS)]
    rng.shuffle(works)
    tasks = [asyncio.ensure_future(one) for one in works]

    fuse.blow = partial(die, set(tasks))
    fuse.steps = rng.randint(1, 150)  # of some 120 that a life takes: a few end by themselves
    results = await asyncio.gather(*tasks, return_exceptions=True)
    fuse.steps = 0
    expected = (CommentError, StorageError, asyncio.CancelledError)
    assert [one for one in results if one is not None and not isinstance(one, expected)] == []
    while others := [one for one in asyncio.all_tasks() if one.get_name() in _WRITERS]:
        await asyncio.gather(*others, return_exceptions=True)
    # A process that died lets go of its database; here frames in tracebacks would keep its lock.
    del tasks, results
    gc.collect()


def die(tasks: "set[asyncio.Task[None]]") -> None:
    """End all that the process does, wherever it is."""
    for task in asyncio.all_tasks():
        if task in tasks or task.get_name() in _WRITERS:
            task.cancel()


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


async def check(scene: Scene, drafts: list[Draft], seen: Seen) -> None:
    numbers = list(seen.numbers.values())
    assert len(set(numbers)) == len(drafts)
    comments = [await scene.comments.reading.by_number(one, guild_id=GUILD) for one in numbers]
    assert {one.text.body for one in comments} == {one.body for one in drafts}
    for draft in drafts:
        assert (await scene.comments.reading.of_author(GUILD, draft.author_id)).total == 1
    for comment in comments:
        history = await scene.history(comment)
        assert states.replayed(history) is comment.state
        found = await scene.deliveries(COMMENT_KIND, comment.text.id)
        assert len(found) == (comment.state is CommentState.PLACED)
        assert len(await scene.deliveries(CARD_KIND, comment.id)) == 1
        notes = [note for one in history for note in await scene.deliveries(NOTE_KIND, one.id)]
        assert len(notes) == len(history) - 1 == (comment.state is not CommentState.WAITING)
        if comment.id in seen.decided:
            assert history[-1].actor_id == seen.decided[comment.id]
    for (text_id, voter), value in seen.votes.items():
        own = await scene.comments.voting.own(text_id, user_id=voter)
        # One that was cast later and not confirmed may stand, as its sender knows.
        assert own == value or own in seen.tried[text_id, voter]
