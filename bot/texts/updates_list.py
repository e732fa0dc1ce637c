"""What moderators read about many updates, and about what became of one."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.texts.updates import AGAIN, STATES, stamp
from storage.delivery_records import Problem
from storage.progress_records import UpdateEvent, UpdateState

EMPTY_LIST: Final = (
    "Er zijn nog geen updates. Schrijf de eerste met **/update plaatsen**: je ziet een voorbeeld "
    "voordat er iets wordt geplaatst."
)
_EVENTS: Final[Mapping[UpdateEvent, str]] = {
    UpdateEvent.CREATED: "geschreven",
    UpdateEvent.EDITED: "bewerkt",
    UpdateEvent.PLANNED: "gepland",
    UpdateEvent.UNPLANNED: "planning geschrapt",
    UpdateEvent.PUBLISHED: "geplaatst",
    UpdateEvent.REPEATED: "herhaald",
    UpdateEvent.WITHDRAWN: "ingetrokken",
}
_PROBLEMS: Final[Mapping[Problem, str]] = {
    Problem.UNKNOWN_CHANNEL: "het kanaal bestaat niet meer",
    Problem.UNKNOWN_PERSON: "die persoon bestaat niet meer",
    Problem.NO_RIGHTS: "de bot mag daar niet schrijven",
    Problem.DM_CLOSED: "privéberichten staan uit",
    Problem.LOCKED: "het gesprek is gesloten",
    Problem.TAG: "de tag klopt niet",
    Problem.MESSAGE_GONE: "het bericht is weggehaald",
    Problem.TOO_LARGE: "de tekst is te lang",
    Problem.CANNOT_LOOK: "de bot kan niet nagaan of het er staat",
    Problem.NOT_ALLOWED: "niet meer in de server of zonder toegang",
}


def list_heading(page: int, count: int) -> str:
    """Begin a page of the list."""
    return "**Updates**" if count == 1 else f"**Updates**, bladzijde {page} van {count}"


def list_item(number: int, title: str, state: UpdateState, details: Sequence[str]) -> str:
    """Return one update in the list."""
    return "\n".join(
        [f"**{number}. {title}** ({STATES[state]})", *(f"-# {one}" for one in details)]
    )


def choice(number: int, title: str, state: UpdateState) -> str:
    """Name an update where one is chosen."""
    return f"{number}. {title} ({STATES[state]})"


def written_on(moment: dt.datetime) -> str:
    """Say when a draft was written."""
    return f"Geschreven {stamp(moment)}"


def published_on(moment: dt.datetime, *, series: bool) -> str:
    """Say when it was published."""
    return f"Geplaatst {stamp(moment)}{' (herhaling)' if series else ''}"


def withdrawn_because(moment: dt.datetime, reason: str) -> str:
    """Say when it was taken back, and why."""
    return f"Ingetrokken {stamp(moment)}: {reason}"


def overdue(moment: dt.datetime) -> str:
    """Say that a planned update waits for a channel."""
    return (
        f"Had {stamp(moment)} geplaatst moeten zijn. Dat lukt zodra er een kanaal **updates** is "
        "waar de bot mag schrijven."
    )


HOW_TO_SEND_AGAIN: Final = f"Open de update en kies **{AGAIN}**."


def channel_state(channel_id: int, state: str) -> str:
    """Say how a copy in a channel is."""
    return f"<#{channel_id}> {state}"


def copy_state(*, is_sent: bool, is_cancelled: bool, problem: Problem | None) -> str:
    """Return how one copy is, in a word or with the reason."""
    if problem is not None:
        return f"✗ {problem_text(problem)}"
    if is_cancelled:
        return "niet verstuurd"
    return "✓" if is_sent else "onderweg"


def people_state(
    reached: int, count: int, refused: Iterable[Problem | None], *, left: int = 0
) -> str:
    """Return how the private messages are: "3 van 4 privéberichten; 1 mislukt: …".

    `left` more were for people who may not see the updates any more.
    """
    problems = list(refused)
    text = f"{reached} van {count} privéberichten"
    if left:
        text += f"; {left} afgemeld: {problem_text(Problem.NOT_ALLOWED)}"
    if not problems:
        return text
    reasons = dict.fromkeys(problem_text(one) for one in problems if one is not None)
    return f"{text}; {len(problems)} mislukt: {', '.join(reasons) or 'niet op tijd'}"


def problem_text(problem: Problem) -> str:
    """Say in a few words why a copy did not arrive."""
    return _PROBLEMS.get(problem, "Discord weigerde het")


def history_line(event: UpdateEvent, *, at: dt.datetime, by: int | None, version: int) -> str:
    """Return one line of a history; proposals that nobody confirmed have none."""
    who = f" door <@{by}>" if by is not None else ""
    return f"-# {stamp(at)} {_EVENTS.get(event, event.value)}{who} (versie {version})"


def is_told(event: UpdateEvent) -> bool:
    """Whether a history tells it."""
    return event in _EVENTS
