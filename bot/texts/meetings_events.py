"""Meetings as scheduled events: what the event says, and what moderators are asked about it."""

from collections.abc import Mapping, Sequence
from typing import Final

from storage.meeting_event_records import AskState, EventProblem

PLACE_FOLLOWS: Final = "Plaats volgt nog"
TAKE_LABEL: Final = "Overnemen"
RESTORE_LABEL: Final = "Terugzetten"
LEAVE_LABEL: Final = "Zo laten"
RESTORED: Final = "Ik zet het evenement terug. Dat duurt hoogstens een minuut."
LEFT: Final = "Ik laat het evenement zo. Verandert de bijeenkomst zelf, dan werk ik dat deel bij."

_PROBLEMS: Final[Mapping[EventProblem, str]] = {
    EventProblem.RIGHTS: (
        "Ik mag hier geen evenementen maken, dus de bijeenkomsten staan niet bij Evenementen. Geef "
        "mijn rol het recht **Evenementen maken**, dan zet ik ze er vanzelf bij."
    ),
    EventProblem.FULL: (
        "Deze server heeft 100 evenementen: meer kan niet. Haal er een weg, dan zet ik de "
        "bijeenkomst er binnen een uur bij."
    ),
    EventProblem.REFUSED: (
        "Discord weigert het evenement van een bijeenkomst. Kijk bij Evenementen of er een al "
        "begonnen is. Ik probeer het elk uur opnieuw."
    ),
}
_DECIDED: Final[Mapping[AskState, str]] = {
    AskState.TAKEN: "overgenomen: de bijeenkomst is veranderd",
    AskState.RESTORED: "teruggezet: het evenement volgt de bijeenkomst weer",
    AskState.LEFT: "zo gelaten: alleen het evenement is anders",
}


def event_description(link: str, *, mark: str) -> str:
    """Return what the event says below its time and place."""
    lines = [f"Meedoen kan ook via {link}"] if link else []
    lines.append("Alle informatie, de agenda en aanmelden: typ /alv info of /alv deelname.")
    return "\n".join((*lines, "", mark))


def event_mark(uid: str) -> str:
    """Return the line by which the bot finds its event again."""
    return f"Kenmerk: {uid}"


def asked(meeting: str, lines: Sequence[str]) -> str:
    """Ask what to do about a change; `meeting` and the lines are harmless already."""
    return "\n".join(
        (
            f"**{meeting}: het evenement in Discord is veranderd**",
            *lines,
            "",
            "De bijeenkomst zelf is niet veranderd. Overnemen, terugzetten, of zo laten?",
        )
    )


def removed(meeting: str) -> str:
    """Ask what to do about an event that is gone."""
    return (
        f"**{meeting}: het evenement in Discord is geannuleerd of verwijderd**\n"
        "De bijeenkomst zelf gaat nog door. Neem je het over, dan gelast je de bijeenkomst af. Zet "
        "je het terug, dan maak ik een nieuw evenement."
    )


def other_name(before: str, after: str) -> str:
    """Say that the name differs."""
    return f"- Naam: {before} → **{after}**"


def other_time(before: str, after: str) -> str:
    """Say that it is at another moment."""
    return f"- Tijd: {before} → **{after}**"


def other_place(before: str, after: str) -> str:
    """Say that it is somewhere else."""
    return f"- Plaats: {before} → **{after or '(leeg)'}**"


def decided(state: AskState, by: int | None) -> str:
    """Return the line below a question that was decided."""
    if state is AskState.OVERTAKEN:
        return "✔️ Dit speelt niet meer: er is daarna iets veranderd."
    who = f"<@{by}>" if by else "Een moderator"
    return f"✔️ {who} heeft dit {_DECIDED[state]}."


def decided_already(state: AskState, by: int | None) -> str:
    """Tell who comes second what the first one did."""
    if state is AskState.OVERTAKEN:
        return "Dit speelt niet meer: er is daarna iets veranderd. Je hoeft niets te doen."
    who = f"<@{by}>" if by else "Een andere moderator"
    return f"{who} was je voor en heeft dit {_DECIDED[state]}."


TROUBLE_TITLE: Final = "Evenementen"


def trouble(problem: EventProblem, *, solved: bool) -> str:
    """Say why events cannot be kept up to date, or that they are again."""
    text = _PROBLEMS[problem]
    if solved:
        return f"✔️ Opgelost: de bijeenkomsten staan weer bij Evenementen.\n-# Eerst was er: {text}"
    return text


def from_to(start: str, end: str) -> str:
    """Return from when until when."""
    return f"{start} tot {end}"
