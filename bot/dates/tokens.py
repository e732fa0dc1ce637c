"""From typed text to tokens. One pass over the text, with patterns that cannot backtrack far."""

import re
import unicodedata
from typing import Final

from bot.dates import feasts
from bot.dates.reading import Problem
from bot.dates.words import Kind, Token, tokens_of

LONGEST: Final = 100
"""How many characters a typed date may have."""

_FIRST_YEAR: Final = 1000
_QUOTES: Final = str.maketrans(dict.fromkeys("’‘`´ʼ", "'") | dict.fromkeys("‐‑–−", "-"))
_FEASTS: Final = {
    # Those of more than one word; the others are words like all.
    name: number
    for name, number in feasts.names()
    if not name.isalpha()
}
_FEAST: Final = "|".join(name.replace(" ", r"\s+") for name in sorted(_FEASTS, reverse=True))
_PIECE: Final = re.compile(
    rf"(?P<feast>\b(?:{_FEAST})\b)"
    r"|(?P<iso>\d{4}[-/]\d{1,2}[-/]\d{1,2})(?![\d/-])"
    r"|(?P<date>\d{1,2}(?P<mark>[-/.])\d{1,2}(?P=mark)(?:\d{4}|\d{2}))(?![\d/-])"
    r"|(?P<short>\d{1,2}[-/]\d{1,2})(?![\d/-])"
    r"|(?P<clock>\d{1,2}[:.uh]\d{2})(?!\d)"
    r"|(?P<dotted>\d{1,2}\.\d)(?!\d)"
    r"|(?P<decimal>\d{1,2},5)(?!\d)"
    r"|(?P<year>'\d{2}|\d{4})(?!\d)"
    r"|(?P<ordinal>\d{1,2}(?:ste|de|e))(?![^\W\d_])"
    r"|(?P<number>\d+)"
    r"|(?P<word>'[st]\b|[^\W\d_]+)"
    r"|(?P<skip>[\s,.;!?()\"-]+|')"
    r"|(?P<other>.)",
    re.DOTALL,
)
_ABBREVIATION: Final = re.compile(r"\ba\.\s?s\.?(?=\s|$)")
_BEFORE: Final = re.compile(r"\bte voren\b")
_ISO_T: Final = re.compile(r"(?<=\d)t(?=\d)")


def unreadable(text: str) -> Problem | None:
    """Return why a text is not looked at: too long, empty, or no writing (tabs and lines are)."""
    if len(text) > LONGEST:
        return Problem.TOO_LONG
    if any(unicodedata.category(one).startswith("C") and one not in "\t\n\r" for one in text):
        return Problem.CONTROL_CHARACTERS
    return None if text.strip() else Problem.EMPTY


def tokens_in(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text; what the grammar does not know is of kind UNKNOWN."""
    plain = _plain(text)
    found: list[Token] = []
    for match in _PIECE.finditer(plain):
        kind, piece = match.lastgroup or "", match.group()
        if kind == "word":
            found += tokens_of(piece)
        elif kind == "feast":
            name = " ".join(piece.split())
            found.append(Token(Kind.FEAST, name, _FEASTS[name]))
        elif kind != "skip":
            found.append(_token(kind, piece))
    return tuple(found)


def _plain(text: str) -> str:
    """Lower case, no accents, one kind of apostrophe and of dash."""
    spread = unicodedata.normalize("NFKD", text.translate(_QUOTES)).casefold()
    plain = "".join(one for one in spread if not unicodedata.combining(one))
    plain = _ISO_T.sub(" ", plain.translate(_QUOTES))
    return _BEFORE.sub("tevoren", _ABBREVIATION.sub("as", plain))


def _token(kind: str, piece: str) -> Token:
    numbers = tuple(int(number) for number in re.findall(r"\d+", piece))
    if kind in {"iso", "date", "short", "dotted"}:
        # 8-6-0027 is not the year 27, nor 2027.
        typed_year = max(re.findall(r"\d+", piece), key=len)
        if len(typed_year) == len("2027") and int(typed_year) < _FIRST_YEAR:
            return Token(Kind.UNKNOWN, piece)
        return Token(Kind.NUMERIC, piece, parts=numbers)
    if kind == "clock":
        return Token(Kind.CLOCK, piece, parts=numbers)
    if kind == "other":
        return Token(Kind.UNKNOWN, piece)
    value = numbers[0]
    if kind == "year":
        return Token(Kind.YEAR, piece, value if len(piece) > len("'27") else 2000 + value)
    kinds = {"decimal": Kind.HALVES, "ordinal": Kind.ORDINAL, "number": Kind.NUMBER}
    return Token(kinds[kind], piece, value)
