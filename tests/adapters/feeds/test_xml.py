import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.feeds.parsing import MOST_ITEMS, page_of
from bot.services.forum.feeds import FeedError, FeedPage, FeedProblem, Fetched, Validators

ADDRESS = "https://breed.example/feed"
ITEM = "<item><guid>g{0}</guid><title>Titel {0}</title><description>{1}</description></item>"


def page(content: bytes | str, *, content_type: str = "application/xml") -> FeedPage:
    data = content.encode() if isinstance(content, str) else content
    return page_of(Fetched(ADDRESS, data, content_type, Validators()))


def problem(content: bytes | str) -> FeedProblem:
    with pytest.raises(FeedError) as caught:
        page(content)
    return caught.value.problem


def rss(*items: str, start: str = '<?xml version="1.0" encoding="utf-8"?>', root: str = "") -> str:
    return (
        f'{start}<rss version="2.0"{root}><channel><title>T</title>{"".join(items)}</channel></rss>'
    )


def nested(depth: int) -> str:
    return "<a>" * depth + "x" + "</a>" * depth


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
MANY = " ".join(f"a{n}='x'" for n in range(500))
UNSAFE = {
    "billion laughs": rss(start=f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>'),
    "quadratic": rss(start=f'<!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]>'),
    "external entity": rss(start='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "parameter entity": rss(start='<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://10.0.0.8/">%x;]>'),
    "declarations behind a name": rss(
        start='<!DOCTYPE rss SYSTEM "x.dtd" [<!ATTLIST a b CDATA "">]>'
    ),
    "deep": rss(nested(5_000)),
    "attribute": rss(f'<item a="{"x" * 200_000}"/>'),
    "attributes": rss(f"<item {MANY}/>"),
    "elements": rss("<a/>" * 150_000),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_xml_that_is_made_to_do_harm_is_refused(name: str) -> None:
    assert problem(UNSAFE[name]) is FeedProblem.UNSAFE


@pytest.mark.parametrize(
    "content",
    [
        "<!DOCTYPE html><html><body>Welkom</body></html>",
        "<html><head></head></html>",
        "\n<!-- x --><HTML>",
        "gewoon tekst",
        '{"version": "1", "items": []}',
        '{"rss": 1}',
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<opml version='2.0'></opml>",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00",
        b"%PDF-1.7 \x00\x01",
    ],
)
def test_what_is_no_feed_is_no_feed_whatever_it_is_sent_as(content: bytes | str) -> None:
    assert problem(content) is FeedProblem.NO_FEED


@pytest.mark.parametrize(
    "content",
    [
        "",
        "  \n",
        rss(ITEM.format(1, "x"))[:-40],
        rss(ITEM.format(1, "x"), "<item>"),
        "<rss",
        "{",
        "{" * 100_000,
        '{"version": ' + "[" * 100_000,
    ],
)
def test_what_was_cut_short_is_broken_and_never_a_feed_with_less(content: str) -> None:
    assert problem(content) is FeedProblem.BROKEN or content == "<rss"


def test_a_feed_without_items_is_a_feed_without_items() -> None:
    assert page(rss()).items == ()


def test_the_declared_encoding_is_honoured() -> None:
    text = rss(ITEM.format(1, "één €"), start='<?xml version="1.0" encoding="windows-1252"?>')

    assert page(text.encode("cp1252")).items[0].text == "één €"
    assert page(rss(ITEM.format(1, "één")).encode("utf-16")).items[0].text == "één"


def test_the_encoding_of_the_answer_counts_when_the_document_says_nothing() -> None:
    text = rss(ITEM.format(1, "één"), start="")
    found = page(text.encode("latin-1"), content_type="text/xml; charset=iso-8859-1")

    assert found.items[0].text == "één"


@pytest.mark.parametrize("name", ["utf-7", "punycode", "zlib", "bestaat-niet", "unicode_escape"])
def test_an_encoding_that_is_none_is_read_as_utf_8(name: str) -> None:
    text = rss(ITEM.format(1, "één"), start=f'<?xml version="1.0" encoding="{name}"?>')

    assert page(text).items[0].text == "één"


def test_bytes_of_latin_1_within_utf_8_are_read() -> None:
    content = rss(ITEM.format(1, "goed é, fout: X")).encode().replace(b"X", b"\xe9\x80")

    assert page(content).items[0].text == "goed é, fout: é€"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Gemeente &nbsp;&eacute;&eacute;n", "Gemeente één"),
        ("Jansen & Jansen &zomaar; &#233;", "Jansen & Jansen &zomaar; é"),
        ("a\x00b\x0bc\x1bd", "abcd"),
        ("<![CDATA[a & b <b>vet</b> &amp;]]> & c", "a & b vet & & c"),
        ("a &LT; b &GT; c", "a < b > c"),
        ("<media:x/>x<sy:y>y</sy:y>", "xy"),
    ],
)
def test_what_people_write_wrong_is_mended(body: str, text: str) -> None:
    assert page(rss(ITEM.format(1, body))).items[0].text == text


def test_a_document_type_without_declarations_is_left_aside() -> None:
    start = '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "r.dtd">'

    assert len(page(rss(ITEM.format(1, "x"), start=start)).items) == 1


def test_an_endless_feed_gives_its_first_items() -> None:
    many = (ITEM.format(number, "x") for number in range(2 * MOST_ITEMS))

    assert len(page(rss(*many)).items) == MOST_ITEMS


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_whatever_comes_in_there_is_a_page_or_a_problem(content: bytes) -> None:
    assert isinstance(_outcome(content), FeedPage | FeedProblem)


@given(st.integers(0, 2_000), st.binary(max_size=6))
def test_a_feed_that_was_damaged_anywhere_is_a_page_or_a_problem(at: int, junk: bytes) -> None:
    content = rss(*(ITEM.format(number, "é &amp;lt;b&amp;gt;") for number in range(12))).encode()
    damaged = content[:at] + junk + content[at + 1 :]

    assert isinstance(_outcome(damaged), FeedPage | FeedProblem)


def _outcome(content: bytes) -> FeedPage | FeedProblem:
    try:
        return page(content)
    except FeedError as error:
        return error.problem
