"""Reading in a process of its own: its limits, and that nothing of it outlives them."""

import os
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from bot.adapters.documents.reader import ChildReader
from bot.services.knowledge.importing.reading import (
    MAX_BYTES,
    MAX_PAGES,
    ReadDocument,
    ReadProblem,
    UnreadableFileError,
)
from tests.adapters.documents import samples

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ODD = ("-m", "tests.adapters.documents.odd_child")


async def read(name: str, content: bytes) -> ReadDocument:
    async with ChildReader().session() as session:
        return await session.read(name, content, lambda _page, _count: None)


async def problem(name: str, content: bytes) -> ReadProblem:
    with pytest.raises(UnreadableFileError) as raised:
        await read(name, content)
    assert raised.value.name == name
    return raised.value.problem


def locked(password: str, owner: str | None = None) -> bytes:
    report = samples.Report(encryption=StandardEncryption(password, owner, strength=128))
    report.line(60, 700, "Dit staat achter een slot.")
    return report.done()


def scanned() -> bytes:
    report = samples.Report()
    for _ in range(3):
        report.picture()
        report.turn()
    return report.done()


def liar() -> bytes:
    """Return a DOCX whose body is larger than its directory says."""
    content = samples.zip_bomb(3)
    size = (3_000_000).to_bytes(4, "little")
    assert size in content
    return content.replace(size, (10).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", lambda: locked("geheim"), ReadProblem.ENCRYPTED),
        ("a.pdf", scanned, ReadProblem.SCANNED),
        ("a.pdf", lambda: b"%PDF-1.4\n" + bytes(range(256)) * 20, ReadProblem.BROKEN),
        ("a.pdf", lambda: b"geen pdf", ReadProblem.BROKEN),
        ("a.pdf", lambda: samples.long_report(4)[:3000], ReadProblem.BROKEN),
        ("a.pdf", lambda: samples.pages_of(10_000), ReadProblem.TOO_MANY_PAGES),
        ("a.pdf", lambda: samples.packed_page(bytes(100_000_000)), ReadProblem.BOMB),
        ("a.docx", lambda: samples.zip_bomb(201), ReadProblem.BOMB),
        ("a.docx", liar, ReadProblem.BROKEN),
        ("a.docx", lambda: samples.word_report()[:2000], ReadProblem.BROKEN),
        ("a.docx", lambda: OLE, ReadProblem.ENCRYPTED),
        (
            "a.doc",
            lambda: OLE,
            ReadProblem.UNSUPPORTED,
        ),
        ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), ReadProblem.UNSUPPORTED),
        ("a.xlsx", lambda: packed({"xl/workbook.xml": "<x/>"}), ReadProblem.UNSUPPORTED),
        ("a.txt", lambda: b" \n ", ReadProblem.EMPTY),
        ("a.html", lambda: b"<html><body><script>1</script></body></html>", ReadProblem.EMPTY),
        ("a.txt", lambda: bytes(MAX_BYTES + 1), ReadProblem.TOO_LARGE),
    ],
    ids=lambda value: value.name if isinstance(value, ReadProblem) else "",
)
async def test_what_cannot_be_read_says_why(
    name: str, content: Callable[[], bytes], expected: ReadProblem
) -> None:
    assert await problem(name, content()) is expected


def packed(parts: dict[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


async def test_entities_that_grow_are_not_unfolded() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "lol">{lol}]><w:document xmlns:w='
        '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
        "&l9;</w:t></w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(BytesIO(samples.word_report())) as archive:
        parts = {one: archive.read(one).decode("utf-8", "replace") for one in archive.namelist()}

    found = await problem("a.docx", packed(parts | {"word/document.xml": xml}))

    assert found in {ReadProblem.BROKEN, ReadProblem.EMPTY}


async def test_what_only_its_owner_may_change_can_be_read() -> None:
    found = await read("a.pdf", locked("", owner="baas"))

    assert [block.text for block in found.blocks] == ["Dit staat achter een slot."]


async def test_all_pages_up_to_the_limit_are_read() -> None:
    assert await problem("a.pdf", samples.pages_of(MAX_PAGES + 1)) is ReadProblem.TOO_MANY_PAGES
    assert await problem("a.pdf", samples.pages_of(MAX_PAGES)) is ReadProblem.SCANNED


def pids(read_ones: Sequence[ReadDocument]) -> set[str]:
    return {one.title.split()[0] for one in read_ones}


async def test_a_file_that_costs_too_much_ends_its_process_and_the_next_one_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "geheim")
    told: list[tuple[int, int]] = []

    def tell(page: int, count: int) -> None:
        told.append((page, count))

    problems: dict[str, ReadProblem] = {}
    done: list[ReadDocument] = []
    async with ChildReader(program=ODD, seconds=10).session() as session:
        for name in ("fine", "fine", "greedy", "fine", "crash", "fine", "nonsense", "fine"):
            try:
                done.append(await session.read(name, b"tekst", tell))
            except UnreadableFileError as error:
                problems[name] = error.problem

    assert problems == {
        "greedy": ReadProblem.TOO_MUCH_MEMORY,
        "crash": ReadProblem.BROKEN,
        "nonsense": ReadProblem.BROKEN,
    }
    assert told == [(5, 10)] * 5
    assert len(pids(done[:2])) == 1
    assert len(pids(done)) == 4
    assert all("DISCORD_TOKEN" not in one.title for one in done)
    for pid in pids(done):
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


async def test_a_file_that_takes_too_long_is_given_up() -> None:
    async with ChildReader(program=ODD, seconds=0.5).session() as session:
        with pytest.raises(UnreadableFileError) as raised:
            await session.read("slow", b"tekst", lambda _page, _count: None)

    assert raised.value.problem is ReadProblem.TOO_SLOW
