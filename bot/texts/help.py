"""What members read about what they can do here, and the house rules."""

from collections.abc import Iterable, Mapping
from typing import Final

HELP_DESCRIPTION: Final = "Wat je hier kunt, met voorbeelden."
TOPIC_DESCRIPTION: Final = "Waarover wil je meer weten?"
RULES_DESCRIPTION: Final = "De huisregels, en wat de bot bewaart."

# Buttons below the help; the order is part of their custom_id, so add at the end only.
EXAMPLES: Final = (
    "Wat adviseert Berenschot?",
    "Wat is collectivisering?",
    "Wanneer was de ALV van juni 2016?",
    "Wat is een centrumgemeente?",
)

ASKING: Final = "vragen"
OPTIONS: Final = "opties"
SOURCES: Final = "bronnen"
PRIVACY: Final = "privacy"
MODERATORS: Final = "moderatoren"
TOPICS: Final[Mapping[str, str]] = {
    ASKING: "Vragen stellen",
    OPTIONS: "De opties voor collectivisering",
    SOURCES: "Bronnen en zekerheid",
    PRIVACY: "Wat de bot bewaart",
    MODERATORS: "Voor moderatoren",
}

_MISSING: Final = {
    "member_role": "de rol **lid**",
    "moderator_role": "de rol **moderator** (met Berichten beheren)",
    "updates_channel": "het kanaal **updates**",
    "comments_channel": "het kanaal **reacties**",
    "meetings_channel": "het kanaal **alv**",
    "forum_channel": "het kanaal **forum**",
    "moderators_channel": "het kanaal **moderators** (dicht voor @\u200beveryone)",
}

# As Discord calls them in Dutch.
_RIGHTS: Final = {
    "view_channel": "Kanaal bekijken",
    "send_messages": "Berichten verzenden",
    "send_messages_in_threads": "Berichten in threads verzenden",
    "embed_links": "Links insluiten",
    "read_message_history": "Berichtgeschiedenis lezen",
}

RULES: Final = (
    "**Huisregels**\n"
    "- Blijf vriendelijk en zakelijk. Wat je hier schrijft, lezen collega's van andere gemeenten.\n"
    "- Zet geen persoonsgegevens in een vraag: niet van jezelf en niet van anderen.\n"
    "- De bot antwoordt alleen uit zijn bronnen. Kijk bij twijfel in de bron: die gaat voor.\n"
    "- Een antwoord is informatie, geen besluit of juridisch advies.\n"
    "**Wat de bot bewaart**\n"
    "- Je vraag zonder je naam; getallen, e-mailadressen en @namen zijn weggelaten.\n"
    "- Een duim omhoog of omlaag: 30 dagen.\n"
    "- Een vraag die je doorgeeft aan een moderator: met je naam, want die antwoordt jou.\n"
    "- Van een privébericht bewaart de bot niet in welk gesprek het stond."
)


def opening(name: str) -> str:
    """Open the help; `name` is how one mentions the bot."""
    return (
        f"Ik ben {name} en beantwoord vragen over de verkenning naar collectivisering: met de bron "
        "erbij, en als ik het niet weet zeg ik dat."
    )


def standing_visitor() -> str:
    """Say what somebody without the role of member can do."""
    return "Je bent hier **bezoeker**: je kunt alles vragen en lezen."


def standing_member() -> str:
    """Say what a member can do."""
    return "Je bent hier **lid**: je kunt alles vragen en lezen, en vragen doorgeven."


def standing_moderator(waiting: int) -> str:
    """Say what waits for a moderator."""
    if not waiting:
        return "Je bent hier **moderator**. Er wachten geen vragen op jullie."
    count = "Er wacht 1 vraag" if waiting == 1 else f"Er wachten {waiting} vragen"
    return (
        f"Je bent hier **moderator**. {count} die niemand kon beantwoorden: bekijk ze met "
        "/kennis openstaand."
    )


