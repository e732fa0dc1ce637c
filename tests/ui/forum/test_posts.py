"""Items of the forum on the screen: within Discord's limits and harmless, whatever they say."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.services.deliveries.rendered import Mark
from bot.services.forum.feeds import ItemKind
from bot.services.forum.finding import ForumHit
from bot.ui.forum.excerpts import excerpt
from bot.ui.forum.hits import hits_text
from bot.ui.forum.posts import Shown, embed_of
from bot.ui.markdown import escaped, size
from storage.forum_records import ItemContent, TopicReference

LINK = "https://forum.example/xn/detail/12:BlogPost:3"


def shown(content: ItemContent, *, kind: ItemKind = ItemKind.POST, topic: str = "") -> Shown:
    reference = TopicReference("12:Topic:1", topic) if topic else None
    return Shown(kind.value, LINK, content, reference, "Alle berichten - BREED")


@given(st.text(max_size=4_000), st.text(max_size=4_000), st.text(max_size=300))
def test_whatever_a_post_says_fits_in_an_embed_and_mentions_nobody(
    title: str, text: str, author: str
) -> None:
    embed = embed_of(shown(ItemContent(title, author, escaped(text), text)), mark=Mark(5))

    assert 1 <= size(str(embed["title"])) <= 256
    assert size(str(embed.get("description", ""))) <= 4_096
    assert str(embed["url"]).endswith("#d5")
    assert "@everyone" not in str(embed["title"]) + str(embed.get("description", ""))


def test_a_long_text_is_cut_where_a_sentence_ends() -> None:
    text = "De eerste zin is hier. " * 20 + "Een heel lange laatste zin zonder einde " * 20
    cut = excerpt(text, 300)

    assert cut.endswith("hier. …")
    assert size(cut) <= 300


def test_a_cut_leaves_no_marker_open() -> None:
    text = "**Let op. Dit is belangrijk. Heel belangrijk** en dan nog meer. " * 10
    cut = excerpt(text, 120)

    assert cut.count("**") % 2 == 0


def test_a_short_text_stays_whole() -> None:
    assert excerpt("Kort.", 300) == "Kort."


def test_a_picture_keeps_what_it_shows_in_words() -> None:
    content = ItemContent("Laden", images=(("https://forum.example/a.jpg", "Een laadpaal"),))

    assert embed_of(shown(content))["image"] == {
        "url": "https://forum.example/a.jpg",
        "description": "Een laadpaal",
    }


def test_a_reply_is_named_after_its_topic() -> None:
    embed = embed_of(shown(ItemContent("Mooi zo"), kind=ItemKind.REPLY, topic="Sleutels"))

    assert embed["title"] == "Reactie op: Sleutels"


def test_what_members_wrote_is_named_with_author_date_and_link() -> None:
    hit = ForumHit(1, "**Laden** @everyone", "…", "Noor", LINK, dt.date(2016, 6, 8))
    text = hits_text([hit])

    assert "forumlid schreef" in text
    assert "@everyone" not in text
    assert f"](<{LINK}>)" in text
    assert "Noor" in text
    assert hits_text([]) == ""
