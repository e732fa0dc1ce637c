"""The beginning of a longer text, verbatim, cut where that does no harm."""

from typing import Final

from bot.search.selection import sentences

LONGEST: Final = 350
"""Characters of an opening; the mark that something is left out comes on top."""
_LEFT_OUT: Final = " …"
_FENCE: Final = "```"


def opening(text: str, *, longest: int = LONGEST) -> str:
    """Return the first lines of `text`, else its first sentences, else its first words.

    Code that is cut gets its fence back, so that what follows is no code.
    """
    text = text.strip()
    if len(text) <= longest:
        return text
    kept = _fitting(text.splitlines(), "\n", longest)
    if not kept.strip():
        kept = _fitting(sentences(text), " ", longest) or _fitting(text.split(), " ", longest)
    kept = kept.rstrip() or text[:longest]
    if kept.count(_FENCE) % 2:
        kept += f"\n{_FENCE}"
    return kept + _LEFT_OUT


def _fitting(pieces: list[str], between: str, longest: int) -> str:
    """Join the first pieces that fit."""
    kept = ""
    for piece in pieces:
        longer = f"{kept}{between}{piece}" if kept else piece
        if len(longer) > longest:
            break
        kept = longer
    return kept
