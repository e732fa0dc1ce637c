import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.kinds import holds, kinds_asked
from bot.search.question import analyse
from bot.search.selection import ENOUGH_WORDS, select, sentences
from tests.builders import searcher


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("wanneer begon dat", ["?when"]),
        ("in welk jaar was de alv", ["?when"]),
        ("wie en waar", ["?where", "?who"]),
        ("hoeveel procent stemde voor", ["?percent"]),
        ("hoe laat begint het", ["?clock"]),
        ("wat kost dat", ["?money"]),
        ("how many members", ["?howmany"]),
        ("leg eens uit", []),
    ],
)
def test_a_question_tells_what_kind_of_answer_it_wants(question: str, kinds: list[str]) -> None:
    assert kinds_asked(question.split()) == kinds


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        ("when", "Dat was op 31 maart 2016.", "Dat was vroeger."),
        ("howmany", "Er waren 390 gemeenten.", "Er waren gemeenten."),
        ("percent", "97% stemde voor.", "Bijna iedereen stemde voor."),
        ("clock", "De ALV begint om 11.30 uur.", "De ALV begint in de ochtend."),
        ("money", "Het kost 3 euro.", "Het is fijn."),
        ("contact", "Mail naar motie@example.nl.", "Stuur een brief."),
        ("duration", "Het duurde twee jaar.", "Het duurde lang."),
        ("where", "De ALV was in Goes.", "de alv was leuk."),
    ],
)
def test_a_text_holds_a_kind_of_answer_or_not(kind: str, yes: str, no: str) -> None:
    assert holds(kind, yes)
    assert not holds(kind, no)


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = "De VNG (o.a. KING) begon op 1.2.2009. Dat was in ca. 3 steden. Einde!\n- Een lijst"

    assert sentences(text) == [
        "De VNG (o.a. KING) begon op 1.2.2009.",
        "Dat was in ca. 3 steden.",
        "Einde!",
        "- Een lijst",
    ]


def test_a_short_passage_is_quoted_whole() -> None:
    text = "De Leesbibliotheek leent boeken uit. Ze heeft 1.250 leden."

    assert select(analyse("hoeveel leden", searcher()), text) == text


def test_of_a_long_passage_the_sentence_with_the_answer_is_quoted() -> None:
    filler = "De geschiedenis van het gebouw is lang en kent veel verschillende bewoners. " * 8
    text = f"{filler}De Leesbibliotheek opende op 4 mei 1988. {filler}".strip()

    chosen = select(analyse("wanneer opende de leesbibliotheek?", searcher()), text)

    assert "4 mei 1988" in chosen
    assert chosen in text
    assert len(chosen.split()) <= ENOUGH_WORDS


@given(st.lists(st.sampled_from(["Een zin over boeken.", "Nog iets!", "Wat dan?"]), min_size=1))
def test_what_is_selected_is_a_run_of_the_text(parts: list[str]) -> None:
    text = " ".join(parts)

    assert select(analyse("boeken", searcher()), text) in text


SENTENCES = [
    "De Leesbibliotheek opende in een oud pakhuis aan de rand van de binnenstad.",
    "Dat kostte de oprichters veel moeite (o.a. om de vloer) en nog meer geduld.",
    'Volgens het bestuur was de lezer nooit ver weg: "Kom gerust binnen."',
    "De Leesbibliotheek was daarom geliefd bij lezers uit de hele streek en daarbuiten.",
    "- De leeszaal ligt boven\n- De kelder is voor ca.\nde kranten van vroeger",
]
FACTS = {
    "wanneer": ("Dat was op 4 mei 1988.", "4 mei 1988"),
    "hoeveel leden": ("Toen waren er 1.250 leden.", "1.250"),
    "hoeveel procent": ("Van hen bleef 97% lid.", "97%"),
}


@given(
    st.lists(st.sampled_from(SENTENCES), min_size=6, max_size=14),
    st.sampled_from(sorted(FACTS)),
    st.sampled_from([" ", "\n"]),
    st.data(),
)
def test_the_selection_holds_what_was_asked_for_in_whole_sentences(
    parts: list[str], asked: str, gap: str, data: st.DataObject
) -> None:
    sentence, fact = FACTS[asked]
    parts.insert(data.draw(st.integers(0, len(parts))), sentence)
    text = gap.join(parts)

    chosen = select(analyse(f"{asked} opende de leesbibliotheek", searcher()), text)

    assert fact in chosen
    assert chosen in text
    assert set(sentences(chosen)) <= set(sentences(text))


@given(st.text(st.sampled_from("aZ .!?\n\"'()-c1"), max_size=80))
def test_sentences_are_pieces_of_the_text_that_leave_nothing_out(text: str) -> None:
    at = 0
    for sentence in sentences(text):
        found = text.index(sentence, at)
        assert not text[at:found].strip()
        at = found + len(sentence)
    assert not text[at:].strip()


def test_when_two_kinds_stand_far_apart_the_whole_passage_is_quoted() -> None:
    filler = "De geschiedenis van het gebouw is lang en kent veel verschillende bewoners. " * 8
    text = f"De Leesbibliotheek opende op 4 mei 1988. {filler}Daar werkten 97% vrijwilligers."

    question = analyse("wanneer opende de leesbibliotheek en hoeveel procent", searcher())

    assert select(question, text) == text
