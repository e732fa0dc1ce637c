import base64

import pytest

from bot.sandbox import building
from tests.discord.stage import Stage
from tests.page.serving import Page
from tests.page.talking import talking


async def test_people_say_answer_edit_and_take_away(page: Page, stage: Stage) -> None:
    here = {"channel": str(stage.algemeen.id)}
    async with talking(page, stage.anna) as anna:
        said = (await anna.ask("say", **here, text="Eerst"))["result"]["message"]
        again = (await anna.ask("say", **here, text="Dan", reply_to=said))["result"]["message"]
        await anna.ask("edit", **here, message=said, text="Eerst, beter")
        await anna.ask("react", **here, message=again, emoji="👍")
        await anna.ask("delete", **here, message=said)

    left = stage.anna.messages(stage.algemeen)
    assert [one.content for one in left] == ["Dan"]
    assert left[0].reply_to == int(said)
    assert left[0].reactions == {"👍": [stage.anna.id]}


async def test_a_file_comes_along(page: Page, stage: Stage) -> None:
    file = {"name": "a.txt", "type": "text/plain", "data": base64.b64encode(b"tekst").decode()}
    async with talking(page, stage.anna) as anna:
        await anna.ask("say", channel=str(stage.algemeen.id), text="", files=[file])

    (said,) = stage.anna.messages(stage.algemeen)
    assert stage.world.state.files[said.attachments[0].id].data == b"tekst"


async def test_what_is_not_allowed_gets_a_code(page: Page, stage: Stage) -> None:
    building.set_overwrite(
        stage.world, stage.reacties, stage.guild.roles[stage.guild.id], deny=1 << 11
    )
    other = stage.bram.say(stage.algemeen, "Van Bram")
    here = {"channel": str(stage.algemeen.id), "message": str(other.id)}
    async with talking(page, stage.anna) as anna:
        answers = [
            await anna.ask("say", channel=str(stage.reacties.id), text="mag niet"),
            await anna.ask("say", channel=str(stage.algemeen.id), text="x" * 2001),
            await anna.ask("edit", **here, text="van mij"),
            await anna.ask("delete", **here),
            await anna.ask("react", **here, emoji="geen emoji"),
            await anna.ask("click", **here, custom_id="geen"),
            await anna.ask("slash", channel=str(stage.algemeen.id), path="geen"),
            await anna.ask("nothing"),
            await anna.ask("say", channel=7, text="x"),
        ]

    assert [one["error"] for one in answers] == [
        *["impossible"] * 4,
        "refused_10014",
        "impossible",
        "impossible",
        "invalid",
        "invalid",
    ]
    assert other.content == "Van Bram"


async def test_threads_and_posts_are_begun(page: Page, stage: Stage) -> None:
    first = stage.bram.say(stage.algemeen, "Van Bram")
    tag = str(stage.forum.tags[0].id)
    async with talking(page, stage.anna) as anna:
        thread = await anna.ask(
            "thread", channel=str(stage.algemeen.id), message=str(first.id), name="Verder"
        )
        post = await anna.ask(
            "post", channel=str(stage.forum.id), name="Idee", text="Kijk", tags=[tag]
        )
        places = (await anna.until("places"))["places"]

    shown = {one["name"]: one["id"] for one in places["guilds"][0]["channels"]}
    assert shown["Verder"] == thread["result"]["channel"]
    assert shown["Idee"] == post["result"]["channel"]


@pytest.mark.usefixtures("breed")
async def test_commands_are_those_that_the_person_may_use(page: Page, stage: Stage) -> None:
    async with talking(page, stage.anna) as anna:
        found = await anna.ask("commands", channel=str(stage.algemeen.id))
        asked = await anna.ask(
            "autocomplete",
            channel=str(stage.algemeen.id),
            path="vraag",
            focused="vraag",
            options={"vraag": "berenschot"},
        )
        told = await anna.until("interaction")

    assert {"vraag", "opties", "help"} <= {one["name"] for one in found["result"]["commands"]}
    assert told["payload"]["id"] == asked["result"]["interaction"]
    assert told["payload"]["choices"]
