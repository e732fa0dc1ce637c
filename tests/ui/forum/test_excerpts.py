import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.feeds.html import body_of
from bot.ui.forum.excerpts import excerpt
from bot.ui.markdown import size
from tests.adapters.feeds.discord_markdown import loose_markers, mentions
from tests.adapters.feeds.test_html import markup


@pytest.mark.parametrize(
    ("text", "limit", "beginning"),
    [
        ("Kort.", 100, "Kort."),
        ("Een zin. Nog een zin die lang is.", 20, "Een zin. …"),
        ("Een zin die maar doorgaat en doorgaat", 20, "Een zin die maar …"),
        ("**Een vette zin die lang is. Nog een.**", 35, "Een vette zin die lang is. …"),
        ("Eerst dit.\n\n- een\n- twee\n- drie die te lang is", 28, "Eerst dit.\n\n- een\n- twee …"),
        ("Eerst deze zin.\n\n```\ncode die te lang is\n```", 30, "Eerst deze zin. …"),
        ("Zie nu [hier. Of daar](<https://breed.example/>) verder", 40, "Zie nu …"),
    ],
)
def test_a_long_text_is_cut_at_a_sentence_else_a_word(
    text: str, limit: int, beginning: str
) -> None:
    assert excerpt(text, limit) == beginning


@given(st.lists(markup(), min_size=1, max_size=30).map(" Zin. ".join), st.integers(400, 900))
def test_no_cut_breaks_a_marker_or_mentions(html: str, limit: int) -> None:
    cut = excerpt(body_of(html).markdown, limit)

    assert size(cut) <= limit
    assert mentions(cut) == []
    assert loose_markers(cut) == []
