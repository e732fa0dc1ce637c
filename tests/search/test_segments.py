"""A main index and a delta beside it are one knowledge base to whoever searches them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.documents import Document, Origin
from bot.search.index import build
from bot.search.postings import Postings
from bot.search.question import analyse
from bot.search.searcher import Searcher
from bot.services.knowledge.answers import Answered
from tests.builders import BIBLIOTHEEK, SHELF, WATERNET, document, plain_answerer, section

# Words of one length and texts of one length: what a text scores then depends on the words alone.
WORDS = st.sampled_from("kabel lampo motor nagel optel piano rotan sabel tafel vezel".split())
PHRASES = st.lists(WORDS, min_size=6, max_size=6).map(" ".join)
ROWS = st.lists(st.lists(WORDS, max_size=9), min_size=1, max_size=8)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)


@st.composite
def shelves(draw: st.DrawFn) -> list[Document]:
    """Draw documents of one section and one question variant each."""
    drawn = draw(st.lists(st.tuples(PHRASES, PHRASES), min_size=2, max_size=8))
    return [
        document(f"d{number}", "titel", section(text, questions=(question,)))
        for number, (text, question) in enumerate(drawn)
    ]


def evidence_of(found: Searcher, text: str) -> dict[tuple[str, int], tuple[float, ...]]:
    return {
        one.passage.key: one.evidence.values() for one in found.candidates(analyse(text, found))
    }


@given(shelves(), st.data())
def test_two_indexes_give_the_evidence_of_one(shelf: list[Document], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(shelf) - 1))
    asked = data.draw(PHRASES)
    one = Searcher([build(shelf)])
    both = Searcher([build(shelf[:cut])]).changed(shelf[cut:], gone=frozenset())

    expected = evidence_of(one, asked)
    found = evidence_of(both, asked)

    assert found.keys() == expected.keys()
    for key, values in found.items():
        assert values == pytest.approx(expected[key], rel=1e-3, abs=1e-4)


@given(ROWS, ROWS, st.dictionaries(WORDS, st.floats(0, 5), max_size=4))
def test_units_beside_others_score_as_if_they_were_among_them(
    first: list[list[str]], second: list[list[str]], weights: dict[str, float]
) -> None:
    main = Postings.build(first)

    beside = Postings.build(second, beside=main.lengths).score(weights).tolist()

    together = Postings.build([*first, *second]).score(weights).tolist()
    assert beside == pytest.approx(together[len(first) :], rel=1e-4, abs=1e-5)


@given(shelves(), st.data())
def test_a_removed_document_is_never_returned(shelf: list[Document], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(shelf))
    found = Searcher([build(shelf)]).changed([], gone=frozenset({gone.id}))

    for question in gone.sections[0].questions:
        assert all(key[0] != gone.id for key in evidence_of(found, question))


@given(TEXTS, st.sampled_from([one for part in WATERNET.sections for one in part.questions]))
def test_what_stands_on_the_forum_changes_no_answer(text: str, question: str) -> None:
    echo = document(
        "forum",
        question,
        section(f"{question} {text}", questions=(question, text)),
        origin=Origin.FORUM,
    )

    with_forum = plain_answerer(SHELF, beside=[echo]).reply(question)

    without = plain_answerer(SHELF).reply(question)
    assert with_forum == without


@given(PHRASES)
def test_a_forum_document_is_never_an_answer(text: str) -> None:
    forum = document("forum", text, section(text, questions=(text,)), origin=Origin.FORUM)

    for replied in (
        plain_answerer([*SHELF, forum]).reply(text),
        plain_answerer(SHELF, beside=[forum]).reply(text),
        plain_answerer([forum]).reply(text),
    ):
        assert not isinstance(replied, Answered)


def test_a_forum_document_can_be_a_topic() -> None:
    forum = document(
        "forum", "Kwartelkoning", section("De kwartelkoning broedt hier."), origin=Origin.FORUM
    )
    found = Searcher([build([*SHELF, forum])])

    assert any(key[0] == "forum" for key in evidence_of(found, "broedt de kwartelkoning"))


def test_forum_words_weigh_as_much_as_words_never_seen() -> None:
    forum = document("forum", "Bericht", section("kwartelkoning " * 3), origin=Origin.FORUM)
    found = Searcher([build([*SHELF, forum])])

    assert found.idf("kwartelkoning") == found.idf("nooitgezien")
    assert found.idf("jar") == Searcher([build(SHELF)]).idf("jar")
    assert not found.holds("kwartelkoning")


def test_terms_of_forum_documents_are_no_synonyms() -> None:
    forum = document(
        "forum",
        "Bericht",
        section("Tekst."),
        origin=Origin.FORUM,
        terms=BIBLIOTHEEK.terms,
    )

    assert build([forum]).terms == ()


def test_a_document_without_sections_is_no_passage() -> None:
    assert build([document("leeg", "Leeg")]).passages == ()
