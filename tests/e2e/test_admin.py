"""Moderators see what the bot could not do, mend it with a button, and choose how it works."""

import datetime as dt
from collections.abc import Iterable
from copy import copy

import pytest

from bot.sandbox import building
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel
from bot.services.container import Services
from bot.services.deliveries.rendered import Rendered, Showing
from bot.ui import rendering
from storage.delivery_records import ChannelTarget, DmTarget, NewDelivery, Target
from storage.progress_records import UpdateContent, UpdatePlan
from tests.e2e.chat import Chat
from tests.e2e.turning import turned

KIND = "kaart"


@pytest.fixture(autouse=True)
def cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the bot know a kind of delivery of which the text says which one it is."""

    async def render(_services: Services, showing: Showing) -> Rendered:
        url = showing.mark.on_url("https://example.org/")
        return Rendered(content=f"kaart {showing.subject_id}", embeds=({"title": "K", "url": url},))

    monkeypatch.setattr(rendering, "RENDERINGS", {**rendering.RENDERINGS, KIND: render})


async def queue(chat: Chat, targets: Iterable[Target]) -> None:
    async with chat.units() as work:
        for number, target in enumerate(targets, start=1):
            new = NewDelivery(
                key=f"kaart:{number}",
                guild_id=chat.stage.guild.id,
                target=target,
                kind=KIND,
                subject_id=number,
                due_at=chat.clock(),
            )
            await work.deliveries.queue(new)


def silence(chat: Chat, channel: Channel, *, again: bool = False) -> None:
    """Take the bot's right to write in a channel away, or give it back."""
    own = building.bot_role(chat.stage.world, chat.stage.guild)
    deny = Permission.NONE if again else Permission.SEND_MESSAGES
    building.set_overwrite(chat.stage.world, channel, own, deny=deny)


async def tended(chat: Chat) -> None:
    """Send what is due, bring notices up to date, and send what that gave."""
    await chat.delivered()
    await chat.services.notices.tend()
    await chat.delivered()


def keeper_of(chat: Chat) -> Person:
    """Return somebody who manages the server: Discord shows them the commands of moderators."""
    stage = chat.stage
    rights = Permission.MANAGE_GUILD
    role = building.add_role(stage.world, stage.guild, "beheer", permissions=rights)
    return Person.new(stage.world, "Bea", stage.guild, role)


def notices(chat: Chat) -> list[Message]:
    return [one for one in chat.said(chat.stage.moderators) if not one.is_ephemeral]


async def test_a_notice_counts_what_failed_and_is_mended_by_one_press(offline: Chat) -> None:
    chat, stage = offline, offline.stage
    async with chat.running():
        silence(chat, stage.algemeen)
        place = ChannelTarget(stage.algemeen.id)
        await queue(chat, [place, place, ChannelTarget(stage.reacties.id)])
        await tended(chat)

        (notice,) = notices(chat)
        assert notice.content.startswith(
            f"⚠️ **2 berichten zijn niet bezorgd** in <#{stage.algemeen.id}>\nWaarom: ik mag daar"
        )
        assert "Wat je kunt doen: Geef mij in dat kanaal deze rechten" in notice.content

    async with chat.running():  # buttons outlive a restart
        building.set_overwrite(
            stage.world, stage.moderators, stage.lid, allow=Permission.VIEW_CHANNEL
        )
        refused = await stage.anna.click(notice, "Opnieuw proberen").reply()
        assert refused.content == "Dit kunnen alleen moderatoren."

        silence(chat, stage.algemeen, again=True)
        presses = [stage.marja.click(notice, "Opnieuw proberen") for _ in range(2)]
        said = sorted([(await one.reply()).content for one in presses])
        assert said == [
            "Dit is al gedaan: er is niets meer over om iets aan te doen.",
            "Ik probeer 2 berichten opnieuw. In de melding zie je of het lukt.",
        ]
        await tended(chat)
        assert [one.content for one in chat.said(stage.algemeen)] == ["kaart 1", "kaart 2"]
        (notice,) = notices(chat)
        assert notice.content == f"✅ **Opgelost**: berichten in <#{stage.algemeen.id}>"
        assert [one.label for one in notice.buttons()] == ["Bekijk alles"]


