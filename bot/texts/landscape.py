"""What people read of `/landschap`: what they share, what divides them, and how sure that is."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.landscape.grouping import STABLE
from bot.landscape.result import Lack, Shortage, Side

SHAPES: Final = ("●", "▲", "■", "◆", "⬟")
"""The groups: as in the picture, each has a shape of its own, so that colour is not needed."""

PICTURE_HEADING: Final = "Opinielandschap"
DIVIDING_TITLE: Final = "Dit verdeelt"
NOTHING_SHARED: Final = "Hier is nog niets duidelijk genoeg."
NOTHING_DIVIDES: Final = "Geen stelling verdeelt mensen duidelijk."
NOBODY_AGREES: Final = "niemand eens"
EVERYBODY_AGREES: Final = "iedereen eens"
NO_POLL: Final = "Schatting. 10% kan ook minder zijn, 90% ook meer. Geen stemming, geen peiling."

NOT_A_VOTE: Final = (
    "Dit is geen stemming en geen peiling. Je ziet hoe de mensen die hier stemden over stellingen "
    "denken, niet wat alle leden vinden. Een besluit volgt er niet uit."
)
IN_STEPS: Final = (
    "De tekening verandert pas als genoeg mensen opnieuw hebben gestemd, en getallen zijn "
    "afgerond. Zo kan niemand zien wat jij stemde. Je laatste stem telt dus soms nog niet mee."
)
UNGROUPED: Final = "Een paar mensen passen bij geen groep die groot genoeg is om te tonen."
LEFT_OUT: Final = "Wie op weinig stellingen stemde, telt nog niet mee."
GONE: Final = "(weggehaald)"
NO_PICTURE: Final = (
    "Het landschap tekenen lukte nu niet. Probeer het over een paar minuten opnieuw."
)

_LACKS: Final = {
    Lack.VOTERS: "mensen die stemmen",
    Lack.COMMENTS: "stellingen waar mensen op stemmen",
    Lack.SHARED_VOTERS: "mensen die op genoeg dezelfde stellingen stemden",
    Lack.SHARED_COMMENTS: "stellingen waar genoeg dezelfde mensen op stemden",
}


def heading(subject: str) -> str:
    """Return what stands above everything; the subject, made harmless, may be empty."""
    return f"## Opinielandschap: {subject}" if subject else "## Opinielandschap"


def label(name: str, count: int) -> str:
    """Name a group in the picture, or everybody; the number is rounded."""
    return f"{name}: ± {count} mensen" if name else f"± {count} mensen"


def counted(voters: int, comments: int) -> str:
    """Say how much was counted."""
    return f"Ongeveer {voters} mensen stemden op {comments} stellingen"


def mark_worth(count: int) -> str:
    """Say how many people one mark stands for."""
    return f"Elk teken staat voor ongeveer {count} mensen."


def certainty(*, groups: int, stability: float, is_one_mind: bool) -> str:
    """Say whether there are groups, and how sure that is."""
    if is_one_mind:
        return "Iedereen stemt hetzelfde. Er zijn geen groepen."
    if not groups:
        return "Er zijn geen duidelijke groepen."
    if stability >= STABLE:
        return f"Er zijn {groups} groepen. Dat is vrij zeker."
    return f"Er zijn misschien {groups} groepen. Dat is niet zeker."


def shared_title(*, has_groups: bool) -> str:
    """Return the title of what people share."""
    return "Dit delen alle groepen" if has_groups else "Dit deelt bijna iedereen"


def title(text: str) -> str:
    """Return a title within the message."""
    return f"**{text}**"


def statement(number: int, text: str) -> str:
    """Return a statement with its number; the text is made harmless already."""
    return f"- **{number}** {text}"


def shared(side: Side, percent: int, *, has_groups: bool) -> str:
    """Say how widely a statement is shared; the percentage is rounded."""
    what = "eens" if side is Side.AGREE else "oneens"
    where = "in elke groep minstens " if has_groups else ""
    return f"-# {where}ongeveer {percent}% {what}"


def dividing(most: tuple[str, int], least: tuple[str, int]) -> str:
    """Say which groups stand furthest apart; percentages are rounded."""
    return f"-# groep {most[0]}: ongeveer {most[1]}% eens · groep {least[0]}: ongeveer {least[1]}%"


def split(percent: int) -> str:
    """Say how many are on the smaller side; the percentage is rounded."""
    return f"-# voor en tegen: aan beide kanten minstens ongeveer {percent}%"


def group(name: str, shape: str, count: int) -> str:
    """Name a group and say how large it is."""
    return f"**{shape} Groep {name}**, ongeveer {count} mensen"


def typical(agrees: Sequence[int], disagrees: Sequence[int]) -> str:
    """Say what sets a group apart from the others, by number."""
    said = [
        f"{what} met {_listed(numbers)}"
        for what, numbers in (("vaker eens", agrees), ("vaker oneens", disagrees))
        if numbers
    ]
    return f"-# {'; '.join(said)}" if said else "-# geen stelling die deze groep duidelijk kenmerkt"


def note(text: str) -> str:
    """Return what is said in small letters."""
    return f"-# {text}"


def too_little(shortages: Iterable[Shortage]) -> str:
    """Say what is missing and what to do."""
    lines = "\n".join(
        f"- {_LACKS[one.lack]}: nu {one.have}, minstens {one.need} nodig" for one in shortages
    )
    return (
        f"Er is nog te weinig om een landschap te tekenen:\n{lines}\nStem op meer stellingen, of "
        "vraag anderen om te stemmen."
    )


def alt_group(name: str, count: int) -> str:
    """Name a group in the description of the picture."""
    return f"Groep {name}: ongeveer {count} mensen."


def alt_row(number: str, text: str, shares: Sequence[tuple[str, int]]) -> str:
    """Describe one statement; a group without a name is everybody."""
    said = ", ".join(f"{name} {percent}%" if name else f"{percent}%" for name, percent in shares)
    name = f"{number} ({text})" if text else number
    return f"{name}: {said} eens."


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
