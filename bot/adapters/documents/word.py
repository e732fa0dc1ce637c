"""DOCX: paragraphs, headings, lists, tables and notes; pages where Word noted them down."""

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final, cast

import docx
from docx.document import Document as WordDocument
from docx.oxml.parser import parse_xml
from docx.table import Table
from docx.text.paragraph import Paragraph

from bot.adapters.documents.tidying import tidy
from bot.services.knowledge.importing.reading import (
    MAX_CHARACTERS,
    MAX_UNPACKED,
    Block,
    BlockKind,
    FileKind,
    ReadDocument,
    ReadProblem,
    UnreadableFileError,
)

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MOST_PARTS: Final = 10_000
_BODY: Final = "word/document.xml"
_HEADING: Final = re.compile(
    r"^(?:heading|kop|überschrift|titre)\s*(?P<level>[1-9])", re.IGNORECASE
)
_CONTENTS: Final = re.compile(r"^(?:toc|inhopg|inhoudsopgave)\b", re.IGNORECASE)
_ITEM: Final = re.compile(r"^(?:list|lijst|opsomming)", re.IGNORECASE)
_TITLE: Final = re.compile(r"^(?:title|titel)$", re.IGNORECASE)
_TITLE_LEVEL: Final = 0
# What python-docx lets through of a package that is not as it should be.
_PACKAGE_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,  # not a Word file
    LookupError,
    SyntaxError,  # XML that is not well-formed
    TypeError,
    AttributeError,
    NotImplementedError,
    RecursionError,
    OSError,
    EOFError,
)


def read_docx(content: bytes) -> ReadDocument:
    """Return what a DOCX says.

    Raises:
        UnreadableFileError: when it is broken, or far larger unpacked than anybody writes.

    """
    _refuse_bombs(content)
    try:
        return _read(docx.Document(BytesIO(content)))
    except _PACKAGE_ERRORS:
        raise UnreadableFileError(ReadProblem.BROKEN) from None


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except _PACKAGE_ERRORS:
        raise UnreadableFileError(ReadProblem.BROKEN) from None
    # No part unpacks to more than is declared here: zipfile stops there.
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableFileError(ReadProblem.BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFileError(ReadProblem.ENCRYPTED)
    if _BODY not in {part.filename for part in parts}:
        raise UnreadableFileError(ReadProblem.UNSUPPORTED)


def _read(document: WordDocument) -> ReadDocument:
    reading = _Reading(_notes(document))
    blocks: list[Block] = []
    characters = 0
    for block in reading.blocks(document):
        characters += len(block.text)
        if characters > MAX_CHARACTERS:
            raise UnreadableFileError(ReadProblem.TOO_LONG)
        blocks.append(block)
    properties = document.core_properties
    title = tidy(properties.title or "")
    if (blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == _TITLE_LEVEL) or (
        not title and blocks and blocks[0].kind is BlockKind.HEADING
    ):
        title = blocks.pop(0).text
    made: dt.datetime | None = properties.modified or properties.created
    return ReadDocument(
        kind=FileKind.DOCX,
        title=title,
        blocks=tuple(
            Block(one.kind, one.text, max(one.level, 1), one.page)
            if one.kind is BlockKind.HEADING
            else one
            for one in blocks
        ),
        date=made.date() if made else None,
        pages=reading.page if reading.knows_pages else 0,
        left_out=reading.left_out,
    )


def _notes(document: WordDocument) -> dict[str, str]:
    """Return the text of every footnote and endnote, by kind and id."""
    found: dict[str, str] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1].removesuffix("s")
        if kind not in {"footnote", "endnote"} or relation.is_external:
            continue
        root = cast("Any", parse_xml(relation.target_part.blob))
        for note in root.iter(f"{_W}{kind}"):
            text = tidy("".join(_texts(note)))
            if text and note.get(f"{_W}type") is None:
                found[f"{kind}{note.get(f'{_W}id')}"] = text
    return found


class _Reading:
    """Goes through a document and counts its pages."""

    def __init__(self, notes: dict[str, str]) -> None:
        self.page = 1
        self.knows_pages = False
        self.left_out = 0
        self._notes = notes
        self._noted = 0

    def blocks(self, document: WordDocument) -> Iterator[Block]:
        """Yield the blocks of the body, the notes behind what they belong to."""
        self.knows_pages = any(
            True for _ in cast("Any", document.element).iter(f"{_W}lastRenderedPageBreak")
        )
        for one in document.iter_inner_content():
            if isinstance(one, Table):
                yield from self._rows(one)
            else:
                yield from self._paragraph(one)

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Block]:
        # python-docx has no public way to all the text of a paragraph.
        element = cast("Any", paragraph._p)  # noqa: SLF001 # see above
        breaks = sum(1 for _ in element.iter(f"{_W}lastRenderedPageBreak"))
        text = tidy("".join(_texts(element)))
        # A break that a paragraph begins with stands before its text.
        begins = breaks and _begins_with_break(element)
        self.page += 1 if begins else 0
        page = self.page if self.knows_pages else None
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        if _CONTENTS.match(style):
            self.left_out += 1
        elif text:
            yield _block(text, style, element, page)
        for note in self._notes_in(element):
            yield Block(BlockKind.NOTE, note, page=page)
        self.page += breaks - (1 if begins else 0)

    def _rows(self, table: Table) -> Iterator[Block]:
        for row in cast("Any", table._tbl).iter(f"{_W}tr"):  # noqa: SLF001 # merged cells once
            cells = [tidy("".join(_texts(cell))) for cell in row.iterchildren(f"{_W}tc")]
            text = " | ".join(cell for cell in cells if cell)
            page = self.page if self.knows_pages else None
            if text:
                yield Block(BlockKind.ROW, text, page=page)
            for note in self._notes_in(row):
                yield Block(BlockKind.NOTE, note, page=page)
            self.page += sum(1 for _ in row.iter(f"{_W}lastRenderedPageBreak"))

    def _notes_in(self, element: Any) -> Iterator[str]:  # noqa: ANN401 # lxml has no types
        for kind in ("footnote", "endnote"):
            for reference in element.iter(f"{_W}{kind}Reference"):
                text = self._notes.get(f"{kind}{reference.get(f'{_W}id')}")
                if text:
                    self._noted += 1
                    yield f"{self._noted} {text}"


def _block(text: str, style: str, element: Any, page: int | None) -> Block:  # noqa: ANN401 # lxml has no types
    heading = _HEADING.match(style)
    if _TITLE.match(style):
        return Block(BlockKind.HEADING, text, _TITLE_LEVEL, page)
    if heading is not None:
        return Block(BlockKind.HEADING, text, int(heading["level"]), page)
    is_item = _ITEM.match(style) or next(element.iter(f"{_W}numPr"), None) is not None
    return Block(BlockKind.ITEM if is_item else BlockKind.TEXT, text, page=page)


def _begins_with_break(element: Any) -> bool:  # noqa: ANN401 # lxml has no types
    for one in element.iter(f"{_W}t", f"{_W}lastRenderedPageBreak"):
        return bool(one.tag == f"{_W}lastRenderedPageBreak")
    return False


def _texts(element: Any) -> Iterator[str]:  # noqa: ANN401 # lxml has no types
    """Yield the text below an element; what was struck out as a change is left out."""
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in {f"{_W}tab", f"{_W}br", f"{_W}cr"}:
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag not in {_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}instrText"}:
            yield from _texts(child)
            if child.tag == f"{_W}p":
                yield " "
