"""What moderators read while they look up and change the knowledge of their community."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from storage.document_records import DocumentAction, DocumentVersion

ADD_DESCRIPTION: Final = "Voeg kennis toe: een titel, de tekst en de bron."
EDIT_DESCRIPTION: Final = "Bekijk of wijzig een document, of stuur een nieuwe tekst als bestand."
REMOVE_DESCRIPTION: Final = "Haal een document, of een tekst van het forum, uit de antwoorden."
SEARCH_DESCRIPTION: Final = "Zoek in de kennis van deze server."
HISTORY_DESCRIPTION: Final = "Elke versie van een document: wie, wanneer en wat."
TERM_DESCRIPTION: Final = "Leg een begrip of afkorting uit; zoeken kent het meteen."
POINTS_DESCRIPTION: Final = "Wat kan beter: antwoorden met 👎, en vragen zonder antwoord."
DOCUMENT_OPTION: Final = "Welk document?"
REMOVABLE_OPTION: Final = "Welk document? Zoek op titel; een tekst van het forum ook op schrijver."
FILE_OPTION: Final = "De hele tekst als Markdown-bestand (haal hem eerst op met Downloaden)."
WORDS_OPTION: Final = "Waar zoek je naar?"
TERM_OPTION: Final = "Het begrip of de afkorting."
REMOVE_OPTION: Final = "Haal dit begrip weg."

ADD_TITLE: Final = "Kennis toevoegen"
TITLE_LABEL: Final = "Titel"
BODY_LABEL: Final = "Tekst"
BODY_HINT: Final = "Eén onderwerp. Dit is wat leden als antwoord lezen."
QUESTIONS_LABEL: Final = "Hoe vragen mensen dit?"
QUESTIONS_HINT: Final = "Eén vraag per regel. Hoe meer manieren, hoe beter het gevonden wordt."
SOURCE_LABEL: Final = "Bron"
SOURCE_HINT: Final = "Waar staat dit? Zoals: VNG, uitnodiging ALV 2024."
LINK_LABEL: Final = "Link naar de bron"
SECTION_TITLE: Final = "Tekst wijzigen"
TERM_TITLE: Final = "Begrip"
MEANING_LABEL: Final = "Wat betekent het?"
ALSO_LABEL: Final = "Andere namen, met komma's ertussen"
TERM_SOURCE: Final = "Begrippenlijst van de moderatoren"
FIRST_SECTION: Final = "Begin"

EDIT_SECTION: Final = "Kies een deel om te wijzigen"
OPEN_DOCUMENT: Final = "Open een document"
OPEN_VERSION: Final = "Bekijk een versie"
DOWNLOAD: Final = "Downloaden"
HISTORY: Final = "Historie"
REMOVE: Final = "Uit de antwoorden halen"
RESTORE: Final = "Terugzetten"
UNDO: Final = "Ongedaan maken"
BACK_TO: Final = "Terug naar deze versie"
TAKE_SHIPPED: Final = "Nieuwe tekst nemen"
KEEP_OWN: Final = "Onze tekst houden"
OUTDATED: Final = (
    "⚠️ De tekst die bij de bot hoort is veranderd sinds jullie deze eigen tekst maakten. Kies "
    "welke blijft."
)

FORUM_TEXT_WAS_OUT: Final = "Deze tekst van het forum gebruikte ik al niet bij vragen."
FORUM_TEXT_BACK: Final = "✅ Deze tekst van het forum doet weer mee bij vragen."
FORUM_TEXT_WAS_BACK: Final = "Deze tekst van het forum doet al weer mee bij vragen."
FORUM_TEXT_TOO_LATE: Final = (
    "De minuut om dit ongedaan te maken is voorbij. Zet de tekst terug met `/forum status`."
)
FORUM_MEMBER: Final = "een forumlid"

NOTHING_FOUND: Final = "Daar vind ik niets over. Probeer andere woorden, of voeg het toe."
NO_POINTS: Final = (
    "Niets te verbeteren: er zijn geen antwoorden met 👎 en geen vragen zonder antwoord. Mooi!"
)
NO_CHANGE: Final = "Er verandert niets: de tekst is gelijk gebleven."
TOO_LARGE: Final = "Dit bestand is te groot. Stuur een Markdown-bestand van hoogstens 1 MB."
NOT_TEXT: Final = "Dit bestand is geen tekst (UTF-8). Sla het op als Markdown en stuur het opnieuw."
SECTION_GONE: Final = "Dit deel van het document is er niet meer. Open het document opnieuw."
TOO_LONG_FOR_FORM: Final = (
    "Dit deel is te lang voor een formulier. Druk op **Downloaden**, wijzig het bestand, en stuur "
    "het met `/kennis bewerken` en de optie `bestand`."
)
UNHELPFUL: Final = "**Antwoorden met 👎**"
UNANSWERED: Final = "**Vragen zonder goed antwoord**"

_ACTIONS: Final[Mapping[DocumentAction, str]] = {
    DocumentAction.ADDED: "toegevoegd",
    DocumentAction.EDITED: "gewijzigd",
    DocumentAction.REMOVED: "uit de antwoorden gehaald",
    DocumentAction.RESTORED: "teruggezet",
    DocumentAction.REVERTED: "terug naar een eerdere versie",
    DocumentAction.ANSWERED: "gemaakt van een antwoord",
    DocumentAction.IMPORTED: "geïmporteerd",
    DocumentAction.OVERRIDDEN: "vervangen door een eigen tekst",
    DocumentAction.RESET: "terug naar de tekst van de bot",
    DocumentAction.KEPT: "eigen tekst gehouden",
}


def heading(title: str, *, version: int, state: str) -> str:
    """Begin the page of a document."""
    return f"**{title}**\n-# Versie {version}{f' · {state}' if state else ''}"


def state(version: DocumentVersion, *, is_shipped: bool) -> str:
    """Say where a document comes from."""
    if version.is_removed:
        return "niet in de antwoorden"
    if version.version == 0 or version.action is DocumentAction.RESET:
        return "hoort bij de bot"
    return "eigen tekst, in plaats van die van de bot" if is_shipped else "eigen document"


def section(number: int, title: str, excerpt: str) -> str:
    """Show the beginning of a part of a document."""
    return f"**{number}. {title}**\n> {excerpt}"


def saved(title: str, version: int) -> str:
    """Say that a change is in use."""
    return f"✅ **{title}** is bewaard als versie {version}. De volgende vraag vindt dit meteen."


def removed(title: str) -> str:
    """Say that a document gives no answers any more."""
    return (
        f"**{title}** geeft geen antwoorden meer. De tekst blijft bewaard: terugzetten kan nu, of "
        "later in `/kennis historie`."
    )


def forum_text(title: str, author: str) -> str:
    """Name in a list what a forum member wrote."""
    return f"Forum: {title or 'zonder titel'} ({author})"


def forum_text_removed(title: str, author: str, *, until: int) -> str:
    """Say that what a forum member wrote is not used with questions any more."""
    return (
        f"**{title}**, wat {author} op het forum schreef, gebruik ik niet meer bij vragen. Het "
        f"bericht in het kanaal blijft staan. Ongedaan maken kan tot <t:{until}:T>; daarna met "
        "`/forum status`."
    )


def restored(title: str, version: int) -> str:
    """Say that a document is back."""
    return f"✅ **{title}** doet weer mee, als versie {version}."


def version_line(version: DocumentVersion) -> str:
    """Return one line of a history."""
    who = f" door <@{version.actor_id}>" if version.actor_id is not None else ""
    if version.version == 0:
        return "**Versie 0** · hoort bij de bot"
    return f"**Versie {version.version}** · {_ACTIONS[version.action]}{who}, {_stamp(version.at)}"


def version_label(version: DocumentVersion) -> str:
    """Name a version in a menu."""
    return f"Versie {version.version}: {_ACTIONS[version.action]}"


def history(title: str, lines: Iterable[str], *, more: int) -> str:
    """List the versions of a document."""
    rest = [f"-# En nog {more} oudere."] if more else []
    return "\n".join((f"**Historie van {title}**", *lines, *rest))


def compared(version: int, before: int) -> str:
    """Say between which versions the differences below are."""
    return f"**Versie {version}**, vergeleken met versie {before}:"


def left_out(count: int) -> str:
    """Say that there is more than is shown."""
    return f"-# En nog {count} gewijzigde stukken."


def found(words: str, lines: Iterable[str]) -> str:
    """List what was found."""
    return "\n".join((f"**Gevonden op: {words}**", *lines))


def hit(title: str, excerpt: str, *, by_guild: bool) -> str:
    """Show one passage that was found."""
    own = " · van deze server" if by_guild else ""
    return f"**{title}**{own}\n> {excerpt}"


def problems(lines: Iterable[str]) -> str:
    """Say what is wrong with a text, line by line."""
    return "\n".join(("Zo kan ik de tekst niet gebruiken:", *lines))


def problem_line(line: int, said: str) -> str:
    """Name one problem and its line, if it has one."""
    return f"- Regel {line}: {said}" if line else f"- {said}"


def term_saved(name: str) -> str:
    """Say that a term is known from now on."""
    return f"✅ **{name}** is bewaard. Zoeken kent het meteen; vraag maar: wat is {name}?"


def term_removed(name: str) -> str:
    """Say that a term is gone."""
    return f"Het begrip **{name}** is weg. Terugzetten kan."


def unknown_term(name: str) -> str:
    """Say that there is no such term."""
    return f"Het begrip **{name}** staat niet in jullie lijst. Kies er een uit de lijst."


def unhelpful(question: str, times: int, *, title: str, reasons: Iterable[str]) -> str:
    """Show an answer that did not help, and why."""
    why = [f"> {one}" for one in reasons]
    source = [f"-# Antwoord uit: {title}"] if title else ["-# Hier was geen antwoord op."]
    return "\n".join((f"- {_times(times)}: {question}", *source, *why))


def unanswered(question: str, times: int) -> str:
    """Show a question that got no good answer."""
    return f"- {_times(times)}: {question}"


def points(lines: Iterable[str]) -> str:
    """Put the points together."""
    return "\n".join(("## Verbeterpunten van de laatste 90 dagen", *lines))


def _times(count: int) -> str:
    return "1 keer" if count == 1 else f"{count} keer"


def _stamp(moment: dt.datetime) -> str:
    return f"<t:{int(moment.timestamp())}:f>"
