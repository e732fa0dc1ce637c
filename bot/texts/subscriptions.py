"""What people read about updates as private messages."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from bot.texts.dates import day

GROUP_DESCRIPTION: Final = "Updates over de voortgang als privébericht."
ON_DESCRIPTION: Final = "Krijg nieuwe updates als privébericht."
OFF_DESCRIPTION: Final = "Stop met updates als privébericht."
LIST_DESCRIPTION: Final = "Zie welke updates je als privébericht krijgt."
TOPIC_DESCRIPTION: Final = "Alles, of één onderdeel van de verkenning"
EVERYTHING: Final = "alles"
UNSUBSCRIBE_LABEL: Final = "Afmelden"

_HOW_LONG: Final = 3


def off_label(topic: str) -> str:
    """Return the label of the button that ends one subscription."""
    return f"Zet uit: {topic}"


def on_label(topic: str) -> str:
    """Return the label of the button that begins one subscription."""
    return f"Zet aan: {topic}"


def switched_on(topic: str, *, off: str) -> str:
    """Say what somebody gets from now on; `off` is how the command to stop shows."""
    return (
        f"Aan: je krijgt voortaan {_updates(topic)} van deze server als privébericht van mij.\n"
        f"Stoppen kan altijd: met {off}, of met **{UNSUBSCRIBE_LABEL}** onder zo'n bericht."
    )


def was_on(topic: str, *, off: str) -> str:
    """Say kindly that nothing had to change."""
    return f"Dat stond al aan: je krijgt {_updates(topic)} als privébericht. Stoppen kan met {off}."


def included(topic: str) -> str:
    """Say that everything includes one part."""
    return f"Je krijgt nu al alles. Zet je *{EVERYTHING}* uit, dan stopt ook **{topic}**."


def switched_off(topic: str) -> str:
    """Say what somebody gets no more."""
    if topic == EVERYTHING:
        return "Uit: je krijgt van deze server geen updates meer als privébericht."
    return f"Uit: **{topic}** staat niet meer in je abonnement."


def was_off(topic: str) -> str:
    """Say kindly that nothing had to change."""
    if topic == EVERYTHING:
        return "Er stond niets aan: je krijgt geen updates als privébericht."
    return f"Dat stond al uit: je had geen abonnement op **{topic}**."


def still_everything(topic: str, *, off: str) -> str:
    """Warn that a part goes on to arrive."""
    return (
        f"⚠️ Je krijgt nog wel **{EVERYTHING}**, dus ook updates over {topic}. "
        f"Wil je die niet meer? Gebruik {off} en kies *{EVERYTHING}*."
    )


def still_on(topics: Iterable[str]) -> str:
    """Say what stays on."""
    return f"Dit staat nog aan: {', '.join(topics)}."


def nothing_left(*, on: str) -> str:
    """Say that nothing is on, and how to begin again."""
    return f"Bedenk je je? Zet het weer aan met {on}."


def own(topics: Iterable[str]) -> str:
    """Return the list of what somebody gets."""
    lines = [f"- {topic}" for topic in topics]
    return "\n".join(
        [
            "**Deze updates krijg je als privébericht**",
            *lines,
            "-# Een update komt één keer, ook als hij bij meer van deze onderwerpen past.",
        ]
    )


def none_yet(*, on: str) -> str:
    """Invite somebody who has nothing on."""
    return (
        "**Je hebt nog geen abonnement.**\n"
        "Met een abonnement mis je niets: elke nieuwe update over de verkenning komt dan ook als "
        f"privébericht. Zet het hieronder aan, of kies één onderdeel met {on}."
    )


def stopped(topics: Iterable[str], *, on: dt.date) -> str:
    """Say what was switched off because messages did not arrive, and how to mend that."""
    return (
        f"⚠️ **Uitgezet op {day(on)}: {', '.join(topics)}.** {_HOW_LONG} privéberichten achter "
        "elkaar kwamen niet bij je aan, omdat je privéberichten van deze server niet toestaat of "
        "mij hebt geblokkeerd.\n"
        "Sta ze toe (klik op de naam van de server en dan op **Privacyinstellingen**) en zet het "
        "abonnement daarna weer aan."
    )


def unsubscribed(topics: Iterable[str]) -> str:
    """Say in a private message that no more will come, and what was on."""
    return (
        f"Je bent afgemeld: je krijgt geen updates meer als privébericht. Aan stond: "
        f"{', '.join(topics)}.\nWas dat niet de bedoeling? Zet het hieronder weer aan."
    )


UNSUBSCRIBED_BEFORE: Final = (
    "Je was al afgemeld: je krijgt geen updates als privébericht. Zet ze hieronder weer aan als je "
    "ze toch wilt."
)


def _updates(topic: str) -> str:
    return "elke update" if topic == EVERYTHING else f"elke update over **{topic}**"
