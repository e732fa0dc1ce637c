import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.adapters.feeds.html import MOST_CHARACTERS, body_of, line_of, text_body_of
from bot.services.forum.feeds import ItemImage
from tests.adapters.feeds.discord_markdown import loose_markers, mentions, starts

HERE = URL("https://breed.example/forum/topics/een")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Een</p>\n<p>Twee</p>", "Een\n\nTwee"),
        ("Een<br>twee<br/><br/>drie", "Een\ntwee\ndrie"),
        ("<h1>Kop</h1><h4>Tussenkop</h4>tekst", "## Kop\n\n### Tussenkop\n\ntekst"),
        ("<ul><li>een</li><li>twee</li></ul>", "- een\n- twee"),
        ("<ol start=3><li>een</li><li>twee</li></ol>", "3. een\n4. twee"),
        ("<ul><li>een<ol><li>diep</li></ol></li></ul>", "- een\n  1. diep"),
        ("<ul><li>een</li><ul><li>diep</li></ul></ul>", "- een\n  - diep"),
        ("<blockquote><p>a</p><p>b</p></blockquote>c", "> a\n> \n> b\n\nc"),
        ("<blockquote><blockquote>a</blockquote>b</blockquote>", "> a\n> \n> b"),
        ("<pre>x = 1\n  y</pre>", "```\nx = 1\n  y\n```"),
        ("<p><code>a*b`c</code></p>", "`a*bˋc`"),
        ("<b>vet</b> <i>schuin</i> <s>weg</s>", "**vet** *schuin* ~~weg~~"),
        ("<b>vet<i>beide</i></b>", "**vet**\u200b***beide***"),
        ("<b> ruimte </b>erna", "**ruimte** erna"),
        ("<b><p>een</p><p>twee</p></b>", "**een**\n\n**twee**"),
        ("<b></b><i> </i>niets", "niets"),
        (
            "<table><tr><th>Naam</th><th>Aantal</th></tr><tr><td>a</td><td>1</td></tr></table>",
            "Naam · Aantal\na · 1",
        ),
        ("<table><tr><td><p>een</p><p>twee</p></td></tr></table>", "een\n\ntwee"),
        ("een&amp;nbsp;twee&nbsp;drie &amp;amp; vier", "een&nbsp;twee drie &amp; vier"),
        ("<script>x</script><style>y</style><form>z</form><iframe>i</iframe>over", "over"),
        ("<div><span>a</span><onbekend>b</onbekend></div>", "ab"),
        ("a\u202eb\u200bc\x07d", "abcd"),
        ('<img class="emoji" alt=":smile:" src="/e.png"> hoi', ":smile: hoi"),
    ],
)
def test_html_becomes_discords_markdown(html: str, markdown: str) -> None:
    assert body_of(html).markdown == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            '<a href="/page/x?utm_source=a&b=1">tekst</a>',
            "[tekst](<https://breed.example/page/x?b=1>)",
        ),
        ('<a href="https://a.example/x">https://a.example/x</a>', "<https://a.example/x>"),
        ('<a href="https://kwaad.example/">https://bank.example</a>', "<https://kwaad.example/>"),
        ('<a href="https://kwaad.example/">www.bank.example/a</a>', "<https://kwaad.example/>"),
        ("zie https://a.example/x_y, of niet", "zie <https://a.example/x_y>, of niet"),
        ('<a href="javascript:alert(1)">klik</a>', "klik"),
        ('<a href="data:text/html,x">klik</a>', "klik"),
        ('<a href="https://u:p@a.example/">klik</a>', "klik"),
        (
            '<a href="https://a.example/(x)>*y">klik</a>',
            "[klik](<https://a.example/%28x%29%3E%2Ay>)",
        ),
        ('<b><a href="https://a.example/">vet</a></b>', "**[vet](<https://a.example/>)**"),
        ('<a href="https://a.example/"><img src="/i.png"></a>', ""),
    ],
)
def test_links_are_absolute_honest_and_without_tracking(html: str, markdown: str) -> None:
    assert body_of(html, base=HERE).markdown == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("@everyone en @here", "@\u200beveryone en @\u200bhere"),
        (
            "<@1234> <#12> <:a:1> <t:1:R>",
            r"\<~@~1234\> \<~#12\> \<~:a:1\> \<~t:1:R\>".replace("~", "\u200b"),
        ),
        ("**niet** _vet_ ~~x~~ ||y|| `z`", r"\*\*niet\*\* \_vet\_ \~\~x\~\~ \|\|y\|\| \`z\`"),
        ("[bank](https://kwaad.example)", r"\[bank\](<https://kwaad.example>)"),
        ("# geen kop", r"\# geen kop"),
        ("1. geen lijst", r"1\. geen lijst"),
        ("-# klein", r"\-# klein"),
        ("> geen citaat", r"\> geen citaat"),
        ("steam://run/1 discord.gg/abc", "steam:\u200b//run/1 discord.gg\u200b/abc"),
    ],
)
def test_text_shows_as_it_was_written(text: str, markdown: str) -> None:
    escaped = text.replace("<", "&lt;")

    assert body_of(f"<p>{escaped}</p>").markdown == markdown
    assert text_body_of(text).markdown == markdown


