"""What a file says once it is read, whatever its format, and why it cannot be read."""

import datetime as dt
import enum
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from bot.errors import MemberError

MAX_BYTES: Final = 20_000_000
MAX_PAGES: Final = 1_500
MAX_SECONDS: Final = 60
MAX_MEGABYTES: Final = 512
MAX_UNPACKED: Final = 200_000_000
"""Bytes that a packed file may become, of all its parts together."""
MAX_CHARACTERS: Final = 5_000_000
"""Of text, of one file: more than 2,000 full pages."""

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many pages were read, of how many."""


class BlockKind(enum.StrEnum):
    """What a block is in the text that it stands in."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` 1 is the highest), paragraph, list item, row of a table or footnote.

    `page` counts from 1; None where a format has no pages.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None


class FileKind(enum.StrEnum):
    """The formats that can be read."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a file says.

    `pages` is 0 where a format has none; on `empty_pages` of them is no text. `left_out` counts
    lines that belong to the page and not to the text: running headers, contents, menus. `ready` is
    the file itself when it is a document in the format of `docs/knowledge.md`; it has no blocks
    then.
    """

    kind: FileKind
    title: str
    blocks: tuple[Block, ...]
    date: dt.date | None = None
    pages: int = 0
    empty_pages: int = 0
    left_out: int = 0
    ready: str = ""


class ReadProblem(enum.Enum):
    """Why a file cannot be read."""

    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too large"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    SCANNED = "scanned"
    BROKEN = "broken"
    TOO_MANY_PAGES = "too many pages"
    BOMB = "bomb"
    TOO_LONG = "too long"
    TOO_SLOW = "too slow"
    TOO_MUCH_MEMORY = "too much memory"


class ImportingError(MemberError):
    """An import cannot be done, or not any more."""


class UnreadableFileError(ImportingError):
    """A file that cannot be taken in. `name` is the file's."""

    def __init__(self, problem: ReadProblem, *, name: str = "") -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.name = name


class ReadingSession(Protocol):
    """Reads files one by one."""

    async def read(self, name: str, content: bytes, progress: Progress) -> ReadDocument:
        """Return what a file says.

        Raises:
            UnreadableFileError: when it cannot be read within the limits.

        """
        ...


class DocumentReader(Protocol):
    """Reads files in a process of its own, within limits of time and memory."""

    def session(self) -> AbstractAsyncContextManager[ReadingSession]:
        """Begin to read: the process lives as long as this does."""
        ...
