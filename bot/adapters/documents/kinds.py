"""What a file is, by what stands in it; its name decides only between kinds of text."""

from collections.abc import Callable
from typing import Final, TypeAlias

from bot.services.knowledge.importing.reading import (
    MAX_BYTES,
    FileKind,
    Progress,
    ReadDocument,
    ReadProblem,
    UnreadableFileError,
)

_PDF: Final = b"%PDF-"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE: Final = (b"<!doctype html", b"<html", b"<?xml version")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_HEAD: Final = 1024
_HTML_NAMES: Final = (".html", ".htm", ".xhtml")
_MARKDOWN_NAMES: Final = (".md", ".markdown", ".mdown")
_TEXT_NAMES: Final = (".txt", ".text")

_Reader: TypeAlias = Callable[[bytes, Progress], ReadDocument]


def kind_of(name: str, content: bytes) -> FileKind:
    """Return what a file is.

    Raises:
        UnreadableFileError: when it is none of the kinds that can be read.

    """
    if len(content) > MAX_BYTES:
        raise UnreadableFileError(ReadProblem.TOO_LARGE)
    if not content.strip():
        raise UnreadableFileError(ReadProblem.EMPTY)
    if content.startswith(_OLE):
        # Word puts a DOCX with a password in such a file; without one it is of before 2007.
        is_locked = name.lower().endswith(".docx")
        raise UnreadableFileError(ReadProblem.ENCRYPTED if is_locked else ReadProblem.UNSUPPORTED)
    if _PDF in content[:_HEAD]:
        return FileKind.PDF
    return FileKind.DOCX if content.startswith(_ZIP) else _kind_of_text(name.lower(), content)


def _kind_of_text(name: str, content: bytes) -> FileKind:
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if name.endswith((".pdf", ".docx")):
        raise UnreadableFileError(ReadProblem.BROKEN)
    if name.endswith(_HTML_NAMES) or head.startswith(_PAGE):
        return FileKind.HTML
    if name.endswith(_MARKDOWN_NAMES):
        return FileKind.MARKDOWN
    is_binary = b"\x00" in content[:_HEAD] and not content.startswith(_UTF_16)
    if is_binary or ("." in name and not name.endswith(_TEXT_NAMES)):
        raise UnreadableFileError(ReadProblem.UNSUPPORTED)
    return FileKind.TEXT


def read_document(name: str, content: bytes, progress: Progress) -> ReadDocument:
    """Return what a file says, in this process: call it where limits hold.

    Raises:
        UnreadableFileError: when it cannot be read.

    """
    document = _reader(kind_of(name, content))(content, progress)
    if not document.ready and not any(block.text for block in document.blocks):
        raise UnreadableFileError(ReadProblem.EMPTY)
    return document


def _reader(kind: FileKind) -> _Reader:
    """Return what reads a kind; each library is imported only when a file needs it."""
    match kind:
        case FileKind.PDF:
            from bot.adapters.documents.pdf import read_pdf  # noqa: PLC0415 # see the docstring

            return read_pdf
        case FileKind.DOCX:
            from bot.adapters.documents.word import read_docx  # noqa: PLC0415 # likewise

            return lambda content, _: read_docx(content)
        case FileKind.HTML:
            from bot.adapters.documents.html import read_html  # noqa: PLC0415 # likewise

            return lambda content, _: read_html(content)
        case FileKind.MARKDOWN:
            from bot.adapters.documents.markdown import read_markdown  # noqa: PLC0415 # likewise

            return lambda content, _: read_markdown(content)
        case FileKind.TEXT:
            from bot.adapters.documents.plain import read_text  # noqa: PLC0415 # likewise

            return lambda content, _: read_text(content)
