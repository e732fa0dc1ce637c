"""Updates in the database: numbered per guild, found as they are asked for, never half."""

import datetime as dt
from dataclasses import replace

import pytest

from storage.errors import ConflictError
from storage.progress_records import (
    NewUpdateChange,
    Part,
    Update,
    UpdateContent,
    UpdateEvent,
    UpdatePlan,
    UpdateState,
)
from storage.unit_of_work import UnitOfWork, UnitsOfWork
from tests.conftest import NOW
from tests.storage.examples import GUILD, MEMBER, OTHER_GUILD

CONTENT = UpdateContent(
    title="Kernadvies", text="Het *advies* \x00 is er.", part=Part.KERNADVIES, link="https://a.nl"
)
LOCAL = dt.datetime(2016, 6, 9, 9, 0)  # noqa: DTZ001 # a wall clock has no zone
PLAN = UpdatePlan(
    dt.datetime(2016, 6, 9, 7, 0, tzinfo=dt.UTC), LOCAL, "Europe/Amsterdam", "elke dag"
)
HOUR = dt.timedelta(hours=1)


async def add(
    work: UnitOfWork, content: UpdateContent = CONTENT, *, guild_id: int = GUILD
) -> Update:
    made, is_new = await work.updates.add(guild_id, content, author_id=MEMBER, at=NOW)
    assert is_new
    return made


async def publish(work: UnitOfWork, content: UpdateContent, at: dt.datetime) -> Update:
    made = replace(await add(work, content), state=UpdateState.PUBLISHED, published_at=at)
    await work.updates.put(made)
    return made


def planned(update: Update, plan: UpdatePlan) -> Update:
    return replace(
        update,
        state=UpdateState.PLANNED,
        planned_for=plan.moment,
        planned_local=plan.local,
        planned_zone=plan.zone,
        repeat=plan.repeat,
    )


async def test_numbers_count_in_each_guild(units: UnitsOfWork) -> None:
    async with units() as work:
        made = [await add(work, guild_id=one) for one in (GUILD, GUILD, OTHER_GUILD)]

        assert [one.number for one in made] == [1, 2, 1]
        assert made[0].text == "Het *advies* \ufffd is er."
        assert await work.updates.by_number(GUILD, 2) == made[1]
        assert await work.updates.by_number(GUILD, 3) is None
        assert await work.updates.get(made[2].id) == made[2]
        assert await work.updates.drafts(GUILD) == (made[1], made[0])
        assert await work.updates.count(GUILD) == 2


async def test_a_form_makes_one_update(units: UnitsOfWork) -> None:
    async with units() as work:
        first, _ = await work.updates.add(GUILD, CONTENT, author_id=1, at=NOW, form_id=7)
        again, is_new = await work.updates.add(
            GUILD, replace(CONTENT, title="Anders"), author_id=1, at=NOW, form_id=7
        )

    assert (again, is_new) == (first, False)


async def test_all_that_was_put_comes_back(units: UnitsOfWork) -> None:
    async with units() as work:
        made = planned(await add(work), PLAN)
        await work.updates.put(made)
        assert await work.updates.lock(made.id) == made
        gone = replace(
            planned(made, PLAN),
            version=4,
            state=UpdateState.WITHDRAWN,
            planned_for=None,
            planned_local=None,
            planned_zone=None,
            repeat=None,
            published_at=NOW,
            due_at=NOW,
            edited_at=NOW + HOUR,
            withdrawn_at=NOW + 2 * HOUR,
            withdrawal_reason="Fout.",
            mentions_role=True,
        )
        await work.updates.put(gone)

        assert await work.updates.get(made.id) == gone


async def test_what_is_published_is_found_by_part_and_time(units: UnitsOfWork) -> None:
    async with units() as work:
        first = await publish(work, CONTENT, NOW)
        second = await publish(work, replace(CONTENT, part=None), NOW + HOUR)
        await add(work)
        await publish(work, CONTENT, NOW + 2 * HOUR)
        found = work.updates

        assert [one.number for one in await found.latest(GUILD, limit=2)] == [4, 2]
        of_part = await found.latest(GUILD, part=Part.KERNADVIES, limit=9)
        assert [one.number for one in of_part] == [4, 1]
        assert await found.latest(OTHER_GUILD, limit=9) == ()
        between = await found.published_between(GUILD, NOW, NOW + 2 * HOUR)
        assert between == (first, second)
        everything = await found.of_guild(GUILD, offset=1, limit=2)
        assert [one.number for one in everything] == [3, 2]


async def test_what_is_planned_is_found_once_it_is_due(units: UnitsOfWork) -> None:
    async with units() as work:
        late, early = planned(await add(work), PLAN), planned(await add(work), PLAN)
        early = replace(early, planned_for=PLAN.moment - HOUR)
        for one in (late, early):
            await work.updates.put(one)

        assert await work.updates.planned(GUILD) == (early, late)
        assert await work.updates.due_planned(PLAN.moment - dt.timedelta(seconds=1)) == (early,)
        assert await work.updates.due_planned(PLAN.moment) == (early, late)


async def test_each_occurrence_of_a_series_is_made_once(units: UnitsOfWork) -> None:
    async with units() as work:
        series = planned(await add(work), PLAN)
        await work.updates.put(series)
        made = await work.updates.add_occurrence(series, at=NOW)
        again = await work.updates.add_occurrence(series, at=NOW)
        later = replace(series, planned_for=PLAN.moment + HOUR)
        following = await work.updates.add_occurrence(later, at=NOW)

    assert again is None
    assert made is not None
    assert following is not None
    assert (made.number, made.series_id, made.due_at) == (2, series.id, PLAN.moment)
    assert (made.content, made.state) == (series.content, UpdateState.PUBLISHED)
    assert following.number == 3


async def test_the_history_keeps_each_text_and_each_proposal(units: UnitsOfWork) -> None:
    async with units() as work:
        made = await add(work)
        other = replace(CONTENT, text="Nieuwer.")
        changes = (
            NewUpdateChange(UpdateEvent.CREATED, NOW, MEMBER),
            NewUpdateChange(UpdateEvent.EDIT_PROPOSED, NOW + HOUR, 2, content=other),
            NewUpdateChange(UpdateEvent.PLAN_PROPOSED, NOW + HOUR, plan=PLAN, reason="Zo."),
        )
        ids = [await work.updates.record(made, one) for one in changes]
        history = await work.updates.history_of(made.id)

        assert [one.id for one in history] == ids
        assert [one.actor_id for one in history] == [MEMBER, 2, None]
        assert [one.content.text for one in history] == [made.text, other.text, made.text]
        assert [one.plan for one in history] == [None, None, PLAN]
        assert history[2].reason == "Zo."
        assert await work.updates.change(ids[1]) == history[1]
        assert await work.updates.change(ids[2] + 1) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": UpdateState.PUBLISHED},
        {"state": UpdateState.PLANNED},
        {"state": UpdateState.WITHDRAWN},
        {"published_at": NOW},
        {"withdrawn_at": NOW},
    ],
)
async def test_the_database_refuses_what_cannot_be(
    units: UnitsOfWork, wrong: dict[str, dt.datetime | UpdateState]
) -> None:
    async with units() as work:
        made = await add(work)

    async def put() -> None:
        async with units() as work:
            await work.updates.put(replace(made, **wrong))  # type: ignore[arg-type] # each is of its field

    with pytest.raises(ConflictError):
        await put()