def commands(mentions: Mapping[str, str]) -> str:
    """Return the list of commands; `mentions` maps each name to how it is shown, clickable."""
    return "\n".join(
        f"- {mentions[name]} {what}"
        for name, what in {
            "vraag": "stelt een vraag, met suggesties terwijl je typt",
            "opties": "toont de opties voor collectivisering",
            "vergelijk": "zet twee opties naast elkaar",
            "abonnement aan": "stuurt je nieuwe updates als privébericht",
            "reactie plaats": "stuurt een reactie in; een moderator kijkt er eerst naar",
            "reactie lijst": "toont wat leden vinden; stem mee met **Stemmen**",
            "landschap": "laat zien wat leden delen en wat hen verdeelt",
            "voorwaarden": "toont de huisregels en wat ik bewaar",
            "help": "toont deze uitleg; kies een onderwerp voor meer",
        }.items()
    )


def examples_below() -> str:
    """Introduce the buttons with examples."""
    return "Probeer het met een voorbeeld:"


def missing(names: Iterable[str]) -> str:
    """Say to those who can mend it what the server does not have yet."""
    return "⚠️ Nog niet ingericht: " + ", ".join(_MISSING[name] for name in names) + "."


def missing_rights(names: Iterable[str]) -> str:
    """Say to those who can mend it what the bot may not do in this channel."""
    return f"⚠️ In dit kanaal mis ik rechten: {', '.join(rights(names))}."


def rights(names: Iterable[str]) -> list[str]:
    """Return rights as Discord calls them in Dutch."""
    return [_RIGHTS[one] for one in names]


def topic(name: str, mentions: Mapping[str, str]) -> str:
    """Return the explanation of one topic."""
    return _TOPICS[name].format_map(mentions)


_TOPICS: Final = {
    ASKING: (
        "**Vragen stellen**\n"
        "- Typ {vraag} en je vraag, noem mij met @ in een kanaal, of stuur mij een privébericht.\n"
        "- Op een bericht van een ander: open het menu van het bericht, kies Apps en dan "
        "**Vraag beantwoorden**.\n"
        "- Doorvragen mag: “en wanneer was dat?” gaat over je vorige vraag.\n"
        "- Alleen voor jou? Zet bij {vraag} de keuze *openbaar* op False.\n"
        "- Een typefout? Pas je bericht binnen een minuut aan, dan pas ik mijn antwoord aan."
    ),
    OPTIONS: (
        "**De opties voor collectivisering**\n"
        "- {opties} toont ze allemaal; kies er een om alles te lezen.\n"
        "- {vergelijk} zet er twee naast elkaar."
    ),
    SOURCES: (
        "**Bronnen en zekerheid**\n"
        "- Elk antwoord noemt waar het staat. **Bronnen** toont alle passages.\n"
        "- Weet ik het niet zeker, dan noem ik onderwerpen die erop lijken.\n"
        "- Weet ik het niet, dan kun je je vraag doorgeven met **Vraag een moderator**.\n"
        "- Met 👍 en 👎 zeg je of een antwoord hielp. Je mag van mening veranderen."
    ),
    PRIVACY: (
        "**Wat de bot bewaart**\n"
        "- Je vraag zonder je naam, en zonder getallen, e-mailadressen en @namen.\n"
        "- Je duim 30 dagen; een doorgegeven vraag met je naam, tot er een antwoord is.\n"
        "- Meer staat bij {voorwaarden}."
    ),
    MODERATORS: (
        "**Voor moderatoren**\n"
        "- Moderator is wie de server mag beheren, of een rol *moderator* heeft die berichten mag "
        "beheren.\n"
        "- Zie je de commando's voor moderatoren niet? Vraag wie de server beheert om jullie rol "
        "toe te voegen bij **Serverinstellingen**, **Integraties**.\n"
        "- Vragen die niemand kon beantwoorden, bewaar ik voor jullie.\n"
        "- In {help} staat voor jullie ook wat nog niet is ingericht."
    ),
}
