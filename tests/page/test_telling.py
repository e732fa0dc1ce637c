import asyncio

from bot.sandbox import building, posting
from bot.sandbox.message_records import Message
from bot.sandbox.posting import Draft
from bot.sandbox.records import Channel
from tests.discord.stage import Stage
from tests.page import serving
from tests.page.serving import Page
from tests.page.talking import Talk, talking


def bot_says(stage: Stage, channel: Channel, text: str, *, only_for: int | None = None) -> Message:
    draft = Draft(content=text, only_for=only_for)
    return posting.post(stage.world, channel, stage.world.bot.id, draft)


async def everything(talk: Talk, stage: Stage) -> str:
    """Return all that was told until now, as text."""
    await talk.ask("history", channel=str(stage.reacties.id))
    return str(talk.told)


async def test_a_hidden_answer_reaches_one_person_only(page: Page, stage: Stage) -> None:
    async with talking(page, stage.anna) as anna, talking(page, stage.bram) as bram:
        hidden = bot_says(stage, stage.algemeen, "geheim voor Anna", only_for=stage.anna.id)
        posting.edit(stage.world, hidden, posting.Change(content="geheim, anders"))
        told = await anna.until("message")
        posting.delete(stage.world, hidden)
        await anna.until("gone")
        history = await bram.ask("history", channel=str(stage.algemeen.id))

        assert told["message"]["content"] == "geheim voor Anna"
        assert told["message"]["ephemeral"] is True
        assert history["result"]["messages"] == []
        assert "geheim" not in await everything(bram, stage)
        assert str(hidden.id) not in await everything(bram, stage)


async def test_a_closed_channel_does_not_exist_for_others(page: Page, stage: Stage) -> None:
    closed = stage.moderators
    async with talking(page, stage.bezoeker) as visitor, talking(page, stage.marja) as marja:
        said = stage.marja.say(closed, "onder ons")
        stage.marja.react(said, "👍")
        stage.marja.start_typing(closed)
        await marja.until("message")
        where = {"channel": str(closed.id), "message": str(said.id)}
        for action in ("history", "commands", "say", "react", "delete", "menu", "typing", "slash"):
            answer = await visitor.ask(action, **where, text="x", emoji="👍", name="x", path="x")
            assert answer["error"] == "not_found", action
        stage.marja.delete(said)

        told = await everything(visitor, stage)
        assert "onder ons" not in told
        assert str(closed.id) not in told
        assert "moderators" not in told


async def test_a_private_conversation_is_for_one_person(page: Page, stage: Stage) -> None:
    async with talking(page, stage.anna) as anna, talking(page, stage.bram) as bram:
        stage.anna.dm("fluister")
        told = await anna.until("message")
        answer = await bram.ask("history", channel=told["message"]["channel_id"])

        assert answer["error"] == "not_found"
        assert "fluister" not in await everything(bram, stage)


async def test_a_channel_that_closes_is_gone_at_once(page: Page, stage: Stage) -> None:
    async with talking(page, stage.bezoeker) as visitor:
        building.close_to_everyone(stage.world, stage.algemeen, stage.lid)
        places = (await visitor.until("places"))["places"]
        stage.anna.say(stage.algemeen, "nu zonder bezoek")

        names = [one["name"] for one in places["guilds"][0]["channels"]]
        assert "algemeen" not in names
        assert "zonder bezoek" not in await everything(visitor, stage)


async def test_an_interaction_is_told_to_who_began_it(page: Page, stage: Stage) -> None:
    async with talking(page, stage.anna) as anna, talking(page, stage.bram) as bram:
        await anna.ask("submit", interaction="1", values={})

        assert anna.told[-1]["error"] == "not_found"
        assert "interaction" not in [one["kind"] for one in bram.told]


async def test_somebody_unknown_becomes_somebody_who_is_there(page: Page, stage: Stage) -> None:
    nobody = type(stage.anna).new(stage.world, "Weg")
    del stage.world.state.users[nobody.id]
    async with talking(page, nobody) as talk:
        assert talk.told[0]["places"]["me"] == str(stage.bezoeker.id)


async def test_history_comes_in_pages_of_fifty(page: Page, stage: Stage) -> None:
    for number in range(70):
        stage.anna.say(stage.algemeen, f"Bericht {number}")
    async with talking(page, stage.bram) as bram:
        last = (await bram.ask("history", channel=str(stage.algemeen.id)))["result"]
        before = last["messages"][0]["id"]
        first = (await bram.ask("history", channel=str(stage.algemeen.id), before=before))["result"]

    assert [len(last["messages"]), last["more"]] == [50, True]
    assert [len(first["messages"]), first["more"]] == [20, False]
    assert first["messages"][0]["content"] == "Bericht 0"


async def test_a_page_that_cannot_keep_up_is_let_go(page: Page, stage: Stage) -> None:
    async with talking(page, stage.bram) as bram:
        for number in range(1500):
            stage.anna.say(stage.algemeen, f"Bericht {number}")
        async with asyncio.timeout(10):
            async for _ in bram.socket:
                pass

        assert bram.socket.close_code == 1013


async def test_the_clock_goes_forward_for_every_page(page: Page, stage: Stage) -> None:
    async with talking(page, stage.bram) as bram:
        assert await serving.turn(page, {"by": {"hours": 24}}) == 200
        told = await bram.until("clock")

    assert page.controls.clock.moved.days == 1
    assert told["now"] > bram.told[0]["now"]


async def test_the_clock_never_goes_back_or_too_far(page: Page) -> None:
    for body in (
        {"by": {"hours": 0}},
        {"by": {"hours": -1}},
        {"by": {"hours": 24 * 401}},
        {"by": {"hours": 10**30}},
        {"to": "2016-01-01T09:00"},
        {"to": "never"},
        {"to": "2099-01-01T09:00+01:00"},
        {},
    ):
        assert await serving.turn(page, body) == 400

    assert not page.controls.clock.moved


async def test_a_reset_lets_every_page_come_back(page: Page, stage: Stage) -> None:
    async with talking(page, stage.bram) as bram:
        assert await serving.reset(page) == 202
        assert (await bram.socket.receive(timeout=5)).data == 1012

    assert page.controls.resets == 1
