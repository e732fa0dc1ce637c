"""What people read about the forum. Titles, names and addresses come in harmless already."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from bot.services.forum.feeds import FeedKind, ItemKind
from storage.forum_records import FeedCounts

GROUP_DESCRIPTION: Final = "Berichten van het forum in een kanaal"
LINK_DESCRIPTION: Final = (
    "Laat nieuwe berichten van een forum of website in een kanaal verschijnen."
)
URL_DESCRIPTION: Final = "Het adres, bijvoorbeeld van de blog, het forum of een onderwerp"
CHANNEL_DESCRIPTION: Final = "Het kanaal waar de berichten komen"
LAST_DESCRIPTION: Final = "Hoeveel van de laatste berichten ook meteen geplaatst worden (0 tot 10)"
UNLINK_DESCRIPTION: Final = "Stop met berichten van een gekoppeld adres."
FEED_DESCRIPTION: Final = "Welk gekoppeld adres? Kies uit de lijst."
REFRESH_DESCRIPTION: Final = "Kijk nu of er nieuwe berichten zijn."
STATUS_DESCRIPTION: Final = "Zie hoe het gaat met de gekoppelde adressen."

START_LABEL: Final = "Starten"
CANCEL_LABEL: Final = "Annuleren"
UNLINK_LABEL: Final = "Ontkoppelen"
KEEP_LABEL: Final = "Laat maar"
SHOW_LABEL: Final = "Tonen"
HIDE_LABEL: Final = "Niet tonen"
NEWER_LABEL: Final = "Nieuwer"
OLDER_LABEL: Final = "Ouder"
FEED_PLACEHOLDER: Final = "Bekijk een adres"

LOOKING: Final = "Ik bekijk het adres. Dat kan een halve minuut duren…"
POLLING: Final = "Ik kijk of er iets nieuws is. Dat kan een halve minuut duren…"
CALLED_OFF: Final = "Goed, ik koppel dit adres niet."
KEPT: Final = "Goed, ik laat de koppeling staan."
NO_TITLE: Final = "Zonder titel"

KINDS: Final[Mapping[FeedKind, str]] = {
    FeedKind.BLOG: "de blogs",
    FeedKind.FORUM: "de onderwerpen van het forum",
    FeedKind.TOPIC: "de reacties in één onderwerp",
    FeedKind.ACTIVITY: "de laatste activiteit",
    FeedKind.OTHER: "de berichten van een website",
}
ITEM_KINDS: Final[Mapping[ItemKind, str]] = {
    ItemKind.POST: "Bericht",
    ItemKind.TOPIC: "Onderwerp",
    ItemKind.REPLY: "Antwoord",
    ItemKind.COMMENT: "Reactie",
    ItemKind.ACTIVITY: "Activiteit",
}


def found(kind: FeedKind, *, title: str, count: int, channel: str) -> str:
    """Say what an address turned out to be."""
    many = "1 bericht" if count == 1 else f"{count} berichten"
    if not count:
        many = "nog geen berichten"
    return f"Dit zijn {KINDS[kind]}: **{title}** ({many}). Nieuwe berichten komen in {channel}."


def begins_with(last: int) -> str:
    """Say what happens to what is there already."""
    if not last:
        return "Wat er al staat, plaats ik niet."
    many = "het laatste bericht" if last == 1 else f"de laatste {last} berichten"
    return f"Van wat er al staat, plaats ik {many}."


def examples(count: int) -> str:
    """Say that examples follow."""
    if not count:
        return "Er is nog niets om als voorbeeld te laten zien. Zal ik beginnen?"
    return "Zo komen de berichten eruit te zien. Zal ik beginnen?"


def started(title: str, *, channel: str, posted: int, status: str) -> str:
    """Say that a feed was started."""
    first = ""
    if posted:
        many = "Het laatste bericht" if posted == 1 else f"De laatste {posted} berichten"
        verb = "komt" if posted == 1 else "komen"
        first = f" {many} {verb} er nu aan."
    return (
        f"Gestart: nieuwe berichten van **{title}** komen in {channel}.{first} Ik kijk elk "
        f"kwartier. Hoe het gaat, zie je met {status}."
    )


def ask_unlink(title: str, *, channel: str) -> str:
    """Ask whether to stop a feed."""
    return (
        f"Wil je **{title}** ontkoppelen van {channel}? Nieuwe berichten komen dan niet meer. Wat "
        "er al staat, blijft staan, maar ik gebruik het niet meer bij vragen."
    )


def unlinked(title: str) -> str:
    """Say that a feed was stopped."""
    return f"Ontkoppeld: van **{title}** komt niets meer."


def not_linked_yet(link: str) -> str:
    """Say that nothing is linked, and how to."""
    return f"Er is nog geen forum of website gekoppeld. Koppel er een met {link}."


def refreshed(title: str, *, posted: int, changed: int) -> str:
    """Say what came of looking now."""
    if not posted and not changed:
        return f"**{title}**: niets nieuws."
    parts = [f"{posted} nieuw"] if posted else []
    parts += [f"{changed} gewijzigd"] if changed else []
    return f"**{title}**: {' en '.join(parts)}."


def not_refreshed(title: str, why: str) -> str:
    """Say why looking now came to nothing."""
    return f"**{title}**: {why}"


def just_polled(title: str) -> str:
    """Say that somebody else is looking at this very moment."""
    return f"**{title}**: daar wordt op dit moment al gekeken."


def too_soon(at: str) -> str:
    """Say when a feed may be polled again."""
    return f"Ik heb net gekeken. Vaker dan elk kwartier mag niet; vanaf {at} kan het weer."


def heading(title: str, *, channel: str) -> str:
    """Return the line above how a feed does."""
    return f"**{title}** → {channel}"


WELL: Final = "✅ Loopt goed."
PAUSED: Final = "⏸️ Gestopt na herhaalde fouten. Los het op en gebruik dan /forum verversen."


def troubled(failures: int) -> str:
    """Say that the last polls failed."""
    times = "De laatste keer lukte" if failures == 1 else f"De laatste {failures} keer lukte"
    return f"⚠️ {times} kijken niet. Ik blijf het proberen."


def counted(counts: FeedCounts) -> str:
    """Say how many items were seen and posted."""
    line = f"Gezien: {counts.seen} · geplaatst: {counts.posted}"
    if counts.waiting:
        line += f" · wachten op hun onderwerp: {counts.waiting}"
    if counts.held:
        line += f" · niet geplaatst: {counts.held}"
    return line


def polled(*, last: str | None, following: str | None) -> str:
    """Say when a feed was last read and when it will be."""
    parts = [f"Laatst gelukt: {last}" if last else "Nog niet eerder gelezen"]
    if following:
        parts.append(f"volgende keer: {following}")
    return " · ".join(parts)


def last_problem(sentence: str, *, at: str) -> str:
    """Return the last error, with its moment."""
    return f"Laatste fout ({at}): {sentence}"


def item_line(number: int, title: str, *, date: str, became: str) -> str:
    """Return one item with what became of it."""
    return f"{number}. {title} ({date}): {became}"


def no_items_yet() -> str:
    """Say that a feed has no items."""
    return "Er kwam nog niets binnen."


def hide_label(number: int) -> str:
    """Return the button that takes an item out of the answers."""
    return f"{number}: uit de antwoorden halen"


def show_label(number: int) -> str:
    """Return the button that puts an item in the answers."""
    return f"{number}: in de antwoorden zetten"


def footer(kind: ItemKind, title: str) -> str:
    """Return the line below an item."""
    return f"{ITEM_KINDS[kind]} · {title}"


def about_topic(title: str) -> str:
    """Return the title of a reply or comment."""
    return f"Reactie op: {title}"


WITHDRAWN: Final = "Dit bericht is van het forum verwijderd."
WITHDRAWN_TITLE: Final = "Verwijderd van het forum"
GAP_TITLE: Final = "Misschien mis je hier berichten"


def gap(count: int) -> str:
    """Say that items may have come and gone unseen."""
    return (
        f"Er kwamen veel berichten tegelijk: ik zag er {count} die nieuw waren, en misschien waren "
        "er meer. De nieuwste staan hier. Kijk op de website voor de rest."
    )


def card_title(title: str) -> str:
    """Return the heading of a card for moderators."""
    return f"Mag dit gevonden worden? {title}"


CARD_WAITING: Final = (
    "Dit bericht staat in het kanaal. Mag ik het ook laten zien als iemand een vraag stelt?"
)
CARD_SHOWN: Final = "Besloten: bij vragen laat ik dit bericht zien."
CARD_HIDDEN: Final = "Besloten: bij vragen laat ik dit bericht niet zien."
CARD_GONE: Final = "Dit bericht is er niet meer. Je hoeft niets te doen."
NOW_SHOWN: Final = "Goed, bij vragen laat ik dit bericht zien."
NOW_HIDDEN: Final = "Goed, bij vragen laat ik dit bericht niet meer zien. In het kanaal blijft het."
WAS_SHOWN: Final = "Dat was al zo: bij vragen laat ik dit bericht zien."
WAS_HIDDEN: Final = "Dat was al zo: bij vragen laat ik dit bericht niet zien."


def paused_notice(title: str, *, channel: str, problem: str) -> str:
    """Tell moderators that a feed paused."""
    return (
        f"**{title}** voor {channel} is gestopt: het lukte steeds niet.\n{problem}\nKijk of het "
        "adres nog klopt. Gebruik daarna /forum verversen, of koppel het nieuwe adres met /forum "
        "koppelen."
    )


def failing_notice(title: str, *, channel: str, problem: str) -> str:
    """Tell moderators that a feed keeps failing."""
    return (
        f"**{title}** voor {channel} lukt al een dag niet.\n{problem}\nIk blijf het proberen, eens "
        "per dag. Er gaat niets verloren zolang de berichten op de website staan."
    )


FORUM_HEADING: Final = "Een forumlid schreef hier iets over (niet nagekeken door een moderator):"
FORUM_HEADING_MANY: Final = (
    "Forumleden schreven hier iets over (niet nagekeken door een moderator):"
)


def hit(linked_title: str, *, author: str, date: str) -> str:
    """Return what a forum member wrote: its title, who and when."""
    by = f"{author}, " if author else ""
    return f"- {linked_title} ({by}{date})"


SECTION: Final = "Forum"


def section_well(title: str, *, channel: str, last: str | None) -> str:
    """Return a line of the check on a feed that does well."""
    when = f", laatst gelezen {last}" if last else ", nog niet gelezen"
    return f"✅ {title} → {channel}{when}"


def section_trouble(title: str, *, channel: str, problem: str) -> str:
    """Return a line of the check on a feed that needs something."""
    return f"⚠️ {title} → {channel}: {problem}"


def choice(title: str, *, channel: str) -> str:
    """Return a feed as it is offered in a list."""
    return f"{title} (#{channel})" if channel else title


def joined(lines: Iterable[str]) -> str:
    """Return lines below each other, leaving empty ones out."""
    return "\n".join(line for line in lines if line)


def day(date: dt.date) -> str:
    """Return a day as everybody reads it in their own language: noon in UTC is the same day."""
    noon = dt.datetime.combine(date, dt.time(12), dt.UTC)
    return f"<t:{int(noon.timestamp())}:D>"


def moment(at: dt.datetime) -> str:
    """Return a moment as everybody reads it in their own language."""
    return f"<t:{int(at.timestamp())}:f>"
