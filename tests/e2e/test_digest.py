"""The weekly digest from its moment to the channel, and what hangs below it."""

import datetime as dt
from dataclasses import replace

from bot.sandbox import building
from bot.sandbox.permissions import Permission
from storage.progress_records import Part, UpdateContent, UpdateState
from tests.e2e.chat import Chat

HOSTILE = "@everyone [klik](https://evil.example) **vet** <@1> " + "x" * 60


async def _publish(chat: Chat, title: str, at: dt.datetime) -> None:
    content = UpdateContent(title, "De tekst.", Part.ALV)
    async with chat.units() as work:
        added, _ = await work.updates.add(chat.stage.guild.id, content, author_id=None, at=at)
        await work.updates.put(replace(added, state=UpdateState.PUBLISHED, published_at=at))


async def test_a_digest_is_sent_once_and_its_button_works_after_a_restart(offline: Chat) -> None:
    stage, now = offline.stage, offline.clock()
    updates = building.add_channel(stage.world, stage.guild, "updates")
    until_monday = 7 - now.weekday()
    await _publish(offline, HOSTILE, now + dt.timedelta(hours=1))
    async with offline.running():
        offline.clock.forward(days=until_monday)
        for _ in range(2):
            await offline.services.digests.run()
            await offline.delivered()
        (message,) = offline.said(updates)
    async with offline.running():
        await offline.services.digests.run()
        await offline.delivered()
        everything = offline.said(updates)
        mine = await stage.bezoeker.click(message, "Updates als privébericht").reply()
        on = await stage.bezoeker.click(mine, "Zet aan: alles").reply()

    (embed,) = message.embeds
    (field,) = embed.fields
    assert everything == [message]
    assert embed.title is not None
    assert embed.title.startswith("Weekoverzicht: ")
    assert field.name == "📣 Nieuwe updates"
    assert "@everyone" not in field.value
    assert r"\[klik\]" in field.value
    assert mine.is_ephemeral
    assert on.content.startswith("Aan: je krijgt voortaan elke update")
    assert offline.pings() == []
    assert offline.server.violations == []


async def test_moderators_see_the_next_one_as_it_would_be_now(chat: Chat) -> None:
    stage, rights = chat.stage, Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(stage.world, stage.guild, stage.moderator, rights)
    empty = await stage.marja.slash(stage.algemeen, "update voorbeeld").reply()
    updates = building.add_channel(stage.world, stage.guild, "updates")
    await _publish(chat, "Nieuws", chat.clock() - dt.timedelta(hours=1))
    shown = await stage.marja.slash(stage.algemeen, "update voorbeeld").reply()

    assert empty.is_ephemeral
    assert empty.content.startswith("⚠️ Er is nog geen kanaal voor.")
    assert "Nu is het leeg" in empty.content
    assert (
        f"maandag 4 april 2016 om 09.00 uur (<t:1459753200:R>) in <#{updates.id}>" in shown.content
    )
    assert "Elke maandag om 9.00 uur" in shown.content
    (embed,) = shown.embeds
    assert embed.title == "Weekoverzicht: 25 maart 2016 tot en met 1 april 2016"
    assert "Nieuws (1 april 2016): alv" in embed.fields[0].value
