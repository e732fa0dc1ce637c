"""The beginning of a long text, cut where a sentence ends."""

import re
from collections.abc import Iterator
from typing import Final

from bot.ui.markdown import size, split

_MORE: Final = " …"
_LEAST: Final = 0.4
"""Of the room; a sentence that ends earlier leaves too little, so a word is cut at instead."""
_FENCE: Final = re.compile(r"^[>\s]*(?:(?:[-*]|\d+\.)\s)*```")
_ENDS: Final = (".", "!", "?", "…")
_CLOSING: Final = "\"'”’)"
_LINK: Final = r"\[(?:\\.|[^\[\]\\\n])*\]\(<[^>\n]*>\)|<https?://[^>\s]+>"
# What a cut would spoil: escapes, code, links, and text between a pair of markers.
_WHOLE: Final = re.compile(
    rf"\\.|`[^`\n]+`|{_LINK}"
    r"|~~(?:\\.|`[^`\n]+`|[^~\\\n]|~(?!~))+~~"
    r"|\*{1,3}(?=\S)(?:\\.|`[^`\n]+`|[^*\\\n])+\*{1,3}"
    r"|\s+|\w+|.",
    re.DOTALL,
)
_PREFIX: Final = re.compile(r"^[>\s]*(?:(?:[-*]|\d+\.)\s)*$")


def excerpt(markdown: str, limit: int) -> str:
    """Return at most `limit` characters of harmless Markdown, ended by " …" when cut."""
    text = markdown.strip()
    if size(text) <= limit:
        return text
    room = limit - len(_MORE)
    kept = ""
    for block in _blocks(text):
        longer = f"{kept}\n{block}" if kept else block
        if size(longer) > room:
            kept = _with_beginning(kept, block, room)
            break
        kept = longer
    kept = kept or split(text, limit=room)[0]
    return f"{kept.rstrip()}{_MORE}"


def _blocks(text: str) -> Iterator[str]:
    """Yield lines, and code with its fences as one."""
    block: list[str] = []
    for line in text.split("\n"):
        is_fence = _FENCE.match(line) is not None
        if block:
            block.append(line)
            if is_fence:
                yield "\n".join(block)
                block = []
        elif is_fence:
            block = [line]
        else:
            yield line
    if block:
        yield "\n".join(block)


def _with_beginning(kept: str, block: str, room: int) -> str:
    """Add what fits of a block, up to the end of a sentence, else of a word when little stands."""
    if _FENCE.match(block):
        return kept
    start = f"{kept}\n" if kept else ""
    sentence, words = _cuts(block, room - size(start))
    has_enough = size(kept) >= _LEAST * room
    if sentence and (has_enough or size(start + sentence) >= _LEAST * room):
        return start + sentence
    if has_enough or not words:
        return kept
    return start + words


def _cuts(line: str, room: int) -> tuple[str, str]:
    """Return the beginning of a line up to a sentence's end, and up to a word's; both may be ""."""
    text = sentence = words = ""
    for found in _WHOLE.finditer(line):
        one = found[0]
        if one.isspace():
            words = text
            if text.rstrip(_CLOSING).endswith(_ENDS):
                sentence = text
        if size(text + one) > room:
            if not words.strip("*~ ") and one[:1] in {"*", "~"}:
                return _cuts(one.strip("*~"), room)  # all of it stands between markers
            break
        text += one
    return _said(sentence), _said(words)


def _said(text: str) -> str:
    """Return a beginning, or nothing when it is only a bullet or a bar."""
    return "" if _PREFIX.match(text) else text
