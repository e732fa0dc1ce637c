"""The words of the grammar: what each one is, and what it is worth."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from rapidfuzz.distance import OSA

from bot.dates import feasts
from bot.texts.dates import MONTHS, WEEKDAYS


class Kind(Enum):
    """What a token is in the grammar. `value` means something of its own for each kind."""

    NUMBER = "NUMBER"
    HALVES = "HALVES"  # value and a half: anderhalf is 1
    ORDINAL = "ORDINAL"
    YEAR = "YEAR"
    NUMERIC = "NUMERIC"  # a date in digits; its numbers are in `parts`
    CLOCK = "CLOCK"  # a time in digits: hour and minute are in `parts`
    WEEKDAY = "WEEKDAY"  # 0 is Monday
    MONTH = "MONTH"
    PART = "PART"  # index of Part
    NIGHT = "NIGHT"  # a night as a whole: "vrijdagnacht"
    DAY = "DAY"  # days from today
    MINUTES = "MINUTES"  # units: the value says how many
    DAYS = "DAYS"
    MONTHS = "MONTHS"
    UUR = "UUR"  # an hour, or the word after a time
    NEXT = "NEXT"
    COMING = "COMING"
    THIS = "THIS"
    PREVIOUS = "PREVIOUS"
    AGO = "AGO"
    GONE = "GONE"  # a moment of just now
    THAT = "THAT"
    OVER = "OVER"
    VOOR = "VOOR"
    NA = "NA"
    HALF = "HALF"
    KWART = "KWART"
    OM = "OM"
    IN = "IN"
    VAN = "VAN"
    THE = "THE"
    AND = "AND"
    POSSESSIVE = "POSSESSIVE"
    BEFORE = "BEFORE"
    EVENT = "EVENT"
    SELF = "SELF"
    LAST = "LAST"
    EDGE = "EDGE"  # 0 begin, 1 end
    MIDNIGHT = "MIDNIGHT"
    NOON = "NOON"
    SEASON = "SEASON"  # 1 summer time, 0 winter time
    WEEKEND = "WEEKEND"
    FEAST = "FEAST"  # its place in FEASTS
    WORKDAYS = "WORKDAYS"
    WITH = "WITH"
    EVERY = "EVERY"
    ADVERB = "ADVERB"  # "wekelijks"; which one
    UNKNOWN = "UNKNOWN"


class Part(Enum):
    """A part of the day."""

    MORNING = 0
    AFTERNOON = 1
    EVENING = 2
    NIGHT = 3


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number, as typed (`text`) and as the grammar sees it."""

    kind: Kind
    text: str
    value: int = 0
    parts: tuple[int, ...] = ()
    spelled: bool = False
    """Whether a number was written in letters."""


