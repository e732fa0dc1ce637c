"""Registering commands: the rules of Discord, and what they mean for people."""

import pytest
from pydantic import JsonValue

from bot.sandbox.errors import NotPossibleError
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import Upload
from bot.sandbox.records import Channel
from bot.sandbox.slash import OptionValue
from bot.sandbox.wire import JsonObject
from tests.discord.stage import Stage
from tests.sandbox.api import Api, Result

CHOICE: JsonObject = {"name": "n", "value": "v"}


def path(stage: Stage, *, guild: bool = False) -> str:
    base = f"/applications/{stage.world.bot.id}"
    return f"{base}/guilds/{stage.guild.id}/commands" if guild else f"{base}/commands"


def command(**fields: JsonValue) -> JsonObject:
    return {"name": "vraag", "description": "Stel een vraag", **fields}


def option(**fields: JsonValue) -> JsonObject:
    return {"type": 3, "name": "tekst", "description": "De tekst", **fields}


def sub(name: str, *options: JsonObject, kind: int = 1) -> JsonObject:
    return {"type": kind, "name": name, "description": "d", "options": list(options)}


async def register(api: Api, stage: Stage, *bodies: JsonObject) -> Result:
    return await api.put(path(stage), list(bodies))


@pytest.mark.parametrize(
    "body",
    [
        command(name="Vraag"),
        command(name="een vraag"),
        command(name="x" * 33),
        command(name=""),
        command(description=""),
        command(description="x" * 101),
        command(options=[option(name="t e")]),
        command(options=[option(), option()]),
        command(options=[option(), option(name="b", required=True)]),
        command(options=[option(name=f"o{n}") for n in range(26)]),
        command(options=[option(type=12)]),
        command(options=[option(type=7, channel_types=[0, 16])]),
        command(options=[option(autocomplete=True, choices=[CHOICE])]),
        command(options=[option(type=5, autocomplete=True)]),
        command(options=[option(choices=[CHOICE, CHOICE])]),
        command(options=[option(choices=[{"name": "x" * 101, "value": "v"}])]),
        command(options=[option(max_length=6001)]),
        command(options=[sub("a"), option()]),
        command(options=[sub("a", sub("b"))]),
        command(options=[sub("g", sub("h", sub("i"), kind=2), kind=2)]),
        command(options=[sub("a", *(option(name=f"o{n}") for n in range(26)))]),
        command(name_localizations={"xx": "naam"}),
        command(
            options=[
                sub(f"s{n}", *(option(name=f"o{m}", description="x" * 100) for m in range(25)))
                for n in range(4)
            ]
        ),
        command(type=3),
        command(contexts=[9]),
    ],
)
async def test_a_wrong_command_is_refused(api: Api, stage: Stage, body: JsonObject) -> None:
    assert (await register(api, stage, body)).code == 50035
    assert stage.world.state.commands == {}


async def test_a_set_has_limits_and_distinct_names(api: Api, stage: Stage) -> None:
    def many(count: int, **fields: JsonValue) -> list[JsonObject]:
        return [{**command(**fields), "name": f"c{n}"} for n in range(count)]

    def menus(count: int) -> list[JsonObject]:
        return [{"type": 3, "name": f"Menu {n}"} for n in range(count)]

    assert (await register(api, stage, *many(100), *menus(5))).status == 200
    assert (await register(api, stage, *many(101))).code == 30032
    assert (await register(api, stage, *menus(6))).code == 30032
    assert (await register(api, stage, command(), command())).faults("1", "name") == [
        "APPLICATION_COMMANDS_DUPLICATE_NAME"
    ]


async def test_a_command_keeps_its_id_and_gets_a_version(api: Api, stage: Stage) -> None:
    async def one(**fields: JsonValue) -> JsonObject:
        return (await register(api, stage, command(**fields))).objects[0]

    first, same, changed = await one(), await one(), await one(description="Anders")

    assert first["id"] == same["id"] == changed["id"]
    assert first["version"] == same["version"] != changed["version"]


