"""Updates as columns, and back."""

from storage.models import UpdateChangeRow, UpdateRow
from storage.progress_records import (
    Part,
    Update,
    UpdateChange,
    UpdateContent,
    UpdateEvent,
    UpdatePlan,
    UpdateState,
)


def content_columns(content: UpdateContent) -> dict[str, object]:
    """Return the values of what an update shows."""
    return {
        "title": content.title,
        "text": content.text,
        "part": content.part and content.part.value,
        "link": content.link,
        "mentions_role": content.mentions_role,
    }


def plan_columns(plan: UpdatePlan | None) -> dict[str, object]:
    """Return the values of when it is published by itself."""
    return {
        "planned_for": plan and plan.moment,
        "planned_local": plan and plan.local,
        "planned_zone": plan and plan.zone,
        "repeat": plan and plan.repeat,
    }


def record_of(row: UpdateRow) -> Update:
    """Return a row as the record that leaves storage."""
    return Update(
        id=row.id,
        guild_id=row.guild_id,
        number=row.number,
        version=row.version,
        state=UpdateState(row.state),
        title=row.title,
        text=row.text,
        part=None if row.part is None else Part(row.part),
        link=row.link,
        mentions_role=row.mentions_role,
        author_id=row.author_id,
        created_at=row.created_at,
        planned_for=row.planned_for,
        repeat=row.repeat,
        published_at=row.published_at,
        edited_at=row.edited_at,
        withdrawn_at=row.withdrawn_at,
        withdrawal_reason=row.withdrawal_reason,
        planned_local=row.planned_local,
        planned_zone=row.planned_zone,
        due_at=row.due_at,
        series_id=row.series_id,
    )


def change_of(row: UpdateChangeRow) -> UpdateChange:
    """Return a line of a history as the record that leaves storage."""
    plan = None
    if row.planned_for and row.planned_local and row.planned_zone:
        plan = UpdatePlan(row.planned_for, row.planned_local, row.planned_zone, row.repeat)
    return UpdateChange(
        id=row.id,
        update_id=row.update_id,
        event=UpdateEvent(row.event),
        at=row.at,
        version=row.version,
        content=UpdateContent(
            title=row.title,
            text=row.text,
            part=None if row.part is None else Part(row.part),
            link=row.link,
            mentions_role=row.mentions_role,
        ),
        actor_id=row.actor_id,
        plan=plan,
        reason=row.reason,
    )
