"""What moderators and members read about updates. Titles and reasons come in made harmless."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from storage.progress_records import UpdateState

GROUP_DESCRIPTION: Final = "Updates over de voortgang: schrijven, plannen, verbeteren."
POST_DESCRIPTION: Final = "Schrijf een update; je ziet eerst een voorbeeld."
PLAN_DESCRIPTION: Final = "Plaats een concept op een later moment, eventueel herhaald."
EDIT_DESCRIPTION: Final = "Verbeter een update, ook waar hij al geplaatst is."
WITHDRAW_DESCRIPTION: Final = "Trek een update in, met de reden erbij."
LIST_DESCRIPTION: Final = "Alle updates: concepten, gepland, geplaatst en ingetrokken."
MINE_DESCRIPTION: Final = "Ga verder met een concept in plaats van een nieuwe update"
WHEN_DESCRIPTION: Final = "Bijvoorbeeld: morgen 9 uur, of vrijdag 27 november 19.30 uur"
NUMBER_DESCRIPTION: Final = "Het nummer van de update"
DRAFT_DESCRIPTION: Final = "Het nummer van het concept; zonder nummer het nieuwste"
REPEAT_DESCRIPTION: Final = "Bijvoorbeeld: elke week, elke maand"

NEW_TITLE: Final = "Nieuwe update"
TITLE_LABEL: Final = "Titel"
TEXT_LABEL: Final = "Tekst"
TEXT_PLACEHOLDER: Final = "Wat is er gebeurd, en wat betekent het voor de lezer?"
PART_LABEL: Final = "Onderdeel"
NO_PART: Final = "Geen onderdeel"
LINK_LABEL: Final = "Link"
LINK_PLACEHOLDER: Final = "https://…"
WHEN_TITLE: Final = "Wanneer plaatsen?"
WHEN_LABEL: Final = "Wanneer"
WHEN_PLACEHOLDER: Final = "morgen 9 uur"
REPEAT_LABEL: Final = "Herhaal"
REPEAT_PLACEHOLDER: Final = "elke week (leeg laten voor één keer)"
REASON_LABEL: Final = "Reden"
REASON_PLACEHOLDER: Final = "Dit lezen de mensen die de update al zagen."

PUBLISH: Final = "Publiceren"
PLAN: Final = "Plannen"
EDIT: Final = "Bewerken"
CANCEL: Final = "Annuleren"
MENTION: Final = "Rol noemen"
DO_NOT_MENTION: Final = "Rol niet noemen"
YES_PLAN: Final = "Ja, plannen"
OTHER_TIME: Final = "Andere tijd"
YES_EDIT: Final = "Overal bijwerken"
YES_WITHDRAW: Final = "Ja, intrekken"
WITHDRAW: Final = "Intrekken"
AGAIN: Final = "Opnieuw proberen"
READ_MORE: Final = "Lees meer"
NEWER: Final = "◀ Nieuwer"
OLDER: Final = "Ouder ▶"
OPEN_PLACEHOLDER: Final = "Open een update"
MOMENT_PLACEHOLDER: Final = "Kies het moment dat je bedoelt"

NO_CHANNEL: Final = (
    "⚠️ Er is nog geen kanaal voor updates. Maak een kanaal met de naam **updates**, en open dit "
    "concept dan opnieuw met /update lijst."
)
YOUR_TEXT: Final = "Je eigen tekst, zodat je niets kwijt bent:"

STATES: Final[Mapping[UpdateState, str]] = {
    UpdateState.DRAFT: "concept",
    UpdateState.PLANNED: "gepland",
    UpdateState.PUBLISHED: "geplaatst",
    UpdateState.WITHDRAWN: "ingetrokken",
}


def stamp(moment: dt.datetime) -> str:
    """Return a moment as everybody reads it in their own time."""
    return f"<t:{int(moment.timestamp())}:f>"


def edit_title(number: int) -> str:
    """Name the form in which an update is changed."""
    return f"Update {number} bewerken"


def withdraw_title(number: int) -> str:
    """Name the form that asks why an update is taken back."""
    return f"Update {number} intrekken"


def part_line(part: str) -> str:
    """Say which part of the verkenning an update is about."""
    return f"Onderdeel: {part}"


def edited_on(moment: dt.datetime) -> str:
    """Mark what was changed after people could read it."""
    return f"-# Bijgewerkt op <t:{int(moment.timestamp())}:D>"


def late(due_at: dt.datetime | None) -> str:
    """Mark what comes later than was meant."""
    return "-# Verlaat geplaatst" if due_at is None else f"-# Verlaat: gepland voor {stamp(due_at)}"


def withdrawn_on(moment: dt.datetime, reason: str) -> str:
    """Say above a struck-through text that it was taken back, and why."""
    return f"**Ingetrokken op <t:{int(moment.timestamp())}:D>**: {reason}"


def withdrawn_title(title: str) -> str:
    """Say in the title of a post that what it is about was taken back."""
    return f"Ingetrokken: {title}"


def kept_without_link(problem: str) -> str:
    """Say that the text is kept though its link is not."""
    return f"{problem} Je tekst is bewaard zonder de link; voeg hem toe met **{EDIT}**."


def heading(number: int, state: UpdateState) -> str:
    """Begin what a moderator reads about one update."""
    return f"**Update {number}** ({STATES[state]})"


def preview_heading(number: int) -> str:
    """Begin the preview of what was not published yet."""
    return (
        f"**Voorbeeld van update {number}**: zo komt hij eruit te zien. Er is nog niets geplaatst."
    )


def channel_line(channel_id: int, *, crossposts: bool) -> str:
    """Say where it will stand."""
    more = "; servers die het kanaal volgen krijgen hem ook" if crossposts else ""
    return f"Kanaal: <#{channel_id}>{more}"


def people_line(count: int) -> str:
    """Say how many people get a copy of their own."""
    if not count:
        return "Privéberichten: geen, niemand heeft hierop een abonnement"
    return f"Privéberichten: {_people(count)}"


def role_line(name: str, *, mentioned: bool) -> str:
    """Say whether the role is mentioned."""
    return f"Rol **{name}**: wordt {'' if mentioned else 'niet '}genoemd"


def plan_line(moment: dt.datetime, *, written: str, repeat: str | None) -> str:
    """Say when it is published by itself."""
    again = f", daarna {repeat}" if repeat else ""
    return f"Gepland: {written}{again} ({_relative(moment)})"


def plan_question(number: int, moment: dt.datetime, *, written: str, repeat: str | None) -> str:
    """Ask whether a plan is what was meant."""
    if repeat is None:
        return f"Update {number} plaatsen op **{written}** ({_relative(moment)})?"
    return (
        f"Update {number} plaatsen op **{written}** ({_relative(moment)}) en daarna **{repeat}**, "
        "tot je hem intrekt of de planning schrapt?"
    )


def edit_question(number: int, count: int) -> str:
    """Ask whether a correction may reach what stands already."""
    if not count:
        return f"Zo wordt update {number}. Er staat nog geen bericht dat mee verandert."
    return f"Zo wordt update {number}. Dit verbetert {_messages(count)}."


def withdraw_question(number: int, *, reason: str, standing: int, unsent: int) -> str:
    """Ask whether an update is really to be taken back."""
    lines = [f"Update {number} intrekken? Reden: {reason}"]
    if standing:
        lines.append(f"Dit streept {_messages(standing)} door, met de reden erboven.")
    if unsent:
        lines.append(f"Wat nog niet verstuurd is, vervalt: {_messages(unsent)}.")
    return "\n".join(lines)


def published(number: int, channel_id: int, people: int) -> str:
    """Say that it is on its way."""
    more = f" en als privébericht naar {_people(people)}" if people else ""
    return f"Update {number} gaat nu naar <#{channel_id}>{more}. Zie de stand met /update lijst."


def planned(number: int, *, written: str, repeat: str | None) -> str:
    """Say that it will be published by itself."""
    again = f" en daarna {repeat}" if repeat else ""
    return f"Gepland: update {number} wordt geplaatst op {written}{again}."


def edited(number: int, count: int) -> str:
    """Say that a correction is on its way."""
    if not count:
        return f"Update {number} is bijgewerkt."
    return f"Update {number} is bijgewerkt; {_messages(count)} volgt zo."


def withdrawn(number: int) -> str:
    """Say that an update is taken back."""
    return f"Update {number} is ingetrokken. Wat al geplaatst was, wordt doorgestreept."


def sent_again(number: int) -> str:
    """Say that what did not arrive is sent once more."""
    return f"Ik probeer update {number} opnieuw te plaatsen. Zie de stand met /update lijst."


def kept_as_draft(number: int) -> str:
    """Say that nothing is published and nothing is lost."""
    return (
        f"Er is niets geplaatst. Update {number} blijft bewaard als concept: ga verder met "
        f"/update plaatsen, of gooi hem weg met /update intrekken."
    )


def unplanned(number: int) -> str:
    """Say that a plan is gone and the text is not."""
    return f"De planning is geschrapt. Update {number} is weer een concept."


def changed_meanwhile(number: int, *, by: int | None) -> str:
    """Say that somebody else changed what one was looking at."""
    return f"{_somebody(by)} heeft update {number} intussen veranderd. Zo is hij nu:"


def overwrites(by: int | None) -> str:
    """Say that saying yes undoes what somebody else did meanwhile."""
    return f"Let op: {_somebody(by)} heeft deze update intussen veranderd. Jouw tekst vervangt die."


def _somebody(by: int | None) -> str:
    return "Iemand" if by is None else f"<@{by}>"


def _relative(moment: dt.datetime) -> str:
    return f"<t:{int(moment.timestamp())}:F>, <t:{int(moment.timestamp())}:R>"


def _people(count: int) -> str:
    return "1 persoon" if count == 1 else f"{count} mensen"


def _messages(count: int) -> str:
    return "1 bericht" if count == 1 else f"{count} berichten"
