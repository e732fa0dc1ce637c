"""`/forum`: linking, posts in a text and a forum channel, corrections, questions, status."""

from dataclasses import replace

from bot.sandbox import building
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel
from bot.services.forum.feeds import FeedError, FeedKind, FeedProblem, ItemImage, ItemKind, Topic
from bot.services.guild_settings import FORUM_REVIEW
from bot.texts import forum as texts
from bot.texts import knowledge_documents as knowledge_texts
from tests.e2e.chat import Chat, Options
from tests.fake_feeds import BLOG, FORUM, item

HOSTILE = "@everyone [klik](https://kwaad.example) **stuk** <@1> " * 5


def manager(chat: Chat) -> Person:
    """Return somebody who manages the server: Discord shows them the commands of moderators."""
    world, guild = chat.stage.world, chat.stage.guild
    known = next((one for one in world.state.users.values() if one.display == "Beheerder"), None)
    if known is not None:
        return Person(world, known)
    role = building.add_role(world, guild, "beheer", permissions=Permission.MANAGE_GUILD)
    return Person.new(world, "Beheerder", guild, role)


async def link(chat: Chat, address: str, channel: Channel, *, last: int = 0) -> Message:
    stage = chat.stage
    options: Options = {"url": address, "kanaal": channel, "aantal": last}
    asked = manager(chat).slash(stage.algemeen, "forum koppelen", options)
    return await settled(chat, await asked.reply())


async def settled(chat: Chat, message: Message) -> Message:
    """Wait until what takes a while has come in the place of what was said first."""

    def shown() -> Message | None:
        channel = chat.stage.world.channel(message.channel_id)
        (now,) = (one for one in chat.said(channel) if one.id == message.id)
        return now if now.content not in {texts.LOOKING, texts.POLLING} else None

    return await chat.stage.world.until(shown, timeout=5)


async def start(chat: Chat, address: str, channel: Channel, *, last: int = 0) -> Message:
    preview = await link(chat, address, channel, last=last)
    return await manager(chat).click(preview, "Starten").reply()


async def test_a_blog_goes_from_its_address_to_posts_corrections_and_an_end(chat: Chat) -> None:
    stage = chat.stage
    blog = chat.feeds.write(BLOG, *(item(number) for number in range(1, 6)))
    preview = await link(chat, BLOG, stage.reacties, last=1)
    assert preview.is_ephemeral
    assert "de blogs" in preview.content
    assert [one.title for one in preview.embeds] == ["Bericht 5", "Bericht 4", "Bericht 3"]
    started = await manager(chat).click(preview, "Starten").reply()
    again = await manager(chat).click(preview, "Starten").reply()
    assert started.content.startswith("Gestart")
    assert "al gestart" in again.content

    image = ItemImage("https://forum.example/foto.jpg", "Een laadpaal")
    blog.publish(replace(item(6, title=HOSTILE), author=HOSTILE, images=(image,)))
    await chat.polled()
    first, second = chat.said(stage.reacties)
    assert first.embeds[0].title == "Bericht 5"
    assert second.embeds[0].description == preview.embeds[0].description
    assert second.embeds[0].image is not None

    blog.edit("12:BlogPost:6", "Bij nader inzien anders.")
    await chat.polled()
    blog.delete("12:BlogPost:6")
    corrected = chat.said(stage.reacties)[1]
    assert corrected.embeds[0].description == "Bij nader inzien anders."
    chat.feeds.gone.add(item(6).link)
    for _ in range(3):
        await chat.polled()
    assert [one.embeds[0].title for one in chat.said(stage.reacties)] == ["Bericht 5"]

    status = await manager(chat).slash(stage.algemeen, "forum status").reply()
    assert "Loopt goed" in status.content
    assert "van het forum verwijderd" in status.content


async def test_the_title_of_a_post_follows_its_topic(chat: Chat) -> None:
    stage = chat.stage
    forum = chat.feeds.write(FORUM, kind=FeedKind.FORUM)
    await start(chat, FORUM, stage.forum)
    forum.publish(item(1, kind=ItemKind.TOPIC, title="Sleutels"))
    await chat.polled()
    (post,) = [one for one in stage.world.state.channels.values() if one.name == "Sleutels"]
    assert post.thread is not None
    post.thread.archived = True
    forum.edit("12:Topic:1", "Wie heeft ze?", title="Sleutels @everyone kwijt")
    await chat.polled()
    assert post.name == "Sleutels @everyone kwijt"

    forum.delete("12:Topic:1")
    chat.feeds.gone.add(item(1, kind=ItemKind.TOPIC).link)
    for _ in range(3):
        await chat.polled()
    assert post.name == "Verwijderd van het forum"
    chat.server.violations.clear()  # Discord says with an error that a post is archived


async def test_unlinking_asks_first_and_leaves_what_stands(chat: Chat) -> None:
    stage = chat.stage
    chat.feeds.write(BLOG, item(1))
    await start(chat, BLOG, stage.reacties, last=1)
    await chat.polled()
    asked = (
        await manager(chat)
        .slash(stage.algemeen, "forum ontkoppelen", {"feed": "berichten"})
        .reply()
    )
    ended = await manager(chat).click(asked, "Ontkoppelen").reply()
    empty = await manager(chat).slash(stage.algemeen, "forum status").reply()
    assert ended.content.startswith("Ontkoppeld")
    assert "nog geen forum" in empty.content
    assert len(chat.said(stage.reacties)) == 1


