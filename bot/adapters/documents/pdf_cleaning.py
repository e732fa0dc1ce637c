"""What belongs to the pages of a PDF and not to its text: running headers, numbers, contents."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from bot.adapters.documents.pdf_lines import Line

_MARGIN: Final = 0.08  # of the page's height, above and below
_OFTEN: Final = 3  # pages
_LARGE: Final = 1.12  # times the size of the text: headings repeat themselves too
_DIGITS: Final = re.compile(r"\d+")
_NUMBER: Final = re.compile(
    r"(?:pagina|page|blz\.?|pag\.?|p\.)?\s*[-–—|/]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—|]?"
    r"(?:\s*(?:van|of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_ENTRY: Final = re.compile(
    r".*?\S(?:\s*[.…·_]\s?){3,}\s*(?P<page>\d{1,4})$|.*?\S\s+(?P<bare>\d{1,4})$"
)
_DOTTED: Final = re.compile(r"(?:[.…·]\s?){4,}\s*\d{1,4}$")
_MOST: Final = 0.6  # of the lines of a page of contents
_ENTRIES: Final = 5
_UNNUMBERED: Final = 20  # pages at most that are not in the file: a cover, another part


def cleaned(pages: Sequence[Sequence[Line]], *, size: float) -> tuple[list[list[Line]], int]:
    """Return the lines of the pages without what is not text, and how many lines went.

    `size` is that of the letters of the text.
    """
    running = _running(pages, largest=_LARGE * size)
    kept: list[list[Line]] = []
    for page in pages:
        lines = [line for line in page if not (_zone(line) and _is_furniture(line, running))]
        kept.append(_without_contents(lines, pages=len(pages)))
    before, after = (sum(map(len, one)) for one in (pages, kept))
    return kept, before - after


def _running(pages: Iterable[Sequence[Line]], *, largest: float) -> frozenset[tuple[int, str]]:
    """Return what stands in the margin of several pages, whatever its numbers."""
    seen = Counter(
        key
        for page in pages
        for key in {_key(line) for line in page if _zone(line) and line.size < largest}
    )
    return frozenset(key for key, count in seen.items() if count >= _OFTEN)


def _is_furniture(line: Line, running: frozenset[tuple[int, str]]) -> bool:
    return _key(line) in running or _NUMBER.fullmatch(line.text) is not None


def _key(line: Line) -> tuple[int, str]:
    return _zone(line), _DIGITS.sub("#", line.text.lower())


def _zone(line: Line) -> int:
    """Return 1 in the margin above, 2 in the one below, and 0 in the text."""
    if line.y >= (1 - _MARGIN) * line.height:
        return 1
    return 2 if line.y <= _MARGIN * line.height else 0


def _without_contents(lines: list[Line], *, pages: int) -> list[Line]:
    found = [_ENTRY.match(line.text) for line in lines]
    numbers = [int(one["page"] or one["bare"]) for one in found if one is not None]
    dotted = [line for line in lines if _DOTTED.search(line.text)]
    is_contents = len(dotted) >= _ENTRIES or (
        len(numbers) >= max(_ENTRIES, _MOST * len(lines))
        and numbers == sorted(numbers)
        and numbers[-1] <= pages + _UNNUMBERED
    )
    if not is_contents:
        return lines
    return [
        line for line, one in zip(lines, found, strict=True) if one is None and not _is_rest(line)
    ]


def _is_rest(line: Line) -> bool:
    """Whether a line on a page of contents is only dots or a number."""
    return not any(one.isalpha() for one in line.text)
