"""What members and moderators read about questions that nobody could answer.

Questions, answers and names come in made harmless.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from storage.question_records import Keeping, OpenQuestionState

GROUP_DESCRIPTION: Final = "De kennis van deze community: vragen beantwoorden en bewaren."
OPEN_DESCRIPTION: Final = "Vragen die op een moderator wachten, de oudste eerst."

ANSWER: Final = "Beantwoorden"
LINK: Final = "Koppelen aan bestaand antwoord"
DECLINE: Final = "Niet beantwoorden"
SEND_AND_KEEP: Final = "Versturen en bewaren"
SEND_ONLY: Final = "Alleen versturen"
SEND: Final = "Versturen"
SEND_AND_ADD: Final = "Versturen en vraag toevoegen"
BACK: Final = "Terug"
GO_ON: Final = "Verder schrijven"
SEARCH: Final = "Anders zoeken"
SHOW_ALL: Final = "Bekijk de vragen"
NEXT_PAGE: Final = "Volgende ▶"
PREVIOUS_PAGE: Final = "◀ Vorige"
TO_LIST: Final = "Naar de lijst"
POST_AGAIN: Final = "Kaart opnieuw plaatsen"
OPEN_PLACEHOLDER: Final = "Open een vraag"
PASSAGE_PLACEHOLDER: Final = "Kies het antwoord dat past"

ANSWER_TITLE: Final = "Vraag beantwoorden"
ANSWER_LABEL: Final = "Antwoord"
ANSWER_PLACEHOLDER: Final = "Dit lezen de mensen die het vroegen. Je ziet eerst een voorbeeld."
SOURCE_LABEL: Final = "Bron"
SOURCE_PLACEHOLDER: Final = "Waar staat dit? Bijvoorbeeld: notulen ALV juni 2016"
LINK_LABEL: Final = "Link naar de bron"
LINK_PLACEHOLDER: Final = "https://… (mag leeg blijven)"
DECLINE_TITLE: Final = "Vraag niet beantwoorden"
REASON_LABEL: Final = "Reden"
REASON_PLACEHOLDER: Final = "Dit lezen de mensen die het vroegen."
SEARCH_TITLE: Final = "Bestaand antwoord zoeken"
SEARCH_LABEL: Final = "Zoekwoorden"
SEARCH_PLACEHOLDER: Final = "Waar gaat het antwoord over?"
POSTED_AGAIN: Final = "Ik plaats de kaart opnieuw. Staat de oude er nog, dan haal ik die weg."
POSTED_BEFORE: Final = "De kaart is zojuist al opnieuw geplaatst."
NO_CHANNEL: Final = (
    "Er is geen kanaal waar de kaart kan staan. Kies met `/beheer instellingen` een kanaal voor "
    "moderatoren dat niet iedereen kan lezen."
)
DEFAULT_SOURCE: Final = "Antwoord van een moderator"

EMPTY: Final = "Er wacht geen vraag op een moderator. 🎉"
NO_MATCH: Final = (
    "Ik vind geen passage die hierbij past. Zoek met andere woorden, of kies **Beantwoorden**."
)
YOUR_TEXT: Final = "Je eigen tekst, zodat je niets kwijt bent:"
CHOOSE_PASSAGE: Final = "Met welk bestaand antwoord is deze vraag beantwoord?"
ANSWERED_HEADING: Final = "Antwoord van een moderator"
LINKED_HEADING: Final = "Een moderator vond het antwoord"
DECLINED_HEADING: Final = "Deze vraag wordt niet beantwoord"
KEPT_AS_DRAFT: Final = "Wat je typte is bewaard als concept."

_MONTHS: Final = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()
_DONE: Final[Mapping[OpenQuestionState, str]] = {
    OpenQuestionState.OPEN: "nog open",
    OpenQuestionState.ANSWERED: "beantwoord",
    OpenQuestionState.LINKED: "gekoppeld aan een bestaand antwoord",
    OpenQuestionState.DECLINED: "niet beantwoord",
}
_SIGNS: Final[Mapping[OpenQuestionState, str]] = {
    OpenQuestionState.OPEN: "❓",
    OpenQuestionState.ANSWERED: "✅",
    OpenQuestionState.LINKED: "🔗",
    OpenQuestionState.DECLINED: "🚫",
}
_KEPT: Final[Mapping[Keeping, str]] = {
    Keeping.NO: "Niet bewaard als kennis.",
    Keeping.WANTED: "Wordt bewaard als kennis.",
    Keeping.DONE: "Bewaard als kennis.",
    Keeping.FAILED: "⚠️ Bewaren als kennis lukte niet; de vragers kregen het antwoord wel.",
}


def passed_on(others: int, *, is_public: bool) -> str:
    """Say to whoever asks that moderators have the question, and what comes next."""
    return f"Je vraag staat bij de moderatoren. {_also(others)}{_next(is_public=is_public)}"


def passed_on_before(others: int, *, is_public: bool) -> str:
    """Say that the question still waits."""
    return (
        f"Deze vraag van jou staat al bij de moderatoren. {_also(others)}"
        f"{_next(is_public=is_public)}"
    )


def closed_before(state: OpenQuestionState, at: dt.datetime) -> str:
    """Say to whoever asks again what became of their question; the answer stands below."""
    if state is OpenQuestionState.DECLINED:
        return f"Een moderator heeft op {_day(at)} laten weten dat deze vraag geen antwoord krijgt:"
    return f"Een moderator heeft deze vraag op {_day(at)} beantwoord:"


def question_line(question: str) -> str:
    """Return the question above its answer."""
    return f"> {question}"


def source_line(source: str) -> str:
    """Say where the answer stands."""
    return f"-# Bron: {source}"


def by_moderator(day: dt.date) -> str:
    """Say who vouches for an answer."""
    return f"-# Antwoord van een moderator, {day.day} {_MONTHS[day.month - 1]} {day.year}"


def declined(reason: str) -> str:
    """Give the reason of a moderator."""
    return f"Een moderator schrijft: {reason}"


def card_title(state: OpenQuestionState, people: int) -> str:
    """Name a question for moderators."""
    asked = "" if people == 1 else f" ({people} leden vragen dit)"
    what = "Open vraag" if state is OpenQuestionState.OPEN else f"Vraag: {_DONE[state]}"
    return f"{_SIGNS[state]} {what}{asked}"


def asked_by(people: Sequence[int], more: int, since: dt.datetime) -> str:
    """Say who asked, and how long ago the first of them did."""
    named = ", ".join(f"<@{one}>" for one in people)
    others = f" en nog {more}" if more else ""
    return f"Gevraagd door {named}{others}, {_ago(since)}."


def more_wordings(count: int) -> str:
    """Say how many wordings are left out."""
    return f"-# … en nog {count} keer in andere woorden"


def writing(moderator: int, at: dt.datetime) -> str:
    """Say who has a draft."""
    return f"✏️ <@{moderator}> heeft een concept, {_ago(at)}."


def closed_by(state: OpenQuestionState, moderator: int | None, at: dt.datetime) -> str:
    """Say what was done, by whom and when."""
    who = "een moderator" if moderator is None else f"<@{moderator}>"
    return f"**{_DONE[state].capitalize()}** door {who} op {_moment(at)}."


def kept(keeping: Keeping, state: OpenQuestionState) -> str:
    """Say whether the answer is knowledge by now; empty when there was nothing to keep."""
    if state is OpenQuestionState.DECLINED:
        return ""
    if state is OpenQuestionState.LINKED:
        linked = {
            Keeping.NO: "",
            Keeping.WANTED: "De vraag wordt toegevoegd aan dat antwoord.",
            Keeping.DONE: "De vraag is toegevoegd aan dat antwoord.",
            Keeping.FAILED: "⚠️ De vraag toevoegen aan dat antwoord lukte niet.",
        }
        return linked[keeping]
    return _KEPT[keeping]


def arrived(reached: int, people: int) -> str:
    """Say how many of those who asked have the answer."""
    return f"Bezorgd bij {reached} van {people}."


def not_arrived(people: Iterable[int]) -> str:
    """Say whom the answer did not reach, and why that is."""
    named = ", ".join(f"<@{one}>" for one in people)
    return (
        f"⚠️ Niet bezorgd bij {named}: antwoorden kon niet waar de vraag stond, en een privébericht "
        "komt niet aan."
    )


def list_heading(total: int, *, page: int, pages: int) -> str:
    """Begin the list of what waits."""
    count = "Er wacht 1 vraag" if total == 1 else f"Er wachten {total} vragen"
    where = "" if pages == 1 else f" (bladzijde {page} van {pages})"
    return f"**{count} op een moderator**{where}"


def list_item(number: int, question: str, *, people: int, since: dt.datetime) -> str:
    """Return one line of the list."""
    asked = "1 vrager" if people == 1 else f"{people} vragers"
    return f"{number}. {question}\n-# {asked}, {_ago(since)}"


def reminder(count: int, days: int, oldest: dt.datetime) -> str:
    """Remind moderators of what waits too long."""
    what = "1 vraag wacht" if count == 1 else f"{count} vragen wachten"
    long = "1 dag" if days == 1 else f"{days} dagen"
    return (
        f"⏰ **{what} al langer dan {long} op een moderator.** De oudste is {_ago(oldest)} gesteld."
    )


def preview(people: int) -> str:
    """Begin the preview of what askers get."""
    who = "1 lid" if people == 1 else f"{people} leden"
    return f"**Voorbeeld**: dit krijgt {who}. Er is nog niets verstuurd."


def preview_declined(people: int) -> str:
    """Do the same for a question that gets no answer."""
    return f"{preview(people)} Daarna is de vraag gesloten."


def kept_under(questions: Iterable[str]) -> str:
    """Say below which questions the answer would be kept."""
    return "Bewaren maakt er kennis van, te vinden met: " + "; ".join(
        f"“{one}”" for one in questions
    )


def added_to(title: str, questions: Iterable[str]) -> str:
    """Say what adding the questions to an existing answer does."""
    named = "; ".join(f"“{one}”" for one in questions)
    return f"Toevoegen maakt **{title}** ook te vinden met: {named}"


def link_heading(question: str) -> str:
    """Ask with which passage a question is answered."""
    return f"> {question}\n{CHOOSE_PASSAGE}"


def sent(people: int, keeping: Keeping, state: OpenQuestionState) -> str:
    """Say that an answer is on its way."""
    who = "1 lid krijgt" if people == 1 else f"{people} leden krijgen"
    what = "de reden" if state is OpenQuestionState.DECLINED else "het antwoord"
    return " ".join(one for one in (f"{who} nu {what}.", kept(keeping, state)) if one)


def done_by(state: OpenQuestionState, moderator: int | None, at: dt.datetime) -> str:
    """Say to a moderator that the question is closed already, and by whom."""
    who = "een andere moderator" if moderator is None else f"<@{moderator}>"
    return f"Deze vraag is al afgehandeld ({_DONE[state]}) door {who} op {_moment(at)}."


def _also(others: int) -> str:
    if not others:
        return ""
    return "Nog 1 lid vraagt dit. " if others == 1 else f"Nog {others} leden vragen dit. "


def _next(*, is_public: bool) -> str:
    if is_public:
        return "Het antwoord komt als reactie onder dit bericht."
    return "Het antwoord krijg je als privébericht: zorg dat die van deze server aanstaan."


def _ago(moment: dt.datetime) -> str:
    return f"<t:{int(moment.timestamp())}:R>"


def _day(moment: dt.datetime) -> str:
    return f"<t:{int(moment.timestamp())}:D>"


def _moment(moment: dt.datetime) -> str:
    return f"<t:{int(moment.timestamp())}:f>"
