"""What the knowledge base is made of: documents, their sections, sources and terms.

Pure values. Files, databases and forum feeds are turned into these before search sees them.
"""

import datetime as dt
import enum
from dataclasses import dataclass, field


class Part(enum.StrEnum):
    """The fixed *onderdelen* of the verkenning; the value is what a member reads."""

    OVERZICHT = "overzicht"
    INZICHT = "inzicht"
    UITZICHT = "uitzicht"
    KERNADVIES = "kernadvies"
    OPTIES = "opties"
    DIGITALE_AGENDA = "digitale agenda"
    VERVOLG = "vervolg"
    ALV = "alv"


class Origin(enum.Enum):
    """Who vouches for a document. Only verified origins can give an answer."""

    SHIPPED = "shipped"
    MODERATOR = "moderator"
    IMPORTED = "imported"
    FORUM = "forum"

    @property
    def is_verified(self) -> bool:
        """Whether the document may carry an answer (forum text may only be suggested)."""
        return self is not Origin.FORUM


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement was read. `url` is empty when the source has no web address."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term or abbreviation, its meaning in a few words, and what else people call it."""

    name: str
    meaning: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One passage of a document: what is indexed, quoted and cited.

    `heading` is empty for the text before the first heading. `questions` are variants as people
    would type them. A `known_unknown` section says what the public sources lack; it is never
    quoted as an answer.
    """

    heading: str
    text: str
    sources: tuple[Source, ...]
    date: dt.date
    questions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    known_unknown: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the knowledge base.

    `id` is the file's stem for shipped documents. `option` is the number (1 to 15) of the
    collectivisation option that the document describes, if it does. Only what a guild wrote itself
    can be of no `part`.
    """

    id: str
    title: str
    part: Part | None
    date: dt.date
    sections: tuple[Section, ...]
    origin: Origin = Origin.SHIPPED
    terms: tuple[Term, ...] = ()
    option: int | None = None
    path: str = field(default="", compare=False)
