"""Paragraphs, lists, quotations and rows: what lines of text are put together to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from bot.adapters.feeds.escaping import code, one_line
from bot.adapters.feeds.spans import Line, Span, lines

_QUOTE: Final = "> "
_FENCE: Final = "```"
_BETWEEN_CELLS: Final = " · "
_LONG_CELL: Final = 300  # characters; who writes more in a cell makes a layout


@dataclass(frozen=True, slots=True)
class Block:
    """What stands together, as Markdown and as text; neither is empty."""

    markdown: str
    text: str

    @classmethod
    def stacked(cls, blocks: Sequence["Block | None"]) -> "Block | None":
        """Return blocks below each other as one, without a line between."""
        kept = [block for block in blocks if block is not None]
        if not kept:
            return None
        return cls("\n".join(one.markdown for one in kept), "\n".join(one.text for one in kept))

    @classmethod
    def row(cls, cells: Sequence["Blocks"]) -> "Block | None":
        """Return the cells of a row on one line."""
        kept = [one for cell in cells if (one := cell.as_line()) is not None]
        if not kept:
            return None
        return cls(
            _BETWEEN_CELLS.join(one.markdown for one in kept),
            _BETWEEN_CELLS.join(one.text for one in kept),
        )

    def without_bar(self) -> Self:
        """Return this without a quotation's bar, which Discord shows at a line's start only."""
        if not self.markdown.startswith(_QUOTE):
            return self
        rows = (line.removeprefix(_QUOTE) for line in self.markdown.split("\n"))
        return type(self)("\n".join(row for row in rows if row.strip()), self.text)

    def on_a_line(self) -> Self:
        """Return this on one line."""
        if _FENCE in self.markdown:
            return type(self)(code(one_line(self.text)), one_line(self.text))
        return type(self)(self.without_bar().markdown.replace("\n", " "), one_line(self.text))

    def with_below(self, block: "Block | None") -> Self:
        """Return this with another block below it, a step to the right."""
        if block is None:
            return self
        return type(self)(
            f"{self.markdown}\n{_indented(block.markdown)}", f"{self.text}\n{block.text}"
        )


class Blocks:
    """Blocks in the making: text is added to the last one until it is closed."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._spans: list[Span] = []

    def add(self, span: Span) -> None:
        """Add a piece of text to the paragraph."""
        self._spans.append(span)

    def close(self) -> None:
        """End the paragraph."""
        found = lines(self._spans)
        self._spans = []
        if found:
            self._blocks.append(_paragraph(found))

    def append(self, block: Block | None) -> None:
        """End the paragraph and add a block of its own."""
        self.close()
        if block is not None:
            self._blocks.append(block)

    def whole(self) -> Block:
        """Return everything, paragraphs apart; here both may be empty."""
        self.close()
        return Block(
            "\n\n".join(block.markdown for block in self._blocks),
            "\n\n".join(block.text for block in self._blocks),
        )

    @property
    def is_long(self) -> bool:
        """Whether this is more than a table's cell holds."""
        self.close()
        return len(self._blocks) > 1 or any(
            len(one.text) > _LONG_CELL or "\n" in one.text for one in self._blocks
        )

    def as_line(self) -> Block | None:
        """Return everything on one line."""
        self.close()
        kept = [one.on_a_line() for one in self._blocks]
        if not kept:
            return None
        return Block(" ".join(one.markdown for one in kept), " ".join(one.text for one in kept))

    def as_heading(self, level: int) -> Block | None:
        """Return everything as a heading."""
        line = self.as_line()
        return None if line is None else Block(f"{'#' * level} {line.markdown}", line.text)

    def as_quotation(self) -> Block | None:
        """Return everything behind a bar; a quotation within is part of it, as Discord has one."""
        whole = self.whole()
        if not whole.text:
            return None
        quoted = (
            line if line.startswith(_QUOTE) else f"{_QUOTE}{line}"
            for line in whole.markdown.split("\n")
        )
        return Block("\n".join(quoted), whole.text)

    def as_entry(self, number: int | None) -> Block | None:
        """Return everything as one entry of a list, with bullet or number."""
        self.close()
        whole = Block.stacked([one.without_bar() for one in self._blocks])
        if whole is None:
            return None
        sign = "-" if number is None else f"{number}."
        first, *others = whole.markdown.split("\n")
        below = "".join(f"\n{_indented(line)}" for line in others)
        return Block(f"{sign} {first}{below}", f"{sign} {whole.text}")


def _paragraph(found: Sequence[Line]) -> Block:
    return Block("\n".join(one.markdown for one in found), "\n".join(one.text for one in found))


def _indented(markdown: str) -> str:
    return "\n".join(f"  {line}" if line else line for line in markdown.split("\n"))