async def test_topics_become_posts_and_replies_stand_in_their_thread(chat: Chat) -> None:
    stage = chat.stage
    forum = chat.feeds.write(FORUM, kind=FeedKind.FORUM)
    await start(chat, FORUM, stage.forum)
    forum.publish(
        item(1, kind=ItemKind.TOPIC, title="Sleutels", tags=("Vraag",)),
        item(2, kind=ItemKind.REPLY, text="Bij de balie.", topic=Topic("12:Topic:1", "Sleutels")),
    )
    await chat.polled()
    await chat.polled()

    (thread,) = [
        one for one in stage.world.state.channels.values() if one.parent_id == stage.forum.id
    ]
    topic, reply = chat.said(thread)
    assert thread.name == "Sleutels"
    assert topic.embeds[0].title == "Sleutels"
    assert reply.embeds[0].description == "Bij de balie."


async def test_what_a_member_wrote_helps_where_there_is_no_answer_once_a_moderator_agrees(
    chat: Chat,
) -> None:
    stage = chat.stage
    settings, now, is_on = chat.services.guild_settings, chat.clock(), True
    await settings.choose(stage.guild.id, FORUM_REVIEW, is_on, by=stage.marja.id, at=now)
    blog = chat.feeds.write(BLOG, item(1))
    await start(chat, BLOG, stage.reacties)
    text = "De laadpalen bij het zwembad in Zutphen zijn vervangen."
    blog.publish(item(2, title="Laadpalen", text=text))
    await chat.polled()
    question: Options = {"vraag": "wie heeft de laadpalen bij het zwembad vervangen?"}
    before = await stage.anna.slash(stage.algemeen, "vraag", question).reply()
    (card,) = chat.said(stage.moderators)
    refused = await stage.marja.click(card, "Tonen").reply()
    twice = await stage.marja.click(card, "Tonen").reply()
    await chat.delivered()
    after = await stage.bram.slash(stage.algemeen, "vraag", question).reply()

    assert "forumlid" not in before.content
    assert "Goed" in refused.content
    assert "was al zo" in twice.content
    assert "Een forumlid schreef" in after.content
    assert "Laadpalen" in after.content
    assert "Bron:" not in after.content
    status = await manager(chat).slash(stage.algemeen, "forum status").reply()
    await manager(chat).click(status, "1: uit de antwoorden halen").reply()
    gone = await stage.bram.slash(stage.algemeen, "vraag", question).reply()
    assert "forumlid" not in gone.content
    again = await manager(chat).slash(stage.algemeen, "forum status").reply()
    await manager(chat).click(again, "1: in de antwoorden zetten").reply()
    await check_taking_out(chat, question)


async def check_taking_out(chat: Chat, question: Options) -> None:
    """`/kennis verwijderen` finds it by its author, takes it out, and back within a minute."""
    algemeen, by = chat.stage.algemeen, manager(chat)
    (offered,) = await by.autocomplete(
        algemeen, "kennis verwijderen", "document", {"document": "noor laadp"}
    ).choices()
    chosen: Options = {"document": str(offered.value)}
    out = await by.slash(algemeen, "kennis verwijderen", chosen).reply()
    twice = await by.slash(algemeen, "kennis verwijderen", chosen).reply()
    without = await chat.stage.bram.slash(algemeen, "vraag", question).reply()
    await by.click(out, "Ongedaan maken").reply()
    chat.clock.forward(minutes=1)
    back = await chat.stage.bram.slash(algemeen, "vraag", question).reply()
    typed = await by.slash(algemeen, "kennis verwijderen", {"document": "laadpalen"}).reply()
    chat.clock.forward(minutes=2)
    await by.click(typed, "Ongedaan maken").reply()

    assert offered.name == "Forum: Laadpalen (Noor van Dalen)"
    assert "**Laadpalen**, wat Noor van Dalen op het forum schreef" in out.versions[0].content
    assert twice.content == knowledge_texts.FORUM_TEXT_WAS_OUT
    assert "forumlid" not in without.content
    assert "Een forumlid schreef" in back.content
    assert typed.content == knowledge_texts.FORUM_TEXT_TOO_LATE


async def test_an_address_that_gives_nothing_says_what_to_do(chat: Chat) -> None:
    stage = chat.stage
    unknown = await link(chat, "https://elders.example", stage.reacties)
    chat.feeds.write(BLOG).error = FeedError(FeedProblem.SIGN_IN)
    closed = await link(chat, BLOG, stage.reacties)

    assert "Probeer het adres" in unknown.content
    assert "inloggen" in closed.content


async def test_a_preview_can_be_started_after_a_restart(offline: Chat) -> None:
    stage = offline.stage
    offline.feeds.write(BLOG, item(1))
    async with offline.running():
        preview = await link(offline, BLOG, stage.moderators)
    async with offline.running():
        started = await manager(offline).click(preview, "Starten").reply()

    assert started.content.startswith("Gestart")


async def test_looking_now_says_what_came_and_when_it_may_be_done_again(chat: Chat) -> None:
    stage = chat.stage
    blog = chat.feeds.write(BLOG, item(1))
    nothing = await manager(chat).slash(stage.algemeen, "forum verversen").reply()
    await start(chat, BLOG, stage.reacties)
    blog.publish(item(2))
    looking = await manager(chat).slash(stage.algemeen, "forum verversen").reply()
    looked = await settled(chat, looking)
    again = await manager(chat).slash(stage.algemeen, "forum verversen").reply()
    soon = await settled(chat, again)

    assert "nog geen forum" in nothing.content
    assert "1 nieuw" in looked.content
    assert "kwartier" in soon.content
