"""The phrases that say a distance: "over anderhalf uur", "2 dagen ervoor", "de avond ervoor"."""

from collections.abc import Sequence
from typing import Final

from bot.dates.facts import Facts, Shift
from bot.dates.matching import Found, Match, is_at, length_of, match
from bot.dates.words import Kind, Part, Token

_HOUR: Final = 60
_YEAR: Final = 12
_UNIT: Final = "MINUTES|UUR|DAYS|MONTHS"
_AMOUNTS: Final = (  # and whether half a unit is part of it
    (f"NUMBER? HALF {_UNIT}", True),
    (f"HALVES {_UNIT}", True),
    (f"NUMBER AND NUMBER HALF {_UNIT}", True),
    (f"NUMBER {_UNIT}", False),
    ("MINUTES", False),
)
_BEFORE: Final = ("VAN? BEFORE", "VOOR THE? EVENT")
_OF_EVENT: Final = ("SELF", "VAN|VOOR THE? EVENT")


def after_now(tokens: Sequence[Token], at: int) -> Found | None:
    """Read "over 2 weken", "over een uur en een kwartier"."""
    if not is_at(tokens, at, Kind.OVER):
        return None
    amount = distance_at(tokens, at + 1)
    return None if amount is None else Found(amount[0] + 1, Facts(shift=amount[1]))


def before_event(tokens: Sequence[Token], at: int) -> Found | None:
    """Read "2 dagen ervoor", "een week voor de vergadering"."""
    amount = distance_at(tokens, at)
    if amount is None:
        return None
    end = _any(tokens, at + amount[0], _BEFORE) or _before_the_start(tokens, at + amount[0])
    if end is None:
        return None
    return Found(amount[0] + length_of(end), Facts(before=amount[1]))


def _before_the_start(tokens: Sequence[Token], at: int) -> Match | None:
    """Match "voor het begin"; not "voor begin juni"."""
    found = match(tokens, at, "VOOR THE? EDGE")
    if found is None or found[2] is None or found[2].value:
        return None
    of_period = is_at(tokens, at + length_of(found), Kind.MONTH, Kind.VAN, Kind.NEXT, Kind.THIS)
    return None if of_period else found


def ago(tokens: Sequence[Token], at: int) -> Found | None:
    """Read "2 dagen geleden", "een half uur terug": past, however long it is."""
    amount = distance_at(tokens, at)
    if amount is None or not is_at(tokens, at + amount[0], Kind.AGO):
        return None
    return Found(amount[0] + 1, Facts(past=True))


def near_event(tokens: Sequence[Token], at: int) -> Found | None:
    """Read "de avond ervoor", "de week ervoor", "vrijdag ervoor", "de ochtend zelf"."""
    previous = match(tokens, at, "IN? THE? PREVIOUS DAYS|PART|NIGHT")
    if previous is not None and previous[2] is not None and previous[3] is not None:
        # "De vorige avond" is the one before the event, "afgelopen avond" is past.
        one = None if previous[2].value else _one_before(previous[3])
        if one is not None and one.event_day is not None:
            return Found(length_of(previous), one)
    start = match(tokens, at, "IN? THE|THAT? DAYS|MONTHS|UUR|PART|NIGHT|WEEKDAY")
    if start is None or start[2] is None:
        return None
    token, length = start[2], length_of(start)
    end = _any(tokens, at + length, _BEFORE)
    if end is not None:
        facts = _one_before(token)
    else:
        end = _any(tokens, at + length, _OF_EVENT)
        that_day = start[1] is not None and start[1].kind is Kind.THAT and token.kind is Kind.DAYS
        end = end if end is not None or not that_day else ()
        facts = _of_event(token)
    return None if end is None or facts is None else Found(length + length_of(end), facts)


def _one_before(token: Token) -> Facts | None:
    if token.kind is Kind.WEEKDAY:
        return Facts(event_day=-1, weekday=token.value)
    if token.kind is Kind.PART:
        return Facts(event_day=-1, part=Part(token.value))
    if token.kind is Kind.NIGHT:
        return Facts(event_day=-1, part=Part.NIGHT, night=True)
    if token.kind is Kind.DAYS and token.value == 1:
        return Facts(event_day=-1)
    unit = _shift(token, whole=1)
    return None if unit is None else Facts(before=unit)


def _of_event(token: Token) -> Facts | None:
    if token.kind is Kind.PART:
        return Facts(event_day=0, part=Part(token.value))
    return Facts(event_day=0) if token.kind is Kind.DAYS and token.value == 1 else None


def distance_at(tokens: Sequence[Token], at: int) -> tuple[int, Shift] | None:
    """Return how many tokens "1 dag en 2 uur" takes, and the distance."""
    first = _amount(tokens, at)
    if first is None:
        return None
    length, total = first
    while True:
        joined = 1 if is_at(tokens, at + length, Kind.AND) else 0
        more = _amount(tokens, at + length + joined)
        # Without "en" a second distance is minutes: "over 3 dagen 9 uur" has a time of day.
        if more is None or not (joined or is_at(tokens, at + length + 1, Kind.MINUTES)):
            return length, total
        length, total = length + joined + more[0], total + more[1]


def _amount(tokens: Sequence[Token], at: int) -> tuple[int, Shift] | None:
    for pattern, half in _AMOUNTS:
        matched = match(tokens, at, pattern)
        shift = _distance(matched, half=half) if matched else None
        if matched and shift:
            return length_of(matched), shift
    return None


def _distance(matched: Match, *, half: bool) -> Shift | None:
    count, unit = matched[0], matched[-1]
    if unit is None:
        return None
    if count is None or count is unit:  # "half uur", "kwartier"
        return _shift(unit, whole=0 if half else 1, half=half)
    if matched[1] and matched[1].kind is Kind.HALF:  # "een half uur"
        return _shift(unit, whole=0, half=True) if count.value == 1 else None
    return _shift(unit, whole=count.value, half=half)


def _shift(unit: Token, *, whole: int, half: bool = False) -> Shift | None:
    """Return a number of units, or None where half of one is no distance of the grammar."""
    if unit.kind is Kind.UUR:
        return Shift(minutes=whole * _HOUR + (_HOUR // 2 if half else 0))
    if unit.kind is Kind.MONTHS and unit.value == _YEAR:
        return Shift(months=whole * _YEAR + (_YEAR // 2 if half else 0))
    if half:
        return None
    if unit.kind is Kind.MINUTES:
        return Shift(minutes=whole * unit.value)
    return Shift(
        months=whole if unit.kind is Kind.MONTHS else 0,
        days=whole * unit.value if unit.kind is Kind.DAYS else 0,
    )


def _any(tokens: Sequence[Token], at: int, patterns: Sequence[str]) -> Match | None:
    found = (match(tokens, at, pattern) for pattern in patterns)
    return next((one for one in found if one is not None), None)
