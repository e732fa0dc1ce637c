"""Meetings with wrong input, doubts, other people's buttons, two at once, and a restart."""

import asyncio

import pytest

from bot.sandbox import building
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel
from storage.meeting_records import Answer
from tests.e2e.chat import Chat, Options
from tests.e2e.test_meetings import TYPED, planned, preview, told


@pytest.fixture(autouse=True)
def managing(offline: Chat) -> None:
    """Let moderators see the commands: Discord shows them to Manage Server by default."""
    stage, rights = offline.stage, Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(stage.world, stage.guild, stage.moderator, rights)


@pytest.fixture
def alv(offline: Chat) -> Channel:
    return building.add_channel(offline.stage.world, offline.stage.guild, "alv")


async def test_a_moment_that_can_mean_two_becomes_a_menu_and_then_a_form(
    alv: Channel, chat: Chat
) -> None:
    marja = chat.stage.marja
    options: Options = {"soort": "BALV", "wanneer": "8 juni 2016 om half acht"}
    unclear = await marja.slash(alv, "vergadering plannen", options).reply()
    assert "Is dat voor of na de middag?" in unclear.content
    opened = marja.choose(unclear, ["woensdag 8 juni 2016 om 19.30 uur"])
    await opened.modal()
    shown = await marja.submit(opened, TYPED).reply()

    assert "woensdag 8 juni 2016 om 19.30 uur" in shown.content


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"soort": "ALV", "wanneer": "31 juni 9 uur"}, "Die datum bestaat niet"),
        ({"soort": "ALV", "wanneer": "1 januari 2016 9 uur"}, "al voorbij"),
        ({"soort": "ALV", "wanneer": "8 juni 2016 9 uur", "duur": "heel lang"}, "Die duur begrijp"),
    ],
)
async def test_what_cannot_be_read_is_said_in_words(
    alv: Channel, chat: Chat, options: Options, said: str
) -> None:
    refused = await chat.stage.marja.slash(alv, "vergadering plannen", {**options}).reply()

    assert said in refused.content
    assert refused.is_ephemeral


async def test_a_bad_link_and_an_empty_title_are_said(alv: Channel, chat: Chat) -> None:
    marja = chat.stage.marja
    for typed, said in (
        ({"Link": "javascript:x"}, "De link klopt niet"),
        ({"Titel": "…"}, "titel"),
    ):
        opened = marja.slash(
            alv, "vergadering plannen", {"soort": "ALV", "wanneer": "8 juni 2016 11.00 uur"}
        )
        await opened.modal()
        refused = await marja.submit(opened, {**TYPED, **typed}).reply()
        assert said in refused.content
    assert await chat.services.meetings.shelf.all(chat.stage.guild.id) == ()


async def test_two_presses_at_once_plan_one_meeting(alv: Channel, chat: Chat) -> None:
    marja = chat.stage.marja
    shown = await preview(chat, marja)
    replies = await asyncio.gather(
        *(marja.click(shown, "Opslaan en vertellen").reply() for _ in range(2))
    )
    await chat.delivered()

    assert sum("al verwerkt" in one.content for one in replies) == 1
    assert len(told(chat, alv)) == 1


async def test_buttons_and_forms_work_after_a_restart(alv: Channel, offline: Chat) -> None:
    stage = offline.stage
    async with offline.running():
        shown = await preview(offline, stage.marja)
        opened = stage.marja.slash(
            alv, "vergadering plannen", {"soort": "ALV", "wanneer": "9-6-2016"}
        )
        refused = await opened.reply()
    async with offline.running():
        await stage.marja.click(shown, "Opslaan en vertellen").reply()
        await offline.delivered()
        news = offline.said(alv)[-1]
        form = stage.anna.click(news, "Herinner mij ook")
        await form.modal()
    async with offline.running():
        kept = await stage.anna.submit(form, {"Wanneer?": "de avond ervoor"}).reply()
        place = await stage.anna.click(news, "Misschien").reply()
        meeting = await offline.services.meetings.shelf.find(stage.guild.id, None)
        where = await offline.services.meetings.attending.place_of(meeting.id, stage.anna.id)

    assert "Ik zie geen tijd" in refused.content
    assert kept.content.startswith("Afgesproken")
    assert "je komt misschien" in place.content
    assert where.said is not None
    assert where.said.answer is Answer.MAYBE


async def test_visitors_sign_up_but_give_no_proxy_and_plan_nothing(
    alv: Channel, chat: Chat
) -> None:
    stage = chat.stage
    await planned(chat)
    opened = await stage.bezoeker.slash(alv, "alv deelname").reply()
    no = await stage.bezoeker.click(opened, "Ik kom niet").reply()
    refused = await stage.bezoeker.choose(no, [stage.bram.user]).reply()

    assert "Genoteerd: je komt niet" in no.content
    assert "Dit kunnen alleen leden" in refused.content


async def test_the_next_meeting_answers_a_question(alv: Channel, chat: Chat) -> None:
    await planned(chat)
    asked = {"vraag": "wanneer is de volgende alv?"}
    answer = await chat.stage.anna.slash(alv, "vraag", asked).reply()

    assert "woensdag 8 juni 2016 om 11.00 uur" in answer.content
    assert "example.org/alv" in answer.content
