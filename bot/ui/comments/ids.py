"""The custom_ids of buttons below what the outbox sends of comments, and their patterns.

Each carries the ids that it is about, the version that was looked at where it decides something,
and the mark of its message. Buttons elsewhere carry the mark of delivery 0.
"""

from typing import Final

from bot.services.deliveries.rendered import MARK, Mark
from bot.ui.custom_ids import NOWHERE, custom_id, template
from storage.vote_records import VoteValue

VOTE: Final = "cvote"  # text (the wording), value (see `vote_code`)
PLACE: Final = "cplace"  # comment, version: so are the next three
REJECT: Final = "creject"
REDACT: Final = "credact"
DUPLICATE: Final = "cdup"
APPEAL: Final = "cappeal"  # comment
LIFT: Final = "cblift"  # block, version
UPHOLD: Final = "cbkeep"  # block, version
BLOCK_APPEAL: Final = "cbappeal"  # block


def _marked(kind: str, *names: str) -> str:
    return f"{template(kind, *names)}:{MARK}"


VOTE_TEMPLATE: Final = _marked(VOTE, "text", "value")
PLACE_TEMPLATE: Final = _marked(PLACE, "comment", "version")
REJECT_TEMPLATE: Final = _marked(REJECT, "comment", "version")
REDACT_TEMPLATE: Final = _marked(REDACT, "comment", "version")
DUPLICATE_TEMPLATE: Final = _marked(DUPLICATE, "comment", "version")
APPEAL_TEMPLATE: Final = _marked(APPEAL, "comment")
LIFT_TEMPLATE: Final = _marked(LIFT, "block", "version")
UPHOLD_TEMPLATE: Final = _marked(UPHOLD, "block", "version")
BLOCK_APPEAL_TEMPLATE: Final = _marked(BLOCK_APPEAL, "block")


def vote_id(text_id: int, value: VoteValue, mark: Mark = NOWHERE) -> str:
    """Return the custom_id of a vote."""
    return mark.on_custom_id(custom_id(VOTE, text_id, vote_code(value)))


def vote_code(value: VoteValue) -> int:
    """Return a vote as custom_ids have it: they hold no sign. 0 disagree, 1 pass, 2 agree."""
    return value.value + 1


def vote_of(code: int) -> VoteValue | None:
    """Return the vote that a custom_id means; None for what nobody made."""
    return VoteValue(code - 1) if code in {0, 1, 2} else None


def decision_id(kind: str, comment_id: int, version: int, mark: Mark = NOWHERE) -> str:
    """Return the custom_id of a decision about a comment, or about a block."""
    return mark.on_custom_id(custom_id(kind, comment_id, version))


def appeal_id(kind: str, subject_id: int, mark: Mark = NOWHERE) -> str:
    """Return the custom_id of an appeal, of a comment or of a block."""
    return mark.on_custom_id(custom_id(kind, subject_id))
