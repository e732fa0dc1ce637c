from hypothesis import given
from hypothesis import strategies as st

from bot.search.confidence import shipped_model
from bot.search.documents import Origin
from bot.search.index import build
from bot.search.searcher import Searcher
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.autocomplete import LONGEST, MOST, Autocomplete
from bot.services.knowledge.library import Library
from tests.builders import BIBLIOTHEEK, SHELF, document, section, shipped_library

_SHIPPED = Autocomplete(shipped_library())


def test_typing_errors_still_find_the_question() -> None:
    offered = Autocomplete(shipped_library()).offer("wannner is de verkening aangebodn")

    assert any("verkenning" in one.lower() for one in offered[:5])


def test_what_is_half_typed_is_found() -> None:
    offered = Autocomplete(shipped_library()).offer("wat is een centrumg")

    assert "centrumgemeente" in offered[0].lower()


def test_an_empty_field_offers_something_of_every_part() -> None:
    offered = Autocomplete(shipped_library()).offer("")

    assert len(offered) == MOST
    assert len(set(offered)) == MOST


def test_nonsense_offers_nothing() -> None:
    assert Autocomplete(shipped_library()).offer("xqzwv kjhgq") == ()


@given(st.text(max_size=300))
def test_whatever_is_typed_the_choices_fit_in_discord(typed: str) -> None:
    offered = _SHIPPED.offer(typed)

    assert len(offered) <= MOST
    assert len(set(offered)) == len(offered)
    assert all(0 < len(one) <= LONGEST for one in offered)


async def test_a_new_document_is_offered_and_forum_text_never() -> None:
    shelf = Library(
        Searcher([build(SHELF)]),
        SHELF,
        model=shipped_model(),
        thresholds=Thresholds(answer=0.5, suggest=0.1),
    )
    autocomplete = Autocomplete(shelf)
    question = "hoe laat opent de kantine in Zutphen"
    new = document("kantine", "De kantine", section("Om acht uur.", questions=(question,)))
    forum = document(
        "post", "Praat", section("Ja.", questions=("vraag van het forum",)), origin=Origin.FORUM
    )
    before = autocomplete.offer("", guild_id=1)
    await shelf.change(1, {new.id: new, forum.id: forum, BIBLIOTHEEK.id: None})

    assert autocomplete.offer("hoe laat opent de kantine", guild_id=1)[0] == question
    assert "vraag van het forum" not in autocomplete.offer("vraag van het forum", guild_id=1)
    assert question not in autocomplete.offer("hoe laat opent de kantine", guild_id=2)
    assert question not in autocomplete.offer("hoe laat opent de kantine")
    assert autocomplete.offer("", guild_id=1)[0] == question
    assert set(autocomplete.offer("", guild_id=1)) < {question, *before}
    assert not any("leesbib" in one.lower() for one in autocomplete.offer("leesbib", guild_id=1))
    assert any("leesbib" in one.lower() for one in autocomplete.offer("leesbib", guild_id=2))
