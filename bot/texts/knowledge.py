"""What members and operators read about answers and the knowledge base."""

from collections.abc import Sequence

from bot.services.knowledge.answers import Citation, Reply, Suggested, Topic, Unknown
from bot.services.knowledge.problems import Problem, ProblemKind
from bot.texts.dates import day

UNKNOWN = "Dat weet ik niet: ik vind er niets over in mijn bronnen."
EMPTY_QUESTION = "Typ een vraag, bijvoorbeeld: wat adviseert Berenschot?"


def answer(reply: Reply) -> str:
    """Return the reply as plain text, without its sources."""
    match reply:
        case Unknown(gap=gap):
            return gap or UNKNOWN
        case Suggested():
            return not_certain()
        case _:
            return reply.text


def not_certain() -> str:
    """Say that there is no certain answer, before near topics."""
    return "Dat weet ik niet zeker. Bedoel je een van deze onderwerpen?"


def source_line(citation: Citation) -> str:
    """Return where an answer stands: title, part and date, and who vouches for it."""
    by = " · van een moderator" if citation.by_moderator else ""
    part = f"{citation.part.value}, " if citation.part else ""
    return f"{citation.title} ({part}{day(citation.date)}{by})"


def source_link(citation: Citation) -> str:
    """Return the source itself: its name, and its address when it has one."""
    if not citation.source.url:
        return citation.source.title
    return f"{citation.source.title}: {citation.source.url}"


def topic_line(number: int, topic: Topic) -> str:
    """Return one topic to choose by its number."""
    return f"{number}. {topic.title}"


def too_long(limit: int) -> str:
    """Say that a question is too long."""
    return f"Je vraag is langer dan {limit} tekens. Maak hem korter, dan zoek ik het op."


def problem(one: Problem) -> str:
    """Return what is wrong with a knowledge document, with its file and line."""
    place = f"{one.path}, regel {one.line}: " if one.path else ""
    return place + _PROBLEMS[one.kind].format(detail=one.detail)


def problems(count: int) -> str:
    """Return the closing line of a check that found something."""
    return "1 probleem gevonden." if count == 1 else f"{count} problemen gevonden."


def sound(*, documents: int, passages: int, questions: int) -> str:
    """Return the closing line of a check that found nothing."""
    return (
        f"De kennisbank is in orde: {documents} documenten, {passages} passages, "
        f"{questions} vraagvarianten."
    )


def sound_timeline(milestones: int) -> str:
    """Say that the timeline that ships is sound."""
    return f"De tijdlijn is in orde: {milestones} mijlpalen."


def lines(topics: Sequence[Topic]) -> list[str]:
    """Return the topics, numbered from 1."""
    return [topic_line(number, topic) for number, topic in enumerate(topics, start=1)]


_PROBLEMS = {
    ProblemKind.UNREADABLE: "het bestand is niet te lezen",
    ProblemKind.NO_FRONT_MATTER: "zet bovenaan de gegevens tussen twee regels met ---",
    ProblemKind.YAML: "de gegevens bovenaan zijn geen geldige YAML ({detail})",
    ProblemKind.FIELD: "het veld {detail} heeft een verkeerde waarde",
    ProblemKind.MISSING: "het veld {detail} ontbreekt",
    ProblemKind.UNKNOWN_FIELD: "het veld {detail} bestaat niet",
    ProblemKind.UNKNOWN_PART: "het onderdeel {detail} bestaat niet",
    ProblemKind.BAD_URL: "{detail} is geen webadres",
    ProblemKind.EMPTY_PASSAGE: "{detail} heeft geen tekst",
    ProblemKind.LONG_PASSAGE: "{detail} is langer dan 120 woorden",
    ProblemKind.FEW_QUESTIONS: "{detail} heeft minder dan 3 vraagvarianten",
    ProblemKind.LONG_QUESTION: "deze vraag is langer dan 100 tekens: {detail}",
    ProblemKind.TWICE: "deze vraag staat ook ergens anders: {detail}",
    ProblemKind.SECTION_WITHOUT_TEXT: "de kop {detail} staat bovenaan maar niet in de tekst",
    ProblemKind.TEXT_WITHOUT_SECTION: "de kop {detail} staat in de tekst maar niet bovenaan",
    ProblemKind.OPTION_HEADINGS: "de kop {detail} ontbreekt bij deze optie",
    ProblemKind.FACT_UNTOLD: "geen enkel document noemt feit {detail}",
    ProblemKind.NO_DOCUMENTS: "er is geen enkel leesbaar document",
}
