"""The statement that wants another version in every copy of a subject."""

from typing import Final

from sqlalchemy import Integer, Update, and_, bindparam, case, or_, update

from storage.delivery_records import CONTENT_PROBLEMS, DeliveryState
from storage.models import DeliveryRow

UNSENT: Final = (DeliveryState.WAITING.value, DeliveryState.ATTEMPTING.value)


def revision(kind: str) -> Update:
    """Return it for a kind; `subject` and `version` are parameters."""
    version = bindparam("version", type_=Integer)
    is_mended = and_(
        DeliveryRow.state == DeliveryState.FAILED.value,
        # No IN: a list of values cannot be used with many parameters at once.
        or_(*(DeliveryRow.problem == one.value for one in sorted(CONTENT_PROBLEMS))),
    )
    stands = DeliveryRow.message_id.is_not(None)
    revived = case((stands, DeliveryState.SENT.value), else_=DeliveryState.WAITING.value)
    alive = (*UNSENT, DeliveryState.SENT.value)
    is_alive = or_(*(DeliveryRow.state == one for one in alive))
    return (
        update(DeliveryRow)
        .where(
            DeliveryRow.kind == kind,
            DeliveryRow.subject_id == bindparam("subject"),
            DeliveryRow.wanted_version < version,
            DeliveryRow.withdrawn.is_(False),
        )
        .values(
            wanted_version=version,
            is_open=or_(is_alive, is_mended),
            state=case((is_mended, revived), else_=DeliveryRow.state),
            next_try_at=case((is_mended, None), else_=DeliveryRow.next_try_at),
            problem_code=case((is_mended, None), else_=DeliveryRow.problem_code),
            problem=case((is_mended, None), else_=DeliveryRow.problem),
        )
    )