async def test_private_messages_share_a_notice_that_names_nobody(offline: Chat) -> None:
    chat, stage = offline, offline.stage
    async with chat.running():
        for person in (stage.anna, stage.bram):
            person.close_dms()
        await queue(chat, [DmTarget(stage.anna.id), DmTarget(stage.bram.id)])
        await tended(chat)

        (notice,) = notices(chat)
        assert notice.content.startswith("⚠️ **2 berichten zijn niet bezorgd** als privébericht")
        assert str(stage.anna.id) not in notice.content

        left = await stage.marja.click(notice, "Laat maar").reply()
        assert left.content == "Goed: ik laat 2 berichten rusten."
        await tended(chat)
        assert notices(chat)[0].content == "✅ **Opgelost**: berichten als privébericht"


async def test_notices_wait_for_a_moderators_channel_and_stand_in_the_control_screen(
    offline: Chat,
) -> None:
    chat, stage = offline, offline.stage
    building.remove_channel(stage.world, stage.moderators)
    async with chat.running():
        silence(chat, stage.algemeen)
        await queue(chat, [ChannelTarget(stage.algemeen.id)])
        await tended(chat)

        bea = keeper_of(chat)
        screen = await bea.slash(stage.reacties, "beheer controle").reply()
        assert screen.is_ephemeral
        assert screen.content.startswith("## ⚠️ Dit vraagt aandacht\n- 1 probleem met bezorgen")
        assert "Er is geen besloten kanaal voor moderatoren" in screen.content
        assert "**1.** ⚠️ **1 bericht is niet bezorgd**" in screen.content

        closed = building.add_channel(stage.world, stage.guild, "moderators")
        building.close_to_everyone(stage.world, closed, stage.moderator)
        await chat.settled()
        await tended(chat)
        assert len(chat.said(closed)) == 1

        silence(chat, stage.algemeen, again=True)
        done = await bea.click(screen, "1. Opnieuw proberen").reply()
        assert done.content.startswith("Ik probeer 1 bericht opnieuw.")
        await tended(chat)
        await bea.click(screen, "Ververs").acknowledged()
        content = await stage.world.until(
            lambda: screen.content if "bezorgd" not in screen.content else None, timeout=5
        )
        assert content.startswith("## ⚠️ Dit vraagt aandacht\n- ⚠️ Nog niet ingericht")


async def test_the_control_screen_says_that_all_is_well_and_is_for_moderators(chat: Chat) -> None:
    stage = chat.stage
    for name in ("updates", "alv"):
        building.add_channel(stage.world, stage.guild, name)
    chat.services.jobs.planned("clean-up", dt.timedelta(days=1))
    chat.services.jobs.started("clean-up")
    chat.services.jobs.succeeded("clean-up")
    await chat.settled()

    screen = await keeper_of(chat).slash(stage.algemeen, "beheer controle").reply()

    assert screen.content.startswith("## ✅ Alles loopt\n**Bezorgen**\n- Er wacht niets")
    assert "- Opruimen: gelukt <t:" in screen.content
    with pytest.raises(NotPossibleError, match="not offered"):
        stage.anna.slash(stage.algemeen, "beheer controle")


