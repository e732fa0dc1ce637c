"""What the settings of a guild mean, for the moderators who choose them."""

from typing import Final

_MEANINGS: Final = {
    "member_role": "De rol van leden. Niet gekozen: de rol die 'lid' heet.",
    "moderator_role": (
        "De rol van moderatoren. Niet gekozen: de rol die 'moderator' heet "
        "en berichten mag beheren."
    ),
    "updates_channel": "Het kanaal voor updates. Niet gekozen: het kanaal dat 'updates' heet.",
    "comments_channel": "Het kanaal voor reacties. Niet gekozen: het kanaal dat 'reacties' heet.",
    "meetings_channel": "Het kanaal voor de ALV. Niet gekozen: het kanaal dat 'alv' heet.",
    "forum_channel": (
        "Het kanaal voor berichten van het forum. Niet gekozen: het kanaal dat 'forum' heet."
    ),
    "moderators_channel": (
        "Het besloten kanaal van de moderatoren. Niet gekozen: het kanaal dat 'moderators' heet."
    ),
    "question_retention": "Zoveel dagen bewaart de bot vragen, zonder wie ze stelde.",
    "answer_retention": "Zoveel dagen bewaart de bot antwoorden en wat leden ervan vonden.",
    "open_question_retention": "Zoveel dagen bewaart de bot vragen die op een moderator wachten.",
}


def meaning(name: str) -> str:
    """Return what a setting means; every name in the registry has a sentence."""
    return _MEANINGS[name]
