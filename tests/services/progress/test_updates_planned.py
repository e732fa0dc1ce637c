"""Planned updates, at their moment: once, right across clock changes, late once after downtime."""

import asyncio
import datetime as dt

import pytest

from bot.dates.reading import Doubt, NotUnderstood, Problem
from bot.services.progress.updates_planning import BadRepeat, Planning, Unclear
from bot.services.progress.updates_states import is_late
from storage.engine import Database
from storage.progress_records import Update, UpdateEvent, UpdatePlan, UpdateState
from storage.unit_of_work import UnitsOfWork
from tests.fakes import FakeClock
from tests.services.progress.updates_scene import (
    CHANNEL,
    EDITED,
    GUILD,
    MARJA,
    START,
    Scene,
    scene_of,
)

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def scene(units: UnitsOfWork) -> Scene:
    return scene_of(units)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


async def occurrences(scene: Scene) -> list[Update]:
    return [one for one in reversed(await scene.all()) if one.series_id is not None]


async def test_it_is_published_at_its_moment_and_not_before(scene: Scene) -> None:
    planned = await scene.planned_for("vrijdag 9 uur")
    assert planned.planned_for == moment("2026-03-27 08:00")
    scene.at(moment("2026-03-27 07:59"))
    await scene.planned.tick()
    assert (await scene.now(planned)).state is UpdateState.PLANNED

    scene.at(moment("2026-03-27 08:00"))
    for _ in range(2):
        await scene.planned.tick()
    published = await scene.now(planned)
    (copy,) = await scene.copies(planned)
    assert published.state is UpdateState.PUBLISHED
    assert (published.due_at, published.plan) == (planned.planned_for, None)
    assert copy.due_at == planned.planned_for
    assert not is_late(published)
    history = await scene.listing.history_of(planned)
    assert (history[-1].event, history[-1].actor_id) == (UpdateEvent.PUBLISHED, None)


async def test_two_processes_publish_it_once(scene: Scene) -> None:
    once = await scene.planned_for("vrijdag 9 uur")
    series = await scene.planned_for("vrijdag 9 uur", "elke dag")
    scene.at(moment("2026-03-27 08:00"))
    others = [scene.another() for _ in range(3)]
    await asyncio.gather(*(one.planned.tick() for one in (scene, *others)))
    await scene.planned.tick()

    assert len(await scene.copies(once)) == 1
    assert len(await occurrences(scene)) == 1
    assert (await scene.now(series)).planned_for == moment("2026-03-28 08:00")


async def test_even_without_the_lease_it_is_published_once(scene: Scene) -> None:
    once = await scene.planned_for("vrijdag 9 uur")
    series = await scene.planned_for("vrijdag 9 uur", "elke dag")
    scene.at(moment("2026-03-27 08:00"))
    others = [scene.another() for _ in range(3)]
    for seen in (once, series):
        await asyncio.gather(*(one.planned._publish(seen) for one in (scene, *others)))

    assert len(await scene.copies(once)) == 1
    assert len(await occurrences(scene)) == 1
    assert len(await scene.all()) == 3


async def test_a_repeat_keeps_its_time_on_the_clock_when_the_clock_changes(scene: Scene) -> None:
    series = await scene.planned_for("vrijdag 9 uur", "elke dag")
    for day in ("2026-03-27 08:00", "2026-03-28 08:00", "2026-03-29 07:00", "2026-03-30 07:00"):
        assert (await scene.now(series)).planned_for == moment(day)
        scene.at(moment(day) - dt.timedelta(seconds=1))
        await scene.planned.tick()
        scene.at(moment(day))
        await scene.planned.tick()

    made = await occurrences(scene)
    assert [one.due_at for one in made] == [one.published_at for one in made]
    assert [one.number for one in made] == [2, 3, 4, 5]
    assert {one.text for one in made} == {series.text}
    assert (await scene.now(series)).state is UpdateState.PLANNED


async def test_a_repeat_on_day_31_comes_back_after_shorter_months(scene: Scene) -> None:
    series = await scene.planned_for("31 maart om 9.00 uur", "elke maand")
    for day in ("2026-03-31 07:00", "2026-04-30 07:00", "2026-05-31 07:00"):
        assert (await scene.now(series)).planned_for == moment(day)
        scene.at(moment(day))
        await scene.planned.tick()

    assert len(await occurrences(scene)) == 3


async def test_after_downtime_a_repeat_comes_late_once_and_goes_on(scene: Scene) -> None:
    series = await scene.planned_for("vrijdag 9 uur", "elke dag")
    once = await scene.planned_for("zaterdag 9 uur")
    scene.at(moment("2026-04-24 10:30"))
    for _ in range(3):
        await scene.planned.tick()

    (late,) = await occurrences(scene)
    assert late.due_at == moment("2026-04-24 07:00")
    assert is_late(late)
    assert is_late(await scene.now(once))
    assert (await scene.now(series)).planned_for == moment("2026-04-25 07:00")


