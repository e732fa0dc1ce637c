"""The rules that shipped documents keep, beyond being readable (`docs/knowledge.md`)."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.search.analysis import tokens
from bot.search.documents import Document, Section
from bot.services.knowledge.problems import Problem, ProblemKind

MAX_PASSAGE_WORDS: Final = 120
MAX_QUESTION_LENGTH: Final = 100  # an autocomplete choice in Discord is at most 100 characters
MIN_QUESTIONS: Final = 3
OPTION_HEADINGS: Final = ("Voordelen", "Nadelen en risico's", "Voorbeelden", "Juridische vorm")
FACTS: Final = tuple(f"F{number:03}" for number in range(1, 167))  # the researched facts


def check(documents: Sequence[Document], *, facts: Iterable[str] = FACTS) -> tuple[Problem, ...]:
    """Return every broken rule, in the order of the files and their lines."""
    problems: list[Problem] = []
    for document in documents:
        for section in document.sections:
            problems += _section_problems(document, section)
        problems += _option_problems(document)
    problems += _doubled_questions(documents)
    told = {
        fact for document in documents for section in document.sections for fact in section.facts
    }
    problems += [
        Problem("", 0, ProblemKind.FACT_UNTOLD, fact) for fact in facts if fact not in told
    ]
    if not documents:
        problems.append(Problem("", 0, ProblemKind.NO_DOCUMENTS))
    return tuple(sorted(problems, key=lambda one: (one.path, one.line, one.kind.value)))


def _section_problems(document: Document, section: Section) -> list[Problem]:
    name = section.heading or document.title
    problems: list[Problem] = []
    if len(section.text.split()) > MAX_PASSAGE_WORDS:
        problems.append(Problem(document.path, section.line, ProblemKind.LONG_PASSAGE, name))
    if len(section.questions) < MIN_QUESTIONS:
        problems.append(Problem(document.path, section.line, ProblemKind.FEW_QUESTIONS, name))
    problems += [
        Problem(document.path, section.line, ProblemKind.LONG_QUESTION, question)
        for question in section.questions
        if len(question) > MAX_QUESTION_LENGTH
    ]
    return problems


def _option_problems(document: Document) -> list[Problem]:
    if document.option is None:
        return []
    headings = {section.heading for section in document.sections}
    return [
        Problem(document.path, 1, ProblemKind.OPTION_HEADINGS, heading)
        for heading in OPTION_HEADINGS
        if heading not in headings
    ]


def _doubled_questions(documents: Sequence[Document]) -> list[Problem]:
    owner: dict[tuple[str, ...], str] = {}
    problems: list[Problem] = []
    for document in documents:
        for section in document.sections:
            for question in section.questions:
                key = tuple(tokens(question))
                if key in owner:
                    detail = f"{question} ({owner[key]})"
                    problems.append(Problem(document.path, section.line, ProblemKind.TWICE, detail))
                owner.setdefault(key, document.id)
    return problems
