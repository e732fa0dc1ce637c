"""What members read while they write, look up, change, take back and vote on comments."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from storage.comment_records import CommentEvent, CommentState
from storage.vote_records import VoteValue

GROUP_DESCRIPTION: Final = "Reageren op de verkenning, en stemmen op reacties van anderen."
POST_DESCRIPTION: Final = "Stuur een reactie in. Een moderator kijkt er eerst naar."
MINE_DESCRIPTION: Final = "Je eigen reacties: bekijken, wijzigen of intrekken."
LIST_DESCRIPTION: Final = "Lees wat andere leden vinden."
WITHDRAW_DESCRIPTION: Final = "Trek een reactie van jezelf in."
VOTE_DESCRIPTION: Final = "Stem op reacties waar je nog niet op hebt gestemd."
LANDSCAPE_DESCRIPTION: Final = "Wat leden samen vinden, en wat hen verdeelt."
ALL_TOPICS: Final = "alle onderwerpen"
TOPIC_DESCRIPTION: Final = "Over welk onderwerp?"
NUMBER_DESCRIPTION: Final = "Het nummer van je reactie."
ORDER_DESCRIPTION: Final = "Welke reacties eerst?"
SEARCH_DESCRIPTION: Final = "Woorden die in de reactie staan."
NEWEST: Final = "nieuwste eerst"
SUPPORTED: Final = "meeste steun eerst"

FORM_TITLE: Final = "Je reactie"
BODY_LABEL: Final = "Je reactie"
BODY_PLACEHOLDER: Final = "Wat vind je, en waarom? 10 tot 1.500 tekens."
CUT: Final = "Je bericht was te lang: hier staan de eerste 1.500 tekens."
ROUND_LABEL: Final = "Onderwerp"
CONSENT_LABEL: Final = "Wat mag er met je reactie?"
CONSENT_HINT: Final = "Niets aangevinkt: je reactie staat er zonder je naam, en blijft hier."
CONSENTS: Final[Mapping[str, str]] = {
    "name": "Mijn naam erbij tonen",
    "vng": "Doorgeven aan de VNG",
    "forum": "Ook op het forum plaatsen",
}
APPEAL_TITLE: Final = "Bezwaar maken"
APPEAL_LABEL: Final = "Waarom ben je het er niet mee eens?"
APPEAL_SENT: Final = (
    "Je bezwaar is verstuurd. Een moderator kijkt er opnieuw naar; je hoort van mij wat eruit komt."
)

REACT: Final = "Reageren"
VOTE: Final = "Stemmen"
EDIT: Final = "Wijzigen"
WITHDRAW: Final = "Intrekken"
WITHDRAW_SURE: Final = "Ja, intrekken"
SKIP: Final = "Sla over"
STOP: Final = "Stoppen"
EARLIER: Final = "◀ Vorige"
LATER: Final = "Volgende ▶"
OPEN_PLACEHOLDER: Final = "Open een reactie"

ALL_CLOSED: Final = (
    "Er is nu geen onderwerp open. Zodra een moderator er een opent, kun je weer reageren."
)
NOT_YOURS: Final = "Je kunt alleen een eigen bericht indienen. Schrijf zelf met `/reactie plaats`."
NO_TEXT: Final = "In dat bericht staat geen tekst. Schrijf je reactie met `/reactie plaats`."
NONE_OF_YOURS: Final = (
    "Je hebt nog niets ingestuurd. Wat vind jij van samen optrekken met ICT en dienstverlening? "
    "Druk op **Reageren**, of typ `/reactie plaats`."
)
MINE_TITLE: Final = "Jouw reacties"
LIST_TITLE: Final = "Reacties van leden"
VOTED_ALL: Final = (
    "Je hebt op alle reacties gestemd. Dank je wel! Zelf reageren kan met `/reactie plaats`; wat "
    "leden samen vinden zie je met `/landschap`."
)
NOTHING_TO_VOTE: Final = (
    "Er is hier nog geen reactie om op te stemmen. Wees de eerste met `/reactie plaats`."
)
STOPPED: Final = "Dank je wel. Verder stemmen kan altijd met `/reactie stemmen`."
NOBODY_SEES: Final = "-# Je stem is geheim, ook voor moderatoren."

_STATES: Final[Mapping[CommentState, str]] = {
    CommentState.WAITING: "in behandeling",
    CommentState.PLACED: "geplaatst",
    CommentState.REJECTED: "afgewezen",
    CommentState.APPEALED: "in behandeling na je bezwaar",
    CommentState.DUPLICATE: "telt mee bij een andere reactie",
    CommentState.WITHDRAWN: "ingetrokken",
}
_VOTES: Final[Mapping[VoteValue, str]] = {
    VoteValue.AGREE: "eens",
    VoteValue.DISAGREE: "oneens",
    VoteValue.PASS: "pas",
}


def members_only(forum_url: str) -> str:
    """Say to a visitor that one has to be a member, and how to become one."""
    how = f" Word lid via <{forum_url}>" if forum_url else " Word lid van de community"
    return (
        f"Je moet lid zijn om reacties te kunnen toevoegen.{how}, en vraag daarna een moderator om "
        "de rol van lid. Lezen kan wel: `/reactie lijst`."
    )


def edit_title(number: int) -> str:
    """Return the title of the form to change a comment."""
    return f"Reactie {number} wijzigen"


def received(number: int, *, is_placed: bool) -> str:
    """Confirm that a comment is kept, and say what happens next."""
    goes = (
        "Hij wordt nu geplaatst. Een moderator kijkt er achteraf naar."
        if is_placed
        else "Een moderator kijkt er eerst naar. Wat daar uitkomt hoor je van mij."
    )
    return (
        f"Dank je wel! Je reactie is bewaard en heeft **nummer {number}**.\n{goes}\n"
        "Bekijken, wijzigen of intrekken kan met `/reactie mijn`."
    )


def received_before(number: int, *, differs: bool) -> str:
    """Say that a form was sent in before."""
    if differs:
        return (
            f"Dit formulier had je al verstuurd: dat is reactie {number}, met een andere tekst. "
            "Wijzigen kan met `/reactie mijn`."
        )
    return f"Deze reactie had je al verstuurd: het is nummer {number}. Ze staat er één keer."


def changed(number: int, event: CommentEvent) -> str:
    """Say what a change came to."""
    match event:
        case CommentEvent.CONSENTED:
            return f"Bewaard: wat er met reactie {number} mag, is aangepast."
        case CommentEvent.REPOSTED:
            return f"Reactie {number} is gewijzigd en wordt opnieuw geplaatst."
        case _:
            return (
                f"Reactie {number} is gewijzigd. Een moderator kijkt er opnieuw naar; stemmen op "
                "de oude tekst blijven bij die tekst."
            )


def summary(number: int, state: CommentState, *, round_title: str, at: dt.datetime) -> str:
    """Return the first line about a comment of one's own."""
    return f"**Reactie {number}** ({_STATES[state]}) · {round_title} · {_stamp(at)}"


