"""What can be wrong with a knowledge document, as data; `bot.texts.knowledge` has the sentences."""

import enum
from dataclasses import dataclass


class ProblemKind(enum.Enum):
    """The ways in which a document, or the whole knowledge base, can be unsound."""

    UNREADABLE = "unreadable"
    NO_FRONT_MATTER = "no_front_matter"
    YAML = "yaml"
    FIELD = "field"
    MISSING = "missing"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_PART = "unknown_part"
    BAD_URL = "bad_url"
    EMPTY_PASSAGE = "empty_passage"
    LONG_PASSAGE = "long_passage"
    FEW_QUESTIONS = "few_questions"
    LONG_QUESTION = "long_question"
    TWICE = "twice"
    SECTION_WITHOUT_TEXT = "section_without_text"
    TEXT_WITHOUT_SECTION = "text_without_section"
    OPTION_HEADINGS = "option_headings"
    FACT_UNTOLD = "fact_untold"
    NO_DOCUMENTS = "no_documents"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: the file, its 1-based line (0: the file as a whole) and what.

    `detail` is the piece of text that the sentence about it needs (a field, a question, a fact).
    """

    path: str
    line: int
    kind: ProblemKind
    detail: str = ""

    @property
    def is_fatal(self) -> bool:
        """Whether the document cannot serve; otherwise it serves although it breaks a rule."""
        return self.kind in _FATAL


_FATAL = frozenset(
    {
        ProblemKind.UNREADABLE,
        ProblemKind.NO_FRONT_MATTER,
        ProblemKind.YAML,
        ProblemKind.FIELD,
        ProblemKind.MISSING,
        ProblemKind.UNKNOWN_FIELD,
        ProblemKind.UNKNOWN_PART,
        ProblemKind.BAD_URL,
        ProblemKind.EMPTY_PASSAGE,
        ProblemKind.SECTION_WITHOUT_TEXT,
        ProblemKind.TEXT_WITHOUT_SECTION,
    }
)


class UnsoundDocumentError(Exception):
    """A document that cannot serve, with everything that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{one.path}:{one.line} {one.kind.value}" for one in problems))
        self.problems = problems
