import dataclasses
from collections.abc import Iterator

import pytest

from bot.adapters import knowledge_files
from bot.search.documents import Document
from bot.services.knowledge.checks import OPTION_HEADINGS, check
from bot.services.knowledge.problems import Problem, ProblemKind
from bot.texts import knowledge as texts
from tests.builders import document, section

QUESTIONS = ("wat is een", "wat is twee", "wat is drie")
SOUND = document("a", "Titel", section("Tekst.", questions=QUESTIONS, facts=("F001",)))


def kinds_of(*documents: Document, facts: tuple[str, ...] = ()) -> list[tuple[ProblemKind, str]]:
    return [(one.kind, one.detail) for one in check(documents, facts=facts)]


def violations() -> Iterator[tuple[Document, tuple[ProblemKind, str]]]:
    long = " ".join(["woord"] * 121)
    yield (
        document("a", "Titel", section(long, questions=QUESTIONS)),
        (ProblemKind.LONG_PASSAGE, "Titel"),
    )
    yield (
        document("a", "Titel", section("Tekst.", heading="Kop", questions=QUESTIONS[:2])),
        (ProblemKind.FEW_QUESTIONS, "Kop"),
    )
    question = "x" * 101
    yield (
        document("a", "Titel", section("Tekst.", questions=(*QUESTIONS, question))),
        (ProblemKind.LONG_QUESTION, question),
    )
    yield (
        document("a", "Titel", section("Tekst.", questions=(*QUESTIONS, "WAT is een?"))),
        (ProblemKind.TWICE, "WAT is een? (a)"),
    )


@pytest.mark.parametrize(("unsound", "expected"), list(violations()))
def test_a_broken_rule_is_named(unsound: Document, expected: tuple[ProblemKind, str]) -> None:
    assert kinds_of(unsound) == [expected]


def test_a_sound_document_breaks_no_rule() -> None:
    assert kinds_of(SOUND, facts=("F001",)) == []


def test_a_passage_of_120_words_and_a_question_of_100_characters_are_allowed() -> None:
    text = " ".join(["woord"] * 120)
    questions = (*QUESTIONS, "x" * 100)

    assert kinds_of(document("a", "Titel", section(text, questions=questions))) == []


def test_two_documents_may_not_claim_one_question() -> None:
    other = document("b", "Ander", section("Tekst.", questions=("Wat is één", "en", "of")))

    assert kinds_of(SOUND, other) == [(ProblemKind.TWICE, "Wat is één (a)")]


def test_an_option_has_its_four_headings() -> None:
    option = dataclasses.replace(SOUND, option=3)

    assert kinds_of(option) == [(ProblemKind.OPTION_HEADINGS, one) for one in OPTION_HEADINGS]


def test_a_fact_that_nobody_tells_is_named() -> None:
    assert kinds_of(SOUND, facts=("F001", "F002")) == [(ProblemKind.FACT_UNTOLD, "F002")]


def test_no_documents_at_all_is_a_problem() -> None:
    assert kinds_of() == [(ProblemKind.NO_DOCUMENTS, "")]


def test_problems_come_by_file_and_line() -> None:
    def broken(path: str, line: int) -> Document:
        part = dataclasses.replace(section("Tekst."), line=line)
        return dataclasses.replace(document(path, "Titel", part), path=path)

    found = check([broken("b", 2), broken("a", 9), broken("a", 3)], facts=())

    assert [(one.path, one.line) for one in found] == [("a", 3), ("a", 9), ("b", 2)]


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_has_a_sentence_with_file_line_and_detail(kind: ProblemKind) -> None:
    said = texts.problem(Problem("alv.md", 7, kind, "waarover het gaat"))

    assert said.startswith("alv.md, regel 7: ")
    assert "{" not in said


def test_the_shipped_knowledge_base_is_sound() -> None:
    shelf = knowledge_files.read()

    assert (*shelf.problems, *check(shelf.documents)) == ()
