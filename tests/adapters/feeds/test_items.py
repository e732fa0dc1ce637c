import datetime as dt
import json

import pytest

from bot.adapters.feeds.links import cleaned, content_ids, key_of
from bot.adapters.feeds.parsing import page_of
from bot.services.forum.feeds import FeedItem, FeedKind, FeedPage, Fetched, ItemKind, Validators
from tests.adapters.feeds.test_xml import page, rss

LONG = "https://a.example/" + "x" * 400


def item(inside: str, *, root: str = "") -> FeedItem:
    (found,) = page(rss(f"<item>{inside}</item>", root=root)).items
    return found


@pytest.mark.parametrize(
    ("inside", "identity"),
    [
        ("<guid>tag:x,2024-03-18:12:BlogPost:34</guid>", "12:BlogPost:34"),
        ("<link>http://x.nl/xn/detail/12:Topic:34</link>", "12:Topic:34"),
        ("<link>http://x.nl/profiles/blogs/y?commentId=12%3AComment%3A3</link>", "12:Comment:3"),
        ("<guid>abc</guid><link>http://x.nl/y</link>", "abc"),
        ("<guid>https://www.x.nl/?p=3</guid>", "x.nl?p=3"),
        ("<link>https://www.x.nl/y/?utm_source=rss&amp;b=1#z</link>", "x.nl/y?b=1"),
        ("<guid isPermaLink='false'>http://x.nl:80/y/</guid>", "x.nl/y"),
    ],
)
def test_an_item_is_known_by_its_content_id_else_its_guid_else_its_link(
    inside: str, identity: str
) -> None:
    assert item(inside).identity == identity


@pytest.mark.parametrize(
    "link",
    [
        "http://breed.example/a/b/",
        "https://www.breed.example/a/b",
        "https://breed.example:443/a/b?fbclid=x",
    ],
)
def test_a_page_has_one_key_however_it_is_linked(link: str) -> None:
    assert key_of(link) == "breed.example/a/b"


def test_an_identity_is_never_too_long() -> None:
    found = [item(f"<link>{LONG}{end}</link>").identity for end in "ab"]

    assert len(set(found)) == 2
    assert all(len(one) <= 300 for one in found)


def test_an_item_without_id_and_link_is_skipped_with_a_reason() -> None:
    found = page(rss("<item><title>T</title></item>", "<item><guid>a</guid></item>"))

    assert [one.identity for one in found.items] == ["a"]
    assert found.skipped == ("item 1 has neither id nor link",)


def test_an_item_that_is_there_twice_counts_once() -> None:
    found = page(rss(*(f"<item><guid>a</guid><title>{n}</title></item>" for n in range(2))))

    assert len(found.items) == 1
    assert found.skipped == ("item 2 repeats a",)


def test_one_guid_for_different_pages_is_none() -> None:
    rows = (f"<item><guid>a</guid><link>https://x.nl/{n}</link></item>" for n in range(3))

    assert [one.identity for one in page(rss(*rows)).items] == ["x.nl/0", "x.nl/1", "x.nl/2"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Woo &amp; AVG", "Woo & AVG"),
        ("Woo &amp;amp; AVG &amp;#8211; x", "Woo & AVG – x"),
        ("&lt;b&gt;Woo&lt;/b&gt;&lt;br/&gt;AVG", "Woo AVG"),
        ("  twee\n  regels ", "twee regels"),
        ("a\u202eb", "ab"),
        ("1 &lt; 2", "1 < 2"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_a_title_is_one_line_of_plain_text(written: str, title: str) -> None:
    assert item(f"<guid>a</guid><title>{written}</title>").title == title


def test_an_item_without_title_is_called_by_its_first_words() -> None:
    inside = "<guid>a</guid><description>Eerste zin.\nTweede zin.</description>"

    assert item(inside).title == "Eerste zin."


@pytest.mark.parametrize(
    ("inside", "author"),
    [
        ("<author>jan@x.nl (Jan Jansen)</author>", "Jan Jansen"),
        ("<author>jan@x.nl</author>", None),
        ("<dc:creator>Fatma https://x.nl/profile/f</dc:creator>", "Fatma"),
        ("<dc:creator> </dc:creator>", None),
        ("", None),
    ],
)
def test_an_author_is_a_name(inside: str, author: str | None) -> None:
    root = ' xmlns:dc="http://purl.org/dc/elements/1.1/"'

    assert item(f"<guid>a</guid>{inside}", root=root).author == author


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Mon, 18 Mar 2024 20:42:07 +0100", dt.datetime(2024, 3, 18, 19, 42, 7, tzinfo=dt.UTC)),
        ("2024-03-18T19:42:07Z", dt.datetime(2024, 3, 18, 19, 42, 7, tzinfo=dt.UTC)),
        ("gisteren", None),
        ("0000-00-00", None),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("", None),
    ],
)
def test_a_date_is_a_moment_or_nothing(written: str, moment: dt.datetime | None) -> None:
    assert item(f"<guid>a</guid><pubDate>{written}</pubDate>").published_at == moment


