"""Typing errors put into questions: one in half of the long words, always the same ones."""

import random
from typing import Final

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS: Final = {
    key: row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
    for row in _ROWS
    for at, key in enumerate(row)
}
LONG: Final = 6  # letters


def with_typos(text: str, *, seed: int) -> str:
    """Return `text` with one slip (doubled, dropped, swapped or neighbouring key) in long words."""
    chance = random.Random(f"{seed}:{text}")  # noqa: S311 # repeatable, nothing secret
    words = text.split(" ")
    return " ".join(
        _slip(word, chance)
        if sum(map(str.isalpha, word)) >= LONG and chance.random() < 0.5
        else word  # half
        for word in words
    )


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at] + word[at:]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case _:
            keys = _NEIGHBOURS.get(word[at].lower(), word[at])
            return word[:at] + chance.choice(keys) + word[at + 1 :]
