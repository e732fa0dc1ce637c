"""What is read of each format: headings, pages, notes; and what belongs to the page stays out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.documents.kinds import read_document
from bot.adapters.documents.tidying import joined
from bot.services.knowledge.importing.reading import (
    Block,
    BlockKind,
    FileKind,
    ReadDocument,
    UnreadableFileError,
)
from bot.services.knowledge.markdown import parse
from tests.adapters.documents import samples
from tests.seeds import SEEDS

HEADING, TEXT, ITEM, ROW, NOTE = BlockKind


def read(name: str, content: bytes | str) -> ReadDocument:
    data = content.encode() if isinstance(content, str) else content
    return read_document(name, data, lambda _page, _count: None)


@pytest.fixture(scope="module")
def report() -> ReadDocument:
    return read("rapport.pdf", samples.long_report())


def test_a_post_keeps_title_sections_and_text_and_loses_its_furniture() -> None:
    found = read("post.txt", samples.POST)

    assert found.title == "Samen zeilen op de Waal verkend"
    assert [one.text for one in found.blocks if one.kind is HEADING] == ["Conclusie", "Vervolg"]
    assert [one.text for one in found.blocks if one.kind is ITEM] == [
        "1. Overzicht - Wie zeilt er nu?",
        "2. Uitzicht - Wie zeilt er straks?",
    ]
    whole = " ".join(one.text for one in found.blocks)
    assert "1.200 euro per jaar" in whole
    assert whole.endswith("aangeboden aan de commissie Water.")


def test_text_that_is_no_post_keeps_every_line() -> None:
    found = read("brief.txt", "Beste raad\n\nWij zeilen.\n\nOpmerking\n\nHet waait hard.\n")

    assert [one.text for one in found.blocks] == ["Wij zeilen.", "Opmerking", "Het waait hard."]


def test_a_report_has_its_chapters_with_the_page_they_begin_on(report: ReadDocument) -> None:
    chapters = [one for one in report.blocks if one.kind is HEADING and one.level == 1]

    assert report.title == samples.TITLE
    assert (report.pages, report.empty_pages) == (200, 0)
    assert [(one.text, one.page) for one in chapters[:2]] == [("1 Zeil 1", 3), ("2 Zeil 2", 13)]
    assert len(chapters) == 20
    assert sum(one.level == 2 for one in report.blocks if one.kind is HEADING) == 20


def test_contents_headers_and_page_numbers_are_no_text(report: ReadDocument) -> None:
    texts = [one.text for one in report.blocks]

    assert not [one for one in texts if samples.HEADER in one or "....." in one]
    assert not [one for one in texts if one.isdigit()]
    assert report.left_out == 19 + 2 * 198


def test_two_columns_are_read_one_after_the_other(report: ReadDocument) -> None:
    (column,) = (one.text for one in report.blocks if one.page == 7 and one.kind is TEXT)

    lefts = [f"{samples.LEFT} {number}" for number in range(12)]
    rights = [f"{samples.RIGHT} {number}" for number in range(12)]
    assert column == " ".join((*lefts, *rights))


def test_footnotes_stand_apart_from_the_text(report: ReadDocument) -> None:
    notes = [one for one in report.blocks if one.kind is NOTE]

    assert len(notes) == 198
    assert (notes[0].text, notes[0].page) == ("3 Zie bijlage 3 over de wind.", 3)


def test_a_sentence_over_two_pages_is_one_paragraph_and_words_are_whole_again() -> None:
    page = samples.Report()
    page.line(60, 700, "De raad besluit vandaag over de gemeen-")
    page.line(60, 687, "schappelijke haven en over de aanleg van een")
    page.line(60, 80, "1 Zie de bijlage.", size=7)
    page.turn()
    page.line(60, 760, "steiger langs de Waal.")

    found = read("a.pdf", page.done())

    assert found.blocks[0] == Block(
        TEXT,
        "De raad besluit vandaag over de gemeenschappelijke haven en over de aanleg van een "
        "steiger langs de Waal.",
        page=1,
    )
    assert found.blocks[1].kind is NOTE


def test_word_has_headings_lists_tables_notes_and_pages() -> None:
    found = read("nota.docx", samples.word_report())

    assert found.title == "Zeilnota"
    assert found.pages == 3
    assert found.blocks == (
        Block(HEADING, "Aanleiding", 1, 1),
        Block(TEXT, "De haven is vol.", page=1),
        Block(NOTE, "1 Bron: de havenmeester.", page=1),
        Block(HEADING, "Cijfers", 2, 1),
        Block(ITEM, "Twaalf boten", page=1),
        Block(ROW, "Jaar | Boten", page=1),
        Block(ROW, "2015 | 12", page=1),
        Block(HEADING, "Vervolg", 1, 2),
        Block(TEXT, "De raad besluit in juni.", page=2),
        Block(TEXT, "Daarna begint het werk.", page=3),
    )


def test_of_a_web_page_only_the_main_part_is_read() -> None:
    found = read("nieuws.html", samples.PAGE)

    assert found.title == "Nieuws van de Waal"
    assert found.blocks == (
        Block(TEXT, "De haven opent op 3 mei."),
        Block(HEADING, "Prijzen", 2),
        Block(ITEM, "Ligplaats: 40 euro"),
        Block(ITEM, "Stroom: 5 euro"),
        Block(ROW, "Jaar | Boten"),
        Block(ROW, "2015 | 12"),
    )


def test_markdown_loses_its_markup_and_keeps_its_structure() -> None:
    found = read(
        "a.md",
        "# Zeil\n\nDe **haven** is [open](https://x.nl) in snake_case.\n\nPrijs\n-----\n\n"
        "- een\n- twee\n  en meer\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\n# geen kop\n```\n",
    )

    assert found.title == "Zeil"
    assert found.blocks == (
        Block(TEXT, "De haven is open in snake_case."),
        Block(HEADING, "Prijs", 2),
        Block(ITEM, "een"),
        Block(ITEM, "twee en meer"),
        Block(ROW, "a | b"),
        Block(ROW, "1 | 2"),
        Block(TEXT, "# geen kop"),
    )


def test_a_document_of_the_knowledge_base_is_kept_as_it_is() -> None:
    text = "---\ntitle: Zeil\ndate: 2016-03-31\nsources: [{title: Bron}]\n---\nDe haven.\n"

    assert read("zeil.md", text).ready == text


def test_old_letters_of_windows_are_read() -> None:
    found = read("a.txt", "De ruïne kost € 5.".encode("cp1252"))

    assert found.blocks[0].text == "De ruïne kost € 5."


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("samen-", "werking"), "samenwerking"),
        (("ICT-", "en webdiensten"), "ICT- en webdiensten"),
        (("Noord-", "Holland"), "Noord- Holland"),
        (("de prijs", "is laag"), "de prijs is laag"),
        (("sa\u00admen", "varen"), "samen varen"),
    ],
)
def test_lines_become_one_and_cut_words_whole(lines: tuple[str, ...], whole: str) -> None:
    assert joined(lines) == whole


@settings(max_examples=min(SEEDS, 60))
@given(st.sampled_from(FileKind), st.binary(max_size=300))
def test_whatever_bytes_they_are_they_are_read_or_refused(kind: FileKind, content: bytes) -> None:
    suffix = {"markdown": "md", "text": "txt"}.get(kind.value, kind.value)
    try:
        found = read(f"a.{suffix}", content)
    except UnreadableFileError:
        return
    assert found.ready or any(one.text for one in found.blocks)
    if found.ready:
        parse(found.ready, document_id="a")
