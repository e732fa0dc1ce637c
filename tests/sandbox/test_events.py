"""Scheduled events: what they must say, and how they go on."""

import datetime as dt

import pytest

from bot.sandbox import building
from bot.sandbox.permissions import Permission
from tests.discord.clock import START
from tests.discord.stage import Stage
from tests.sandbox.api import Api


def at(**later: float) -> str:
    return (START + dt.timedelta(**later)).isoformat()


ALV = {
    "name": "ALV",
    "entity_type": 3,
    "privacy_level": 2,
    "entity_metadata": {"location": "Den Haag"},
    "scheduled_start_time": at(days=60),
    "scheduled_end_time": at(days=60, hours=4),
}


@pytest.fixture
def path(stage: Stage) -> str:
    role = building.bot_role(stage.world, stage.guild)
    rights = role.permissions | Permission.CREATE_EVENTS
    building.set_permissions(stage.world, stage.guild, role, rights)
    return f"/guilds/{stage.guild.id}/scheduled-events"


async def test_an_event_is_made_changed_listed_and_deleted(
    api: Api, stage: Stage, path: str
) -> None:
    made = await api.post(path, ALV)
    assert made.object["entity_metadata"] == {"location": "Den Haag"}

    changed = await api.patch(f"{path}/{made.id}", {"description": "Agenda"})
    assert changed.object["description"] == "Agenda"
    assert [one["id"] for one in (await api.get(path)).objects] == [made.id]
    event = stage.guild.events[int(made.id)]
    stage.anna.follow(event)
    assert len((await api.get(f"{path}/{made.id}/users?with_member=true")).objects) == 1
    stage.anna.unfollow(event)
    assert (await api.get(f"{path}/{made.id}")).object["user_count"] == 0
    assert (await api.delete(f"{path}/{made.id}")).status == 204
    assert (await api.get(path)).objects == []


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"description": "x" * 1001},
        {"entity_metadata": None},
        {"entity_metadata": {"location": "x" * 101}},
        {"scheduled_end_time": None},
        {"scheduled_end_time": at(days=59)},
        {"scheduled_start_time": at(days=-1)},
        {"scheduled_start_time": "2016-06-08T10:00:00"},
        {"entity_type": 2, "entity_metadata": None},
        {"entity_type": 9},
        {"privacy_level": 1},
    ],
)
async def test_a_wrong_event_is_refused(
    api: Api, stage: Stage, path: str, change: dict[str, object]
) -> None:
    assert (await api.post(path, {**ALV, **change})).code == 50035
    assert stage.guild.events == {}


async def test_an_event_goes_on_step_by_step(api: Api, path: str) -> None:
    made = await api.post(path, ALV)
    one = f"{path}/{made.id}"

    assert (await api.patch(one, {"status": 3})).code == 50035
    assert (await api.patch(one, {"status": 2})).object["status"] == 2
    assert (await api.patch(one, {"status": 3})).object["status"] == 3
    assert (await api.patch(one, {"status": 4})).code == 50035


async def test_events_need_their_right_and_are_a_hundred_at_most(
    api: Api, stage: Stage, path: str
) -> None:
    made = [await api.post(path, ALV) for _ in range(100)]
    assert {one.status for one in made} == {200}
    assert (await api.post(path, ALV)).code == 30038

    role = building.bot_role(stage.world, stage.guild)
    rights = role.permissions & ~Permission.CREATE_EVENTS
    building.set_permissions(stage.world, stage.guild, role, rights)
    assert (await api.post(path, ALV)).code == 50013
    assert (await api.delete(f"{path}/{made[0].id}")).code == 50013
