"""Markdown: its headings, paragraphs, items and rows; the markup within a line goes."""

import re
from collections.abc import Iterator
from typing import Final

from bot.adapters.documents.plain import decoded, paragraph_blocks
from bot.adapters.documents.tidying import joined, tidy
from bot.search.documents import Origin
from bot.services.knowledge.importing.reading import Block, BlockKind, FileKind, ReadDocument
from bot.services.knowledge.markdown import parse
from bot.services.knowledge.problems import UnsoundDocumentError

_ATX: Final = re.compile(r"^ {0,3}(?P<marks>#{1,6})\s+(?P<text>.+?)\s*#*\s*$")
_SETEXT: Final = re.compile(r"^ {0,3}(?P<mark>=|-)(?P=mark)+\s*$")
_FENCE: Final = re.compile(r"^ {0,3}(?:```|~~~)")
_RULE: Final = re.compile(r"^ {0,3}([-*_])(?:\s*\1){2,}\s*$")
_ROW: Final = re.compile(r"^\s*\|.*\|\s*$")
_ROW_LINE: Final = re.compile(r"^[\s|:-]+$")
_LINK: Final = re.compile(r"!?\[(?P<text>[^\]]*)\]\((?:<[^>]*>|[^)\s]*)(?:\s+\"[^\"]*\")?\)")
_EMPHASIS: Final = re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3}|~~|`+)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)


def read_markdown(content: bytes) -> ReadDocument:
    """Return what Markdown says; a document of the knowledge base is kept as it is."""
    text = decoded(content)
    if _is_ready(text):
        return ReadDocument(FileKind.MARKDOWN, title="", blocks=(), ready=text)
    blocks = list(_blocks(_COMMENT.sub("", _without_front_matter(text))))
    title = ""
    if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        title = blocks.pop(0).text
    return ReadDocument(FileKind.MARKDOWN, title=title, blocks=tuple(blocks))


def _is_ready(text: str) -> bool:
    try:
        parse(text, document_id="import", origin=Origin.IMPORTED)
    except UnsoundDocumentError:
        return False
    return True


def _without_front_matter(text: str) -> str:
    lines = text.splitlines()
    if lines and lines[0].rstrip() == "---" and "---" in (one.rstrip() for one in lines[1:]):
        end = next(number for number, one in enumerate(lines[1:], 1) if one.rstrip() == "---")
        return "\n".join(lines[end + 1 :])
    return text


def _blocks(text: str) -> Iterator[Block]:
    paragraph: list[str] = []
    in_code = False
    for line in (*text.splitlines(), ""):
        fence = _FENCE.match(line)
        heading = None if in_code else _ATX.match(line)
        under = _SETEXT.match(line) if len(paragraph) == 1 and not in_code else None
        if under is not None:
            level = 1 if under["mark"] == "=" else 2
            yield Block(BlockKind.HEADING, _plain(paragraph.pop()), level=level)
        elif fence or heading or not line.strip() or _RULE.match(line) or _ROW.match(line):
            yield from _paragraph(paragraph, in_code=in_code)
            paragraph = []
            in_code ^= fence is not None
            if heading is not None:
                yield Block(BlockKind.HEADING, _plain(heading["text"]), len(heading["marks"]))
            elif _ROW.match(line) and not _ROW_LINE.match(line):
                cells = (_plain(one) for one in line.strip().strip("|").split("|"))
                yield Block(BlockKind.ROW, " | ".join(one for one in cells if one))
        else:
            paragraph.append(re.sub(r"^\s*>\s?", "", line))
    yield from _paragraph(paragraph, in_code=in_code)


def _paragraph(lines: list[str], *, in_code: bool) -> Iterator[Block]:
    if in_code and lines:
        yield Block(BlockKind.TEXT, joined(map(tidy, lines)))
        return
    for block in paragraph_blocks(lines):
        plain = _plain(block.text)
        if plain:
            yield Block(block.kind, plain)


def _plain(text: str) -> str:
    """Return a line without the markup in it."""
    words = _LINK.sub(lambda found: found["text"], text)
    for _ in range(3):  # emphasis within emphasis
        words = _EMPHASIS.sub(r"\2", words)
    return tidy(_ESCAPED.sub(r"\1", words))
