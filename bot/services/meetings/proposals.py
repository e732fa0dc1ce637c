"""What a moderator proposes and has not confirmed: kept as JSON until it is."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, cast

from storage.meeting_records import DeadlineKind, Details, MeetingKind, Paper


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """A new meeting. `uid` names it from the start, so that it is planned once."""

    uid: str
    details: Details


@dataclass(frozen=True, slots=True)
class ChangeProposal:
    """Other details of a meeting; `reminders` are new rules for the channel, or None."""

    details: Details
    reminders: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class CancelProposal:
    """Calling a meeting off."""

    reason: str


@dataclass(frozen=True, slots=True)
class ItemProposal:
    """An agenda item: a new one without `item_id`, gone when `removed`; `position` moves it."""

    title: str
    text: str
    papers: tuple[Paper, ...]
    item_id: int | None = None
    position: int | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class DeadlineProposal:
    """A deadline: a new one without `deadline_id`, gone when `removed`."""

    kind: DeadlineKind
    label: str
    rule: str
    deadline_id: int | None = None
    removed: bool = False


Proposal = PlanProposal | ChangeProposal | CancelProposal | ItemProposal | DeadlineProposal


def written(proposal: Proposal) -> str:
    """Return a proposal as JSON."""
    match proposal:
        case PlanProposal(uid, details):
            content: dict[str, object] = {"what": "plan", "uid": uid, **details_json(details)}
        case ChangeProposal(details, reminders):
            content = {"what": "change", "reminders": reminders, **details_json(details)}
        case CancelProposal(reason):
            content = {"what": "cancel", "reason": reason}
        case ItemProposal():
            content = {
                "what": "item",
                "title": proposal.title,
                "text": proposal.text,
                "papers": [[one.title, one.url, one.file_id] for one in proposal.papers],
                "item_id": proposal.item_id,
                "position": proposal.position,
                "removed": proposal.removed,
            }
        case DeadlineProposal():
            content = {
                "what": "deadline",
                "kind": proposal.kind.value,
                "label": proposal.label,
                "rule": proposal.rule,
                "deadline_id": proposal.deadline_id,
                "removed": proposal.removed,
            }
    return json.dumps(content)


def read(text: str) -> Proposal:
    """Read what `written` wrote."""
    content = cast("dict[str, Any]", json.loads(text))
    match content.pop("what"):
        case "plan":
            return PlanProposal(content["uid"], details_from(content))
        case "change":
            rules = content["reminders"]
            return ChangeProposal(details_from(content), None if rules is None else tuple(rules))
        case "cancel":
            return CancelProposal(content["reason"])
        case "item":
            papers = tuple(Paper(*one) for one in content.pop("papers"))
            return ItemProposal(**content, papers=papers)
        case _:
            kind = DeadlineKind(content.pop("kind"))
            return DeadlineProposal(**content, kind=kind)


def details_json(details: Details) -> dict[str, object]:
    """Return details as JSON's types."""
    return {
        "kind": details.kind.value,
        "title": details.title,
        "local_start": details.local_start.isoformat(),
        "zone": details.zone,
        "starts_at": details.starts_at.isoformat(),
        "minutes": details.minutes,
        "place": details.place,
        "link": details.link,
    }


def details_from(content: dict[str, Any]) -> Details:
    """Read details back."""
    return Details(
        kind=MeetingKind(content["kind"]),
        title=content["title"],
        local_start=dt.datetime.fromisoformat(content["local_start"]),
        zone=content["zone"],
        starts_at=dt.datetime.fromisoformat(content["starts_at"]),
        minutes=content["minutes"],
        place=content["place"],
        link=content["link"],
    )
