"""Questions that begin with a condition, as they are asked with the condition at the end.

"Als ik lid ben, mag ik dan stemmen?" is "mag ik stemmen als ik lid ben?". Nothing else of the order
of words is free: who does what to whom stands in it ("gaat het geld van A naar B").
"""

import re
from typing import Final

from bot.search.analysis import tokens

# What begins a clause and nothing else. "wanneer" asks, and "omdat" may explain one word.
_BEGINS: Final = frozenset({"als", "indien", "zodra", "nadat", "voordat", "terwijl", "tenzij"})
# What may point into the other clause: another order may point elsewhere.
_POINTS: Final = frozenset(
    "hij zij ze hem haar hun hen zijn die dat dit deze daar daarmee daarvan daarvoor daarover"
    " daarbij hier hiermee hiervan hiervoor wie welk welke wat waar anderen ander andere beide zelf"
    " elkaar zo zulke".split()
)
# Two clauses in one half: to which of them the condition belongs is not said.
_BRANCHES: Final = _BEGINS | frozenset(
    "en of maar want dus noch of dat wanneer omdat doordat zodat hoewel behalve respectievelijk"
    " alleen ook zelfs juist pas niet geen nooit".split()
)
_SHORTEST: Final = 3  # words: who, what it does, and what begins it
_FRONTED: Final = re.compile(r"([^,;:.!?()]+),([^,;:.!?()]+)[?.!]*")


def condition_last(text: str) -> str:
    """Return a question with its condition, if it begins with one, at its end.

    Only where that cannot change what is asked: one comma parts two clauses, neither points into
    the other or branches, and nothing is denied. Any other text is returned as it is.
    """
    found = _FRONTED.fullmatch(text.strip())
    if found is None:
        return text
    condition, main = tokens(found[1]), tokens(found[2])
    if not condition or condition[0] not in _BEGINS:
        return text
    if min(len(condition), len(main)) < _SHORTEST or not _is_plain(condition[1:], main):
        return text
    return f"{' '.join(main)} {' '.join(condition)}"


def _is_plain(condition: list[str], main: list[str]) -> bool:
    # What the main clause asks with, at its beginning, points to nothing.
    said = {*condition, *main[1:]}
    return not said & (_POINTS | _BRANCHES) and main[0] not in _BRANCHES
