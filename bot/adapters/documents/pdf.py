"""PDF: its lines as headings, paragraphs, items and footnotes, each with its page."""

import datetime as dt
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final, cast

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

from bot.adapters.documents.pdf_blocks import Typography, blocks_of
from bot.adapters.documents.pdf_cleaning import cleaned
from bot.adapters.documents.pdf_lines import Line, lines_of
from bot.adapters.documents.tidying import tidy
from bot.services.knowledge.importing.reading import (
    MAX_CHARACTERS,
    MAX_PAGES,
    BlockKind,
    FileKind,
    Progress,
    ReadDocument,
    ReadProblem,
    UnreadableFileError,
)

# What pypdf lets through of a page that is not as it should be.
_PAGE_ERRORS: Final = (
    PyPdfError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
    NotImplementedError,
    struct.error,
    zlib.error,
)
_LETTERS_A_PAGE: Final = 5  # on average; with fewer there is nothing but pictures
_TITLE_LENGTH: Final = 200
_NO_TITLE: Final = re.compile(
    r"^(?:microsoft word\b.*|untitled|anonymous|.*\.(?:docx?|pdf|indd))$", re.IGNORECASE
)


def read_pdf(content: bytes, progress: Progress) -> ReadDocument:
    """Return what a PDF says.

    Raises:
        UnreadableFileError: when it is encrypted, scanned, broken or too long.

    """
    reader = _opened(content)
    # What the file says of itself first: going through ten thousand pages takes a while.
    if _told_pages(reader) > MAX_PAGES or len(reader.pages) > MAX_PAGES:
        raise UnreadableFileError(ReadProblem.TOO_MANY_PAGES)
    count = len(reader.pages)
    pages: list[list[Line]] = []
    broken = characters = 0
    for number in range(1, count + 1):
        try:
            lines = lines_of(reader.pages[number - 1], number)
        except LimitReachedError:
            raise UnreadableFileError(ReadProblem.BOMB) from None
        except _PAGE_ERRORS:
            lines, broken = [], broken + 1
        characters += sum(len(line.text) for line in lines)
        if characters > MAX_CHARACTERS:
            raise UnreadableFileError(ReadProblem.TOO_LONG)
        pages.append(lines)
        progress(number, count)
    if not count or broken * 2 > count:
        raise UnreadableFileError(ReadProblem.BROKEN)
    if characters < _LETTERS_A_PAGE * count:
        raise UnreadableFileError(ReadProblem.SCANNED)
    return _document(reader, pages)


def _opened(content: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise UnreadableFileError(ReadProblem.ENCRYPTED)
    except (DependencyError, FileNotDecryptedError):
        raise UnreadableFileError(ReadProblem.ENCRYPTED) from None
    except LimitReachedError:
        raise UnreadableFileError(ReadProblem.BOMB) from None
    except _PAGE_ERRORS:
        raise UnreadableFileError(ReadProblem.BROKEN) from None
    return reader


def _told_pages(reader: PdfReader) -> int:
    try:
        return int(cast("Any", reader.root_object["/Pages"])["/Count"])
    except _PAGE_ERRORS:
        return 0


def _document(reader: PdfReader, pages: Sequence[Sequence[Line]]) -> ReadDocument:
    size = Typography.of([line for page in pages for line in page]).size
    kept, left_out = cleaned(pages, size=size)
    typography = Typography.of([line for page in kept for line in page])
    blocks = list(blocks_of(kept, typography))
    title = _title(reader)
    if not title:
        largest = _title_on_first_page(kept, typography)
        title = " ".join(line.text for line in largest)
    if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].text == title:
        blocks.pop(0)
    return ReadDocument(
        kind=FileKind.PDF,
        title=title[:_TITLE_LENGTH],
        blocks=tuple(blocks),
        date=_date(reader),
        pages=len(pages),
        empty_pages=sum(not page for page in pages),
        left_out=left_out,
    )


def _title(reader: PdfReader) -> str:
    try:
        found = tidy(str(reader.metadata.title or "")) if reader.metadata else ""
    except _PAGE_ERRORS:
        return ""
    return "" if _NO_TITLE.match(found) else found


def _title_on_first_page(pages: Sequence[Sequence[Line]], typography: Typography) -> Iterator[Line]:
    """Yield the lines in the largest letters of the first page that has text, if large."""
    first = next((page for page in pages if page), ())
    sizes = Counter(line.size for line in first)
    largest = max(sizes, default=0.0)
    if largest > typography.size:
        yield from (line for line in first if line.size == largest)


def _date(reader: PdfReader) -> dt.date | None:
    try:
        made = reader.metadata.creation_date if reader.metadata else None
    except _PAGE_ERRORS:
        return None
    return made.date() if made else None
