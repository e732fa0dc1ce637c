"""Passages, and the documents made of them: no word gets lost and everything parses back."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.documents import Document, Origin
from bot.services.knowledge.checks import MAX_PASSAGE_WORDS
from bot.services.knowledge.importing.composing import Imprint, composed, unmarked
from bot.services.knowledge.importing.cutting import ONE_DOCUMENT, chapters_of
from bot.services.knowledge.importing.reading import Block, BlockKind, FileKind, ReadDocument
from bot.services.knowledge.markdown import parse
from tests.seeds import SEEDS

HEADING, TEXT, ITEM, ROW, NOTE = BlockKind
IMPRINT = Imprint("Zeilrapport", "Stichting Zeil", "https://example.org/zeil", dt.date(2016, 3, 31))
_LINES = st.text(min_size=1, max_size=60).map(lambda one: " ".join(one.split())).filter(bool)
_BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from(BlockKind),
        st.one_of(_LINES, _LINES.map(lambda one: f"{one} woord. " * 90).map(str.strip)),
        st.integers(1, 3),
        st.one_of(st.none(), st.integers(1, 400)),
    ),
    max_size=12,
)


def read(*blocks: Block) -> ReadDocument:
    return ReadDocument(FileKind.PDF, "Zeilrapport", blocks)


def documents_of(found: ReadDocument) -> list[Document]:
    return [
        parse(text, document_id="zeil", origin=Origin.IMPORTED)
        for text in composed(IMPRINT, chapters_of(found))
    ]


def test_passages_stand_under_their_headings_and_name_their_page() -> None:
    (document,) = documents_of(
        read(
            Block(HEADING, "1 Haven", 1, 3),
            Block(TEXT, "De haven is vol.", page=3),
            Block(HEADING, "1.1 Kosten", 2, 4),
            Block(TEXT, "Een plek kost 40 euro.", page=4),
            Block(NOTE, "1 Prijs van 2015.", page=4),
            Block(HEADING, "2 Vervolg", 1, 5),
            Block(ITEM, "De raad besluit.", page=5),
            Block(ITEM, "Daarna de bouw.", page=6),
        )
    )

    assert [(one.heading, one.text, one.sources[0].title) for one in document.sections] == [
        ("", "De haven is vol.", "Stichting Zeil, 1 Haven, p. 3"),
        ("1 Haven › 1.1 Kosten", "Een plek kost 40 euro.", "Stichting Zeil, p. 4"),
        ("1 Haven › 1.1 Kosten (2)", "1 Prijs van 2015.", "Stichting Zeil, p. 4"),
        ("2 Vervolg", "- De raad besluit.\n- Daarna de bouw.", "Stichting Zeil, p. 5-6"),
    ]
    assert document.sections[0].sources[0].url == IMPRINT.url


def test_a_long_report_becomes_a_document_for_each_chapter() -> None:
    blocks: list[Block] = []
    for chapter in range(1, 4):
        blocks.append(Block(HEADING, f"{chapter} Deel", 1, chapter))
        blocks += [Block(TEXT, f"zin {number} " * 50, page=chapter) for number in range(20)]

    documents = documents_of(read(*blocks))

    assert len(blocks) > ONE_DOCUMENT
    assert [one.title for one in documents] == [
        "Zeilrapport: 1 Deel",
        "Zeilrapport: 2 Deel",
        "Zeilrapport: 3 Deel",
    ]
    assert [len(one.sections) for one in documents] == [20, 20, 20]


def test_signs_in_imported_text_are_no_markup() -> None:
    shown = unmarked("# kop\n> citaat\n**vet** [hier](https://x.nl) <@1> ||geheim|| snake_case")

    assert shown == (
        "\\# kop\n\\> citaat\n\\*\\*vet\\*\\* \\[hier](https://x.nl) \\<@1> "
        "\\|\\|geheim\\|\\| snake_case"
    )


@settings(max_examples=min(SEEDS, 60))
@given(_BLOCKS)
def test_whatever_the_blocks_every_word_is_in_a_short_passage_and_parses_back(
    blocks: list[Block],
) -> None:
    chapters = chapters_of(read(*blocks))

    passages = [one for chapter in chapters for one in chapter.passages]
    told = sorted(word for one in passages for word in one.text.split() if word != "-")
    given_words = (one.text for one in blocks if one.kind is not HEADING)
    assert told == sorted(word for text in given_words for word in text.split() if word != "-")
    assert all(len(one.text.split()) <= MAX_PASSAGE_WORDS for one in passages)
    made = [
        parse(text, document_id="zeil", origin=Origin.IMPORTED)
        for text in composed(IMPRINT, chapters)
    ]
    assert sum(len(one.sections) for one in made) == len(passages)
