import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters import knowledge_files
from bot.search.documents import Document, Origin, Part, Source, Term
from bot.services.knowledge.drafting import body_of, draft_document, markdown_of
from bot.services.knowledge.markdown import parse

# What people paste: anything, and what Markdown, YAML and our own format read something into.
TRICKY = st.sampled_from(
    [
        "---",
        "## Kop",
        "\\## kop",
        "'\"",
        ": #",
        "{a: b}",
        "- x",
        "\x85",
        "\u2028",
        "é🙂",
        "\t",
        "...",
    ]
)
TEXT = st.lists(st.one_of(TRICKY, st.text(max_size=12)), min_size=1, max_size=5).map("\n".join)
READABLE = TEXT.filter(lambda one: bool(body_of(one)) and "\x00" not in one)
LINE = READABLE.map(lambda one: " ".join(one.split())).filter(bool)


def without_lines(document: Document) -> Document:
    sections = tuple(replace(one, line=0) for one in document.sections)
    return replace(document, sections=sections, path="")


@given(
    LINE, READABLE, LINE, st.dates(), st.sampled_from([None, *Part]),
    st.lists(LINE, max_size=3), st.lists(LINE, max_size=2),
)  # fmt: skip
def test_whatever_is_written_reads_back(  # one of each field
    title: str, body: str, source: str, date: dt.date, part: Part | None,
    questions: list[str], names: list[str],
) -> None:  # fmt: skip
    terms = [Term(name, title, tuple(questions)) for name in names]
    text = draft_document(
        title, body, source_title=source, source_url="https://vng.nl/a?b=c#d", date=date,
        part=part, questions=questions, terms=terms,
    )  # fmt: skip

    found = parse(text, document_id="x", origin=Origin.MODERATOR)

    def said(one: str) -> str:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in one)

    (section,) = found.sections
    assert (found.title, found.date, found.part) == (said(title), date, part)
    assert section.text == body_of(body)
    assert section.sources == (Source(said(source), "https://vng.nl/a?b=c#d"),)
    assert section.questions == tuple(map(said, questions))
    assert [one.name for one in found.terms] == [said(one) for one in names]


def test_every_shipped_document_reads_back_as_it_was() -> None:
    for document in knowledge_files.read().documents:
        again = parse(markdown_of(document), document_id=document.id)

        assert without_lines(again) == without_lines(document)


def test_a_draft_is_readable_as_it_stands() -> None:
    text = draft_document(
        "Wat kost het?", "Niets.\n\n## geen kop", source_title="Bron, p. 14",
        date=dt.date(2016, 6, 3), part=Part.OPTIES, questions=["wat kost dat"],
    )  # fmt: skip

    assert text == (
        '---\ntitle: "Wat kost het?"\nonderdeel: opties\ndate: 2016-06-03\nsources:\n'
        '  - {title: "Bron, p. 14"}\nquestions:\n  - "wat kost dat"\n---\n\n'
        "Niets.\n\n\\## geen kop\n"
    )
