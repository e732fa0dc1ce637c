"""A file on its way to the knowledge base: its chapters, and which passages are known already."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePath
from typing import Any, Final, TypeAlias, cast

import orjson

from bot.search.documents import Document, Origin
from bot.services.knowledge.importing.composing import Imprint, composed
from bot.services.knowledge.importing.cutting import Chapter, Passage, chapters_of
from bot.services.knowledge.importing.doubles import Known, KnownPassages
from bot.services.knowledge.importing.reading import (
    ReadDocument,
    ReadProblem,
    UnreadableFileError,
)
from bot.services.knowledge.markdown import parse

_URL: Final = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+")
_TITLE_LENGTH: Final = 150
_SOURCE_LENGTH: Final = 200
_Fields: TypeAlias = "dict[str, Any]"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was sent: `title` and `source` are what the moderator typed, or empty."""

    name: str
    content: bytes
    title: str = ""
    source: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of its content."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The text of a passage, and the page that it begins on."""

    text: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a file becomes: chapters, or a document that is ready.

    `known` says for each passage, chapter after chapter, where it is known from.
    """

    read: ReadDocument
    imprint: Imprint
    chapters: tuple[Chapter, ...]
    known: tuple[Known | None, ...]

    @property
    def passages(self) -> tuple[Excerpt, ...]:
        """Every passage."""
        if self.read.ready:
            return tuple(Excerpt(one.text, None) for one in _ready(self.read.ready).sections)
        return tuple(
            Excerpt(one.text, one.page) for chapter in self.chapters for one in chapter.passages
        )

    @property
    def count(self) -> int:
        """How many documents it becomes."""
        return 1 if self.read.ready else len(self.chapters)

    @property
    def known_titles(self) -> tuple[tuple[str, int], ...]:
        """The documents that hold passages of it already, and how many; the most first."""
        counted = Counter(one.title for one in self.known if one is not None)
        return tuple(counted.most_common())

    def texts(self, *, without_known: bool = False) -> tuple[str, ...]:
        """Return the Markdown of its documents; `without_known` leaves out what is there."""
        return texts_of(content_of(self), without_known=without_known)


def prepared(read: ReadDocument, file: File, *, known: KnownPassages, today: dt.date) -> Prepared:
    """Cut what was read, and hold it against what is known; a second or so for a long report.

    Raises:
        UnreadableFileError: when there is nothing to take in.

    """
    imprint = imprint_of(read, file, today=today)
    if read.ready:
        document = _ready(read.ready)
        imprint = replace(imprint, title=document.title, date=document.date)
        texts = [one.text for one in document.sections]
        chapters: tuple[Chapter, ...] = ()
    else:
        chapters = chapters_of(read)
        texts = [one.text for chapter in chapters for one in chapter.passages]
    if not texts:
        raise UnreadableFileError(ReadProblem.EMPTY, name=file.name)
    found = tuple(known.find_each(texts, title=imprint.title))
    return Prepared(read, imprint, chapters, found)


def imprint_of(read: ReadDocument, file: File, *, today: dt.date) -> Imprint:
    """Return title, source and date: what was typed counts before what the file says."""
    named = " ".join(PurePath(file.name).stem.replace("_", " ").split())
    title = (_line(file.title) or _line(read.title) or named or "Import")[:_TITLE_LENGTH].strip()
    address = _URL.search(file.source)
    url = address[0].rstrip(".,;)") if address else ""
    source = _line(file.source.replace(address[0], " ") if address else file.source)
    source = source.strip(" ,;:()<>-")[:_SOURCE_LENGTH].strip()
    date = read.date if read.date is not None and read.date <= today else today
    return Imprint(title, source or title, url if _is_address(url) else "", date)


def content_of(one: Prepared) -> str:
    """Return all that is needed to make its documents, as JSON."""
    fields: _Fields = {
        "title": one.imprint.title,
        "source": one.imprint.source,
        "url": one.imprint.url,
        "date": one.imprint.date.isoformat(),
        "ready": one.read.ready,
        "known": [found is not None for found in one.known],
        "chapters": [
            [
                chapter.heading,
                [
                    [each.headings, each.text, each.page, each.last_page]
                    for each in chapter.passages
                ],
            ]
            for chapter in one.chapters
        ],
    }
    return orjson.dumps(fields).decode()


def texts_of(content: str, *, without_known: bool) -> tuple[str, ...]:
    """Return the Markdown of the documents that `content_of` wrote down."""
    fields = cast("_Fields", orjson.loads(content))
    known = iter(fields["known"])
    if fields["ready"]:
        is_known = all(known)
        return () if without_known and is_known else (fields["ready"],)
    imprint = Imprint(
        fields["title"], fields["source"], fields["url"], dt.date.fromisoformat(fields["date"])
    )
    chapters = [
        Chapter(heading, tuple(_kept(passages, known, without_known=without_known)))
        for heading, passages in fields["chapters"]
    ]
    return composed(imprint, chapters)


def _kept(
    passages: Sequence[Any], known: Iterator[bool], *, without_known: bool
) -> Iterator[Passage]:
    for headings, text, page, last_page in passages:
        if not (next(known) and without_known):
            yield Passage(tuple(headings), text, page, last_page)


def _ready(text: str) -> Document:
    return parse(text, document_id="import", origin=Origin.IMPORTED)


def _line(text: str) -> str:
    return " ".join(text.split())


def _is_address(url: str) -> bool:
    return re.fullmatch(r"https?://[^\s/<>\"]+\.[^\s<>\"]+", url) is not None