async def test_commands_are_read_added_changed_and_deleted_singly(api: Api, stage: Stage) -> None:
    made = await api.post(path(stage), command())
    single = f"{path(stage)}/{made.id}"

    assert made.status == 201
    assert (await api.get(path(stage))).objects[0]["id"] == made.id
    changed = await api.patch(single, {"description": "Anders"})
    assert changed.object["description"] == "Anders"
    assert (await api.delete(single)).status == 204
    assert (await api.get(single)).code == 10063
    assert (await api.get("/applications/1/commands")).code == 10002


async def test_a_guild_has_commands_of_its_own(api: Api, stage: Stage) -> None:
    await api.put(path(stage), [command(description="Overal")])
    await api.put(path(stage, guild=True), [command(description="Hier")])

    offered = stage.anna.commands(stage.algemeen)
    assert [one.body.description for one in offered] == ["Hier", "Overal"]
    assert [one.body.description for one in stage.anna.commands(stage.anna.dm_channel())] == [
        "Overal"
    ]


async def test_commands_are_offered_to_whom_they_are_meant_for(api: Api, stage: Stage) -> None:
    manage = str(int(Permission.MANAGE_MESSAGES))
    await register(
        api,
        stage,
        command(name="voor-iedereen"),
        command(name="voor-moderatoren", default_member_permissions=manage),
        command(name="voor-niemand", default_member_permissions="0"),
        command(name="alleen-hier", contexts=[0]),
        command(name="ook-alleen-hier", dm_permission=False),
    )

    def names(person: Person, channel: Channel) -> set[str]:
        return {one.body.name for one in person.commands(channel)}

    dm = stage.anna.dm_channel()
    everyone = {"voor-iedereen", "alleen-hier", "ook-alleen-hier"}
    assert names(stage.anna, stage.algemeen) == everyone
    assert names(stage.marja, stage.algemeen) == everyone | {"voor-moderatoren"}
    assert names(stage.anna, dm) == {"voor-iedereen", "voor-moderatoren", "voor-niemand"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "missing"),
        ({"tekst": "abcdef"}, "must be"),
        ({"tekst": 5}, "takes STRING"),
        ({"tekst": "abc", "getal": 11}, "must be"),
        ({"tekst": "abc", "getal": True}, "takes INTEGER"),
        ({"tekst": "abc", "keus": "z"}, "choices"),
        ({"tekst": "abc", "onbekend": "z"}, "no option"),
        ({"tekst": "abc", "wie": "Anna"}, "takes USER"),
        ({"tekst": "abc", "wie": Upload("a", b"")}, "takes USER"),
    ],
)
async def test_a_client_sends_only_what_the_command_takes(
    api: Api, stage: Stage, options: dict[str, OptionValue], message: str
) -> None:
    choices: list[JsonValue] = [{"name": "A", "value": "a"}]
    taken: list[JsonValue] = [
        option(required=True, min_length=2, max_length=5),
        option(name="getal", type=4, min_value=1, max_value=10),
        option(name="keus", choices=choices),
        option(name="wie", type=6),
    ]
    await register(api, stage, command(options=taken))
    good: dict[str, OptionValue] = {"tekst": "abc", "getal": 10, "keus": "a"}
    stage.anna.slash(stage.algemeen, "vraag", {**good, "wie": stage.bram.user})

    with pytest.raises(NotPossibleError, match=message):
        stage.anna.slash(stage.algemeen, "vraag", options)
    with pytest.raises(NotPossibleError, match="no autocomplete"):
        stage.anna.autocomplete(stage.algemeen, "vraag", "tekst")


async def test_a_group_needs_its_subcommand(api: Api, stage: Stage) -> None:
    await register(
        api, stage, command(name="kennis", options=[sub("zoeken"), sub("g", sub("x"), kind=2)])
    )
    stage.anna.slash(stage.algemeen, "kennis zoeken")
    stage.anna.slash(stage.algemeen, "kennis g x")

    for wrong in ("kennis", "kennis g", "kennis onzin", "kennis zoeken x", "onbekend"):
        with pytest.raises(NotPossibleError):
            stage.anna.slash(stage.algemeen, wrong)
