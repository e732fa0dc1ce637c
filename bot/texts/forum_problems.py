"""Why something of the forum cannot be done, or was not: each with what to do about it."""

from collections.abc import Mapping
from typing import Final

from bot.services.forum.feeds import FeedProblem
from bot.services.forum.refusals import (
    AlreadyLinkedError,
    AlreadyStartedError,
    ChannelProblem,
    DraftGoneError,
    ForumError,
    ItemGoneError,
    TooSoonError,
    UnusableChannelError,
    UnusableFeedError,
)
from bot.texts import forum as texts
from storage.forum_records import Findable, Item, ItemState, Reason

FEED_PROBLEMS: Final[Mapping[FeedProblem, str]] = {
    FeedProblem.NO_ADDRESS: (
        "Dit is geen webadres. Plak het hele adres, zoals https://forum.voorbeeld.nl/forum."
    ),
    FeedProblem.PRIVATE_ADDRESS: (
        "Dit adres ligt in een besloten netwerk, daar kijk ik niet. Kies een openbaar adres, of "
        "vraag de beheerder om dit adres toe te laten (BREED_FEED_PRIVATE_HOSTS)."
    ),
    FeedProblem.NO_FEED: (
        "Hier vind ik geen berichten die ik kan volgen. Probeer het adres van de blog, van het "
        "forum, of van een RSS- of Atom-feed."
    ),
    FeedProblem.NOT_FOUND: "Deze pagina bestaat niet (meer). Kijk het adres na in je browser.",
    FeedProblem.FORBIDDEN: (
        "De website laat mij niet toe. Vraag de eigenaar om de bot toe te laten, of kies een ander "
        "adres."
    ),
    FeedProblem.ROBOTS: (
        "De website wil niet dat programma's dit adres lezen (robots.txt), en daar houd ik mij "
        "aan. Vraag de eigenaar om een uitzondering."
    ),
    FeedProblem.SIGN_IN: (
        "Voor deze pagina moet je inloggen, en dat doe ik niet. Vraag de eigenaar of de berichten "
        "openbaar mogen, of kies een openbare pagina."
    ),
    FeedProblem.BROKEN: (
        "Wat de website stuurt, is beschadigd. Vaak is het tijdelijk: probeer het later opnieuw."
    ),
    FeedProblem.UNSAFE: (
        "Wat de website stuurt, ziet er gevaarlijk uit. Ik lees het niet. Laat de eigenaar van de "
        "website ernaar kijken."
    ),
    FeedProblem.TOO_LARGE: (
        "De lijst met berichten is te groot om te lezen. Kies een adres met minder berichten, "
        "zoals één categorie."
    ),
    FeedProblem.TOO_SLOW: "De website antwoordt te langzaam. Probeer het later opnieuw.",
    FeedProblem.UNREACHABLE: (
        "De website is niet te bereiken. Kijk het adres na, of probeer het later opnieuw. Op de "
        "oefenserver is er misschien geen internet."
    ),
    FeedProblem.CERTIFICATE: (
        "Het certificaat van de website klopt niet, dus ik weet niet zeker wie er antwoordt. Vraag "
        "de eigenaar om het te herstellen, of de beheerder om BREED_FEED_CA_BUNDLES in te stellen."
    ),
    FeedProblem.REDIRECTS: (
        "De website stuurt mij steeds door naar een ander adres. Kopieer het adres waar je in je "
        "browser op uitkomt."
    ),
    FeedProblem.BUSY: "De website is te druk. Ik probeer het later opnieuw; dat kun jij ook doen.",
    FeedProblem.SERVER: (
        "De website heeft een storing. Vaak is het tijdelijk: probeer het later opnieuw."
    ),
}
REASONS: Final[Mapping[Reason, str]] = {
    Reason.ACTIVITY: "niet geplaatst, het is een melding en geen bericht",
    Reason.OWN_FEED: "niet geplaatst, het komt binnen via het adres waar het zelf staat",
    Reason.GAP: "niet geplaatst, er kwamen te veel berichten tegelijk",
    Reason.EMPTY: "niet geplaatst, er staat niets in",
    Reason.TOPIC_GONE: "niet geplaatst, het onderwerp is verwijderd",
}
_STATES: Final[Mapping[ItemState, str]] = {
    ItemState.BACKLOG: "stond er al bij het koppelen",
    ItemState.POSTED: "geplaatst",
    ItemState.WAITING: "wacht tot het onderwerp geplaatst is",
    ItemState.HELD: "niet geplaatst",
    ItemState.GONE: "van het forum verwijderd, hier ook",
}
_FOUND: Final[Mapping[Findable, str]] = {
    Findable.NO: "",
    Findable.WAITING: ", wacht op een moderator",
    Findable.SHOWN: "",
    Findable.HIDDEN: ", niet in antwoorden",
}
_RIGHTS: Final[Mapping[str, str]] = {
    "view_channel": "Kanaal bekijken",
    "send_messages": "Berichten versturen",
    "send_messages_in_threads": "Berichten versturen in threads",
    "embed_links": "Links insluiten",
    "read_message_history": "Berichtgeschiedenis lezen",
}
_FIXED: Final[Mapping[type[ForumError], str]] = {
    DraftGoneError: "Dit voorstel bewaar ik niet meer. Begin opnieuw met /forum koppelen.",
    AlreadyStartedError: "Dit adres is al gestart. Hoe het gaat, zie je met /forum status.",
    ItemGoneError: "Dit bericht bewaar ik niet meer, dus hier valt niets te kiezen.",
}
_UNKNOWN_FEED: Final = "Dat adres is hier niet gekoppeld. Kies er een uit de lijst."


def refusal(error: ForumError) -> str:
    """Return what a moderator reads of something that cannot be done."""
    match error:
        case UnusableFeedError(problem=problem, status=status):
            return FEED_PROBLEMS[problem] + (f" (code {status})" if status else "")
        case AlreadyLinkedError(channel_id=channel_id):
            return (
                f"Dit adres is al gekoppeld, aan <#{channel_id}>. Wil je een ander kanaal? "
                "Ontkoppel het eerst met /forum ontkoppelen."
            )
        case UnusableChannelError():
            return _channel(error)
        case TooSoonError(at=at):
            return texts.too_soon(texts.moment(at))
        case _:
            return _FIXED.get(type(error), _UNKNOWN_FEED)


def became(item: Item) -> str:
    """Say what became of an item."""
    reason = item.placing.reason
    state = _STATES[item.placing.state] if reason is None else REASONS[reason]
    return state + _FOUND[item.placing.findable]


def _channel(error: UnusableChannelError) -> str:
    if error.problem is ChannelProblem.KIND:
        return (
            "Hier kan ik niet plaatsen. Kies een tekstkanaal, aankondigingskanaal of forumkanaal."
        )
    if error.problem is ChannelProblem.UNKNOWN:
        return "Dat kanaal zie ik niet. Geef mij toegang tot het kanaal, of kies een ander."
    rights = ", ".join(_RIGHTS.get(one, one) for one in error.missing)
    return f"In dat kanaal mag ik niet plaatsen. Geef mij daar eerst deze rechten: {rights}."