async def test_an_update_that_waits_for_a_channel_is_told_with_what_to_do(offline: Chat) -> None:
    chat, stage = offline, offline.stage
    async with chat.running():
        updates, guild_id, by = chat.services.updates, stage.guild.id, stage.marja.id
        draft = await updates.write(guild_id, UpdateContent("Begin", "Tekst."), by=by)
        plan = chat.services.update_planning.read("morgen 9 uur")
        assert isinstance(plan, UpdatePlan)
        change = await updates.propose_plan(draft, plan, by=by)
        await updates.confirm(change.id, guild_id=guild_id, by=by)
        chat.clock.forward(days=2)
        for _ in range(2):
            await chat.services.planned_updates.tick()
            await tended(chat)
        (notice,) = notices(chat)
        assert notice.content.startswith("⚠️ **1 geplande update wacht**")
        assert [one.label for one in notice.buttons()] == ["Bekijk alles"]
        screen = await keeper_of(chat).slash(stage.algemeen, "beheer controle").reply()
        assert "**1.** ⚠️ **1 geplande update wacht**" in screen.content
        assert "kies er een met `/beheer instellingen`" in screen.content

        made = building.add_channel(stage.world, stage.guild, "updates")
        await chat.settled()
        await chat.services.planned_updates.tick()
        await tended(chat)
        assert len(chat.said(made)) == 1
        (notice,) = notices(chat)
        assert notice.content.startswith("✅ **Opgelost**: er wacht geen geplande update")


async def test_the_control_screen_is_turned_page_by_page(offline: Chat) -> None:
    chat, stage = offline, offline.stage
    world = stage.world
    places = [building.add_channel(world, stage.guild, f"plek-{one}") for one in range(6)]
    async with chat.running():
        for one in places:
            silence(chat, one)
        await queue(chat, [ChannelTarget(one.id) for one in places])
        await tended(chat)
        bea = keeper_of(chat)
        first = copy(await bea.slash(stage.algemeen, "beheer controle").reply())
        labels = [one.label for one in first.buttons()]
        assert [one for one in labels if one and one.endswith("Laat maar")] == [
            f"{number}. Laat maar" for number in (1, 2, 3, 4)
        ]
        assert labels[-2:] == ["Ververs", "Volgende ▶"]
        assert "-# Bladzijde 1 van" in first.content
        second = await turned(chat, bea.click(first, "Volgende ▶"), first)
        assert "-# Bladzijde 2 van" in second.content
        assert "**5.** ⚠️" in second.content
        assert "**4.** ⚠️" not in second.content
        assert "5. Laat maar" in [one.label for one in second.buttons()]
        back = await turned(chat, bea.click(second, "◀ Vorige"), second)
        assert back.content == first.content

        beyond = await turned(chat, bea.click(back, "Volgende ▶"), back)
        for told in await chat.services.notices.of_guild(stage.guild.id):
            await chat.services.notices.dismiss(told.id, guild_id=stage.guild.id, by=bea.id)
        only = await turned(chat, bea.click(beyond, "Ververs"), beyond)
        assert "Bladzijde" not in only.content
        assert [one.label for one in only.buttons()] == ["Ververs"]


async def test_settings_are_shown_offered_changed_and_put_back(chat: Chat) -> None:
    stage, bea = chat.stage, keeper_of(chat)

    async def say(**options: str) -> str:
        path = "beheer instellingen"
        return (await bea.slash(stage.algemeen, path, options).reply()).content

    assert "- **dag weekoverzicht**: maandag\n-# op welke dag het komt" in await say()
    typing = bea.autocomplete(
        stage.algemeen, "beheer instellingen", "instelling", {"instelling": "dag week"}
    )
    (offered,) = await typing.choices()
    day = str(offered.value)

    changed = await say(instelling=day, waarde="Vrijdag")
    assert changed == "**dag weekoverzicht** is veranderd van maandag naar vrijdag."
    refused = await say(instelling=day, waarde="blurpdag @everyone")
    assert refused.endswith("Kies een dag: maandag, dinsdag … zondag. Of `standaard`.")
    assert (await say(instelling=day)).startswith("**dag weekoverzicht** staat op vrijdag")
    back = await say(instelling="dag weekoverzicht", waarde="standaard")
    assert back == "**dag weekoverzicht** is veranderd van vrijdag naar maandag."

    place = await say(instelling="kanaal moderatoren", waarde="#algemeen")
    assert "Iedereen kan dit kanaal lezen" in place
    moved = await say(instelling="kanaal updates", waarde=f"<#{stage.reacties.id}>")
    assert moved.endswith(f"van niet gekozen naar <#{stage.reacties.id}>.")
