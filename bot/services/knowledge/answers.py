"""What a question gets back: an answer with its sources, topics to choose from, or an honest no."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.search.documents import Origin, Part, Source


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quoted passage stands: the document, its part and date, and the source it tells of.

    Only what moderators tell of (updates, their own documents) can be of no part. `by_moderator`:
    a moderator wrote the passage.
    `quote` is verbatim from the knowledge base; `document` and `section` are what a stored answer
    refers to.
    """

    title: str
    part: Part | None
    date: dt.date
    source: Source
    quote: str
    document: str
    section: int
    origin: Origin = Origin.SHIPPED
    by_moderator: bool = False


Citations = tuple[Citation, *tuple[Citation, ...]]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that the member may have meant: what it is about and a question that finds it."""

    title: str
    question: str
    document: str
    section: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The sentences that carry the answer, verbatim, with at least one citation."""

    text: str
    citations: Citations
    confidence: float

    def __post_init__(self) -> None:
        """Hold at run time too what the type says.

        Raises:
            ValueError: without a citation.

        """
        if not len(self.citations):
            message = "an answer needs a citation"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Suggested:
    """No certain answer; one to three topics that come near."""

    topics: tuple[Topic, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer. `gap` is what the knowledge base says of a gap it knows of, verbatim, or empty."""

    gap: str = ""
    confidence: float = 0.0


Reply = Answered | Suggested | Unknown


def joined(answers: Sequence[Answered]) -> Answered:
    """Return several answers as one: the texts below each other, each source once."""
    first = answers[0].citations[0]
    cited = dict.fromkeys(one for answer in answers for one in answer.citations)
    return Answered(
        text="\n\n".join(dict.fromkeys(answer.text for answer in answers)),
        citations=(first, *(one for one in cited if one != first)),
        confidence=min(answer.confidence for answer in answers),
    )
