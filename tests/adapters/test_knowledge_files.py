from pathlib import Path

import pytest

from bot.adapters import knowledge_files
from bot.adapters.knowledge_files import fingerprint, read
from bot.services.knowledge.problems import Problem, ProblemKind

SOUND = """\
---
title: Zeilclub
onderdeel: opties
date: 2016-03-31
sources: [{title: Bron}]
---
De zeilclub vaart.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "zeilclub.md").write_text(SOUND, encoding="utf-8")
    return tmp_path


def test_a_file_becomes_a_document_by_its_name(folder: Path) -> None:
    (folder / "notities.txt").write_text("geen document", encoding="utf-8")

    shelf = read(folder)

    assert [(one.id, one.path) for one in shelf.documents] == [("zeilclub", "zeilclub.md")]
    assert shelf.problems == ()


def test_a_broken_file_is_named_and_the_rest_serves(folder: Path) -> None:
    (folder / "a.md").write_text(SOUND.replace("onderdeel: opties\n", ""), encoding="utf-8")
    (folder / "b.md").write_bytes(b"---\n\xff\xfe\n---\n")
    (folder / "c.md").mkdir()
    (folder / "d.md").symlink_to(folder / "weg.md")

    shelf = read(folder)

    assert [one.id for one in shelf.documents] == ["zeilclub"]
    assert shelf.problems == (
        Problem("a.md", 2, ProblemKind.MISSING, "onderdeel"),
        Problem("b.md", 1, ProblemKind.UNREADABLE),
        Problem("c.md", 1, ProblemKind.UNREADABLE),
        Problem("d.md", 1, ProblemKind.UNREADABLE),
    )


def test_an_empty_or_missing_folder_has_nothing(tmp_path: Path) -> None:
    assert read(tmp_path).documents == read(tmp_path / "weg").documents == ()


@pytest.mark.parametrize("change", ["content", "name", "one more", "one less", "unreadable"])
def test_the_fingerprint_is_of_names_and_contents(folder: Path, change: str) -> None:
    path = folder / "zeilclub.md"
    before = fingerprint(folder)
    if change == "content":
        path.write_text(SOUND + " ", encoding="utf-8")
    elif change == "name":
        path.rename(folder / "roeiclub.md")
    elif change == "one more":
        (folder / "nog.md").write_text("", encoding="utf-8")
    elif change == "one less":
        path.unlink()
    else:
        path.unlink()
        path.mkdir()

    assert fingerprint(folder) != before


def test_the_fingerprint_of_the_same_files_is_the_same(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "zeilclub.md").touch()

    assert fingerprint(folder) == fingerprint(folder)


def test_the_shipped_documents_can_all_serve() -> None:
    shelf = knowledge_files.read()

    assert shelf.problems == ()
    assert {one.option for one in shelf.documents} >= set(range(1, 16))
