"""From text to tokens: folding, words, stems, character n-grams.

Everything here is pure and knows no documents. Tokens with a prefix live beside plain stems in one
vocabulary: `~…` a group of synonyms, `§…` a term of the knowledge base, `+…` part of a compound,
`?…` the kind of answer that a question asks for.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

import Stemmer

GRAM_SIZE: Final = 4  # characters; measured against 3 and 5, see docs/adr
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_WORD = re.compile(r"[a-z0-9]+(?:&[a-z0-9]+)*(?:[.,][0-9]+)*\+?")
_APOSTROPHE_S = re.compile(r"(?<=\w{2})['\u2019`]s\b|[\u2019`]")
_MENTION = re.compile(r"<(?:@[!&]?|#|a?:\w+:|/[^:<>]+:)\d+>|<t:-?\d+(?::\w)?>|<id:\w+>")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)

_stemmer = Stemmer.Stemmer("dutch", 0)


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return `text` in lower case without accents, invisible characters and odd spaces."""
    kept = "".join(
        " " if unicodedata.category(one) in {"Zs", "Cc"} else one
        for one in unicodedata.normalize("NFKD", text)
        if unicodedata.category(one) not in {"Mn", "Cf"}
    )
    return _APOSTROPHE_S.sub("", kept).replace("'", "").casefold()


def tokens(text: str) -> list[str]:
    """Return the words and numbers of `text`, folded: `D&I` is one, `9,995` is one, `u.a.` is `ua`.

    Addresses, mentions, timestamps and custom emoji of Discord carry no words and are left out.
    """
    folded = fold(_URL.sub(" ", _MENTION.sub(" ", text)))
    joined = _DOTTED.sub(lambda match: match[0].replace(".", "") + " ", folded)
    return _WORD.findall(joined)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the Dutch stem of a folded word (Kraaij-Pohlmann, as in Snowball)."""
    if len(word) < 4 or not word.isalpha():  # noqa: PLR2004 # too short to have an ending
        return word
    # The algorithm strips a leading "ge" as of a participle; here it is nearly always "gemeente".
    if word.startswith("gemeente"):
        return "gemeente"
    return _stemmer.stemWord(word)


def stems(text: str) -> list[str]:
    """Return the stems of the words of `text`, in order."""
    return [stem(word) for word in tokens(text)]


def grams(word: str) -> list[str]:
    """Return the character 4-grams of `_word_`; a shorter word is its own only gram."""
    padded = f"_{word}_"
    if len(padded) <= GRAM_SIZE:
        return [padded]
    return [padded[start : start + GRAM_SIZE] for start in range(len(padded) - GRAM_SIZE + 1)]


def is_number(word: str) -> bool:
    """Whether the folded word holds a digit (a year, an amount, `100.000+`)."""
    return any(character.isdigit() for character in word)
