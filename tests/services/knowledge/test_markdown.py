import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.documents import Document, Origin, Part, Section, Source, Term
from bot.services.knowledge.markdown import parse
from bot.services.knowledge.problems import Problem, ProblemKind, UnsoundDocumentError

SOUND = """\
---
title: ICT WBW
onderdeel: digitale agenda
date: 2015-08-01
option: 5
sources:
  - {title: "Telengy", url: "https://www.telengy.nl/wbw"}
  - {title: "BREED-bericht"}
facts: [F046, F047]
questions:
  - wat is ict wbw
terms:
  - {term: WBW, meaning: "West-Brabant-West", also: [BERM-ICT]}
sections:
  - heading: Wat het niet doet
    facts: [F047]
    questions: [doet wbw ook koffie]
    sources: [{title: "Elders", url: "http://elders.nl"}]
    date: 2016-09-01
  - heading: Hoe het afliep
    known_unknown: true
---

ICT WBW is een BVO.
Van vijf gemeenten.

## Wat het niet doet

Koffie.

## Hoe het afliep

Dat is niet bekend.
"""


def problems_of(text: str) -> list[tuple[int, ProblemKind, str]]:
    with pytest.raises(UnsoundDocumentError) as caught:
        parse(text, document_id="x", path="x.md")
    assert {one.path for one in caught.value.problems} == {"x.md"}
    assert all(one.is_fatal for one in caught.value.problems)
    return [(one.line, one.kind, one.detail) for one in caught.value.problems]


TELENGY = Source("Telengy", "https://www.telengy.nl/wbw")
BOTH = (TELENGY, Source("BREED-bericht"))
DATE = dt.date(2015, 8, 1)
SOUND_SECTIONS = (
    Section(
        heading="",
        text="ICT WBW is een BVO.\nVan vijf gemeenten.",
        sources=BOTH,
        date=DATE,
        questions=("wat is ict wbw",),
        facts=("F046",),
        line=23,
    ),
    Section(
        heading="Wat het niet doet",
        text="Koffie.",
        sources=(Source("Elders", "http://elders.nl"),),
        date=dt.date(2016, 9, 1),
        questions=("doet wbw ook koffie",),
        facts=("F047",),
        line=27,
    ),
    Section(
        heading="Hoe het afliep",
        text="Dat is niet bekend.",
        sources=BOTH,
        date=DATE,
        known_unknown=True,
        line=31,
    ),
)


def test_a_sound_document_keeps_all_that_was_written() -> None:
    assert parse(SOUND, document_id="wbw", origin=Origin.MODERATOR) == Document(
        id="wbw",
        title="ICT WBW",
        part=Part.DIGITALE_AGENDA,
        date=DATE,
        origin=Origin.MODERATOR,
        option=5,
        terms=(Term("WBW", "West-Brabant-West", ("BERM-ICT",)),),
        sections=SOUND_SECTIONS,
    )


@pytest.mark.parametrize("change", ["crlf", "bom", "spaces after the fence"])
def test_what_an_editor_adds_unseen_changes_nothing(change: str) -> None:
    text = {
        "crlf": SOUND.replace("\n", "\r\n"),
        "bom": "\ufeff" + SOUND,
        "spaces after the fence": SOUND.replace("---\n", "---  \n"),
    }[change]

    assert parse(text, document_id="wbw") == parse(SOUND, document_id="wbw")


@pytest.mark.parametrize(
    ("old", "new", "line", "kind", "detail"),
    [
        ("---\ntitle", "title", 1, ProblemKind.NO_FRONT_MATTER, ""),
        ("title: ICT WBW\n", "", 2, ProblemKind.MISSING, "title"),
        ("title: ICT WBW", "title: ''", 2, ProblemKind.FIELD, "title"),
        ("digitale agenda", "inzichten", 3, ProblemKind.UNKNOWN_PART, "inzichten"),
        ("date: 2015-08-01", "date: 1 augustus", 4, ProblemKind.FIELD, "date"),
        ("option: 5", "option: 16", 5, ProblemKind.FIELD, "option"),
        ("option: 5", "optie: 5", 5, ProblemKind.UNKNOWN_FIELD, "optie"),
        ('title: "Telengy", ', "", 7, ProblemKind.MISSING, "sources.0.title"),
        ("https://www.telengy.nl", "www.telengy.nl", 7, ProblemKind.BAD_URL, "www.telengy.nl/wbw"),
        ("http://elders.nl", "http://elders", 18, ProblemKind.BAD_URL, "http://elders"),
        ("meaning:", "betekenis:", 13, ProblemKind.UNKNOWN_FIELD, "terms.0.betekenis"),
        ("date: 2016-09-01", "date: later", 19, ProblemKind.FIELD, "sections.0.date"),
        ("known_unknown: true", "known_unknown: tja", 21, ProblemKind.FIELD, "sections.1.known_un"),
        ("\nKoffie.\n", "\n", 27, ProblemKind.EMPTY_PASSAGE, "Wat het niet doet"),
        ("## Hoe het", "## Zo het", 31, ProblemKind.TEXT_WITHOUT_SECTION, "Zo het afliep"),
        ("## Hoe het", "## Zo het", 20, ProblemKind.SECTION_WITHOUT_TEXT, "Hoe het afliep"),
        ("facts: [F046", "facts: [[F046", 10, ProblemKind.YAML, ""),
    ],
)
def test_a_mistake_is_named_with_its_line(
    old: str, new: str, line: int, kind: ProblemKind, detail: str
) -> None:
    assert SOUND.count(old) >= 1
    found = problems_of(SOUND.replace(old, new, 1))

    assert [
        one for one in found if one[0] == line and one[1] is kind and one[2].startswith(detail)
    ], found


def test_every_mistake_is_named_at_once() -> None:
    found = problems_of(
        SOUND.replace("option: 5", "option: 99").replace("title: ICT WBW", "tit: x")
    )

    assert {kind for _, kind, _ in found} == {
        ProblemKind.FIELD,
        ProblemKind.MISSING,
        ProblemKind.UNKNOWN_FIELD,
    }


@pytest.mark.parametrize(
    "text",
    ["", "---", "---\n---", "---\n[]\n---\nx", "---\ntrue\n---", "geen voorwerk", "---\n\n---\n"],
)
def test_what_is_no_document_is_refused(text: str) -> None:
    assert problems_of(text)


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.getcwd []", "!!python/name:os.system"])
def test_yaml_makes_no_objects(tag: str) -> None:
    assert ProblemKind.YAML in {
        kind for _, kind, _ in problems_of(SOUND.replace("ICT WBW", tag, 1))
    }


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.integers(0, len(SOUND)))
def test_any_text_is_a_document_or_is_refused(noise: str, at: int) -> None:
    for text in (noise, SOUND[:at] + noise + SOUND[at:], SOUND[:at]):
        lines = len(text.splitlines()) + 1
        try:
            found = parse(text, document_id="x").sections
            named = [section.line for section in found]
        except UnsoundDocumentError as error:
            named = [problem.line for problem in error.problems]

        assert named
        assert all(1 <= line <= lines for line in named)


def test_problems_read_as_file_line_and_kind() -> None:
    error = UnsoundDocumentError((Problem("a.md", 3, ProblemKind.YAML),))

    assert str(error) == "a.md:3 yaml"
