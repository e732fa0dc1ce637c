"""The phrases that say a time of day: "half acht", "om 9 uur", "'s avonds", "middernacht"."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.dates.facts import Clock, Facts
from bot.dates.matching import Found, Match, is_at, length_of, match
from bot.dates.words import Kind, Part, Token

SPOKEN_UNTIL: Final = 8
"""A bare "9 uur" up to "12 uur" in digits is the clock of 24 hours; up to 8 it may be either."""
_TWELVE: Final = 12
_HOUR: Final = 60
_QUARTER: Final = 15
_UNITS: Final = (Kind.MINUTES, Kind.DAYS, Kind.MONTHS, Kind.MONTH)


def time_phrase(tokens: Sequence[Token], at: int) -> Found | None:
    """Return the longest phrase about the time of day at a place."""
    found = [one for read in _PHRASES if (one := read(tokens, at)) is not None]
    return max(found, key=lambda one: one.length, default=None)


def _digits(tokens: Sequence[Token], at: int) -> Found | None:
    matched = match(tokens, at, "OM? CLOCK UUR?")
    if matched is None:
        return None
    before, token, after = matched
    hour, minute = (token.parts if token else (0, 0))[:2]
    dotted = before is None and after is None and token is not None and "." in token.text
    return _clock(matched, Clock(hour, minute, dotted=dotted))


def _whole_hour(tokens: Sequence[Token], at: int) -> Found | None:
    matched = match(tokens, at, "OM? NUMBER|YEAR UUR?")
    if matched is None or (matched[0] is None and matched[2] is None):
        return None
    if matched[2] is None and is_at(tokens, at + 2, *_UNITS):
        return None
    minutes = match(tokens, at + length_of(matched), "NUMBER")
    token, minute = matched[1], 0
    if minutes and minutes[0] and matched[2] and _are_minutes(minutes[0], tokens, at, matched):
        matched, minute = (*matched, *minutes), minutes[0].value
    if token is None:
        return None
    bare = minute == 0 and not token.text.startswith("0") and 1 <= token.value <= _TWELVE
    spoken = bare and (token.spelled or token.value <= SPOKEN_UNTIL)
    return _clock(matched, Clock(token.value, minute, spoken=spoken))


def _are_minutes(token: Token, tokens: Sequence[Token], at: int, matched: Match) -> bool:
    after = at + length_of(matched) + 1
    units = (*_UNITS, Kind.UUR, Kind.OVER, Kind.VOOR, Kind.BEFORE)
    return len(token.text) > 1 and token.value < _HOUR and not is_at(tokens, after, *units)


def _half(tokens: Sequence[Token], at: int) -> Found | None:
    matched = match(tokens, at, "OM? HALF NUMBER UUR?")
    if matched is None or matched[2] is None:
        return None
    return _spoken(matched, matched[2].value, -_HOUR // 2)


def _minutes_from(tokens: Sequence[Token], at: int) -> Found | None:
    matched = match(tokens, at, "OM? NUMBER|KWART MINUTES? OVER|VOOR HALF? NUMBER UUR?")
    if matched is None or is_at(tokens, at + length_of(matched), *_UNITS):
        return None
    _, count, _, direction, half, hour, _ = matched
    if count is None or direction is None or hour is None:
        return None
    minutes = _QUARTER if count.kind is Kind.KWART else count.value
    if minutes >= _HOUR // 2 or (half and count.kind is Kind.KWART):
        return None
    minutes = minutes if direction.kind is Kind.OVER else -minutes
    return _spoken(matched, hour.value, minutes - (_HOUR // 2 if half else 0))


def _names(tokens: Sequence[Token], at: int) -> Found | None:
    matched = match(tokens, at, "OM? THE? MIDNIGHT|NOON")
    if matched is None or matched[2] is None:
        return None
    if matched[2].kind is Kind.NOON:
        return _clock(matched, Clock(_TWELVE))
    return _clock(matched, Clock(0, midnight=True))


def _part(tokens: Sequence[Token], at: int) -> Found | None:
    matched = match(tokens, at, "IN? THE? POSSESSIVE? PART")
    if matched is None or matched[3] is None:
        return None
    return Found(length_of(matched), Facts(part=Part(matched[3].value)))


def _number_and_part(tokens: Sequence[Token], at: int) -> Found | None:
    matched = match(tokens, at, "NUMBER POSSESSIVE? PART")
    if matched is None or matched[0] is None or matched[2] is None:
        return None
    clock = Clock(matched[0].value, spoken=1 <= matched[0].value <= _TWELVE)
    return Found(length_of(matched), Facts(clock=clock, part=Part(matched[2].value)))


def _night(tokens: Sequence[Token], at: int) -> Found | None:
    matched = match(tokens, at, "IN? THE? NIGHT")
    if matched is None:
        return None
    return Found(length_of(matched), Facts(part=Part.NIGHT, night=True))


def _season(tokens: Sequence[Token], at: int) -> Found | None:
    matched = match(tokens, at, "SEASON")
    if matched is None or matched[0] is None:
        return None
    return Found(1, Facts(summer=matched[0].value == 1))


def _clock(matched: Match, clock: Clock) -> Found:
    return Found(length_of(matched), Facts(clock=clock))


def _spoken(matched: Match, hour: int, minutes: int) -> Found:
    """Return the time some minutes after (or, negative, before) a whole hour.

    An hour that no clock has stays as it is: the resolver calls it impossible.
    """
    total = hour * _HOUR + minutes
    spoken = 1 <= hour <= _TWELVE
    if spoken:
        total = (total - _HOUR) % (_TWELVE * _HOUR) + _HOUR
    elif not 0 <= total <= 24 * _HOUR:
        return _clock(matched, Clock(hour=99))
    return _clock(matched, Clock(total // _HOUR, total % _HOUR, spoken=spoken))


_PHRASES: Final[tuple[Callable[[Sequence[Token], int], Found | None], ...]] = (
    _digits,
    _whole_hour,
    _half,
    _minutes_from,
    _names,
    _part,
    _number_and_part,
    _night,
    _season,
)
