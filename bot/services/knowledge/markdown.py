"""Read one knowledge document from its Markdown, as `docs/knowledge.md` describes it."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from bot.search.documents import Document, Origin, Part, Section, Source, Term
from bot.services.knowledge.problems import Problem, ProblemKind, UnsoundDocumentError

_FENCE = "---"
_HEADING = re.compile(r"^## +(?P<heading>.+?)\s*$")
_ESCAPED_HEADING = re.compile(r"^\\(?=\\*## )")
_URL = re.compile(r"^https?://[^\s/<>\"]+\.[^\s<>\"]+$")

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _SourceFields(_Strict):
    title: _Text
    url: str = ""


class _TermFields(_Strict):
    term: _Text
    meaning: _Text
    also: tuple[_Text, ...] = ()


class _SectionFields(_Strict):
    heading: _Text
    facts: tuple[_Text, ...] = ()
    questions: tuple[_Text, ...] = ()
    sources: tuple[_SourceFields, ...] = ()
    date: dt.date | None = None
    known_unknown: bool = False


class _FrontMatter(_Strict):
    title: _Text
    onderdeel: Part | None = None
    date: dt.date
    sources: Annotated[tuple[_SourceFields, ...], Field(min_length=1)]
    option: Annotated[int, Field(ge=1, le=15)] | None = None
    facts: tuple[_Text, ...] = ()
    questions: tuple[_Text, ...] = ()
    terms: tuple[_TermFields, ...] = ()
    sections: tuple[_SectionFields, ...] = ()
    known_unknown: bool = False


@dataclass(frozen=True, slots=True)
class _Passage:
    heading: str
    text: str
    line: int


def parse(
    text: str, *, document_id: str, path: str = "", origin: Origin = Origin.SHIPPED
) -> Document:
    """Return the document that `text` describes; one that ships names its onderdeel.

    Raises:
        UnsoundDocumentError: with every problem found, each with its line.

    """
    front, body, body_line = _split(text, path)
    fields = _fields(front, path)
    passages = _passages(body, first_line=body_line)
    problems = [
        *_part_problems(fields, origin, path),
        *_structure_problems(fields, passages, front=front, path=path),
        *_url_problems(fields, front, path),
    ]
    if problems:
        raise UnsoundDocumentError(tuple(sorted(problems, key=lambda problem: problem.line)))
    return Document(
        id=document_id,
        title=fields.title,
        part=fields.onderdeel,
        date=fields.date,
        sections=tuple(_section(passage, fields) for passage in passages),
        origin=origin,
        terms=tuple(Term(one.term, one.meaning, one.also) for one in fields.terms),
        option=fields.option,
        path=path,
    )


def _split(text: str, path: str) -> tuple[str, str, int]:
    lines = text.removeprefix("\ufeff").splitlines()
    ends = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
    if len(ends) < 2 or ends[0] != 0:  # noqa: PLR2004 # an opening and a closing fence
        raise UnsoundDocumentError((Problem(path, 1, ProblemKind.NO_FRONT_MATTER),))
    end = ends[1]
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2


def _fields(front: str, path: str) -> _FrontMatter:
    try:
        root = yaml.compose(front, Loader=yaml.CSafeLoader)
        loaded: object = yaml.load(front, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = cast("yaml.Mark | None", getattr(error, "problem_mark", None))
        line = mark.line + 2 if mark else 1
        problem = Problem(path, line, ProblemKind.YAML, str(getattr(error, "problem", "") or ""))
        raise UnsoundDocumentError((problem,)) from error
    try:
        return _FrontMatter.model_validate(loaded)
    except ValidationError as error:
        problems = (_field_problem(detail, root, path) for detail in error.errors())
        raise UnsoundDocumentError(tuple(problems)) from error


def _field_problem(detail: ErrorDetails, root: yaml.Node | None, path: str) -> Problem:
    where = detail["loc"]
    name = ".".join(str(step) for step in where)
    kind = {
        "missing": ProblemKind.MISSING,
        "extra_forbidden": ProblemKind.UNKNOWN_FIELD,
    }.get(detail["type"], ProblemKind.FIELD)
    if where == ("onderdeel",) and kind is ProblemKind.FIELD:
        kind, name = ProblemKind.UNKNOWN_PART, str(detail["input"])
    return Problem(path, _line_of(where, root), kind, name)


def _line_of(where: tuple[int | str, ...], root: yaml.Node | None) -> int:
    """Return the line in the file of the deepest part of `where` that the YAML holds."""
    node, line = root, 0
    for step in where:
        if isinstance(node, yaml.MappingNode):
            entries = cast("list[tuple[yaml.Node, yaml.Node]]", node.value)
            found = next(((key, value) for key, value in entries if key.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            items = cast("list[yaml.Node]", node.value)
            if step >= len(items):
                break
            node = items[step]
            line = node.start_mark.line
    return line + 2


def _passages(body: str, *, first_line: int) -> tuple[_Passage, ...]:
    """Cut the body at its `## ` headings; text before the first one has an empty heading.

    A backslash before `## ` makes it a line of the text.
    """
    found: list[_Passage] = []
    heading, line, lines = "", first_line, list[str]()
    for number, text in enumerate(body.splitlines(), start=first_line):
        match = _HEADING.match(text)
        if match is None:
            lines.append(_ESCAPED_HEADING.sub("", text))
            continue
        found.append(_Passage(heading, "\n".join(lines).strip(), line))
        heading, line, lines = match["heading"], number, []
    found.append(_Passage(heading, "\n".join(lines).strip(), line))
    return tuple(found)


def _part_problems(fields: _FrontMatter, origin: Origin, path: str) -> list[Problem]:
    if fields.onderdeel is not None or origin is not Origin.SHIPPED:
        return []
    return [Problem(path, 2, ProblemKind.MISSING, "onderdeel")]


def _structure_problems(
    fields: _FrontMatter, passages: tuple[_Passage, ...], *, front: str, path: str
) -> list[Problem]:
    declared = {section.heading for section in fields.sections}
    headings = {passage.heading for passage in passages}
    problems = [
        Problem(path, passage.line, ProblemKind.EMPTY_PASSAGE, passage.heading or fields.title)
        for passage in passages
        if not passage.text
    ]
    problems += [
        Problem(path, passage.line, ProblemKind.TEXT_WITHOUT_SECTION, passage.heading)
        for passage in passages
        if passage.heading and passage.heading not in declared
    ]
    problems += [
        Problem(path, _line_with(heading, front), ProblemKind.SECTION_WITHOUT_TEXT, heading)
        for heading in sorted(declared - headings)
    ]
    return problems


def _url_problems(fields: _FrontMatter, front: str, path: str) -> list[Problem]:
    sources = [*fields.sources, *(one for section in fields.sections for one in section.sources)]
    return [
        Problem(path, _line_with(source.url, front), ProblemKind.BAD_URL, source.url)
        for source in sources
        if source.url and not _URL.match(source.url)
    ]


def _line_with(text: str, front: str) -> int:
    """Return the line in the file of the front matter's first line that holds `text`, or 1."""
    lines = enumerate(front.splitlines(), start=2)
    return next((number for number, line in lines if text in line), 1)


def _section(passage: _Passage, fields: _FrontMatter) -> Section:
    own = next((one for one in fields.sections if one.heading == passage.heading), None)
    if own is None:
        own_facts = {fact for section in fields.sections for fact in section.facts}
        return Section(
            heading="",
            text=passage.text,
            sources=_sources(fields.sources),
            date=fields.date,
            questions=fields.questions,
            facts=tuple(fact for fact in fields.facts if fact not in own_facts),
            known_unknown=fields.known_unknown,
            line=passage.line,
        )
    return Section(
        heading=own.heading,
        text=passage.text,
        sources=_sources(own.sources or fields.sources),
        date=own.date or fields.date,
        questions=own.questions,
        facts=own.facts,
        known_unknown=own.known_unknown,
        line=passage.line,
    )


def _sources(fields: tuple[_SourceFields, ...]) -> tuple[Source, ...]:
    return tuple(Source(one.title, one.url) for one in fields)
