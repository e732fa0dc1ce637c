"""Whatever is done to an update, in whatever order, by people who look at older versions too."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.services.progress import updates_states as states
from bot.services.progress.updates_errors import UpdateChangedError, UpdateDoneError
from storage.progress_records import (
    Update,
    UpdateContent,
    UpdateEvent,
    UpdatePlan,
    UpdateState,
)
from storage.unit_of_work import UnitsOfWork
from tests.services.progress.updates_scene import GUILD, MARJA, START, Scene, scene_of

LOCAL = dt.datetime(2026, 3, 27, 9, 0)  # noqa: DTZ001 # a wall clock has no zone
PLAN = UpdatePlan(dt.datetime(2026, 3, 27, 8, 0, tzinfo=dt.UTC), LOCAL, "Europe/Amsterdam")
WEEKLY = replace(PLAN, repeat="elke week")
DRAFT = Update(
    id=1,
    guild_id=GUILD,
    number=1,
    version=1,
    state=UpdateState.DRAFT,
    title="Begin",
    text="0",
    part=None,
    link=None,
    mentions_role=False,
    author_id=MARJA,
    created_at=START,
)
UNPUBLISHED = {UpdateState.DRAFT, UpdateState.PLANNED}

steps = st.sampled_from(("edit", "plan", "repeat", "unplan", "publish", "withdraw", "tick"))
pytestmark = pytest.mark.randomised


def applied(update: Update, step: str, text: str, now: dt.datetime) -> Update:
    ways: dict[str, Callable[[], Update]] = {
        "edit": lambda: states.edited(update, replace(update.content, text=text), now=now),
        "plan": lambda: states.planned(update, PLAN),
        "repeat": lambda: states.planned(update, WEEKLY),
        "unplan": lambda: states.unplanned(update),
        "publish": lambda: states.published(update, now=now),
        "withdraw": lambda: states.withdrawn(update, "Fout.", now=now),
        "tick": lambda: states.moved_on(update, now),
    }
    return ways[step]()


@given(st.lists(st.tuples(steps, st.sampled_from("012")), max_size=12))
def test_an_update_is_never_in_two_states_at_once(done: list[tuple[str, str]]) -> None:
    update, now = DRAFT, START
    for step, text in done:
        before, now = update, now + dt.timedelta(minutes=1)
        try:
            update = applied(before, step, text, now)
        except UpdateDoneError:
            assert before.state not in UNPUBLISHED or step == "tick"
        assert update.version - before.version in {0, 1}
        is_new_text = update.content != before.content
        assert not is_new_text or update.version > before.version
        assert (update.plan is not None) == (update.state is UpdateState.PLANNED)
        assert (update.withdrawn_at is not None) == (update.state is UpdateState.WITHDRAWN)
        assert update.state not in UNPUBLISHED or update.published_at is None
        assert update.state is not UpdateState.PUBLISHED or update.published_at is not None
        assert update.edited_at is None or update.published_at is not None
        if before.state is UpdateState.WITHDRAWN:
            assert update == before


async def attempted(scene: Scene, seen: Update, step: str, text: str) -> None:
    """Do what a moderator who looks at `seen` does, with the yes that it asks for."""
    content = replace(seen.content, text=text)
    updates = scene.updates
    match step:
        case "publish":
            await updates.publish(seen, by=MARJA)
        case "unplan":
            await updates.unplan(seen, by=MARJA)
        case "tick":
            scene.clock.forward(minutes=60 * 24)
            await scene.planned.tick()
        case "edit" if seen.state in UNPUBLISHED:
            await updates.edit(seen, content, by=MARJA)
        case "edit":
            change = await updates.propose_edit(seen, content, by=MARJA)
            await updates.confirm(change.id, guild_id=GUILD, by=MARJA)
        case "withdraw":
            change = await updates.propose_withdrawal(seen, "Fout.", by=MARJA)
            await updates.confirm(change.id, guild_id=GUILD, by=MARJA)
        case _:
            rule = "elke week" if step == "repeat" else ""
            plan = scene.planning.read("over 2 uur", rule)
            assert isinstance(plan, UpdatePlan)
            change = await updates.propose_plan(seen, plan, by=MARJA)
            await updates.confirm(change.id, guild_id=GUILD, by=MARJA)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    done=st.lists(st.tuples(steps, st.sampled_from("012"), st.booleans()), min_size=1, max_size=8)
)
@example(done=[("repeat", "0", False), ("tick", "0", False), ("withdraw", "0", False)])
@example(done=[("publish", "0", False), ("edit", "1", False), ("withdraw", "0", False)])
async def test_copies_follow_the_update_whoever_looks_at_what(
    units: UnitsOfWork, done: list[tuple[str, str, bool]]
) -> None:
    scene = scene_of(units)
    content = UpdateContent(title="Begin", text="0")
    first = now = await scene.draft(content)
    for step, text, is_stale in done:
        seen = first if is_stale else now
        try:
            await attempted(scene, seen, step, text)
        except UpdateChangedError:
            assert seen.version != now.version
            assert await scene.now(first) == now
        except UpdateDoneError:
            assert await scene.now(first) == now
        now = await scene.now(first)
        await holds(scene, now)


async def holds(scene: Scene, update: Update) -> None:
    """Check what is always so of the rows behind an update, and of its history."""
    copies = await scene.copies(update)
    was_published = update.published_at is not None
    assert len(copies) == was_published
    for copy in copies:
        assert copy.withdrawn == (update.state is UpdateState.WITHDRAWN)
        if update.state is UpdateState.PUBLISHED:
            assert copy.wanted_version == update.version
    told = [
        one
        for one in await scene.listing.history_of(update)
        if not one.event.value.endswith("_proposed")
    ]
    assert told[0].event is UpdateEvent.CREATED
    assert (told[-1].version, told[-1].content) == (update.version, update.content)
    assert told[-1].plan == update.plan
    assert sum(one.event is UpdateEvent.PUBLISHED for one in told) == was_published
