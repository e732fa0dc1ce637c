"""What moderators read about the documents of their community."""

from typing import Final

from bot.services.knowledge.documents_errors import (
    DocumentChangedError,
    DocumentError,
    DocumentUnknownError,
    DraftGoneError,
)
from bot.services.knowledge.terms import MAX_ALSO, MAX_NAME, TermField, UnsoundTermError
from storage.document_records import KnowledgeNotice, KnowledgeNoticeKind

CHOOSE: Final = "Bekijk en kies"


def notice(one: KnowledgeNotice, *, title: str) -> str:
    """Return what moderators are told; `title` is made harmless."""
    match one.kind:
        case KnowledgeNoticeKind.REBUILD_FAILED if one.solved_at is None:
            return (
                "⚠️ **Nieuwe kennis is bewaard, maar ik kan die nog niet gebruiken.**\n"
                "Tot dan antwoord ik met wat ik al wist. Ik probeer het elke minuut opnieuw. Duurt "
                "het lang? Geef het door aan wie de bot beheert: in het log staat waarom."
            )
        case KnowledgeNoticeKind.REBUILD_FAILED:
            return "✅ De nieuwe kennis is nu in gebruik."
        case KnowledgeNoticeKind.SHIPPED_CHANGED:
            return (
                f"📄 **De tekst van “{title}” die bij de bot hoort, is veranderd.**\n"
                "Jullie hebben hier een eigen tekst van. Die blijft gewoon staan. Vergelijk ze, en "
                "kies of je jullie tekst houdt of de nieuwe neemt."
            )


def sentence(error: DocumentError) -> str:
    """Return what a moderator reads when a document cannot be changed."""
    match error:
        case DocumentChangedError(current=current):
            who = f" door <@{current.actor_id}>" if current.actor_id is not None else ""
            return (
                f"Dit document is intussen veranderd{who} (versie {current.version}). Bekijk het "
                "opnieuw en doe het dan nog eens."
            )
        case DocumentUnknownError():
            return "Dit document is er niet (meer). Zoek het op in de lijst."
        case DraftGoneError():
            return (
                "Deze tekst bewaar ik niet meer: je nam hem al op, je liet hem weg, of er ging een "
                "week voorbij. Open het document opnieuw."
            )
        case UnsoundTermError():
            return _term(error)
        case _:
            return "Dit is al zo: er hoeft niets te veranderen."


def _term(error: UnsoundTermError) -> str:
    match error.field:
        case TermField.NAME if error.limit:
            return f"Een begrip is hoogstens {error.limit} tekens lang."
        case TermField.NAME:
            return "Vul een begrip in."
        case TermField.MEANING if error.limit:
            return f"De betekenis is hoogstens {error.limit} tekens lang."
        case TermField.MEANING:
            return "Schrijf op wat het begrip betekent."
        case TermField.ALSO:
            return f"Geef hoogstens {MAX_ALSO} andere namen, elk van hoogstens {MAX_NAME} tekens."
