"""`/abonnement`, and **Afmelden** below a private message."""

from dataclasses import replace

from bot.sandbox import building
from bot.sandbox.message_records import Message
from bot.services.directory import Channel as ServiceChannel
from bot.services.progress.updates_sending import queue_copies
from storage.progress_records import Part, UpdateContent, UpdateState
from storage.subscription_records import Subscription
from tests.e2e.chat import Chat


async def _of_anna(chat: Chat) -> tuple[Subscription, ...]:
    return await chat.services.subscriptions.of_person(chat.stage.guild.id, chat.stage.anna.id)


async def _use(chat: Chat, name: str, topic: str | None = None) -> Message:
    options = {} if topic is None else {"onderwerp": topic}
    return await chat.stage.anna.slash(
        chat.stage.algemeen, f"abonnement {name}", dict(options)
    ).reply()


async def test_a_subscription_from_on_to_off_in_words(chat: Chat) -> None:
    stage = chat.stage
    empty = await _use(chat, "lijst")
    everything = await stage.anna.click(empty, "Zet aan: alles").reply()
    part = await _use(chat, "aan", "alv")
    again = await _use(chat, "aan", "alv")
    full = await _use(chat, "lijst")
    elsewhere = await _use(chat, "uit", "inzicht")
    off = await stage.anna.click(full, "Zet uit: alv").reply()
    stale = await stage.anna.click(full, "Zet uit: alv").reply()
    done = await _use(chat, "uit", "alles")
    twice = await _use(chat, "uit", "alles")

    assert all(one.is_ephemeral for one in (empty, everything, part, full, off, done))
    assert "Je hebt nog geen abonnement." in empty.content
    assert "elke update van deze server" in everything.content
    assert "</abonnement uit:" in everything.content
    assert "elke update over **alv**" in part.content
    assert "Je krijgt nu al alles" in part.content
    assert again.content.startswith("Dat stond al aan")
    assert "- alles\n- alv\n" in full.content
    assert "Dat stond al uit" in elsewhere.content
    assert "⚠️ Je krijgt nog wel **alles**" in off.content
    assert "Dat stond al uit" in stale.content
    assert "</abonnement aan:" in done.content
    assert twice.content.startswith("Er stond niets aan")
    assert await _of_anna(chat) == ()


async def test_a_visitor_can_subscribe_and_a_button_is_for_its_owner_only(chat: Chat) -> None:
    stage = chat.stage
    shown = await stage.bezoeker.slash(stage.algemeen, "abonnement lijst").reply()
    told = await stage.bezoeker.click(shown, "Zet aan: alles").reply()

    assert told.content.startswith("Aan:")
    assert await _subscribers(chat) == (stage.bezoeker.id,)


async def test_afmelden_works_in_a_private_message_after_a_restart(offline: Chat) -> None:
    stage = offline.stage
    async with offline.running():
        for topic in ("alles", "alv"):
            await _use(offline, "aan", topic)
        await _publish(offline)
    async with offline.running():
        (copy,) = offline.said(stage.anna.dm_channel())
        ended = await stage.anna.click(copy, "Afmelden").reply()
        again = await stage.anna.click(copy, "Afmelden").reply()
        off = await _subscribers(offline)
        back = await stage.anna.click(ended, "Zet aan: alv").reply()
        building.leave(stage.world, stage.guild, stage.anna.user)
        refused = await stage.anna.click(ended, "Zet aan: alles").reply()
        left = await stage.anna.click(copy, "Afmelden").reply()

    assert "Je bent afgemeld" in ended.content
    assert "Aan stond: alles, alv." in ended.content
    assert "Je was al afgemeld" in again.content
    assert off == ()
    assert back.content.startswith("Aan:")
    assert "geen lid meer" in refused.content
    assert "Je bent afgemeld" in left.content


async def test_who_left_or_may_not_read_the_updates_gets_none_and_is_switched_off(
    offline: Chat,
) -> None:
    stage = offline.stage
    updates = building.add_channel(stage.world, stage.guild, "updates")
    building.close_to_everyone(stage.world, updates, stage.lid)
    everybody = (stage.anna, stage.bram, stage.marja)
    async with offline.running():
        for person in everybody:
            switched = person.slash(stage.algemeen, "abonnement aan", {"onderwerp": "alv"})
            await switched.reply()
        building.leave(stage.world, stage.guild, stage.anna.user)
        building.set_roles(stage.world, stage.guild, stage.bram.user, [])
        await offline.settled()
        await _publish(offline)
        offline.server.violations.clear()  # Discord says with an error that somebody left

        assert [len(offline.said(one.dm_channel())) for one in everybody] == [0, 0, 1]
        assert await _subscribers(offline) == (stage.marja.id,)
    assert offline.pings() == []


async def test_what_stopped_by_itself_is_said_with_the_way_back(chat: Chat) -> None:
    stage = chat.stage
    await _use(chat, "aan", "alv")
    stage.anna.close_dms()
    for _ in range(3):
        assert await _subscribers(chat) == (stage.anna.id,)
        chat.clock.forward(minutes=1)
        await _publish(chat)
        await chat.services.subscriptions.review()
    chat.server.violations.clear()  # Discord says with an error that private messages are closed
    stopped = await _subscribers(chat)
    other = await _use(chat, "uit", "inzicht")
    shown = await _use(chat, "lijst")
    again = await stage.anna.click(shown, "Zet aan: alv").reply()

    assert stopped == ()
    for told in (other, shown):
        assert "**Uitgezet op 1 april 2016: alv.** 3 privéberichten achter elkaar" in told.content
    assert "Uitgezet" not in again.content
    assert await _subscribers(chat) == (stage.anna.id,)


async def _subscribers(chat: Chat) -> tuple[int, ...]:
    async with chat.units.reading() as work:
        return await work.subscriptions.of_part(chat.stage.guild.id, Part.ALV)


async def _publish(chat: Chat) -> None:
    """Publish an update about the ALV, and send its copies."""
    guild_id, now = chat.stage.guild.id, chat.clock()
    content = UpdateContent("Nieuws", "De tekst.", Part.ALV)
    async with chat.units() as work:
        added, _ = await work.updates.add(guild_id, content, author_id=None, at=now)
        published = replace(added, state=UpdateState.PUBLISHED, published_at=now)
        await work.updates.put(published)
        channel = ServiceChannel(chat.stage.algemeen.id, "algemeen", is_open=True)
        await queue_copies(work, published, channel, now=now)
    await chat.delivered()
