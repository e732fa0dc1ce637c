from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.search.documents import Term
from bot.search.index import Beside, build
from bot.search.question import analyse
from bot.search.recognising import recognising
from bot.search.searcher import Searcher
from bot.search.segments import Segment
from tests.builders import BIBLIOTHEEK, SHELF, WATERNET, document, section

TERM = Term("HWS", "waar waterschappen samenwerken", ("het Waterschapshuis", "kost elk waterschap"))
EXPLAINED = document("hws", "HWS", section("HWS: waar zij samenwerken."), terms=(TERM,))


def test_a_term_that_came_later_stands_where_an_index_made_with_it_has_it() -> None:
    later = recognising(Segment(build(SHELF)), (TERM,)).index
    anew = build(SHELF, beside=Beside(terms=(TERM,)))

    for name in ("words", "wholes", "variants", "asked"):
        found, expected = getattr(later, name), getattr(anew, name)
        assert expected.holders("§hws").tolist(), name
        assert found.holders("§hws").tolist() == expected.holders("§hws").tolist()
        for token in expected.vocabulary:
            assert found.holders(token).tolist() == expected.holders(token).tolist()
    assert [one.title_tokens for one in later.passages] == [
        one.title_tokens for one in anew.passages
    ]


def test_more_names_for_a_known_term_are_added_to_those_it_had() -> None:
    (known,) = BIBLIOTHEEK.terms
    wider = replace(known, also=(*known.also, "Deventer"))
    segment = Segment(build(SHELF))
    before = segment.index.words.holders("§lbb").tolist()

    after = recognising(segment, (known, wider)).index.words.holders("§lbb").tolist()

    assert set(before) <= set(after)
    assert after == build(SHELF, beside=Beside(terms=(wider,))).words.holders("§lbb").tolist()
    assert segment.index.words.holders("§lbb").tolist() == before


def test_a_segment_that_knows_the_terms_or_holds_none_stays_as_it_is() -> None:
    segment = Segment(build(SHELF))

    assert recognising(segment, BIBLIOTHEEK.terms) is segment
    assert recognising(segment, (Term("XYZ", "iets", ("komt nergens voor",)),)) is segment


def test_a_changed_searcher_knows_a_new_term_and_forgets_one_that_went() -> None:
    first = Searcher([build(SHELF)])
    with_term = first.changed([EXPLAINED], gone=frozenset())
    without = with_term.changed([], gone=frozenset({BIBLIOTHEEK.id}))

    assert analyse("wat is hws", with_term).terms == {"§hws"}
    assert not list(without.concepts.find(["hws"]))
    assert not list(without.concepts.find(["lbb"]))
    assert list(first.concepts.find(["lbb"]))


@given(st.sets(st.sampled_from([WATERNET.id, BIBLIOTHEEK.id])))
def test_what_is_known_is_what_an_index_without_those_documents_knows(gone: set[str]) -> None:
    left = [one for one in SHELF if one.id not in gone]
    found, expected = Searcher([build(SHELF)], gone={0: frozenset(gone)}), Searcher([build(left)])

    words = {word for one in SHELF for part in one.sections for word in part.text.lower().split()}
    for word in (word.strip(".,") for word in words):
        assert found.knows(word) == expected.knows(word), word
        assert found.idf(word) == expected.idf(word)
        assert found.gap_share(word) == expected.gap_share(word)


def test_variants_weigh_what_their_words_do() -> None:
    main = Segment(build([WATERNET]))
    for searched in (
        Searcher([main, build([BIBLIOTHEEK])]),
        Searcher([main, build([BIBLIOTHEEK])], gone={0: frozenset({WATERNET.id})}),
        Searcher([main]).changed([EXPLAINED, BIBLIOTHEEK], gone=frozenset()),
    ):
        for part in searched._parts:
            variants = part.index.variants
            for unit in range(variants.size):
                held = [one for one in variants.vocabulary if unit in variants.holders(one)]
                expected = sum(searched.weight(one[1:]) for one in held if one[0] == "=")
                expected += 1.5 * sum(one[0] == "?" for one in held)
                assert abs(part.variant_totals[unit] - max(expected, 1e-6)) < 1e-3
