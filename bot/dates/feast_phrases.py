"""The phrases that name a feast: "koningsdag", "2 dagen voor pasen", "de vrijdag na hemelvaart"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dates.distances import distance_at
from bot.dates.facts import Facts, Shift
from bot.dates.feasts import FEASTS
from bot.dates.matching import Found, Match, length_of, match
from bot.dates.words import Kind, Part, Token

_BESIDE = "VOOR|NA THE? FEAST"


def feast_phrase(tokens: Sequence[Token], at: int) -> Found | None:
    """Return the longest phrase about a feast at a place."""
    readers = (_alone, _away, _one_away, _weekday_beside, _working_days_away)
    found = [one for read in readers if (one := read(tokens, at)) is not None]
    return max(found, key=lambda one: one.length, default=None)


def _alone(tokens: Sequence[Token], at: int) -> Found | None:
    matched = match(tokens, at, "IN|WITH? THE? FEAST")
    if matched is None:
        return None
    number = _value(matched[2])
    part = Part.EVENING if FEASTS[number].is_evening else None
    return Found(length_of(matched), Facts(feast=number, part=part))


def _away(tokens: Sequence[Token], at: int) -> Found | None:
    """Read "2 dagen voor koningsdag", "een week na pasen"; hours from a feast mean nothing."""
    amount = distance_at(tokens, at)
    end = match(tokens, at + amount[0], _BESIDE) if amount else None
    if amount is None or end is None or amount[1].minutes:
        return None
    facts = Facts(feast=_value(end[2]), feast_shift=_towards(end[0], amount[1]))
    return Found(amount[0] + length_of(end), facts)


def _one_away(tokens: Sequence[Token], at: int) -> Found | None:
    """Read "de dag na hemelvaart", "de tweede week na pasen", "de avond voor kerst"."""
    matched = match(tokens, at, f"IN? THE? ORDINAL? DAYS|MONTHS|PART {_BESIDE}")
    if matched is None or matched[3] is None:
        return None
    unit, times = matched[3], _value(matched[2]) if matched[2] else 1
    feast = Facts(feast=_value(matched[6]))
    if unit.kind is Kind.PART:
        if matched[2] is not None:
            return None
        shift = _towards(matched[4], Shift(days=1))
        return Found(length_of(matched), replace(feast, feast_shift=shift, part=Part(unit.value)))
    is_days = unit.kind is Kind.DAYS
    one = Shift(days=times * unit.value) if is_days else Shift(months=times * unit.value)
    return Found(length_of(matched), replace(feast, feast_shift=_towards(matched[4], one)))


def _weekday_beside(tokens: Sequence[Token], at: int) -> Found | None:
    """Read "de vrijdag na hemelvaart", "tweede maandag na pasen", "vrijdagavond voor kerst"."""
    matched = match(tokens, at, f"IN? THE? LAST|ORDINAL? WEEKDAY PART? {_BESIDE}")
    if matched is None:
        return None
    times = _times(matched)
    if times is None:
        return None
    part = Part(matched[4].value) if matched[4] else None
    facts = Facts(feast=_value(matched[7]), feast_weekday=(times, _value(matched[3])), part=part)
    return Found(length_of(matched), facts)


def _working_days_away(tokens: Sequence[Token], at: int) -> Found | None:
    """Read "2 werkdagen voor koningsdag", "de eerste werkdag na pasen"."""
    matched = match(tokens, at, f"IN? THE? LAST|ORDINAL|NUMBER? WORKDAYS PART? {_BESIDE}")
    times = _times(matched) if matched else None
    if matched is None or times is None:
        return None
    part = Part(matched[4].value) if matched[4] else None
    facts = Facts(feast=_value(matched[7]), feast_working=times, part=part)
    return Found(length_of(matched), facts)


def _times(matched: Match) -> int | None:
    """Return how many before (negative) or after; the last one after a feast is none."""
    which, side = matched[2], matched[5]
    is_after = side is not None and side.kind is Kind.NA
    if which is None or which.kind is Kind.LAST:
        return None if which is not None and is_after else 1 if is_after else -1
    if which.value == 0:
        return None
    return which.value if is_after else -which.value


def _towards(side: Token | None, shift: Shift) -> Shift:
    return shift if side is not None and side.kind is Kind.NA else -shift


def _value(token: Token | None) -> int:
    return token.value if token else 0
