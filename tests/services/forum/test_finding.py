"""What forum members wrote is found where the knowledge base is silent, and is never an answer."""

from bot.services.forum.finding import ForumHit
from bot.services.forum.moderating import Verdict
from bot.services.guild_settings import FORUM_REVIEW, GuildSettings
from bot.services.knowledge.answering import Answerer
from storage.forum_records import Feed, Findable
from tests.builders import answerer
from tests.fake_feeds import BLOG, item
from tests.services.forum.community import GUILD, MODERATOR, OTHER_GUILD, Community

TEXT = "Onze laadpalen zijn vervangen door snelladers bij het stadskantoor in Zutphen."
QUESTION = "waar staan de snelladers bij het stadskantoor?"


async def found(
    community: Community, question: str = QUESTION, *, guild: int | None = GUILD
) -> tuple[ForumHit, ...]:
    known = answerer().known
    return await community.again().finding.find(question, guild_id=guild, known=known)


async def written(community: Community) -> Feed:
    blog = community.feeds.write(BLOG, item(1, text="De snelladers van vroeger bij het kantoor."))
    feed = await community.link(BLOG)
    blog.publish(item(2, title="Laden", text=TEXT), item(3, text="Iets over de bibliotheek."))
    await community.poll()
    return feed


async def test_a_new_post_is_found_within_a_poll_with_its_author_date_and_link(
    community: Community,
) -> None:
    await written(community)
    (hit,) = await found(community)

    assert (hit.title, hit.author, hit.link) == ("Laden", "Noor van Dalen", item(2).link)
    assert hit.date == community.clock.now().date()


async def test_only_the_guild_that_linked_it_finds_it(community: Community) -> None:
    await written(community)

    assert await found(community, guild=OTHER_GUILD) == ()
    assert await found(community, guild=None) == ()


async def test_a_question_about_something_else_finds_nothing(community: Community) -> None:
    await written(community)

    assert await found(community, "wat kost een parkeervergunning in Almelo?") == ()
    assert await found(community, "wat is er?") == ()


async def test_the_same_process_sees_changes_of_another_at_once(community: Community) -> None:
    feed = await written(community)
    finding = community.again().finding
    known = answerer().known
    assert await finding.find(QUESTION, guild_id=GUILD, known=known)
    item_id = (await community.items(feed))["12:BlogPost:2"].id
    moderating = community.again().moderating
    await moderating.hide(item_id, guild_id=GUILD, by=MODERATOR)
    assert await finding.find(QUESTION, guild_id=GUILD, known=known) == ()

    assert await moderating.hide(item_id, guild_id=GUILD, by=MODERATOR) is Verdict.WAS_SO
    await moderating.show(item_id, guild_id=GUILD, by=MODERATOR)
    assert await finding.find(QUESTION, guild_id=GUILD, known=known)


async def test_with_review_nothing_is_found_before_a_moderator_looked(
    community: Community,
) -> None:
    settings, is_on = GuildSettings(community.units), True
    now = community.clock.now()
    await settings.choose(GUILD, FORUM_REVIEW, is_on, by=MODERATOR, at=now)
    feed = await written(community)
    assert await found(community) == ()
    cards = [one for one in await community.queued() if one.kind == "forum_review"]
    assert len(cards) == 2

    waiting = (await community.items(feed))["12:BlogPost:2"]
    assert waiting.placing.findable is Findable.WAITING
    await community.again().moderating.show(waiting.id, guild_id=GUILD, by=MODERATOR)
    assert len(await found(community)) == 1


async def test_what_vanished_or_was_unlinked_is_found_no_more(community: Community) -> None:
    feed = await written(community)
    community.feeds.feeds[BLOG].delete("12:BlogPost:2")
    community.feeds.gone.add(item(2).link)
    assert await found(community)
    for _ in range(3):
        await community.poll()
    assert await found(community) == ()

    community.feeds.feeds[BLOG].publish(item(4, text=TEXT))
    await community.poll()
    assert await found(community)
    await community.again().linking.unlink(feed.id, guild_id=GUILD, by=MODERATOR)
    assert await found(community) == ()


async def test_forum_text_adds_nothing_to_what_the_knowledge_base_knows(
    community: Community,
) -> None:
    base: Answerer = answerer()
    before = (base.reply(QUESTION), base.known.knows("snelladers"), base.known.idf("snellader"))
    await written(community)
    await community.again().finding.find(QUESTION, guild_id=GUILD, known=base.known)

    assert (base.reply(QUESTION), base.known.knows("snelladers"), base.known.idf("snellader")) == (
        before
    )
