"""What could point at a person is not stored."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.knowledge.masking import E_MAIL, NAME, NUMBER, masked

NAMES = ("@jan", "@Jan.de-Vries", "<@123>", "<@!123>", "<@&12>", "<#5>")
ADDRESSES = (
    "jan@gemeente.nl",
    "j.d+x@a-b.example",
    "\uff4aan@gemeente.nl",
    "jan\u200b@gemeente.nl",
)
NUMBERS = (
    *("0612345678", "06-12 34 56 78", "+31 (0)6 12345678", "1234 AB", "12-05-1980", "BSN123456782"),
    *("٠٦١٢٣٤٥٦٧٨", "０６１２３４５６", "²³", "①②", "06\u200b12", "06\u00ad12", "1\u202e2"),
)
parts = st.sampled_from((*NAMES, *ADDRESSES, *NUMBERS)) | st.text(max_size=15)
texts = st.lists(parts, max_size=6).flatmap(
    lambda all_: st.sampled_from(("", " ", "\n")).map(lambda glue: glue.join(all_))
)


@pytest.mark.randomised
@given(texts)
def test_no_digit_and_no_hidden_character_is_left(text: str) -> None:
    kept = masked(text)

    assert not re.search(r"\d", kept)
    assert not any(unicodedata.category(one) in {"Cf", "Cs", "Co"} for one in kept)


@pytest.mark.randomised
@given(texts)
def test_no_name_and_no_address_is_left(text: str) -> None:
    kept = masked(text)

    assert not re.search(r"@\w", kept)
    assert not re.search(r"\w@\w+\.\w", kept)


@pytest.mark.randomised
@given(texts)
def test_masking_twice_changes_nothing(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@pytest.mark.randomised
@given(st.text(alphabet=st.characters(categories=["Ll", "Lu"], max_codepoint=0x7F)))
def test_words_stay_as_they_are(text: str) -> None:
    sentence = f"wat is {text} eigenlijk?"

    assert masked(sentence) == sentence


@pytest.mark.parametrize("number", NUMBERS)
def test_one_number_is_one_number(number: str) -> None:
    assert NUMBER in masked(f"bel {number} even")
    assert not re.search(r"\d", masked(f"bel {number} even"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_told_apart_from_a_name(address: str) -> None:
    assert masked(f"mail {address} even") == f"mail {E_MAIL} even"


@pytest.mark.parametrize("name", NAMES)
def test_a_mention_is_a_name(name: str) -> None:
    assert masked(f"vraag {name} even") == f"vraag {NAME} even"