async def test_a_crash_between_publishing_and_its_copies_leaves_nothing_half(
    scene: Scene, database: Database
) -> None:
    series = await scene.planned_for("vrijdag 9 uur", "elke dag")
    scene.at(moment("2026-03-27 08:00"))

    async def crash() -> None:
        async with UnitsOfWork(database)() as work:
            await scene.planned._publish_in(work, series, CHANNEL)
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await crash()
    assert await occurrences(scene) == []
    assert (await scene.now(series)).planned_for == series.planned_for

    await scene.planned.tick()
    (made,) = await occurrences(scene)
    assert len(await scene.copies(made)) == 1


async def test_without_a_channel_it_waits_and_holds_up_no_other(scene: Scene) -> None:
    other_guild = GUILD + 1
    planned = await scene.planned_for("vrijdag 9 uur")
    draft = await scene.updates.write(other_guild, EDITED, by=MARJA)
    plan = scene.planning.read("vrijdag 10 uur")
    assert isinstance(plan, UpdatePlan)
    change = await scene.updates.propose_plan(draft, plan, by=MARJA)
    await scene.updates.confirm(change.id, guild_id=other_guild, by=MARJA)
    scene.directory.channels = {other_guild: (CHANNEL,)}
    scene.at(moment("2026-03-27 10:00"))
    await scene.planned.tick()
    done = await scene.updates.get(draft.id, guild_id=other_guild)
    assert done.state is UpdateState.PUBLISHED
    assert (await scene.now(planned)).state is UpdateState.PLANNED

    scene.directory.channels[GUILD] = (CHANNEL,)
    await scene.planned.tick()
    assert is_late(await scene.now(planned))


async def test_a_stopped_repeat_and_a_withdrawn_plan_are_published_no_more(scene: Scene) -> None:
    stopped = await scene.planned_for("vrijdag 9 uur", "elke dag")
    gone = await scene.planned_for("vrijdag 9 uur")
    scene.at(moment("2026-03-27 08:00"))
    await scene.planned.tick()
    await scene.updates.unplan(await scene.now(stopped), by=MARJA)
    change = await scene.updates.propose_withdrawal(gone, "Fout.", by=MARJA)
    await scene.updates.confirm(change.id, guild_id=GUILD, by=MARJA)
    before = len(await scene.all())
    scene.at(moment("2026-05-01 08:00"))
    await scene.planned.tick()

    assert len(await scene.all()) == before


async def test_an_edited_series_changes_what_comes_and_not_what_came(scene: Scene) -> None:
    series = await scene.planned_for("vrijdag 9 uur", "elke dag")
    scene.at(moment("2026-03-27 08:00"))
    await scene.planned.tick()
    await scene.updates.edit(await scene.now(series), EDITED, by=MARJA)
    scene.at(moment("2026-03-28 08:00"))
    await scene.planned.tick()

    assert [one.text for one in await occurrences(scene)] == [series.text, EDITED.text]


def test_what_is_typed_becomes_a_plan_a_choice_or_a_reason() -> None:
    planning = Planning(FakeClock(START))
    monday = planning.read("vrijdag 9 uur", "elke maandag")
    unclear = planning.read("vrijdag half acht", "tweewekelijks")

    assert isinstance(monday, UpdatePlan)
    assert (monday.local, monday.zone) == (dt.datetime(2026, 3, 30, 9, 0), "Europe/Amsterdam")  # noqa: DTZ001 # a wall clock has no zone
    assert isinstance(unclear, Unclear)
    assert unclear.reading.doubts == {Doubt.HALF_OF_DAY}
    assert unclear.repeat == "elke 2 weken"
    assert isinstance(planning.read("morgen 9 uur", "soms"), BadRepeat)
    for typed, problem in (
        ("vrijdag", Problem.NO_TIME),
        ("vandaag 9 uur", Problem.PAST),
        ("zondag 2.30 uur", Problem.GAP),
        ("8 april 2050 9.00 uur", Problem.TOO_FAR),
    ):
        reading = planning.read(typed)
        assert isinstance(reading, NotUnderstood)
        assert reading.problem is problem


def test_a_moment_from_a_menu_is_checked_again() -> None:
    planning, now = Planning(FakeClock(START)), int(START.timestamp())

    for seconds in (0, now, now + 10**9, 10**18):
        assert planning.chosen(seconds, None) is None
    plan = planning.chosen(now + 60, "elke week")
    assert plan is not None
    assert (plan.moment, plan.repeat) == (START + dt.timedelta(minutes=1), "elke week")
