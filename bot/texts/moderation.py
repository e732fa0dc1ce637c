"""What moderators read while they decide about comments, rounds, the mode and members."""

import datetime as dt
from typing import Final

from storage.comment_records import CommentEvent, CommentState
from storage.moderation_records import Block, Round, RoundCounts

GROUP_DESCRIPTION: Final = "Reacties van leden beoordelen, onderwerpen openen en sluiten."
QUEUE_DESCRIPTION: Final = "Loop door de reacties die op een moderator wachten."
DECIDE_DESCRIPTION: Final = "Beslis over één reactie."
MODE_DESCRIPTION: Final = "Kijk je vóór of ná plaatsing naar reacties?"
ROUND_DESCRIPTION: Final = "Open of sluit een onderwerp."
BLOCK_DESCRIPTION: Final = "Laat iemand een tijd niet reageren of vragen stellen aan moderatoren."
TOPIC_DESCRIPTION: Final = "Welk onderwerp? Typ een nieuwe naam om er een te maken."
FILTER_DESCRIPTION: Final = "Alleen reacties over dit onderwerp."
NUMBER_DESCRIPTION: Final = "Het nummer van de reactie."
WHEN_DESCRIPTION: Final = "Vooraf: eerst kijken, dan plaatsen. Achteraf: meteen plaatsen."
ACTION_DESCRIPTION: Final = "Openen of sluiten?"
MEMBER_DESCRIPTION: Final = "Wie?"
DURATION_DESCRIPTION: Final = "Hoe lang? Zoals: 3 dagen, 2 weken. Leeg: tot je het opheft."

BEFORE: Final = "vooraf"
AFTER: Final = "achteraf"
OPEN: Final = "openen"
CLOSE: Final = "sluiten"

ALL_DONE: Final = "✅ Er wacht geen reactie meer op een moderator."
ALL_ROUNDS: Final = "Alle onderwerpen"
ROUND_PLACEHOLDER: Final = "Alleen over dit onderwerp"
NEXT: Final = "Volgende ▶"
PREVIOUS: Final = "◀ Vorige"
REASON_TITLE: Final = "Reactie afwijzen"
REASON_LABEL: Final = "Waarom?"
REASON_HINT: Final = "De schrijver leest dit, en kan één keer bezwaar maken."
REDACT_TITLE: Final = "Tekst aanpassen"
REDACT_LABEL: Final = "De tekst zoals iedereen hem leest"
REDACT_HINT: Final = "De schrijver krijgt bericht. De eigen tekst blijft voor moderatoren bewaard."
DUPLICATE_TITLE: Final = "Dubbel van een andere reactie"
DUPLICATE_LABEL: Final = "Nummer van die andere reactie"
DUPLICATE_PLACEHOLDER: Final = "Kies de reactie die hetzelfde zegt"
OTHER_NUMBER: Final = "Ander nummer"
NO_OTHER: Final = (
    "Er is geen andere reactie die geplaatst is of wacht. Weet je het nummer? Druk op **Ander "
    "nummer**."
)
ALONE_PLACE: Final = "Ik ben de enige: plaatsen"
ALONE_REJECT: Final = "Ik ben de enige: afwijzen"
ALONE_UPHOLD: Final = "Ik ben de enige: blokkade houden"
BLOCK_TITLE: Final = "Iemand blokkeren"
BLOCK_LABEL: Final = "Waarom?"
BLOCK_HINT: Final = "Het lid leest dit, en kan één keer bezwaar maken."
DURATION_LABEL: Final = "Hoe lang?"
DURATION_HINT: Final = "Zoals: 3 dagen, 2 weken, tot 1 juni 12 uur. Leeg: tot je het opheft."
BLOCK_CHANGE: Final = "Andere duur of reden"
NOT_PEOPLE: Final = "Een bot kun je niet blokkeren. Kies een lid."
LONG_AGO: Final = "Deze duur is voorbij voor je klaar was. Begin opnieuw met /moderatie blokkeren."

_DONE: Final = {
    CommentState.PLACED: "staat er",
    CommentState.REJECTED: "is afgewezen",
    CommentState.DUPLICATE: "telt mee bij een andere reactie",
}


