"""Discord's Markdown: text from outside made harmless, long text cut where it does no harm."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

MESSAGE: Final = 2_000  # characters of a message, by Discord's documentation
_GAP: Final = "\u200b"  # zero width: what it stands in is no mention any more

_SPECIAL: Final = re.compile(r"([\\*_~`|\[\]<>])")
_LINE_START: Final = re.compile(r"(?m)^(\s*)(\d*)([#+-]|(?<=\d)[.)])")
_MENTION: Final = re.compile(r"@(?=everyone|here|[!&]?\d)|(?<=<)#(?=\d)|(?<=<)/(?=\w)")

_FENCE: Final = re.compile(r"^\s{0,3}```")
_ITEM: Final = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s")
_CONTINUATION: Final = re.compile(r"^\s{2,}\S")
_LINK: Final = re.compile(r"\[(?P<text>(?:\\.|[^\]\n\\])*)\]\((?:<[^>\n]*>|[^)\s]*)\)")
# What a cut would spoil: escapes, code, links and addresses, mentions, emphasis.
_WHOLE: Final = re.compile(
    r"\\.|`[^`\n]+`|" + _LINK.pattern.replace("?P<text>", "?:") + r"|<[^>\s]{1,100}>|https?://\S+"
    r"|\*\*[^*\n]+\*\*|__[^_\n]+__|~~[^~\n]+~~|\|\|[^|\n]+\|\||\s+|\w+|.",
    re.DOTALL,
)


def size(text: str) -> int:
    """Return how many characters Discord counts, on the safe side: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escaped(text: str) -> str:
    """Return text from outside so that it shows as it is: no markup, no link, no mention."""
    plain = re.sub(r"@(?=\S)", f"@{_GAP}", text)
    plain = _SPECIAL.sub(r"\\\1", plain)
    return _LINE_START.sub(r"\1\2\\\3", plain)


def unmentioned(text: str) -> str:
    """Return Markdown of the knowledge base without mentions; its markup stays."""
    return _MENTION.sub(lambda found: f"{found[0]}{_GAP}", text)


def link(text: str, url: str) -> str:
    """Return `text`, from outside, as a link without a preview; only text without an address."""
    # A space or a bracket would end the address halfway; both are then percent-encoded.
    address = url.translate({ord(one): f"%{ord(one):02X}" for one in " <>()\n\r\t"})
    return f"[{escaped(text)}](<{address}>)" if url else escaped(text)


def quoted(text: str) -> str:
    """Return text as a block quotation, line by line."""
    return "\n".join(f"> {line}" for line in text.splitlines() or [""])


def split(text: str, *, limit: int = MESSAGE) -> list[str]:
    """Cut text into parts of at most `limit` characters that read on their own.

    Cuts fall between lines; a list item keeps its further lines, code its fences. A line that is
    too long itself is cut between words, never in a link, code or emphasis. At least one part.
    """
    parts: list[str] = []
    for block in _blocks(text):
        for piece in _pieces(block, limit):
            whole = f"{parts[-1]}\n{piece}" if parts else piece
            if parts and size(whole) <= limit:
                parts[-1] = whole
            else:
                parts.append(piece)
    kept = [part.strip("\n") for part in parts]
    return [part for part in kept if part.strip()] or [""]


def shortened(text: str, limit: int) -> str:
    """Return the start of `text`, at most `limit` characters, cut as `split` cuts."""
    if size(text) <= limit:
        return text
    return f"{split(text, limit=limit - 2)[0].rstrip()} …"


def _blocks(text: str) -> Iterator[str]:
    """Yield what belongs together: fenced code, a list item with its lines, any other line."""
    block: list[str] = []
    in_code = False
    for line in text.split("\n"):
        is_fence = _FENCE.match(line) is not None
        goes_on = in_code or (
            bool(block)
            and _ITEM.match(block[0]) is not None
            and _CONTINUATION.match(line) is not None
            and _ITEM.match(line) is None
        )
        if block and not goes_on:
            yield "\n".join(block)
            block = []
        block.append(line)
        in_code = in_code != is_fence
    yield "\n".join(block)


def _pieces(block: str, limit: int) -> Iterable[str]:
    """Return a block in pieces that fit."""
    if size(block) <= limit:
        return (block,)
    if _FENCE.match(block):
        return _code_pieces(block, limit)
    return _word_pieces(block, limit)


def _code_pieces(block: str, limit: int) -> Iterator[str]:
    """Yield fenced code in pieces, each with fences of its own."""
    opening, *lines = block.split("\n")
    opening = opening[: limit // 4]
    if lines and _FENCE.match(lines[-1]):
        lines.pop()
    room = limit - size(opening) - len("\n\n```")
    piece: list[str] = []
    for line in (cut for long in lines for cut in _hard(long, room)):
        if piece and size("\n".join((*piece, line))) > room:
            yield "\n".join((opening, *piece, "```"))
            piece = []
        piece.append(line)
    yield "\n".join((opening, *piece, "```"))


def _word_pieces(text: str, limit: int) -> Iterator[str]:
    """Yield a long line in pieces, cut at a space where there is one."""
    line = ""  # up to the last space that fits
    word = ""  # what stands behind it
    for one in _wholes(text, limit):
        if size(line) + size(word) + size(one) > limit:
            if line.strip():
                yield line.rstrip()
                line = ""
            if size(word) + size(one) > limit:
                yield word
                word = ""
        word += one
        if one.isspace():
            line, word = line + word, ""
    yield line + word


def _wholes(text: str, limit: int) -> Iterator[str]:
    """Yield what may not be cut; what does not fit in any message loses its address or is cut."""
    for found in _WHOLE.finditer(text):
        one = found[0]
        if size(one) > limit // 2:
            named = _LINK.fullmatch(one)
            yield from _hard(named["text"] if named else one, limit // 2)
        else:
            yield one


def _hard(text: str, limit: int) -> Iterator[str]:
    """Yield `text` in pieces of at most `limit` characters, wherever that cuts."""
    piece: list[str] = []
    length = 0
    for one in text:
        length += size(one)
        if length > limit:
            yield "".join(piece)
            piece, length = [], size(one)
        piece.append(one)
    yield "".join(piece)
