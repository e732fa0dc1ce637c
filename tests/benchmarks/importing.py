"""How long a long report takes to be imported, and how much memory, beside pypdf alone."""

import asyncio
import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.adapters import knowledge_files
from bot.adapters.documents.reader import ChildReader
from bot.search.documents import Document
from bot.services.knowledge.importing.doubles import KnownPassages
from bot.services.knowledge.importing.preparing import File, Prepared, prepared
from bot.services.knowledge.importing.reading import MAX_MEGABYTES, MAX_SECONDS
from tests.adapters.documents.samples import long_report
from tests.benchmarks.measuring import Figure, seconds_of

PAGES: Final = 1_000
BASELINE: Final = "pypdf alone"
_PATIENCE: Final = 600.0  # seconds: what is slow here is to be measured, not refused
_ROOT: Final = Path(__file__).parents[2]
_PROGRAM: Final = """
import json, sys, time
from pathlib import Path
begun = time.perf_counter()
content = open(sys.argv[1], "rb").read()
if sys.argv[2] == "ours":
    from bot.adapters.documents.kinds import read_document
    read_document("a.pdf", content, lambda page, count: None)
else:
    from io import BytesIO
    from pypdf import PdfReader
    for page in PdfReader(BytesIO(content)).pages:
        page.extract_text()
lines = Path("/proc/self/status").read_text().splitlines()
peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
print(json.dumps([time.perf_counter() - begun, peak / 1024]))
"""


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Import a report from its bytes to the Markdown of its documents."""
    pages = 12 if is_quick else PAGES
    content = long_report(pages)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(content)
        _, memory = _alone(path, "ours")
        seconds, baseline_memory = _alone(path, "pypdf")
    known = knowledge_files.read().documents
    file = File("report.pdf", content)
    found: list[tuple[str, ...]] = []
    ours = seconds_of(lambda: found.append(asyncio.run(_imported(file, known)).texts()))
    case = f"{pages:,} pages, {len(found[0])} documents"
    yield Figure("importing", case, "time", ours, "s", seconds, BASELINE, goal=MAX_SECONDS)
    yield Figure(
        "importing", case, "peak memory", memory, "MB", baseline_memory, BASELINE,
        goal=MAX_MEGABYTES,
    )  # fmt: skip


async def _imported(file: File, known: Sequence[Document]) -> Prepared:
    async with ChildReader(seconds=_PATIENCE).session() as session:
        read = await session.read(file.name, file.content, lambda _page, _count: None)
    return prepared(read, file, known=KnownPassages(known), today=dt.date(2016, 6, 8))


def _alone(path: Path, what: str) -> tuple[float, float]:
    """Return the seconds and the megabytes that a program needs to read a file."""
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(path), what],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, megabytes = json.loads(ended.stdout)
    return seconds, megabytes
