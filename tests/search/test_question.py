import pytest

from bot.search.confidence import lead, shipped_model
from bot.search.content import content_places
from bot.search.index import build
from bot.search.question import Word, analyse
from bot.search.real_words import RealWords, merged
from bot.search.searcher import Searcher
from tests.builders import SHELF, searcher


def words_of(text: str, found: Searcher) -> dict[str, Word]:
    return {word.text: word for word in analyse(text, found).words}


def forms_of(word: Word) -> set[str]:
    return {token for token, _ in word.forms}


def test_a_word_that_exists_is_not_repaired_into_another() -> None:
    text = "wat is een leesbiblioteek"
    assert "leesbibliotheek" in forms_of(words_of(text, searcher())["leesbiblioteek"])

    existing = Searcher([build(SHELF)], real_words=RealWords.of({"leesbiblioteek": 5}))
    assert "leesbibliotheek" not in forms_of(words_of(text, existing)["leesbiblioteek"])


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("waneer was dat", "?when"), ("hoevel leden", "?howmany"), ("waaromm sloot het", "?why")],
)
def test_a_misspelt_question_word_still_asks(typed: str, kind: str) -> None:
    assert kind in analyse(typed, searcher()).kinds


def test_chat_abbreviations_are_written_out() -> None:
    found = analyse("wnr sloot de leesbibliotheek", searcher())

    assert found.kinds == {"?when"}
    assert "wnr" not in {word.text for word in found.words}


def test_the_strongest_form_of_a_word_is_the_word_itself() -> None:
    for word in analyse("wat kost het waterschapshuis per jaar", searcher()).words:
        strengths = [strength for _, strength in word.forms]
        assert strengths == sorted(strengths, reverse=True)
        assert strengths[0] == 1


def test_words_that_carry_no_topic_are_not_looked_for() -> None:
    words = "wat kost de leesbibliotheek per jaar".split()

    assert [words[place] for place in content_places(words, ())] == [
        "kost",
        "leesbibliotheek",
        "jaar",
    ]


def test_a_name_is_a_capital_inside_a_sentence_or_an_acronym() -> None:
    words = words_of("Waarom sloot Zutphen de LBB? Boeken weg?", searcher())

    assert words["zutphen"].is_name
    assert words["lbb"].is_name
    assert not words["boeken"].is_name


@pytest.mark.parametrize(
    ("text", "is_english"),
    [
        ("what is the reading library", True),
        ("when did the reading library close", True),
        ("wat is de leesbibliotheek", False),
        ("wat kost een software broker", False),
    ],
)
def test_english_is_told_from_dutch(text: str, *, is_english: bool) -> None:
    assert analyse(text, searcher()).is_english is is_english


@pytest.mark.parametrize("text", ["", "   ", "?!", "🎉", "<@123>", "\u200b", "\x00\ud800"])
def test_a_text_without_words_is_a_question_without_words(text: str) -> None:
    assert analyse(text, searcher()).words == ()


def test_a_common_word_tells_less_than_a_rare_one() -> None:
    words = RealWords.of({"nooit": 300_000, "afvalbak": 200})

    assert "nooit" in words
    assert "nergens" not in words
    assert 3 not in words
    assert words.importance("nooit") < words.importance("afvalbak") == 1
    assert words.importance("nergens") == 1


def test_the_empty_set_of_words_knows_none() -> None:
    assert "nooit" not in RealWords.none()


def test_a_word_in_two_lists_keeps_its_higher_count() -> None:
    assert merged([{"a": 1, "b": 9}, {"a": 4}]) == {"a": 4, "b": 9}


def test_a_lead_grows_with_the_distance() -> None:
    assert lead(1.0, None) == 1
    assert lead(2.0, 2.0) == 0
    assert -1 < lead(1.0, 3.0) < 0 < lead(3.0, 1.0) < lead(5.0, 1.0) < 1


def test_the_shipped_model_gives_probabilities() -> None:
    model = shipped_model()

    for one in searcher().candidates(analyse("wat kost het waterschapshuis", searcher())):
        assert 0 < model.probability(one.evidence, (1.0, -1.0)) < 1
        assert all(0 <= value <= 1.0001 for value in one.evidence.values())
