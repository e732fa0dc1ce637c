"""What somebody typed becomes a question on one line, or a reason why it is none."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import QuestionProblem, UnusableQuestionError
from bot.services.knowledge.answering import MAX_LENGTH
from bot.services.knowledge.question_text import MAX_SHOWN, cleaned, shown, usable

PIECES = (
    *("@everyone", "@here", "<@1>", "<@!1>", "<@&1>", "<#1>", "<id:home>", "<a:x:1>", "<:x:1>"),
    *("@every<@1>one", "<<@1>@1>", "<@\u200b1>", "@\u200beveryone", "<@<@1>1>", "@@everyone"),
    *("https://kwaad.example/x", "hhttps://kwaad.nlttps://kwaad.nl", "www.kwaad.nl", "kwaad.nl"),
    *(
        "jan@kwaad.nl",
        "kwaad\u200b.nl",
        "https\u200b://kwaad.nl",
        "<https://kwaad.nl>",
        "kwaad.nl/x",
    ),
    *(
        "\u202e",
        "\u200b",
        "\ufeff",
        "\x00",
        "\u2028",
        "\r\n",
        "1\ufe0f\u20e3",
        "👍",
        "❤️",
        "🇳🇱",
        "a" * 600,
    ),
)
ADDRESSES = tuple(one for one in PIECES if "kwaad" in one)
texts = st.lists(
    st.sampled_from((*PIECES, "wat", "is", "?")) | st.text(max_size=10), max_size=8
).flatmap(lambda all_: st.sampled_from(("", " ")).map(lambda glue: glue.join(all_)))
HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn"}
MENTION = re.compile(r"<@[!&]?\d{1,20}>|<#\d{1,20}>|@(?:everyone|here)\b")


@pytest.mark.randomised
@given(texts)
def test_a_cleaned_question_is_one_line_without_hidden_characters(text: str) -> None:
    line = cleaned(text)

    assert line == " ".join(line.split())
    assert not any(unicodedata.category(one) in HIDDEN for one in line)


@pytest.mark.randomised
@given(texts)
def test_a_cleaned_question_mentions_nobody(text: str) -> None:
    assert not MENTION.search(cleaned(text))


@pytest.mark.randomised
@given(texts)
def test_a_usable_question_has_something_to_look_up_and_fits(text: str) -> None:
    try:
        question = usable(text)
    except UnusableQuestionError:
        return
    assert any(one.isalnum() for one in question)
    assert len(question) <= MAX_LENGTH
    assert usable(question) == question


@pytest.mark.randomised
@given(texts)
def test_a_shown_question_has_no_address_and_fits(text: str) -> None:
    line = shown(text)

    assert len(line) <= MAX_SHOWN
    assert "://" not in line
    assert not re.search(r"\w@\w+\.\w", line)
    assert not MENTION.search(line)


@pytest.mark.randomised
@given(st.lists(st.sampled_from(ADDRESSES) | st.just("wat"), max_size=8))
def test_no_address_among_words_is_shown(words: list[str]) -> None:
    assert "kwaad" not in shown(" ".join(words))


def test_a_link_that_hides_in_a_word_is_no_part_of_what_is_shown() -> None:
    assert shown("kijk eens opahttps://kwaad.example/x of xFTP://kwaad.example") == "kijk eens of"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", QuestionProblem.EMPTY),
        ("?!", QuestionProblem.EMPTY),
        ("\u200b\u202e", QuestionProblem.EMPTY),
        ("👍", QuestionProblem.ONLY_EMOJI),
        ("1\ufe0f\u20e3", QuestionProblem.ONLY_EMOJI),
        ("<a:x:1>", QuestionProblem.ONLY_EMOJI),
        ("<@1>", QuestionProblem.ONLY_MENTIONS),
        ("a" * (MAX_LENGTH + 1), QuestionProblem.TOO_LONG),
    ],
)
def test_the_reason_says_what_was_typed(text: str, problem: QuestionProblem) -> None:
    with pytest.raises(UnusableQuestionError) as refused:
        usable(text)

    assert refused.value.problem is problem
    assert refused.value.limit == MAX_LENGTH
