from hypothesis import given
from hypothesis import strategies as st

from bot.search.concepts import Concepts, Match, expand
from bot.search.documents import Term
from bot.search.lexicon import lexicon

ALV = Term("ALV", "ledenvergadering", ("algemene ledenvergadering", "general assembly"))
WORDS = st.lists(st.sampled_from("de algemene ledenvergadering alv general assembly van".split()))


def test_every_spelling_of_a_term_is_the_same_term() -> None:
    concepts = Concepts([ALV])

    for phrase in ("alv", "algemene ledenvergadering", "general assembly"):
        assert "§alv" in concepts.tokens_of(phrase.split())


def test_a_match_says_where_it_stands() -> None:
    found = list(Concepts([ALV]).find(["de", "algemene", "ledenvergadering"]))

    assert Match("§alv", 1, 3) in found


@given(WORDS)
def test_matches_stand_within_the_words(words: list[str]) -> None:
    for match in Concepts([ALV]).find(words):
        assert 0 <= match.start < match.end <= len(words)


def test_general_synonyms_share_a_token() -> None:
    concepts = Concepts()

    assert set(concepts.tokens_of(["voordelen"])) & set(concepts.tokens_of(["advantages"]))


def test_a_term_without_words_is_left_out() -> None:
    assert Concepts([Term("!?", "niets")]).tokens_of(["de"]) == []


def test_an_abbreviation_becomes_all_its_words() -> None:
    assert expand(["ivm", "kosten"], lexicon().abbreviations) == ["in", "verband", "met", "kosten"]


def test_no_stop_word_is_a_synonym_by_itself() -> None:
    lists = lexicon()

    assert not [
        phrase
        for group in lists.synonyms
        for phrase in group
        if len(phrase) == 1 and phrase[0] in lists.stopwords
    ]