def decided(number: int, state: CommentState, *, author_hears: bool) -> str:
    """Say what a decision came to."""
    hears = " De schrijver krijgt bericht." if author_hears else ""
    return f"Reactie {number} {_DONE[state]}.{hears}"


def author_hears(event: CommentEvent) -> bool:
    """Whether the author is told of a decision: not that a moderator only looked."""
    return event is not CommentEvent.CHECKED


def waiting(place: int, total: int) -> str:
    """Say above a card which of the queue it is."""
    return f"**Wachtrij**: {place} van {total}, de oudste eerst."


def nothing_waits(round_title: str) -> str:
    """Say that nothing about a round waits."""
    return f"✅ Over {round_title} wacht geen reactie."


def which_duplicate(number: int) -> str:
    """Ask which comment another one repeats."""
    return f"Bij welke reactie telt reactie {number} mee?"


def mode(*, checks_first: bool, changed: bool, waiting: int) -> str:
    """Say how comments are looked at, and what that means for what waits."""
    how = (
        "**vooraf**: een reactie staat er pas als een moderator hem plaatst"
        if checks_first
        else "**achteraf**: een reactie staat er meteen, en een moderator kijkt daarna"
    )
    lines = [f"Moderatie is {'nu ' if changed else ''}{how}."]
    if waiting:
        many = "Er wacht 1 reactie" if waiting == 1 else f"Er wachten {waiting} reacties"
        stay = "; daaraan verandert niets: beslis er zelf over" if changed else ""
        lines.append(f"{many}{stay}. Zie `/moderatie wachtrij`.")
    if not changed:
        other = AFTER if checks_first else BEFORE
        lines.append(f"Veranderen: `/moderatie modus` met **{other}**.")
    return "\n".join(lines)


def round_state(of: Round, counts: RoundCounts, *, title: str) -> str:
    """Say how a round stands."""
    state = "open" if of.is_open else "gesloten: lezen kan, reageren en stemmen niet"
    return f"**{title}** is {state}.\n{counts.placed} geplaatst, {counts.waiting} in behandeling."


def round_changed(of: Round, *, title: str, changed: bool) -> str:
    """Say what opening or closing came to."""
    if not changed:
        return f"**{title}** was al {'open' if of.is_open else 'gesloten'}."
    if of.is_open:
        return f"**{title}** is open. Leden kunnen reageren met `/reactie plaats`."
    return (
        f"**{title}** is gesloten. Lezen kan nog; reageren, wijzigen en stemmen niet. Over wat nog "
        "wacht kun je beslissen."
    )


def unknown_round(title: str) -> str:
    """Say how to make a round that is not there."""
    return f"Er is geen onderwerp **{title}**. Maak het met `actie: {OPEN}`."


def bad_duration(typed: str) -> str:
    """Say that a duration is not understood."""
    return f"Deze duur begrijp ik niet: {typed}. Typ hem zoals: 3 dagen, 2 weken of 1 maand."


def blocked(block: Block) -> str:
    """Say that a member is blocked, and until when."""
    return (
        f"<@{block.user_id}> kan {_until(block.until)} geen reacties insturen en geen vragen aan "
        "moderatoren stellen. Het lid krijgt bericht en kan één keer bezwaar maken."
    )


def is_blocked(block: Block, *, reason: str) -> str:
    """Say how a block stands."""
    return (
        f"<@{block.user_id}> is geblokkeerd {_until(block.until)}, sinds "
        f"<t:{int(block.created_at.timestamp())}:f>.\n**Reden:** {reason}"
    )


def lifted(user_id: int) -> str:
    """Say that a block is over."""
    return f"De blokkade van <@{user_id}> is opgeheven. Het lid krijgt bericht."


def upheld(user_id: int) -> str:
    """Say that a block stays."""
    return f"De blokkade van <@{user_id}> blijft. Het lid krijgt bericht."


def _until(until: dt.datetime | None) -> str:
    return "tot je dat opheft" if until is None else f"tot <t:{int(until.timestamp())}:f>"
