"""Reading a moment beside an event as people type it, as a rule that moves with the event."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.facts import Facts, Shift
from bot.dates.moments import read_moment
from bot.dates.phrases import facts_in
from bot.dates.reading import (
    Ambiguous,
    Choice,
    Doubt,
    NotUnderstood,
    Problem,
    TimeOrigin,
    Understood,
)
from bot.dates.rules import Rule, is_second, moment_by
from bot.dates.tokens import LONGEST, tokens_in
from bot.dates.wall import wall
from bot.dates.words import Kind

_WORKING: Final = re.compile(r"(?i)\bwerkdag(?P<many>en)?\b")


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """A rule and the moment that it means now; `local` is what the clock shows then."""

    rule: Rule
    moment: dt.datetime
    local: dt.datetime


@dataclass(frozen=True, slots=True)
class Rules:
    """One rule, or several to choose from, the earliest first, with the doubts between them."""

    choices: tuple[RuleChoice, *tuple[RuleChoice, ...]]
    doubts: frozenset[Doubt] = frozenset()

    @property
    def only(self) -> RuleChoice | None:
        """Return the rule when there is no doubt."""
        return self.choices[0] if len(self.choices) == 1 else None


def read_rule(  # noqa: PLR0913 # a text, and five facts that it is read by
    text: str,
    *,
    now: dt.datetime,
    zone: ZoneInfo,
    event: dt.datetime,
    default_time: dt.time | None = None,
    keeps_event_time: bool = True,
) -> Rules | NotUnderstood:
    """Return the rule that a text means; `event` and `now` are aware.

    "9 werkdagen ervoor" counts working days. What is counted from the event moves with it; every
    other moment stays. Days back keep the event's time, or `default_time` when not
    `keeps_event_time`. Moments that are past are no choice.
    """
    # Working days from a feast are read as they are; those from the event become days here.
    is_feast = any(token.kind is Kind.FEAST for token in tokens_in(text[:LONGEST]))
    is_working = not is_feast and _WORKING.search(text) is not None
    plain = text
    if is_working:
        plain = _WORKING.sub(lambda found: "dagen" if found["many"] else "dag", text)
    reading = read_moment(plain, now=now, zone=zone, event=event, default_time=default_time)
    if isinstance(reading, NotUnderstood):
        return reading
    facts = facts_in(tokens_in(plain))
    if isinstance(facts, NotUnderstood):
        return facts
    if is_working and not _counts_days(facts):
        return NotUnderstood(Problem.NEEDS_EVENT)
    time = None if keeps_event_time else default_time
    found = dict.fromkeys(
        _rule(one, facts, wall(event, zone), zone, is_working=is_working, time=time)
        for one in _all(reading)
    )
    rules = _to_come(tuple(found), now=now, zone=zone, event=event)
    if isinstance(rules, Rules) and isinstance(reading, Ambiguous):
        return replace(rules, doubts=reading.doubts)
    return rules


def _all(reading: Understood | Ambiguous) -> tuple[Understood | Choice, ...]:
    return reading.to_come if isinstance(reading, Ambiguous) else (reading,)


def _counts_days(facts: Facts) -> bool:
    back = facts.before
    return back is not None and back.days > 0 and not back.months and not back.minutes


def _rule(  # noqa: PLR0913 # one moment, and all that it was read by
    one: Understood | Choice,
    facts: Facts,
    event: dt.datetime,
    zone: ZoneInfo,
    *,
    is_working: bool,
    time: dt.time | None,
) -> Rule:
    """Return the rule behind one moment that a text can mean."""
    if one.time_origin is not TimeOrigin.EVENT:
        time = one.local.time()
    if facts.before is not None:
        back = facts.before
        if is_working:
            return Rule(working=back.days, time=time)
        return Rule(back, time=None if back.minutes else time)
    if facts.event_day is not None:
        if facts.weekday is not None:
            return Rule(weekday=facts.weekday, time=time)
        return Rule(Shift(days=(event.date() - one.local.date()).days), time=time)
    return Rule(fixed=one.local, second=is_second(one.moment, zone))


def _to_come(
    rules: tuple[Rule, ...], *, now: dt.datetime, zone: ZoneInfo, event: dt.datetime
) -> Rules | NotUnderstood:
    local = wall(event, zone)
    moments = [(rule, moment_by(rule, local, zone)) for rule in rules]
    first, *others = sorted(moments, key=lambda one: one[1])
    choices = [
        RuleChoice(rule, moment, wall(moment, zone))
        for rule, moment in (first, *others)
        if moment > now
    ]
    if not choices:
        return NotUnderstood(Problem.PAST, moments=(first[1].astimezone(zone),))
    return Rules((choices[0], *choices[1:]))
