"""The timeline that ships: `config/timeline.yaml`, checked as it is read."""

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final, Literal, cast

import structlog
import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from bot.services.knowledge.problems import Problem, ProblemKind
from bot.services.progress.timeline import ShippedMilestone
from storage.milestone_records import MilestoneContent, MilestoneState
from storage.progress_records import Part

SHIPPED: Final = Path(str(files("config"))) / "timeline.yaml"

_DATE: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_STATES: Final = {
    "afgerond": MilestoneState.DONE,
    "bezig": MilestoneState.UNDER_WAY,
    "gepland": MilestoneState.PLANNED,
    "vervallen": MilestoneState.DROPPED,
    "onbekend": MilestoneState.UNKNOWN,
}
_ROOT: Final = "milestones"
_log: structlog.stdlib.BoundLogger = structlog.get_logger()

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Url = Annotated[str, StringConstraints(pattern=r"^(https?://[^\s/<>\"]+\.[^\s<>\"]+)?$")]
_Date = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Source(_Strict):
    title: _Text
    url: _Url


class _Milestone(_Strict):
    key: Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
    date: _Date
    until: _Date | None = None
    title: Annotated[_Text, StringConstraints(max_length=100)]
    part: Part
    state: Literal["afgerond", "bezig", "gepland", "vervallen", "onbekend"]
    source: _Source
    note: str = ""


@dataclass(frozen=True, slots=True)
class TimelineFile:
    """What the file holds: the milestones that can be shown, and what is wrong with the others."""

    milestones: tuple[ShippedMilestone, ...]
    problems: tuple[Problem, ...]


def read(path: Path = SHIPPED) -> TimelineFile:
    """Read the file. A milestone that is not sound is named, with its line, and left out."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return TimelineFile((), (Problem(path.name, 1, ProblemKind.UNREADABLE),))
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
        loaded: object = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = cast("yaml.Mark | None", getattr(error, "problem_mark", None))
        detail = str(getattr(error, "problem", "") or "")
        line = mark.line + 1 if mark else 1
        return TimelineFile((), (Problem(path.name, line, ProblemKind.YAML, detail),))
    items = _items(loaded)
    if items is None:
        return TimelineFile((), (Problem(path.name, 1, ProblemKind.FIELD, _ROOT),))
    return _checked(items, _lines(root), path.name)


def open_timeline(path: Path = SHIPPED) -> tuple[ShippedMilestone, ...]:
    """Return what can be shown of the file; what cannot is logged, with its line."""
    found = read(path)
    for problem in found.problems:
        _log.warning(
            "timeline_unsound",
            path=problem.path,
            line=problem.line,
            kind=problem.kind.value,
            detail=problem.detail,
        )
    return found.milestones


def _checked(items: list[object], lines: "_Lines", name: str) -> TimelineFile:
    sound: list[ShippedMilestone] = []
    problems: list[Problem] = []
    keys = Counter(_key(item) for item in items)
    for index, item in enumerate(items):
        try:
            fields = _Milestone.model_validate(item)
        except ValidationError as error:
            problems += (_problem(one, index, lines, name) for one in error.errors())
            continue
        wrong = list(_unsound(fields, twice=keys[fields.key] > 1))
        problems += (
            Problem(name, lines.of(index, field), ProblemKind.FIELD, field) for field in wrong
        )
        if not wrong:
            sound.append(_shipped(fields))
    return TimelineFile(tuple(sound), tuple(sorted(problems)))


def _unsound(fields: _Milestone, *, twice: bool) -> Iterator[str]:
    """Yield the fields whose value is of the right form and cannot be all the same."""
    first = _days(fields.date)
    last = _days(fields.until) if fields.until else first
    if twice:
        yield "key"
    if first is None:
        yield "date"
    elif last is None or first[0] > last[1]:
        yield "until"


def _shipped(fields: _Milestone) -> ShippedMilestone:
    first, last = _days(fields.date), _days(fields.until or fields.date)
    if first is None or last is None:
        message = "an unsound milestone was let through"
        raise ValueError(message)
    content = MilestoneContent(
        title=fields.title,
        first=first[0],
        last=last[1],
        part=fields.part,
        state=_STATES[fields.state],
        note=fields.note,
        link=fields.source.url,
    )
    return ShippedMilestone(fields.key, content, fields.source.title)


def _days(text: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of an ISO day, month or year; None when there is none."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(found[name]) if found[name] else None for name in found.groupdict())
    try:
        first = dt.date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day is not None:
        return first, first
    end = month or 12
    return first, dt.date(first.year, end, calendar.monthrange(first.year, end)[1])


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where milestones and their fields stand in the file, counted from 1."""

    items: tuple[int, ...]
    fields: tuple[dict[str, int], ...]

    def of(self, index: int, field: str) -> int:
        """Return the line of a field, or of the milestone when it has no such field."""
        return self.fields[index].get(field, self.items[index])


def _lines(root: yaml.Node | None) -> _Lines:
    entries = _pairs(root)
    found = next((value for key, value in entries if key.value == _ROOT), None)
    nodes = cast("list[yaml.Node]", found.value if isinstance(found, yaml.SequenceNode) else [])
    return _Lines(
        tuple(node.start_mark.line + 1 for node in nodes),
        tuple(
            {str(key.value): key.start_mark.line + 1 for key, _ in _pairs(node)} for node in nodes
        ),
    )


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        return []
    return cast("list[tuple[yaml.Node, yaml.Node]]", node.value)


def _problem(detail: ErrorDetails, index: int, lines: _Lines, name: str) -> Problem:
    where = [str(step) for step in detail["loc"]]
    field = where[0] if where else ""
    kind = {
        "missing": ProblemKind.MISSING,
        "extra_forbidden": ProblemKind.UNKNOWN_FIELD,
    }.get(detail["type"], ProblemKind.FIELD)
    shown = ".".join(where) or _ROOT
    if kind is ProblemKind.FIELD and field == "part":
        kind, shown = ProblemKind.UNKNOWN_PART, str(detail["input"])
    elif kind is ProblemKind.FIELD and where == ["source", "url"]:
        kind, shown = ProblemKind.BAD_URL, str(detail["input"])
    return Problem(name, lines.of(index, field), kind, shown)


def _items(loaded: object) -> list[object] | None:
    if not isinstance(loaded, dict):
        return None
    items = cast("dict[object, object]", loaded).get(_ROOT)
    return cast("list[object]", items) if isinstance(items, list) else None


def _key(item: object) -> object:
    key = cast("dict[object, object]", item).get("key") if isinstance(item, dict) else None
    return key if isinstance(key, int) else None
