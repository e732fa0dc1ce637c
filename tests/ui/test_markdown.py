"""What Discord's Markdown is made of, and that text from outside is none of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import mentions
from bot.ui.markdown import MESSAGE, escaped, link, quoted, shortened, size, split, unmentioned

MARKS = "\\*_~`|[]<>()#-+.>1 2\n\t@!&:/'"
WORDS = (
    *("@everyone", "@here", "<@1>", "<@!1>", "<@&1>", "<#1>", "</vraag:1>", "<t:0:R>", "<id:home>"),
    *("# kop", "-# klein", "- punt", "1. een", "> citaat", ">>> citaat", "```py\n", "```", "``"),
    *(
        "[a](https://x.nl)",
        "[a](<x>)",
        "**",
        "__",
        "||",
        "~~",
        "\u200b",
        "\u202e",
        "🐉",
        "\r",
        "\x85",
    ),
    *("a" * 300, "🐉" * 200, "woord " * 100, "\\" * 9, "\n" * 9, "regel\n" * 60, "  vervolg\n"),
)
texts = st.lists(
    st.sampled_from(WORDS) | st.text(alphabet=MARKS, max_size=12) | st.text(max_size=12),
    max_size=40,
).map("".join)
limits = st.integers(60, 300)

pytestmark = pytest.mark.randomised


def unescaped(text: str) -> str:
    return re.sub(r"\\([\\*_~`|\[\]<>#+\-.)])", r"\1", text).replace("@\u200b", "@")


@given(texts)
def test_escaped_text_mentions_nobody(text: str) -> None:
    assert mentions.find(escaped(text)) == mentions.Found()
    assert mentions.find(unmentioned(text)) == mentions.Found()


@given(texts)
def test_escaped_text_has_no_mark_without_a_backslash(text: str) -> None:
    left = re.sub(r"\\.", "x", escaped(text), flags=re.DOTALL)

    assert not set(left) & set("*_~`|[]<>")
    assert not re.search(r"(?m)^\s*(?:#{1,3}|-#|[-+]|\d+[.)])\s", left)


@given(texts)
def test_escaped_text_shows_every_character(text: str) -> None:
    assert unescaped(escaped(text)) == unescaped(text.replace("\\", "\\\\")).replace("@\u200b", "@")


@given(texts, texts)
def test_a_link_goes_where_it_is_told_and_nowhere_else(text: str, url: str) -> None:
    made = link(text, url)
    if not url:
        assert made == escaped(text)
        return
    shown, address = made.rsplit("](<", 1)

    assert shown == f"[{escaped(text)}"
    assert address.endswith(">)")
    assert not set(address[:-2]) & set(" <>()\n\r\t")


@given(texts)
def test_a_quotation_has_its_mark_on_every_line(text: str) -> None:
    assert all(line.startswith("> ") for line in quoted(text).split("\n"))


@given(texts, limits)
def test_every_part_fits_and_has_something_in_it(text: str, limit: int) -> None:
    parts = split(text, limit=limit)

    assert parts
    assert all(size(part) <= limit for part in parts)
    assert all(part.strip() for part in parts) or parts == [""]


@given(texts.map(lambda text: re.sub(r"[`\[]", "", text)), limits)
def test_nothing_but_space_is_lost_between_parts(text: str, limit: int) -> None:
    assert "".join("".join(split(text, limit=limit)).split()) == "".join(text.split())


@given(texts, limits)
def test_parts_of_escaped_text_are_as_harmless_as_the_whole(text: str, limit: int) -> None:
    for part in (*split(escaped(text), limit=limit), shortened(escaped(text), limit)):
        left = re.sub(r"\\.", "x", part, flags=re.DOTALL)
        assert not set(left) & set("*_~`|[]<>")
        assert mentions.find(part) == mentions.Found()


@given(texts, limits)
def test_what_is_shortened_fits_and_what_fits_stays(text: str, limit: int) -> None:
    short = shortened(text, limit)

    assert size(short) <= limit
    assert size(text) > limit or short == text


@given(st.text(st.characters(codec="ascii"), max_size=50))
def test_ascii_counts_as_it_is_long(text: str) -> None:
    assert size(text) == len(text)
    assert size(f"{text}🐉") == len(text) + 2
    assert split(text) == [text.strip("\n")] or not text.strip()
    assert MESSAGE == 2_000
