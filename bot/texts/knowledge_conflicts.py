"""What moderators read when somebody else changed a document first, and what they can choose.

Titles come in made harmless.
"""

from typing import Final

TAKE: Final = "Mijn tekst opnemen"
TOGETHER: Final = "Samen verder bewerken"
LET_BE: Final = "Laat staan zoals het is"
LOOK: Final = "Bekijk mijn tekst"
TOGETHER_TITLE: Final = "Samen verder bewerken"
TOGETHER_HINT: Final = "Waar jullie allebei iets wijzigden, staat de tekst van de ander eerst."

THEIRS: Final = "**Dit is er gewijzigd sinds jij begon:**"
MINE: Final = "**Dit wijzigde jij:**"
REMOVED: Final = (
    "Het document is intussen uit de antwoorden gehaald. Neem je jouw tekst op, dan doet het weer "
    "mee."
)
REPLACES_PART: Final = (
    "-# Jouw tekst opnemen vervangt dit deel. Elke versie blijft in de historie staan."
)
REPLACES_ALL: Final = (
    "-# Jouw tekst opnemen vervangt het hele document. Elke versie blijft in de historie staan."
)
TOO_LONG: Final = (
    "Samen zijn de teksten te lang voor een formulier. Druk op **Downloaden**, verwerk er jouw "
    "tekst in, en stuur het bestand met `/kennis bewerken` en de optie `bestand`."
)
WAITS: Final = (
    "📝 Je hebt hier een tekst liggen die nog niet meedoet: iemand was je voor. Kies wat ermee "
    "gebeurt."
)


def beaten(title: str, *, by: int | None, version: int) -> str:
    """Say that somebody else changed a document first, and that nothing is lost."""
    who = "Iemand anders" if by is None else f"<@{by}>"
    return (
        f"{who} was je voor: van **{title}** staat versie {version} er nu. Jouw tekst doet nog "
        "niet mee; ik bewaar hem een week. Kies hieronder wat ermee gebeurt."
    )


def let_be(title: str) -> str:
    """Say that somebody let their text go."""
    return f"Goed, **{title}** blijft zoals het is. Jouw tekst bewaar ik niet langer."
