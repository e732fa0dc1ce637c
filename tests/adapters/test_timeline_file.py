"""The timeline that ships, and what is said of one that is not sound."""

from pathlib import Path

import pytest

from bot.adapters import timeline_file
from bot.services.knowledge.problems import ProblemKind
from storage.milestone_records import MilestoneState

SOUND = """\
milestones:
  - key: 1
    date: '2016-04'
    until: '2016-06'
    title: 'Iets'
    part: alv
    state: afgerond
    source: {title: 'Bron', url: 'https://example.org/a'}
  - key: 2
    date: '2017'
    title: 'Nog iets'
    part: vervolg
    state: onbekend
    source: {title: 'Bron', url: ''}
"""


def read(folder: Path, text: str) -> timeline_file.TimelineFile:
    path = folder / "timeline.yaml"
    path.write_text(text, encoding="utf-8")
    return timeline_file.read(path)


def test_the_timeline_that_ships_is_sound() -> None:
    found = timeline_file.read()

    assert found.problems == ()
    assert len(found.milestones) == 42
    assert sorted(one.key for one in found.milestones) == list(range(1, 43))


def test_a_period_has_whole_days(tmp_path: Path) -> None:
    first, second = read(tmp_path, SOUND).milestones

    assert (first.content.first.isoformat(), first.content.last.isoformat()) == (
        "2016-04-01",
        "2016-06-30",
    )
    assert (second.content.first.isoformat(), second.content.last.isoformat()) == (
        "2017-01-01",
        "2017-12-31",
    )
    assert second.content.state is MilestoneState.UNKNOWN


@pytest.mark.parametrize(
    ("good", "bad", "line", "kind", "detail"),
    [
        ("key: 2", "key: 1", 2, ProblemKind.FIELD, "key"),
        ("key: 2", "key: twee", 9, ProblemKind.FIELD, "key"),
        ("date: '2017'", "date: '2017-02-30'", 10, ProblemKind.FIELD, "date"),
        ("date: '2017'", "date: 2017", 10, ProblemKind.FIELD, "date"),
        ("until: '2016-06'", "until: '2016-03'", 4, ProblemKind.FIELD, "until"),
        ("title: 'Iets'", f"title: '{'x' * 101}'", 5, ProblemKind.FIELD, "title"),
        ("part: alv", "part: keuken", 6, ProblemKind.UNKNOWN_PART, "keuken"),
        ("state: afgerond", "state: klaar", 7, ProblemKind.FIELD, "state"),
        ("https://example.org/a", "ftp://x", 8, ProblemKind.BAD_URL, "ftp://x"),
        ("    part: vervolg\n", "", 9, ProblemKind.MISSING, "part"),
        ("part: alv", "part: alv\n    wie: ik", 7, ProblemKind.UNKNOWN_FIELD, "wie"),
        ("milestones:", "mijlpalen:", 1, ProblemKind.FIELD, "milestones"),
        ("key: 1", "key: [", 4, ProblemKind.YAML, None),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, good: str, bad: str, line: int, kind: ProblemKind, detail: str | None
) -> None:
    found = read(tmp_path, SOUND.replace(good, bad, 1))
    problem = found.problems[0]

    assert (problem.path, problem.line, problem.kind) == ("timeline.yaml", line, kind)
    assert detail is None or problem.detail == detail


def test_the_sound_ones_serve_beside_a_broken_one(tmp_path: Path) -> None:
    found = read(tmp_path, SOUND.replace("part: alv", "part: keuken"))

    assert [one.key for one in found.milestones] == [2]


def test_a_file_that_is_not_there_is_a_problem_too(tmp_path: Path) -> None:
    found = timeline_file.read(tmp_path / "nergens.yaml")

    assert [one.kind for one in found.problems] == [ProblemKind.UNREADABLE]