_ONES: Final = "een twee drie vier vijf zes zeven acht negen tien elf twaalf".split()
_TEENS: Final = "dertien veertien vijftien zestien zeventien achttien negentien twintig".split()
_TENS: Final = {20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig", 60: "zestig"}
_FIRST_ORDINALS: Final = (
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde "
    "dertiende veertiende vijftiende zestiende zeventiende achttiende negentiende"
).split()
_LAST_ORDINAL: Final = 31
_WEEKDAY_SHORT: Final = "ma di wo do vr za zo".split()
_MONTH_SHORT: Final = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
_PARTS: Final = {
    "ochtend": Part.MORNING,
    "middag": Part.AFTERNOON,
    "namiddag": Part.AFTERNOON,
    "avond": Part.EVENING,
}
_NIGHT: Final = "nacht"

# A word, or several that mean the same, for each kind and value.
_WORDS: Final[dict[tuple[Kind, int], str]] = {
    (Kind.DAY, -2): "eergisteren eergister",
    (Kind.DAY, -1): "gisteren gister",
    (Kind.DAY, 0): "vandaag heden",
    (Kind.DAY, 1): "morgen",
    (Kind.DAY, 2): "overmorgen",
    (Kind.MINUTES, 1): "minuut minuten minuutje min",
    (Kind.MINUTES, 15): "kwartier kwartiertje",
    (Kind.UUR, 0): "uur u uren uurtje h",
    (Kind.DAYS, 1): "dag dagen dagje dg d",
    (Kind.DAYS, 7): "week weken wk wkn weekje",
    (Kind.MONTHS, 1): "maand maanden mnd",
    (Kind.MONTHS, 12): "jaar jaren",
    (Kind.NEXT, 0): "volgende volgend",
    (Kind.COMING, 0): "komende komend aanstaande aankomende aankomend eerstvolgende as",
    (Kind.THIS, 0): "deze dit",
    (Kind.PREVIOUS, 0): "vorige vorig",
    (Kind.PREVIOUS, 1): "afgelopen",
    (Kind.AGO, 0): "geleden terug",
    (Kind.GONE, 0): "zojuist daarnet zonet",
    (Kind.THAT, 0): "die dezelfde",
    (Kind.OVER, 0): "over",
    (Kind.VOOR, 0): "voor",
    (Kind.NA, 0): "na",
    (Kind.WORKDAYS, 0): "werkdag werkdagen",
    (Kind.WITH, 0): "met tijdens",
    (Kind.HALF, 0): "half halve",
    (Kind.HALVES, 1): "anderhalf anderhalve",
    (Kind.KWART, 0): "kwart",
    (Kind.OM, 0): "om precies stipt klokslag",
    (Kind.IN, 0): "op in uiterlijk",
    (Kind.VAN, 0): "van",
    (Kind.THE, 0): "de het 't",
    (Kind.AND, 0): "en",
    (Kind.POSSESSIVE, 0): "'s s",
    (Kind.BEFORE, 0): "ervoor tevoren vooraf eerder daarvoor vantevoren",
    (
        Kind.EVENT,
        0,
    ): "vergadering bijeenkomst alv balv ledenvergadering evenement aanvang start begint",
    (Kind.SELF, 0): "zelf",
    (Kind.LAST, 0): "laatste",
    (Kind.EDGE, 0): "begin",
    (Kind.EDGE, 1): "eind einde",
    (Kind.MIDNIGHT, 0): "middernacht",
    (Kind.NOON, 0): "middaguur",
    (Kind.SEASON, 1): "zomertijd",
    (Kind.SEASON, 0): "wintertijd",
    (Kind.WEEKEND, 0): "weekend weekeinde",
    (Kind.EVERY, 0): "elke elk iedere ieder",
    (Kind.ADVERB, 0): "dagelijks",
    (Kind.ADVERB, 1): "wekelijks",
    (Kind.ADVERB, 2): "maandelijks",
    (Kind.ADVERB, 3): "jaarlijks",
    (Kind.ADVERB, 4): "tweewekelijks",
    (Kind.MONTH, 3): "maa",
    (Kind.MONTH, 9): "sept",
}
_SHORTEST_MENDED: Final = 4
_SHORTEST_FEAST: Final = 9
"""Shorter names of feasts are one slip away from other words."""


def tokens_of(word: str) -> tuple[Token, ...]:
    """Return what a word in lower case and without accents is: compounds are two tokens."""
    known = _VOCABULARY.get(word)
    if known is None:
        meant = _mended(word)
        known = _VOCABULARY.get(meant) if meant else None
    if known is None:
        return (Token(Kind.UNKNOWN, word),)
    return tuple(Token(kind, word, value, spelled=kind is Kind.NUMBER) for kind, value in known)


def _mended(word: str) -> str | None:
    """Return the only weekday, month or feast that is one slip of the finger away from a word."""
    if len(word) < _SHORTEST_MENDED:
        return None
    near = [name for name in _NAMES if OSA.distance(word, name, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else None


def _vocabulary() -> dict[str, tuple[tuple[Kind, int], ...]]:
    meanings: dict[str, tuple[tuple[Kind, int], ...]] = {}
    for (kind, value), words in _WORDS.items():
        meanings.update(dict.fromkeys(words.split(), ((kind, value),)))
    for value, word in _numbers().items():
        meanings[word] = ((Kind.NUMBER, value),)
        meanings[f"{word}enhalf"] = meanings[f"{word}eneenhalf"] = ((Kind.HALVES, value),)
    for value, word in _ordinals().items():
        meanings[word] = ((Kind.ORDINAL, value),)
    for index, names in enumerate(zip(MONTHS, _MONTH_SHORT, strict=True), start=1):
        meanings.update(dict.fromkeys(names, ((Kind.MONTH, index),)))
    days: dict[str, tuple[tuple[Kind, int], ...]] = {
        word: ((Kind.DAY, value),) for value, word in enumerate(("van", "morgen", "overmorgen"))
    }
    days |= {name: meanings[name] for name in ("gister", "gisteren", "eergister", "eergisteren")}
    for index, names in enumerate(zip(WEEKDAYS, _WEEKDAY_SHORT, strict=True)):
        meanings.update(dict.fromkeys(names, ((Kind.WEEKDAY, index),)))
        days[names[0]] = ((Kind.WEEKDAY, index),)
        meanings[f"{names[0]}morgen"] = ((Kind.WEEKDAY, index), (Kind.PART, Part.MORNING.value))
    parts = {word: (Kind.PART, part.value) for word, part in _PARTS.items()}
    for name, meaning in (parts | {_NIGHT: (Kind.NIGHT, 0)}).items():
        meanings[name] = (meaning,)
        meanings.update({f"{day}{name}": (*first, meaning) for day, first in days.items()})
        habitual = (Kind.PART, Part.NIGHT.value) if name == _NIGHT else meaning
        meanings[f"{name}s"] = meanings[f"s{name}s"] = (habitual,)
    meanings["morgens"] = meanings["smorgens"] = meanings["ochtends"]
    meanings.update({name: ((Kind.FEAST, number),) for name, number in feasts.names()})
    meanings["halfuur"] = ((Kind.HALF, 0), (Kind.UUR, 0))
    meanings["vanmorgen"] = meanings["vanochtend"]
    meanings["morgenvroeg"] = meanings["morgenochtend"]
    return meanings


def _numbers() -> dict[int, str]:
    words = dict(enumerate([*_ONES, *_TEENS], start=1)) | _TENS
    for ten, name in _TENS.items():
        if ten < max(_TENS):
            words |= {ten + n: f"{_ONES[n - 1]}en{name}" for n in range(1, 10)}
    return words


def _ordinals() -> dict[int, str]:
    later = {n: f"{word}ste" for n, word in _numbers().items() if 20 <= n <= _LAST_ORDINAL}  # noqa: PLR2004 - from twenty on the ending is regular
    return dict(enumerate(_FIRST_ORDINALS, start=1)) | later


_NAMES: Final = (
    *MONTHS,
    *WEEKDAYS,
    *(name for name, _ in feasts.names() if name.isalpha() and len(name) >= _SHORTEST_FEAST),
)
_VOCABULARY: Final = _vocabulary()
