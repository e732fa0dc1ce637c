"""Write knowledge documents as Markdown that reads back as what was written: docs/knowledge.md."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.search.documents import Document, Origin, Part, Section, Source, Term

# What YAML does not take as it is, and what Python or YAML sees as the end of a line.
_TO_ESCAPE: Final = re.compile(
    "[^\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff"
)
_HEADING_LINE: Final = re.compile(r"^(?=\\*## )", re.MULTILINE)


def draft_document(  # noqa: PLR0913 -- the fields of a document, each by name
    title: str,
    body: str,
    *,
    source_title: str,
    date: dt.date,
    source_url: str = "",
    part: Part | None = None,
    questions: Sequence[str] = (),
    terms: Sequence[Term] = (),
) -> str:
    """Return the Markdown of a document of one passage; nothing in `body` is read as a heading.

    `questions` are variants as people would ask it. It parses when title, body and source title
    hold something to read and the address, if there is one, is a web address.
    """
    section = Section("", body, (Source(source_title, source_url),), date, tuple(questions))
    return markdown_of(
        Document(
            id="", title=title, part=part, date=date, sections=(section,),
            origin=Origin.MODERATOR, terms=tuple(terms),
        )
    )  # fmt: skip


def markdown_of(document: Document) -> str:
    """Return the Markdown of a document; its first section has no heading, the others differ.

    Spaces around and line breaks in titles, headings and questions become one space.
    """
    first, *others = document.sections
    lines = [
        "---",
        f"title: {_quoted(document.title)}",
        *([f"onderdeel: {document.part.value}"] if document.part is not None else []),
        f"date: {document.date.isoformat()}",
        *([f"option: {document.option}"] if document.option is not None else []),
        *_sources(first.sources, indent=""),
        *_listed("facts", [fact for one in document.sections for fact in one.facts], indent=""),
        *_listed("questions", first.questions, indent=""),
        *_terms(document.terms),
        *(["known_unknown: true"] if first.known_unknown else []),
        *(["sections:"] if others else []),
    ]
    for section in others:
        lines += _section(section, document=document)
    lines += ["---", "", _passage(first.text), ""]
    for section in others:
        lines += [f"## {_line(section.heading)}", "", _passage(section.text), ""]
    return "\n".join(lines)


def body_of(text: str) -> str:
    """Return the text of a passage as it is read back, nothing empty at its ends."""
    return "\n".join(text.splitlines()).strip()


def _passage(text: str) -> str:
    return _HEADING_LINE.sub(r"\\", body_of(text))


def _section(section: Section, *, document: Document) -> Iterator[str]:
    first = document.sections[0]
    yield f"  - heading: {_quoted(section.heading)}"
    yield from _listed("facts", section.facts, indent="    ")
    yield from _listed("questions", section.questions, indent="    ")
    if section.sources != first.sources:
        yield from _sources(section.sources, indent="    ")
    if section.date != document.date:
        yield f"    date: {section.date.isoformat()}"
    if section.known_unknown:
        yield "    known_unknown: true"


def _sources(sources: Sequence[Source], *, indent: str) -> Iterator[str]:
    yield f"{indent}sources:"
    for one in sources:
        url = f", url: {_quoted(one.url)}" if one.url else ""
        yield f"{indent}  - {{title: {_quoted(one.title)}{url}}}"


def _terms(terms: Sequence[Term]) -> Iterator[str]:
    if terms:
        yield "terms:"
    for one in terms:
        also = f", also: [{', '.join(map(_quoted, one.also))}]" if one.also else ""
        yield f"  - {{term: {_quoted(one.name)}, meaning: {_quoted(one.meaning)}{also}}}"


def _listed(name: str, values: Sequence[str], *, indent: str) -> Iterator[str]:
    if values:
        yield f"{indent}{name}:"
    for value in values:
        yield f"{indent}  - {_quoted(value)}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """Return a YAML double-quoted scalar on one line, readable where it can be."""
    return _TO_ESCAPE.sub(_escape, json.dumps(_line(text), ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    # A lone surrogate cannot be written at all, here or in a database.
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"  # noqa: PLR2004 # their range
