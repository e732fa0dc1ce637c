import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.analysis import fold, grams, is_number, stem, tokens

WORDS = st.text(st.characters(codec="utf-8"), max_size=80)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("D&I en I&A", ["d&i", "en", "i&a"]),
        ("9,995 miljoen (incl. btw)", ["9,995", "miljoen", "incl", "btw"]),
        ("coöperatie U.A.", ["cooperatie", "ua"]),
        ("IMG 100.000+", ["img", "100.000+"]),
        ("de SSC's van foto’s", ["de", "ssc", "van", "foto"]),
        ("2015/2016", ["2015", "2016"]),
        ("ge\u200bmeente", ["gemeente"]),
        ("<@123456> vraag <#99> <:kaas:12>", ["vraag"]),
        ("zie https://vng.nl/ggu?x=1 aub", ["zie", "aub"]),
        ("", []),
        ("🎉🎉", []),
    ],
)
def test_words_and_numbers_are_told_apart_from_furniture(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(WORDS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(WORDS)
def test_tokens_are_lower_case_without_spaces(text: str) -> None:
    for token in tokens(text):
        assert token == token.casefold()
        assert not any(character.isspace() for character in token)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gemeenten", "gemeente"),
        ("gemeentelijke", "gemeente"),
        ("kostte", "kosten"),
        ("stemde", "gestemd"),
        ("samengewerkt", "samenwerken"),
    ],
)
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@given(st.from_regex(r"[a-z0-9]{1,30}", fullmatch=True))
def test_the_grams_of_a_word_hold_each_of_its_letters(word: str) -> None:
    found = grams(word)

    assert {character for gram in found for character in gram} == {"_", *word}
    assert all(len(gram) <= 4 for gram in found)


def test_a_number_has_a_digit() -> None:
    assert is_number("9,995")
    assert not is_number("negen")


FURNITURE = st.sampled_from(
    [
        "<@123456>",
        "<@!123456>",
        "<@&123456>",
        "<#123456>",
        "<:kaas123:456>",
        "<a:kaas123:456>",
        "</vraag stel:123456>",
        "<t:123456:R>",
        "<t:-123456>",
        "<id:customize>",
        "https://example.nl/kaas123456",
        "HTTP://EXAMPLE.NL/?q=kaas123456#a",
    ]
)


@given(st.lists(st.one_of(FURNITURE, st.sampled_from(["de", "vraag"])), max_size=6))
def test_mentions_and_addresses_are_no_tokens(parts: list[str]) -> None:
    assert tokens(" ".join(parts)) == [part for part in parts if part.isalpha()]


@given(WORDS)
def test_a_token_holds_no_markup(text: str) -> None:
    assert not {character for token in tokens(text) for character in token} & set("<>:/@#")
