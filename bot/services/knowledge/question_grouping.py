"""When two open questions are one for the moderators."""

from bot.search.clauses import condition_last
from bot.search.identical import nearly_identical
from bot.services.knowledge.masking import E_MAIL, NAME, NUMBER


def same_question(one: str, other: str) -> bool:
    """Whether two questions are nearly word for word the same, but for where a condition stands.

    What was masked is the same as nothing: nobody knows which number stood there.
    """
    if any(mask in text for mask in (NUMBER, E_MAIL, NAME) for text in (one, other)):
        return False
    return nearly_identical(condition_last(one), condition_last(other))
