"""Whatever is done to a comment, in whatever order, by people who look at older versions too."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.services.comments import states
from bot.services.comments.authoring import OwnEdit
from bot.services.comments.errors import (
    AppealUsedError,
    CommentDecidedError,
    CommentStateError,
    SameModeratorError,
)
from bot.services.comments.sending import CARD_KIND, COMMENT_KIND
from storage.comment_records import (
    RETIRED,
    Comment,
    CommentEvent,
    CommentState,
    CommentText,
    Consents,
)
from storage.unit_of_work import UnitsOfWork
from tests.services.comments.scene import (
    ANNA,
    BERT,
    BODY,
    GUILD,
    MARJA,
    OTHER,
    OTTO,
    START,
    Scene,
    look,
    scene_of,
)

pytestmark = pytest.mark.randomised

W, P, R, A, D, X = CommentState
# Written down once more, apart from the code: what may happen, and what comes of it.
ALLOWED = {
    "edit": {W: W, P: W},
    "repost": {W: W, P: P},
    "consent": {W: W, P: P, R: R, A: A, D: D},
    "place": {W: P, A: P, P: P},
    "reject": {W: R, P: R, A: R},
    "redact": {W: P, P: P, A: P},
    "duplicate": {W: D, P: D, A: D},
    "appeal": {R: A},
    "withdraw": {W: X, P: X, R: X, A: X, D: X},
}
NEW = Comment(
    id=1,
    guild_id=GUILD,
    number=1,
    round_id=1,
    author_id=ANNA,
    version=1,
    state=W,
    text=CommentText(1, 1, BODY, Consents()),
    created_at=START,
)
_numbers = count(1)

steps = st.sampled_from(sorted(ALLOWED))


def applied(comment: Comment, step: str, now: dt.datetime) -> tuple[Comment, CommentEvent]:
    body, consents = f"{BODY} {comment.version}", Consents()
    ways: dict[str, Callable[[], tuple[Comment, CommentEvent]]] = {
        "edit": lambda: edited(comment, body, consents, places_first=False),
        "repost": lambda: edited(comment, body, consents, places_first=True),
        "consent": lambda: edited(
            comment, comment.text.body, Consents(name=True), places_first=False
        ),
        "place": lambda: states.placed(comment),
        "reject": lambda: states.rejected(comment, "Nee.", now=now),
        "redact": lambda: states.redacted(comment, f"Zo dan: {comment.version}"),
        "duplicate": lambda: states.duplicate(comment, of=2, now=now),
        "appeal": lambda: states.appealed(comment, "Toch.", now=now),
        "withdraw": lambda: states.withdrawn(comment, now=now),
    }
    return ways[step]()


def edited(
    comment: Comment, body: str, consents: Consents, *, places_first: bool
) -> tuple[Comment, CommentEvent]:
    return states.edited(comment, body, consents, author_name="Anna", places_first=places_first)


@pytest.mark.parametrize("step", sorted(ALLOWED))
@pytest.mark.parametrize("state", list(CommentState))
def test_exactly_what_is_allowed_can_happen(state: CommentState, step: str) -> None:
    before = replace(NEW, state=state)
    expected = ALLOWED[step].get(state)
    if expected is None:
        with pytest.raises(CommentStateError):
            applied(before, step, START)
        return

    after, event = applied(before, step, START)

    assert after.state is expected is states.after(state, event)
    assert after.version == before.version + 1


def test_a_comment_begins_waiting_or_placed_and_by_nothing_else() -> None:
    begun = {one: states.after(None, one) for one in CommentEvent}
    assert {one for one in CommentEvent if begun[one] is not None} == {
        CommentEvent.SUBMITTED, CommentEvent.POSTED,
    }  # fmt: skip


@given(st.lists(steps, max_size=15))
def test_what_is_known_of_a_comment_always_fits_its_state(done: list[str]) -> None:
    comment, now, appeals = NEW, START, 0
    for step in done:
        before, now = comment, now + dt.timedelta(minutes=1)
        try:
            comment, _ = applied(before, step, now)
        except AppealUsedError:
            assert appeals == 1
            continue
        except CommentStateError:
            is_allowed = before.state in ALLOWED[step]
            assert not is_allowed or (step == "place" and before.is_checked)
            continue
        appeals += step == "appeal"
        assert (comment.retired_at is not None) == (comment.state in RETIRED)
        assert (comment.duplicate_of is not None) == (comment.state is D)
        assert not comment.is_queued or comment.state is P
        assert (comment.appealed_at is not None) == (appeals == 1)
        assert comment.state is not R or comment.reason
        assert comment.text.ordinal >= before.text.ordinal
        is_reworded = comment.text.body != before.text.body
        assert is_reworded == (comment.text.ordinal > before.text.ordinal)
        if comment.text.shown != before.text.shown and not is_reworded:
            assert comment.text.shown_version > before.text.shown_version


async def attempt(scene: Scene, seen: Comment, step: str, by: int) -> None:
    """Do what somebody who looks at `seen` does."""
    deciding, authoring = scene.comments.deciding, scene.comments.authoring
    body = f"{BODY} {next(_numbers)}" if step in {"edit", "repost"} else seen.text.body
    consents = replace(seen.text.consents, vng=not seen.text.consents.vng)
    edit = OwnEdit(seen.id, GUILD, seen.version, seen.author_id or 0, "Anna", body, consents)
    match step:
        case "edit" | "consent":
            await authoring.edit(edit)
        case "repost":
            await scene.comments.modes.change(GUILD, checks_first=False, by=by)
            try:
                await authoring.edit(edit)
            finally:
                await scene.comments.modes.change(GUILD, checks_first=True, by=by)
        case "place":
            await deciding.place(look(seen, by=by))
        case "reject":
            await deciding.reject(look(seen, by=by), f"Nee, {next(_numbers)}.")
        case "redact":
            await deciding.redact(look(seen, by=by), f"{OTHER} {next(_numbers)}")
        case "duplicate":
            await deciding.mark_duplicate(look(seen, by=by), seen.number - 1)
        case "appeal":
            await authoring.appeal(seen.id, "Toch.", guild_id=GUILD, author_id=edit.author_id)
        case _:
            await authoring.withdraw(seen.id, guild_id=GUILD, author_id=edit.author_id)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=5)
@given(
    done=st.lists(
        st.tuples(steps, st.booleans(), st.sampled_from((MARJA, OTTO))), min_size=1, max_size=7
    )
)
@example(done=[("place", False, MARJA), ("edit", False, MARJA), ("place", False, OTTO)])
@example(done=[("place", False, MARJA), ("withdraw", False, MARJA)])
@example(done=[("place", False, MARJA), ("reject", False, OTTO)])
@example(done=[("redact", False, MARJA), ("duplicate", False, OTTO)])
@example(done=[("reject", False, MARJA), ("appeal", False, MARJA), ("place", False, OTTO)])
async def test_history_replays_and_one_message_stands_whoever_looks_at_what(
    units: UnitsOfWork, done: list[tuple[str, bool, int]]
) -> None:
    scene, other = scene_of(units), scene_of(units)
    author = 10_000 + next(_numbers)
    await scene.submit(OTHER, by=BERT + author)
    first = now = await scene.submit(by=author)
    for step, is_stale, by in done:
        seen, before = (first if is_stale else now), now
        try:
            await attempt(scene if by == MARJA else other, seen, step, by)
        except CommentDecidedError as error:
            is_right = error.current == before and seen.version < before.version
            assert is_right
        except (CommentStateError, AppealUsedError, SameModeratorError):
            pass
        now = await scene.now(first)
        await check(scene, before, now)


async def check(scene: Scene, before: Comment, now: Comment) -> None:
    history = await scene.history(now)
    assert states.replayed(history) is now.state
    assert [one.version for one in history] == list(range(1, now.version + 1))
    assert now.version - before.version in {0, 1}
    assert now.version > before.version or now == before
    standing = [
        one
        for ordinal_text in await all_texts(scene, now)
        for one in await scene.deliveries(COMMENT_KIND, ordinal_text)
        if not one.withdrawn
    ]
    is_placed = now.state is CommentState.PLACED
    assert [one.subject_id for one in standing] == ([now.text.id] if is_placed else [])
    assert all(one.wanted_version == now.text.shown_version for one in standing)
    cards = [one for one in await scene.deliveries(CARD_KIND, now.id) if not one.withdrawn]
    assert [one.wanted_version for one in cards] == [now.version]
    async with scene.units.reading() as work:
        waiting = await work.comment_lists.queue(GUILD, round_id=None, offset=0, limit=10**6)
    assert now.waits == (now in waiting)


async def all_texts(scene: Scene, comment: Comment) -> list[int]:
    async with scene.units.reading() as work:
        pairs = await work.comment_lists.text_ids_of_author(comment.author_id or 0)
    return [text_id for comment_id, text_id in pairs if comment_id == comment.id]
