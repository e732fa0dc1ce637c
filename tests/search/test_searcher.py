from dataclasses import replace

from bot.search.documents import Origin
from bot.search.index import build
from bot.search.question import Question, analyse, is_elliptical, with_context
from bot.search.searcher import Searcher
from tests.builders import BIBLIOTHEEK, SHELF, WATERNET, document, searcher, section

FORUM = document(
    "forum",
    "Bericht van een forumlid",
    section("De kwartelkoning broedt in Zutphen."),
    origin=Origin.FORUM,
)


def best(found: Searcher, text: str) -> tuple[str, int]:
    candidates = found.candidates(analyse(text, found))
    return max(candidates, key=lambda one: one.evidence.likeness).passage.key


def test_every_question_variant_finds_its_own_passage() -> None:
    found = searcher()
    for shelved in SHELF:
        for number, part in enumerate(shelved.sections):
            for question in part.questions:
                assert best(found, question) == (shelved.id, number)


def test_two_indexes_searched_as_one_know_each_others_words() -> None:
    main, delta = build([WATERNET]), build([BIBLIOTHEEK])
    both = Searcher([main, delta])
    alone = searcher()

    for text in ("wat kost het waterschapshuis", "waarom sloot de leesbibliotheek"):
        assert best(both, text) == best(alone, text)
    for token in ("waterschapshuis", "boek", "jaar"):
        assert both.idf(token) == alone.idf(token)


def test_a_document_that_is_gone_is_never_found() -> None:
    found = Searcher([build(SHELF)], gone={0: frozenset({"bibliotheek"})})
    candidates = found.candidates(analyse("waarom sloot de leesbibliotheek", found))

    assert {one.passage.document.id for one in candidates} <= {"waternet"}


def test_a_replaced_document_answers_with_its_new_text() -> None:
    changed = replace(
        BIBLIOTHEEK, sections=(section("De Leesbibliotheek heropende in 2024 in Deventer."),)
    )
    found = Searcher([build(SHELF), build([changed])], gone={0: frozenset({"bibliotheek"})})
    candidates = found.candidates(analyse("leesbibliotheek", found))
    texts = {one.passage.section.text for one in candidates}

    assert "De Leesbibliotheek heropende in 2024 in Deventer." in texts
    assert not any("Zutphen" in text for text in texts)


def test_forum_documents_add_nothing_to_the_known_words() -> None:
    assert not searcher([*SHELF, FORUM]).knows("kwartelkoning")


def test_a_misspelt_word_counts_as_seen_and_an_unknown_one_does_not() -> None:
    found = searcher()
    words = {word.text: word for word in analyse("leesbiblioteek krokodil", found).words}

    assert words["leesbiblioteek"].seen
    assert not words["krokodil"].seen


def test_a_question_for_one_term_is_told_from_a_question_for_more() -> None:
    found = searcher()

    assert analyse("wat is LBB?", found).terms == {"§lbb"}
    assert analyse("reading library", found).terms == {"§lbb"}
    assert not analyse("waarom sloot LBB", found).terms


def test_the_passage_that_gives_a_terms_meaning_is_marked() -> None:
    found = searcher()
    marked = [
        one.passage.key
        for one in found.candidates(analyse("waar staat LBB voor", found))
        if one.defines
    ]

    assert marked == [("bibliotheek", 0)]


def test_a_question_without_words_has_no_candidates() -> None:
    found = searcher()

    assert found.candidates(analyse("en wie is dat dan?", found)) == ()


def test_a_question_that_points_back_is_elliptical() -> None:
    found = searcher()

    def asked(text: str) -> Question:
        return analyse(text, found)

    assert is_elliptical(asked("en wanneer was dat?"))
    assert is_elliptical(asked("en de kosten?"))
    assert not is_elliptical(asked("wat kost het waterschapshuis delfland per jaar"))
    followed = with_context(asked("en de kosten?"), asked("wat is het waterschapshuis"))
    assert {word.text for word in followed.words} == {"kosten", "waterschapshuis"}
    assert [word.weight < 1 for word in followed.words] == [False, True]