def listed(number: int, *, author: str, below: str, address: str) -> str:
    """Return the first line about a comment of somebody; `address` is where it stands, if known."""
    name = f"[Reactie {number}](<{address}>)" if address else f"Reactie {number}"
    return f"**{name}** · {author}\n-# {below}"


def allowed(consents: Iterable[str]) -> str:
    """Say what the author allows; `consents` are keys of `CONSENTS`."""
    found = [CONSENTS[one].lower() for one in consents]
    return f"-# Toestemming: {', '.join(found)}." if found else "-# Toestemming: geen."


def withdraw_question(number: int) -> str:
    """Ask whether one is sure."""
    return (
        f"Reactie {number} intrekken? Staat hij in het kanaal, dan haal ik hem daar weg. Dit kun "
        "je niet terugdraaien."
    )


def withdrawn(number: int) -> str:
    """Say that a comment is taken back."""
    return f"Reactie {number} is ingetrokken."


def nothing_listed(*, round_title: str, search: str) -> str:
    """Say that there are no comments, and invite."""
    if search:
        return (
            f"Ik vind geen reactie met: {search}. Zoek met een ander woord, of schrijf zelf een "
            "reactie met `/reactie plaats`."
        )
    about = f" over {round_title}" if round_title else ""
    return f"Er staat nog geen reactie{about}. Zet jij de toon? Druk op **Reageren**."


def page(number: int, count: int, total: int) -> str:
    """Say which page of a list this is."""
    many = "1 reactie" if total == 1 else f"{total} reacties"
    return many if count == 1 else f"Pagina {number} van {count} · {many}"


def found_with(search: str) -> str:
    """Say what was searched for."""
    return f"-# Met: {search}"


def ballot(number: int, left: int) -> str:
    """Say above a comment to vote on how many there are."""
    many = "Dit is de laatste" if left == 1 else f"Nog {left}"
    return f"**Wat vind je van reactie {number}?** {many}."


def voted(number: int, value: VoteValue, before: VoteValue | None) -> str:
    """Confirm a vote."""
    said = f"Genoteerd: **{_VOTES[value]}** bij reactie {number}."
    if before is not None and before is not value:
        said = f"{said} Eerst was het {_VOTES[before]}."
    return f"{said} Veranderen kan altijd."


def _stamp(moment: dt.datetime) -> str:
    return f"<t:{int(moment.timestamp())}:d>"
