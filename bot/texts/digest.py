"""What people read in the weekly digest, and moderators about the next one."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from bot.texts.dates import WEEKDAYS, day
from bot.texts.periods import period
from storage.digest_records import DigestTopic

PREVIEW_DESCRIPTION: Final = "Zie het volgende weekoverzicht, zoals het nu zou zijn."
SUBSCRIBE_LABEL: Final = "Updates als privébericht"

HEADINGS: Final[Mapping[DigestTopic, str]] = {
    DigestTopic.UPDATES: "📣 Nieuwe updates",
    DigestTopic.MILESTONES: "📍 Mijlpalen",
    DigestTopic.MEETING: "📅 Volgende ALV",
    DigestTopic.FORUM: "💬 Nieuw op het forum",
    DigestTopic.QUESTIONS: "❓ Vaak gevraagd",
}
NOTES: Final[Mapping[str, str]] = {
    "reached": "bereikt",
    "coming": "komt eraan",
    "planned": "gewijzigd, staat gepland",
    "under_way": "gewijzigd, is bezig",
    "done": "gewijzigd, is afgerond",
    "dropped": "vervallen",
}


def title(*, since: dt.date, until: dt.date) -> str:
    """Return the heading of a digest of the days from `since` to `until`, both included."""
    return f"Weekoverzicht: {day(since)} tot en met {day(until)}"


def post_title(date: dt.date) -> str:
    """Return the title of a digest as a post in a forum."""
    return f"Weekoverzicht van {day(date)}"


def noted(title: str, note: str | None, *, first: dt.date | None, last: dt.date | None) -> str:
    """Return one line: what happened, when, and what became of it."""
    told = [title]
    if first is not None:
        told.append(f"({period(first, last or first)})")
    line = " ".join(told)
    return f"{line}: {note}" if note else line


def asked(question: str, count: int) -> str:
    """Return a question with how often it was asked."""
    return f"{question} ({count} keer)"


def and_more(count: int) -> str:
    """Say how many lines are left out."""
    return f"-# en nog {count}"


def footer(*, is_late: bool) -> str:
    """Return what stands below a digest."""
    usual = "Stel je vraag met /vraag. Meer over de voortgang: /voortgang."
    return f"Dit bericht is door een storing te laat. {usual}" if is_late else usual


def next_one(*, moment: str, timestamp: int, channel: str) -> str:
    """Say when and where the next digest comes."""
    return f"**Het volgende weekoverzicht** komt {moment} (<t:{timestamp}:R>) in {channel}."


NO_CHANNEL: Final = (
    "⚠️ Er is nog geen kanaal voor. Maak een kanaal *updates*, of kies er een met "
    "`/beheer instellingen`."
)


def no_rights(channel: str) -> str:
    """Say that the bot may not post where the digest goes."""
    return f"⚠️ In {channel} mag ik geen berichten plaatsen. Geef mij daar de rechten."


SWITCHED_OFF: Final = (
    "⚠️ Het weekoverzicht staat **uit**, dus er komt niets. Zet het aan met `/beheer instellingen`."
)
AS_IT_IS_NOW: Final = "Zo ziet het er nu uit; wat er nog bijkomt, komt erbij:"
EMPTY_NOW: Final = (
    "Nu is het leeg, en een leeg weekoverzicht sla ik over. Het komt wel als er tot dan een "
    "update, een gewijzigde of nabije mijlpaal, een bericht op het forum of een vraag bij komt die "
    "minstens drie keer is gesteld, of als de ALV binnen twee weken is."
)


def weekly(*, weekday: int, hour: int) -> str:
    """Say on which day and at which hour digests come."""
    return f"-# Elke {WEEKDAYS[weekday]} om {hour}.00 uur; te wijzigen met `/beheer instellingen`."
