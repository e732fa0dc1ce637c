"""Plain text: paragraphs between empty lines, short lines on their own as headings."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.adapters.documents.furniture import without_furniture
from bot.adapters.documents.tidying import joined, tidy
from bot.services.knowledge.importing.reading import (
    Block,
    BlockKind,
    FileKind,
    ReadDocument,
    ReadProblem,
    UnreadableFileError,
)

ITEM: Final = re.compile(r"^\s*(?:[-*+•●▪◦–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?P<text>\S.*)$")
_HEADING_LENGTH: Final = 80
_HEADING_WORDS: Final = 10
_MANY_CONTROLS: Final = 0.02  # of the characters: then it is no text


def decoded(content: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 where it says so, else Windows' own.

    Raises:
        UnreadableFileError: when it is no text.

    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    controls = sum(one < " " and one not in "\t\n\r\f" for one in text)
    if controls > _MANY_CONTROLS * len(text):
        raise UnreadableFileError(ReadProblem.UNSUPPORTED)
    return text


def read_text(content: bytes) -> ReadDocument:
    """Return what a text file says; the furniture of a forum's page goes."""
    lines = decoded(content).splitlines()
    kept = without_furniture(lines)
    blocks = list(_blocks(kept))
    title = blocks[0].text if blocks and blocks[0].kind is BlockKind.HEADING else ""
    return ReadDocument(
        kind=FileKind.TEXT,
        title=title,
        blocks=tuple(blocks[1:] if title else blocks),
        left_out=len(lines) - len(kept),
    )


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    paragraphs = list(_paragraphs(lines))
    for number, paragraph in enumerate(paragraphs):
        after = paragraphs[number + 1] if number + 1 < len(paragraphs) else ()
        if len(paragraph) == 1 and after and _is_heading(paragraph[0]):
            yield Block(BlockKind.HEADING, tidy(paragraph[0]), level=1 if number == 0 else 2)
        else:
            yield from paragraph_blocks(paragraph)


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    paragraph: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            paragraph.append(line)
        elif paragraph:
            yield tuple(paragraph)
            paragraph = []


def paragraph_blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Yield a paragraph, and each item in it as a block of its own."""
    kind, piece = BlockKind.TEXT, list[str]()
    for line in lines:
        item = ITEM.match(line)
        if item is not None and piece:
            yield Block(kind, joined(map(tidy, piece)))
            piece = []
        if item is not None:
            kind, line = BlockKind.ITEM, _kept_number(line, item)  # noqa: PLW2901 # its text only
        piece.append(line)
    if piece:
        yield Block(kind, joined(map(tidy, piece)))


def _kept_number(line: str, item: re.Match[str]) -> str:
    """Return an item without its bullet, but with its number."""
    return line.strip() if line.strip()[0].isalnum() or line.strip()[0] == "(" else item["text"]


def _is_heading(line: str) -> bool:
    text = tidy(line)
    if not text or len(text) > _HEADING_LENGTH or len(text.split()) > _HEADING_WORDS:
        return False
    if ITEM.match(line) and not text[0].isdigit():
        return False
    return (text[0].isupper() or text[0].isdigit()) and text[-1] not in ".,;:!…"
