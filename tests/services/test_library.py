import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.search.confidence import shipped_model
from bot.search.documents import Document, Origin, Part, Section, Source, Term
from bot.search.index import build
from bot.search.searcher import Searcher
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.answers import Answered, Unknown
from bot.services.knowledge.library import Library

GUILD = 1
DATE = date(2016, 3, 31)
# Whatever is found answers; which of several, the shipped model says.
ALL = Thresholds(answer=0.0, suggest=0.0)


def _document(name: str, text: str) -> Document:
    section = Section(heading="", text=text, sources=(Source(title="bron"),), date=DATE)
    return Document(id=name, title=name, part=Part.VERVOLG, date=DATE, sections=(section,))


WAARD = _document("waard", "De werkorganisatie telt zestig medewerkers.")
DIMPACT = replace(_document("dimpact", "Dimpact is een coöperatie van gemeenten."), option=10)
ALV = replace(
    _document("alv", "Leden stemmen in de algemene ledenvergadering."),
    terms=(Term("ALV", "algemene ledenvergadering", ("algemene ledenvergadering",)),),
)


@pytest.fixture
def library() -> Library:
    """Return a library of three documents."""
    documents = (WAARD, DIMPACT, ALV)
    return Library(
        Searcher([build(documents)]),
        documents,
        model=shipped_model(),
        thresholds=ALL,
    )


async def _put(library: Library, document: Document) -> None:
    await library.change(GUILD, {document.id: document})


def _answer(library: Library, question: str) -> str:
    reply = library.for_guild(GUILD).answerer.reply(question)
    return reply.text if isinstance(reply, Answered) else ""


async def test_a_changed_document_answers_with_its_new_text_only(library: Library) -> None:
    await _put(library, _document("waard", "De werkorganisatie telt honderd mensen."))

    assert _answer(library, "hoeveel mensen telt de werkorganisatie") == (
        "De werkorganisatie telt honderd mensen."
    )
    assert "zestig" not in _answer(library, "zestig medewerkers")


async def test_a_new_document_is_found_beside_the_others(library: Library) -> None:
    await _put(library, _document("equalit", "Equalit begon in Oosterhout."))

    assert _answer(library, "waar begon equalit") == "Equalit begon in Oosterhout."
    assert _answer(library, "wat is dimpact") == "Dimpact is een coöperatie van gemeenten."


async def test_a_removed_document_answers_no_more(library: Library) -> None:
    await library.change(GUILD, {"waard": None})

    assert "zestig" not in _answer(library, "hoeveel medewerkers telt de werkorganisatie")
    assert library.for_guild(GUILD).passage_count == 2


async def test_a_document_may_come_change_go_and_come_back(library: Library) -> None:
    await _put(library, _document("equalit", "Equalit begon in Oosterhout."))
    await _put(library, _document("equalit", "Equalit eindigde in Oosterhout."))
    changed = _answer(library, "equalit oosterhout")
    await library.change(GUILD, {"equalit": None})
    removed = _answer(library, "equalit oosterhout")
    await _put(library, _document("equalit", "Equalit begon in Oosterhout."))

    assert changed == "Equalit eindigde in Oosterhout."
    assert "Equalit" not in removed
    assert _answer(library, "equalit oosterhout") == "Equalit begon in Oosterhout."


async def test_a_library_may_become_empty_and_filled_again(library: Library) -> None:
    for document in library.for_guild(GUILD).documents:
        await library.change(GUILD, {document.id: None})
    empty = library.for_guild(GUILD).answerer.reply("wat is dimpact")
    await _put(library, DIMPACT)

    assert isinstance(empty, Unknown)
    assert _answer(library, "wat is dimpact") == "Dimpact is een coöperatie van gemeenten."


async def test_a_changed_document_knows_the_terms_of_the_others(library: Library) -> None:
    await _put(
        library, _document("motie", "Een motie komt in de algemene ledenvergadering ter tafel.")
    )

    assert "motie" in _answer(library, "motie ALV tafel")


async def test_forum_text_that_is_added_gives_no_answer(library: Library) -> None:
    await _put(
        library, replace(_document("forum", "Equalit begon in Oosterhout."), origin=Origin.FORUM)
    )

    assert not isinstance(library.for_guild(GUILD).answerer.reply("equalit oosterhout"), Answered)


async def test_an_answer_comes_from_before_a_change_or_after_it(library: Library) -> None:
    before = library.for_guild(GUILD).answerer
    await _put(library, _document("waard", "De werkorganisatie telt honderd mensen."))

    reply = before.reply("hoeveel medewerkers telt de werkorganisatie")

    assert isinstance(reply, Answered)
    assert reply.text == "De werkorganisatie telt zestig medewerkers."


async def test_changes_made_at_once_are_all_kept(library: Library) -> None:
    added = [_document(f"plaats{number}", f"Plaats{number} ligt hier.") for number in range(8)]

    await asyncio.gather(
        *(_put(library, document) for document in added),
        library.change(GUILD, {"waard": None}),
    )

    assert {document.id for document in library.for_guild(GUILD).documents} == {
        "dimpact",
        "alv",
        *(document.id for document in added),
    }
    assert all(_answer(library, f"plaats{number}") for number in range(8))


async def test_removing_what_is_not_there_changes_nothing(library: Library) -> None:
    before = library.for_guild(GUILD).answerer

    await library.change(GUILD, {"bestaat-niet": None})

    assert library.for_guild(GUILD).answerer is before


async def test_the_options_are_listed_by_their_number(library: Library) -> None:
    await _put(library, replace(_document("eerste", "De eerste optie."), option=1))

    assert [document.id for document in library.for_guild(GUILD).options] == ["eerste", "dimpact"]