def test_a_number_and_its_point_from_two_elements_begin_no_list() -> None:
    assert body_of("<b></b>1<i></i>. vergeet niet").markdown == r"1\. vergeet niet"


def test_the_text_for_the_search_has_the_words_and_no_markup() -> None:
    html = '<p>Een <b>vet</b> *woord*</p><ul><li>a_b</li></ul><a href="https://x.example/">hier</a>'

    assert body_of(html).text == "Een vet *woord*\n\n- a_b\n\nhier"


def test_pictures_are_collected_with_their_alternative_text() -> None:
    html = (
        '<img src="http://api.ning.com:80/files/A*b/w.png?width=320" alt="De  raadzaal">'
        '<img src="/klein.gif" width="1"><img src="data:image/png;base64,x"><img src="/twee.jpg">'
        '<img src="/twee.jpg" alt="nog eens">'
    )

    assert body_of(html, base=HERE).images == (
        ItemImage("https://api.ning.com/files/A*b/w.png?width=320", "De raadzaal"),
        ItemImage("https://breed.example/twee.jpg", ""),
    )


def test_links_to_a_host_that_speaks_https_become_https() -> None:
    html = '<a href="http://www.breed.example:80/a">a</a> <a href="http://b.example/">b</a>'
    body = body_of(html, secure={"breed.example"})

    assert body.markdown == "[a](<https://www.breed.example/a>) [b](<http://b.example/>)"


def test_a_title_with_html_is_one_line_of_words() -> None:
    assert line_of("<b>Woo</b> &amp; <br>AVG") == "Woo & AVG"


HOSTILE = {
    "deep": "<div>" * 200_000 + "x",
    "formatting in every paragraph": "<p>"
    + "".join(f"<b a={number}>" for number in range(20_000))
    + "<p>x" * 20_000,
    "hidden formatting": "<p>" + "".join(f'<b a="<{n}">' for n in range(9_000)) + "<p>x" * 9_000,
    "unclosed": "<" * 500_000,
    "quotes": '<b "' * 100_000,
    "one word": "x" * 5_000_000,
    "lists": "<ul><li>" * 50_000 + "x",
    "quotations": "<blockquote>" * 50_000 + "x",
    "tables": "<table><tr><td>" * 50_000 + "x",
    "links": '<a href="https://a.example/">x' * 50_000,
    "markers": "*_~`" * 500_000,
    "addresses": "https://" * 100_000,
    "entities": "&amp;" * 300_000,
    "spaces": " \n" * 1_000_000 + "x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_html_stays_small(name: str) -> None:
    body = body_of(HOSTILE[name])

    assert len(body.text) <= MOST_CHARACTERS
    assert len(body.markdown) <= 4 * MOST_CHARACTERS
    assert loose_markers(body.markdown[:2_000].rpartition("\n")[0]) == []


TAGS = (
    "p b strong i em s code pre a ul ol li blockquote h2 table tr td div span br img script".split()
)
PIECES = [
    "@everyone", "@here", "<@1>", "&lt;@!12&gt;", "&lt;#3&gt;", "&lt;:x:9&gt;", "&lt;t:1:R&gt;",
    "*", "**", "_", "__", "~~", "`", "```", "||", "[", "](", ")", "\\", ">", "# ", "-# ", "- ",
    "1. ", "\n", " ", "é", "woord", "&amp;", "&#64;everyone", "https://a.example/_x_*y*", "@",
    "everyone", "http://", "javascript:", "1", ".", "\u200b", "[a](https://b.example)", "+ ",
]  # fmt: skip


@st.composite
def markup(draw: st.DrawFn) -> str:
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 14))):
        kind = draw(st.integers(0, 3))
        tag = draw(st.sampled_from(TAGS))
        if kind == 0:
            href = draw(st.sampled_from(PIECES))
            parts.append(f'<{tag} href="https://a.example/{href}" src="/{href}">')
        elif kind == 1:
            parts.append(f"</{tag}>")
        else:
            parts.append(draw(st.sampled_from(PIECES) | st.text(max_size=8)))
    return "".join(parts)


@given(markup())
def test_whatever_the_html_nothing_mentions_and_every_marker_is_whole(html: str) -> None:
    body = body_of(html, base=HERE)

    assert mentions(body.markdown) == []
    assert loose_markers(body.markdown) == []


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=10), max_size=12).map("".join))
def test_whatever_the_text_nothing_of_it_is_markup(text: str) -> None:
    body = text_body_of(text)

    assert mentions(body.markdown) == []
    assert loose_markers(body.markdown) == []
    assert starts(body.markdown) == []
