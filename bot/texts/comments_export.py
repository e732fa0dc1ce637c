"""What moderators and the committee read of exported comments. Words of others come in harmless."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from bot.landscape.result import Side
from bot.texts.dates import day
from storage.vote_records import Tally

DESCRIPTION: Final = "Reacties die doorgegeven mogen worden, met stemmen, als bestand."
FORMAT_DESCRIPTION: Final = (
    "Markdown is een verslag om te lezen; de andere zijn voor een programma."
)
HELP_GROUP: Final = "De reacties van leden."
HELP_EXPORT: Final = "Schrijf de reacties die doorgegeven mogen worden naar een bestand."
HELP_FORMAT: Final = "Markdown is een verslag om te lezen; de andere zijn voor een programma."
HELP_TOPIC: Final = "Alleen reacties over dit onderwerp: de naam of het nummer."
HELP_OUTPUT: Final = "Het bestand. Staat het er al, dan wordt het vervangen."
UNKNOWN_TOPIC: Final = "Dit onderwerp bestaat niet. Kijk hoe het heet met /moderatie ronde."

READING: Final = "⏳ Ik lees de reacties …"
WRITING: Final = "⏳ Ik maak het bestand …"

FILE_NAME: Final = "reacties"
SHEET: Final = "Reacties"
LANDSCAPE_SHEET: Final = "Landschap"
HEADINGS: Final = (
    "Nummer",
    "Onderwerp",
    "Reactie",
    "Naam",
    "Ingestuurd",
    "Eens",
    "Oneens",
    "Pas",
    "Aangepast door moderator",
    "Mag op het forum",
    "In het landschap",
    "Link",
)
SHARED: Final = "gedeeld"
DIVIDING: Final = "verdeelt"

VOTES_HEADING: Final = "## De stemmen in het kort"
LANDSCAPE_HEADING: Final = "## Het opinielandschap"
MOSTLY_AGREED: Final = "### De meeste stemmers zijn het eens met"
MOSTLY_DISAGREED: Final = "### De meeste stemmers zijn het oneens met"
NO_MAJORITY: Final = (
    "Bij geen reactie zijn er genoeg stemmen om te zien wat de meeste mensen vinden."
)
NO_LANDSCAPE: Final = "Er is nu geen landschap: er zijn te weinig stemmen, of tekenen lukte niet."
REDACTED: Final = "tekst aangepast door een moderator"
ON_DISCORD: Final = "op Discord"
NAMELESS: Final = "Een lid"
STEPS: Final = (
    "Stemmen staan er vanaf 5 stemmers, in stappen van 5. Niemand kan zien wie wat stemde."
)


def yes_no(*, is_so: bool) -> str:
    """Answer a question in a cell."""
    return "ja" if is_so else "nee"


def drawing(count: int) -> str:
    """Say that the landscape is being drawn."""
    return f"⏳ {_comments(count)} gelezen. Ik teken het landschap …"


def nothing(left_out: int) -> str:
    """Say that there is nothing to export, and why."""
    if not left_out:
        return "Er zijn nog geen geplaatste reacties. Er is dus geen bestand."
    return f"Er is geen bestand: geen enkele reactie mag doorgegeven worden. {_left_out(left_out)}"


def done(count: int, left_out: int) -> str:
    """Say what is in the file, and what is not."""
    said = f"✅ {_comments(count)} in dit bestand."
    return f"{said} {_left_out(left_out)}" if left_out else said


def written(count: int, path: str, left_out: int) -> str:
    """Say where the file is, and what is not in it."""
    said = f"{_comments(count)} geschreven naar {path}."
    return f"{said} {_left_out(left_out)}" if left_out else said


def not_written(path: str, why: str) -> str:
    """Say that a file could not be written."""
    return f"Schrijven naar {path} lukt niet: {why}. Kies een ander bestand met --output."


def too_large(megabytes: int, command: str) -> str:
    """Say how to get a file that Discord does not take; `command` is typed in a terminal."""
    return (
        f"Dit bestand is te groot voor Discord (meer dan {megabytes} MB). Kies één onderwerp, of "
        f"vraag de beheerder van de bot om `{command}`."
    )


def heading(topic: str) -> str:
    """Title the report; without a topic it is about all."""
    return f"# Reacties van leden: {topic or 'alle onderwerpen'}"


def opening(made_on: dt.date, count: int, left_out: int) -> str:
    """Say what the report holds."""
    held = "Er staan alleen reacties in die doorgegeven mogen worden, en namen alleen als dat mag."
    said = f"Gemaakt op {day(made_on)}. {_comments(count)}. {held}"
    return f"{said} {_left_out(left_out)}" if left_out else said


def topic_heading(title: str) -> str:
    """Head the comments on one topic."""
    return f"## Onderwerp: {title}"


def comment_heading(number: int) -> str:
    """Head one comment: what links lead to."""
    return f'<a id="reactie-{number}"></a>\n\n### Reactie {number}'


def line(number: int, text: str, said: str) -> str:
    """Return a line of a summary with a link to the comment behind it."""
    return f"- [Reactie {number}](#reactie-{number}): {text} ({said})"


def votes(tally: Tally) -> str:
    """Say what people voted, as far as it shows."""
    if not tally.total:
        return "nog geen 5 stemmers"
    return f"{tally.agree} eens, {tally.disagree} oneens, {tally.passed} pas"


def below(parts: Sequence[str]) -> str:
    """Say below a comment whose it is, when it came and what people think of it."""
    return " · ".join(parts)


def discord_link(address: str) -> str:
    """Link to a message."""
    return f"[{ON_DISCORD}](<{address}>)"


def group(name: str, about: int) -> str:
    """Say how large a group is."""
    return f"Groep {name}: ongeveer {about} mensen"


def in_all(side: Side, percent: int, *, has_groups: bool) -> str:
    """Say how widely a comment is shared."""
    what = "eens" if side is Side.AGREE else "oneens"
    where = "in elke groep minstens " if has_groups else ""
    return f"{where}ongeveer {percent}% {what}"


def shares(found: Sequence[tuple[str, int]]) -> str:
    """Say how many of each group agree; a group without a name is everybody."""
    said = ", ".join(f"{name} {percent}%" if name else f"{percent}%" for name, percent in found)
    return f"eens: ongeveer {said}"


def placed_in(kind: str, said: str) -> str:
    """Say in a cell what a comment is in the landscape."""
    return f"{kind}; {said}"


def hidden(count: int) -> str:
    """Say that the landscape names comments that are not in the report."""
    if count == 1:
        return "Nog 1 reactie hoort hierbij, maar mag niet doorgegeven worden."
    return f"Nog {count} reacties horen hierbij, maar mogen niet doorgegeven worden."


def _comments(count: int) -> str:
    return "1 reactie" if count == 1 else f"{count} reacties"


def _left_out(count: int) -> str:
    if count == 1:
        return "1 geplaatste reactie staat er niet in: de schrijver geeft geen toestemming."
    return f"{count} geplaatste reacties staan er niet in: de schrijvers geven geen toestemming."
