"""Make documents of the knowledge base of the chapters of a file."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.search.documents import Document, Origin, Section, Source
from bot.services.knowledge.drafting import markdown_of
from bot.services.knowledge.importing.cutting import Chapter, Passage

_MARKUP: Final = re.compile(
    r"\\|[*`~|]|(?<!\w)_|_(?!\w)|\[(?=[^\]\n]*\]\()|<(?=\S)|(?m:^(?=[#>]|-#))"
)
_TITLE_LENGTH: Final = 150


@dataclass(frozen=True, slots=True)
class Imprint:
    """What all documents of one file share."""

    title: str
    source: str
    url: str
    date: dt.date


def composed(imprint: Imprint, chapters: Sequence[Chapter]) -> tuple[str, ...]:
    """Return the Markdown of each chapter; imported text shows as it is, its signs are no markup.

    The first passage of a chapter stands above the first heading, so its headings go with the
    source. Others are named by their headings, those without by the title; names differ.
    """
    return tuple(_document(imprint, chapter) for chapter in chapters if chapter.passages)


def cited(imprint: Imprint, passage: Passage, *, heading: str = "") -> str:
    """Return what a passage is cited as: source, heading if there is one, page."""
    pages = ""
    if passage.page is not None:
        pages = f"p. {passage.page}"
        if passage.last_page is not None and passage.last_page > passage.page:
            pages += f"-{passage.last_page}"
    return ", ".join(filter(None, (imprint.source, heading, pages)))


def unmarked(text: str) -> str:
    """Return text from outside so that Markdown shows it as it is."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", text)


def _document(imprint: Imprint, chapter: Chapter) -> str:
    title = ": ".join(filter(None, (imprint.title, chapter.heading)))[:_TITLE_LENGTH].strip()
    return markdown_of(
        Document(
            id="",
            title=title,
            part=None,
            date=imprint.date,
            sections=tuple(_sections(imprint, chapter, title)),
            origin=Origin.MODERATOR,
        )
    )


def _sections(imprint: Imprint, chapter: Chapter, title: str) -> Iterator[Section]:
    first, *others = chapter.passages
    seen: set[str] = set()
    yield _section(imprint, first, heading="", place=first.path)
    for passage in others:
        yield _section(imprint, passage, heading=_name(passage.path or title, seen))


def _section(imprint: Imprint, passage: Passage, *, heading: str, place: str = "") -> Section:
    source = Source(cited(imprint, passage, heading=place), imprint.url)
    return Section(heading, unmarked(passage.text), (source,), imprint.date)


def _name(wanted: str, seen: set[str]) -> str:
    """Return a heading that no other section of the document has."""
    name, number = wanted, 1
    while name in seen:
        number += 1
        name = f"{wanted} ({number})"
    seen.add(name)
    return name
