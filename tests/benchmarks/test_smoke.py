import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import corpus
from tests.benchmarks.chat_bots import BotProcess
from tests.benchmarks.chat_load import Load
from tests.benchmarks.measuring import Figure

FIELDS = {
    "benchmark", "case", "name", "value", "unit", "baseline", "baseline_name", "goal", "floor",
    "is_best_high", "ratio", "verdict",
}  # fmt: skip
SLOPE = "memory, a 1,000 questions"
GROWN = "memory grown"
MAY_BE_NOTHING = {SLOPE, GROWN}  # nothing, or less: a process that has room takes no more memory
NAMES = {
    "search": {
        "p50", "p99", "p99, first time", "index", "memory of index", "peak memory",
        "p50 ÷ p50 at 100",
    },
    "start": {"first answer"},
    "change": {"until found", "longest question meanwhile"},
    "feeds": {"items a second", GROWN, "one poll of all", "rate"},
    "landscape": {
        "drawn in a child", "processor of the child", "drawn beside questions", "computed",
        "questions meanwhile, p99",
    },
    "knowledge": {"edit until found", "asked during a rebuild, p50", "asked during a rebuild, p99"},
    "importing": {"time", "peak memory"},
    "chat": {
        "acknowledged, p50", "acknowledged, longest", "answered, p50", "answered, p95",
        "answered, p99", "answered, longest", "answers", "processor, an answer",
        "processor of the stand-in", "ready", "first answer", "memory before", "memory after",
        "memory, slice 10 ÷ slice 2", SLOPE,
    },
    "deliveries": {
        "messages", "share of the limit", "messages that arrived", "requests without a 429",
        "answered meanwhile, p99",
    },
    "reminders": {
        "planned and told", "moved and told", "until the last", "until the last, beside bare",
        "share of the limit", "reminders that arrived", "answered meanwhile, p99",
    },
    "comments": {
        "comments", "comments, beside groups", "comments kept", "votes", "votes, beside groups",
        "votes kept", "confirmed, longest",
    },
    "retrieval": {"hit@1, scores", "hit@1, model", "MRR@10, scores", "MRR@10, model"},
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_benchmark_runs_and_yields_its_figures_beside_a_baseline(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write_faq(tmp_path)
    output = tmp_path / "build" / "bench.json"
    asked = ["--quick", "--only", name, "--faq", str(tmp_path), "--output", str(output)]

    assert benchmarks.main(asked) == 0

    found = json.loads(output.read_text(encoding="utf-8"))
    assert {"python", "machine", "load_before", "load_after", "figures"} == set(found)
    assert {one["benchmark"] for one in found["figures"]} == {name}
    assert {one["name"] for one in found["figures"]} == NAMES[name]
    assert all(set(one) == FIELDS for one in found["figures"])
    measured = [one for one in found["figures"] if one["name"] not in MAY_BE_NOTHING]
    assert all(one["value"] > 0 and one["baseline"] > 0 for one in measured)
    assert all(one["ratio"] == one["value"] / one["baseline"] for one in measured)
    printed = capsys.readouterr().out
    assert all(one["name"] in printed for one in found["figures"])
    assert "load before" in printed


def test_the_right_document_first_scores_one_for_both_rankings(tmp_path: Path) -> None:
    _write_faq(tmp_path)
    output = tmp_path / "bench.json"

    benchmarks.main(["--only", "retrieval", "--faq", str(tmp_path), "--output", str(output)])

    found = json.loads(output.read_text(encoding="utf-8"))["figures"]
    clean = [one for one in found if one["case"] == "para (2)"]
    assert {one["name"] for one in clean} == NAMES["retrieval"]
    assert {one["value"] for one in clean} == {
        0.5
    }  # the other question's document is not the first
    assert {one["baseline"] for one in clean} == {0.5}


def test_a_corpus_is_the_same_every_time_and_its_passages_are_short() -> None:
    sections = [section for one in corpus.documents(250) for section in one.sections]

    assert corpus.documents(250) == corpus.documents(250)
    assert len(sections) == 250
    assert all(len(one.text.split()) <= corpus.MOST_WORDS for one in sections)
    assert sum(bool(one.questions) for one in sections) == 25


def test_a_time_reaches_its_bound_from_below_and_a_score_from_above() -> None:
    time = Figure("search", "1", "p99", 4.0, "ms", 2.0, "bm25s", goal=3, floor=10)
    score = Figure("x", "1", "hit@1", 0.8, "", 0.5, "bm25s", goal=0.9, floor=0.7, is_best_high=True)

    assert (time.ratio, time.verdict) == (2.0, "floor")
    assert score.verdict == "floor"
    assert (
        Figure("search", "1", "p99", 11.0, "ms", 2.0, "bm25s", goal=3, floor=10).verdict == "missed"
    )
    assert not Figure("search", "1", "p50", 11.0, "ms", 2.0, "bm25s").verdict


def test_memory_that_only_the_first_slice_adds_to_is_flat() -> None:
    flat = Load(10_000, 50.0, (80.0, *[90.0] * 9), 1.0)
    growing = Load(10_000, 50.0, tuple(100.0 + 2 * number for number in range(10)), 1.0)

    assert (flat.growth, round(flat.slope, 6)) == (1.0, 0.0)
    assert (growing.growth, round(growing.slope, 6)) == (118 / 102, 2.0)


async def test_a_bot_that_ends_before_it_is_ready_says_why(tmp_path: Path) -> None:
    bot = BotProcess(
        "x",
        program=("-c", "raise SystemExit('no such setting')"),
        folder=tmp_path,
        has_buttons=True,
    )

    async with bot.server:
        with pytest.raises(RuntimeError, match="x ended: no such setting"):
            await bot.start()


def _write_faq(folder: Path) -> None:
    passages = [
        {
            "id": "a#0",
            "doc": "a",
            "title": "Paspoort",
            "head": "",
            "text": "Een paspoort kost geld.",
        },
        {"id": "b#0", "doc": "b", "title": "Zwemmen", "head": "", "text": "Zwemmen mag in zee."},
        {"id": "c#0", "doc": "c", "title": "Fietsen", "head": "", "text": "Fietsen is gezond."},
    ]
    questions: list[dict[str, object]] = [
        {"id": "1", "set": "para", "q": "kost een paspoort veel", "relevant": ["a"]},
        {"id": "2", "set": "para", "q": "mag zwemmen", "relevant": ["elsewhere"]},
        {"id": "3", "set": "unanswerable", "q": "hoe oud is de maan", "relevant": []},
    ]
    _write_lines(folder / "passages.jsonl", passages)
    _write_lines(folder / "questions.jsonl", questions)


def _write_lines(path: Path, lines: Sequence[Mapping[str, object]]) -> None:
    path.write_text("\n".join(json.dumps(one) for one in lines), encoding="utf-8")
