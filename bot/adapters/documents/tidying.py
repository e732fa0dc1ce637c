"""What the readers of every format share: text without odd characters, lines made whole."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

# Of "e-mail- en webdiensten" the hyphen stays; of "gemeen-" at the end of a line it does not.
_KEEP_BEFORE: Final = frozenset({"en", "of", "and", "or"})
_BROKEN_WORD: Final = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]$")
_BULLETS: Final = dict.fromkeys("\uf0b7\uf0a7\uf0fc\uf076\uf0d8", "•")  # of the font Symbol
_LETTERS: Final = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", **_BULLETS}
)


def tidy(text: str) -> str:
    """Return text as one line: no control characters, single spaces, letters in one form."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    plain = unicodedata.normalize("NFC", text.translate(_LETTERS))
    kept = "".join(
        " " if one.isspace() or unicodedata.category(one) == "Cc" else one
        for one in plain
        if unicodedata.category(one) not in {"Cf", "Cs", "Co", "Cn"} or one == "\u00ad"
    )
    return " ".join(kept.split())


def joined(lines: Iterable[str]) -> str:
    """Return the lines of a paragraph as one, with the words whole that were cut at line ends."""
    whole = ""
    for line in lines:
        if not whole:
            whole = line
        elif _is_cut(whole, line):
            whole = whole[:-1] + line
        else:
            whole = f"{whole} {line}"
    return whole.replace("\u00ad", "")


def _is_cut(before: str, line: str) -> bool:
    if not _BROKEN_WORD.search(before) or not line[:1].islower():
        return False
    return line.split(maxsplit=1)[0] not in _KEEP_BEFORE
