"""What jobs and kinds of messages are called, in what moderators read about them."""

from collections.abc import Iterable, Mapping
from typing import Final

# The kind of a delivery → one, and several.
_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "notice": ("melding", "meldingen"),
    "update": ("update", "updates"),
    "digest": ("weekoverzicht", "weekoverzichten"),
    "meeting_reminder": ("herinnering", "herinneringen"),
    "meeting_notice": ("bericht over een bijeenkomst", "berichten over bijeenkomsten"),
    "meeting_event": ("vraag over een evenement", "vragen over evenementen"),
    "meeting_event_trouble": ("melding over evenementen", "meldingen over evenementen"),
    "meeting_proxy": ("verzoek om een volmacht", "verzoeken om een volmacht"),
    "meeting_proxy_answer": ("antwoord over een volmacht", "antwoorden over volmachten"),
    "personal_reminder": ("herinnering", "herinneringen"),
    "open_question": ("vraag aan moderatoren", "vragen aan moderatoren"),
    "open_answer": ("antwoord", "antwoorden"),
    "open_reply": ("antwoord", "antwoorden"),
    "open_reminder": ("herinnering aan moderatoren", "herinneringen aan moderatoren"),
    "knowledge_notice": ("melding over de kennis", "meldingen over de kennis"),
    "comment": ("reactie", "reacties"),
    "comment_round": ("bericht over een ronde", "berichten over rondes"),
    "comment_card": ("reactie voor moderatoren", "reacties voor moderatoren"),
    "comment_note": ("bericht over een reactie", "berichten over reacties"),
    "block_card": ("bezwaar tegen een blokkade", "bezwaren tegen blokkades"),
    "block_note": ("bericht over een blokkade", "berichten over blokkades"),
    "forum": ("forumbericht", "forumberichten"),
    "forum_review": ("vraag aan moderatoren", "vragen aan moderatoren"),
    "forum_gap": ("melding over het forum", "meldingen over het forum"),
    "forum_notice": ("melding over het forum", "meldingen over het forum"),
}
_ANY_KIND: Final = ("bericht", "berichten")
_JOBS: Final[Mapping[str, str]] = {
    "deliveries": "Berichten bezorgen",
    "notices": "Meldingen bijwerken",
    "clean-up": "Opruimen",
    "subscriptions": "Abonnementen nakijken",
    "planned updates": "Geplande updates plaatsen",
    "digests": "Weekoverzicht maken",
    "open questions": "Open vragen bijhouden",
    "feeds": "Forum en websites lezen",
    "meeting reminders": "Herinneringen klaarzetten",
    "meeting events": "Evenementen bijwerken",
    "knowledge": "Gewijzigde kennis inlezen",
    "knowledge notices": "Melden wat in de kennis is veranderd",
    "comments": "Reacties plaatsen en bijwerken",
}


def things(kinds: Iterable[str], count: int) -> str:
    """Return what so many copies of these kinds are: "3 updates"."""
    named = sorted({_KINDS.get(kind, _ANY_KIND) for kind in kinds})
    one, many = named[0] if len(named) == 1 else _ANY_KIND
    return f"{count} {one if count == 1 else many}"


def several(kinds: Iterable[str]) -> str:
    """Return what copies of these kinds are: "herinneringen, updates"."""
    return ", ".join(sorted({_KINDS.get(kind, _ANY_KIND)[1] for kind in kinds})) or _ANY_KIND[1]


def job(name: str) -> str:
    """Return what a job does."""
    return _JOBS.get(name, name)