def test_pictures_and_tags_come_from_wherever_a_feed_has_them() -> None:
    found = item(
        "<guid>a</guid><category>Woo</category><category>Woo</category><category> </category>"
        '<enclosure url="https://x.nl/a.jpg" type="image/jpeg"/>'
        '<enclosure url="https://x.nl/a.mp3" type="audio/mpeg"/>'
        '<media:content url="http://x.nl/b.jpg" medium="image"/>'
        '<media:thumbnail url="javascript:x"/>',
        root=' xmlns:media="http://search.yahoo.com/mrss/"',
    )

    assert found.tags == ("Woo",)
    assert [image.url for image in found.images] == ["https://x.nl/a.jpg", "http://x.nl/b.jpg"]


@pytest.mark.parametrize(
    ("other", "is_seen"),
    [
        ("<p>Tekst</p>", False),
        ("<div><p>Tekst </p></div>", False),
        ('<p class="x">Tekst</p>', False),
        ("<p>Andere tekst</p>", True),
        ("<p><b>Tekst</b></p>", True),
        ('<p>Tekst</p><img src="https://x.nl/a.png">', True),
    ],
)
def test_the_hash_changes_when_a_reader_would_see_it(other: str, is_seen: bool) -> None:  # noqa: FBT001 - pytest passes it by name
    def hashed(html: str) -> str:
        return item(f"<guid>a</guid><description><![CDATA[{html}]]></description>").body_hash

    assert (hashed(other) != hashed("<p>Tekst</p>")) is is_seen


def test_the_hash_stays_when_a_site_moves() -> None:
    def hashed(host: str) -> str:
        html = f'<a href="http://{host}/x">x</a><img src="https://{host}/a.png">'
        return item(f"<guid>a</guid><description><![CDATA[{html}]]></description>").body_hash

    assert hashed("oud.example") == hashed("www.nieuw.example")


def test_a_json_feed_is_a_feed() -> None:
    content = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Gemeenteblog",
            "home_page_url": "https://x.nl/",
            "items": [
                {
                    "id": 7,
                    "url": "https://x.nl/7",
                    "title": "Zeven",
                    "content_html": "<p>Een <b>tekst</b></p>",
                    "date_published": "2024-03-18T20:42:07+01:00",
                    "authors": [{"name": "Jan"}],
                    "tags": ["Woo"],
                },
                {"id": "8", "content_text": "Kort\n\nen goed", "date_published": "ooit"},
                {"id": None},
            ],
        }
    )
    found = page(content)

    assert (found.title, found.link, len(found.items)) == ("Gemeenteblog", "https://x.nl/", 2)
    assert found.items[0].markdown == "Een **tekst**"
    assert found.items[0].published_at == dt.datetime(2024, 3, 18, 19, 42, 7, tzinfo=dt.UTC)
    assert (found.items[1].title, found.items[1].text) == ("Kort", "Kort\n\nen goed")


def test_rdf_is_a_feed() -> None:
    found = page(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://x.nl/"><title>T</title>'
        '</channel><item rdf:about="https://x.nl/1"><title>Een</title><link>https://x.nl/1</link>'
        "</item></rdf:RDF>"
    )

    assert [one.title for one in found.items] == ["Een"]


def test_a_relative_link_stands_on_the_feeds_address() -> None:
    inside = "<link>/y</link><description><![CDATA[<a href='z'>z</a>]]></description>"
    found = item(inside)

    assert found.link == "https://breed.example/y"
    assert found.markdown == "[z](<https://breed.example/z>)"


@pytest.mark.parametrize(
    "link", ["", "javascript:x", "mailto:a@b.nl", "//", "http://", "http://[", "https://a:b@c.nl/"]
)
def test_what_is_no_page_is_no_link(link: str) -> None:
    assert cleaned(link) is None


def test_content_ids_are_found_in_whatever_they_are_written() -> None:
    text = "/xn/detail/1:BlogPost:2?commentId=1%3AComment%3A3&x=1:BlogPost:2 12:30:45"

    assert content_ids(text) == ("1:BlogPost:2", "1:Comment:3")


def read(address: str, content: str) -> FeedPage:
    return page_of(Fetched(address, content.encode(), "", Validators()))


def test_a_feed_of_comments_gives_comments() -> None:
    found = read("https://x.nl/comments/feed/", rss("<item><guid>a</guid></item>"))

    assert (found.kind, found.items[0].kind) == (FeedKind.OTHER, ItemKind.COMMENT)
