"""What the serving process and the child that indexes say to each other: a line of JSON each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter

from bot.search.documents import Document, Term
from bot.search.index import Beside
from bot.search.postings import Lengths
from bot.services.knowledge.problems import Problem, UnsoundDocumentError
from bot.services.knowledge.workshop import Read, Written


@dataclass(frozen=True, slots=True)
class _Beside:
    terms: tuple[Term, ...]
    words: tuple[str, ...]
    lengths: Mapping[str, Lengths]


_DOCUMENT: Final = TypeAdapter(Document)
_WRITTEN: Final = TypeAdapter(Written)
_BESIDE: Final = TypeAdapter(_Beside)
_READ: Final[TypeAdapter[Document | tuple[Problem, ...]]] = TypeAdapter(
    Document | tuple[Problem, ...]
)


def document_line(document: Document) -> bytes:
    """Return a document as a line."""
    return _DOCUMENT.dump_json(document) + b"\n"


def document_in(line: bytes) -> Document:
    """Return the document in a line."""
    return _DOCUMENT.validate_json(line)


def written_line(written: Written) -> bytes:
    """Return a text to read as a line."""
    return _WRITTEN.dump_json(written) + b"\n"


def written_in(line: bytes) -> Written:
    """Return the text in a line."""
    return _WRITTEN.validate_json(line)


def read_line(read: Read) -> bytes:
    """Return what reading gave as a line."""
    found = read.problems if isinstance(read, UnsoundDocumentError) else read
    return _READ.dump_json(found) + b"\n"


def read_in(line: bytes) -> Read:
    """Return what reading gave, from a line."""
    found = _READ.validate_json(line)
    return found if isinstance(found, Document) else UnsoundDocumentError(found)


def beside_line(beside: Beside) -> bytes:
    """Return what an index is built beside as a line."""
    wired = _Beside(beside.terms, tuple(beside.words), beside.lengths)
    return _BESIDE.dump_json(wired) + b"\n"


def beside_in(line: bytes) -> Beside:
    """Return what an index is built beside, from a line."""
    found = _BESIDE.validate_json(line)
    return Beside(found.terms, frozenset(found.words), found.lengths)
