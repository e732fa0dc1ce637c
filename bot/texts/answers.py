"""What members read in chat around an answer. Names and questions come in escaped already."""

import datetime as dt
from typing import Final

ASK_DESCRIPTION: Final = "Stel een vraag; je krijgt een antwoord met de bron erbij."
QUESTION_DESCRIPTION: Final = "Je vraag, in gewone woorden"
PUBLIC_DESCRIPTION: Final = "Mag iedereen hier het antwoord zien? Anders zie jij het alleen."

SOURCES_LABEL: Final = "Bronnen"
UP_LABEL: Final = "👍"
DOWN_LABEL: Final = "👎"
MODERATOR_LABEL: Final = "Vraag een moderator"
SHARE_LABEL: Final = "Deel in kanaal"

REASON_TITLE: Final = "Wat klopte er niet?"
REASON_LABEL: Final = "Waarom hielp dit antwoord niet?"
REASON_PLACEHOLDER: Final = "Bijvoorbeeld: het gaat over iets anders, of het is verouderd."

THANKS_UP: Final = "Dank je, genoteerd: dit antwoord hielp."
THANKS_DOWN: Final = "Dank je, genoteerd: dit antwoord hielp niet."
THANKS_REASON: Final = "Dank je, hier kunnen we iets mee."

UNKNOWN_HINT: Final = "Stel je vraag anders, of geef hem door met **Vraag een moderator**."
GUILD_PLACEHOLDER: Final = "Kies je community"
CHOOSE_GUILD_FIRST: Final = "Aan de moderatoren van welke community wil je dit vragen?"
NO_SOURCES: Final = "Dit antwoord heeft geen bronnen."


def question_line(question: str) -> str:
    """Return the question that a public answer starts with."""
    return f"> {question}"


def answers_message(url: str) -> str:
    """Say which message is answered."""
    return f"-# Antwoord op [dit bericht](<{url}>)"


def source_line(linked_title: str, *, place: str, others: int) -> str:
    """Return where the answer stands: the title as a link, and `place_of` it."""
    more = "" if not others else f" en {_sources(others)} meer"
    return f"-# Bron: {linked_title} ({place}){more}"


def source_heading(number: int, linked_title: str, *, place: str) -> str:
    """Return the line above a passage in the list of sources."""
    return f"**{number}. {linked_title}** ({place})"


def shared_by(name: str) -> str:
    """Say who shared an answer."""
    return f"-# Gedeeld door {name}"


def guild_chosen(name: str) -> str:
    """Say that private messages are about this community from now on."""
    return f"Vanaf nu gaan je privéberichten over {name}."


def cannot_write(channel: str) -> str:
    """Say in a private message that the bot may not write where it was asked."""
    return (
        f"Je vroeg mij iets in {channel}, maar ik mag daar niet schrijven. Stel je vraag hier, of "
        "met /vraag."
    )


def moment(date: dt.date) -> str:
    """Return a day as a Discord timestamp: everybody reads it in their own language.

    Noon in UTC falls on the same day in Europe.
    """
    noon = dt.datetime.combine(date, dt.time(12), dt.UTC)
    return f"<t:{int(noon.timestamp())}:D>"


def place_of(part: str, date: dt.date, *, by_moderator: bool = False) -> str:
    """Return the part, if there is one, who answers, if that is a moderator, and the date."""
    by = "antwoord van een moderator" if by_moderator else ""
    return ", ".join(one for one in (part, by, moment(date)) if one)


def _sources(count: int) -> str:
    return "1 bron" if count == 1 else f"{count} bronnen"
