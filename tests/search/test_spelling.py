import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.compounds import split
from bot.search.spelling import Repair, Spelling

KNOWN = {"gemeenschappelijk": 5, "begroting": 3, "uitvoering": 2, "orgaan": 4, "wigo4it": 1}
SPELLING = Spelling(KNOWN)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a known word and the same word with one slip of the fingers."""
    word = draw(st.sampled_from(sorted(one for one in KNOWN if one.isalpha())))
    at = draw(st.integers(0, len(word) - 2))
    letter = draw(st.sampled_from(LETTERS))
    slip = draw(st.sampled_from(["drop", "add", "swap", "other"]))
    typed = {
        "drop": word[:at] + word[at + 1 :],
        "add": word[:at] + letter + word[at:],
        "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "other": word[:at] + letter + word[at + 1 :],
    }[slip]
    return word, typed


@given(slips())
def test_one_slip_in_a_known_word_is_repaired(slip: tuple[str, str]) -> None:
    word, typed = slip
    if typed == word:
        assert SPELLING.repairs(typed) == ()
    else:
        assert Repair(word, 1) in SPELLING.repairs(typed)


def test_two_slips_are_repaired_in_a_long_word_only() -> None:
    assert SPELLING.repairs("gemeenschapelik") == (Repair("gemeenschappelijk", 2),)
    assert SPELLING.repairs("orrgan") == ()


@pytest.mark.parametrize("word", ["begroting", "2016", "9,995", "alv", ""])
def test_known_words_numbers_and_short_words_are_left_alone(word: str) -> None:
    assert SPELLING.repairs(word) == ()


def test_a_name_with_a_digit_is_spelled_like_any_other() -> None:
    assert SPELLING.repairs("wigo4id") == (Repair("wigo4it", 1),)


def test_the_most_frequent_of_equally_near_words_comes_first() -> None:
    spelling = Spelling({"kosten": 9, "posten": 2})

    assert [repair.word for repair in spelling.repairs("rosten")] == ["kosten", "posten"]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("softwarecooperatie", ("software", "cooperatie")),
        ("gemeentefonds", ("gemeente", "fonds")),
        ("samenwerkingsvorm", ("samenwerking", "vorm")),
        ("collectief", ()),
        ("onbekendwoord", ()),
    ],
)
def test_compounds_are_split_into_known_parts(word: str, parts: tuple[str, ...]) -> None:
    known = {"software", "cooperatie", "gemeente", "fonds", "samenwerking", "vorm"}

    assert split(word, known.__contains__) == parts


@st.composite
def vocabularies(draw: st.DrawFn) -> tuple[set[str], str, str]:
    """Draw known words, one of them, and that one with one edit."""
    word = st.text("abcde", min_size=5, max_size=9)
    known = draw(st.sets(word, min_size=1, max_size=4))
    one = draw(st.sampled_from(sorted(known)))
    at = draw(st.integers(0, len(one) - 1))
    letter = draw(st.sampled_from("abcdez"))
    swapped = one[: at - 1] + one[at] + one[at - 1] + one[at + 1 :] if at else one
    edits = [one[:at] + one[at + 1 :], one[:at] + letter + one[at:], swapped]
    return known, one, draw(st.sampled_from([*edits, one[:at] + letter + one[at + 1 :]]))


@given(vocabularies())
def test_every_word_one_edit_away_is_found_and_no_known_word_is_changed(
    drawn: tuple[set[str], str, str],
) -> None:
    known, one, typed = drawn
    spelling = Spelling(dict.fromkeys(known, 1))

    found = spelling.repairs(typed)

    assert all(spelling.repairs(word) == () for word in known)
    assert {repair.word for repair in found} <= known
    if typed in known:
        assert found == ()
    else:
        assert len(found) == 3 or Repair(one, 1) in found
        assert all(repair.edits == 1 for repair in found)
