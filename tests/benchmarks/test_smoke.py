import json
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as benchmarks


def test_every_benchmark_runs_and_yields_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmarks, "OUTPUT", tmp_path / "bench.json")
    monkeypatch.setattr(benchmarks, "QUICK", (20, 40))

    assert benchmarks.main(["--quick"]) == 0

    found = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert [row["passages"] for row in found["search"]] == [20, 40]
    assert all(row["p99_ms"] > 0 and row["bm25s_p99_ms"] > 0 for row in found["search"])
    assert set(found["start"]) == {"cold_s", "warm_s", "baseline_s"}
    assert [row["passages"] for row in found["change"]] == [20, 40]


def test_retrieval_is_scored_for_both_rankings(tmp_path: Path) -> None:
    passage = {"id": "a#0", "doc": "a", "title": "Paspoort", "head": "", "text": "Een paspoort."}
    question = {"id": "q", "set": "faq", "q": "paspoort", "relevant": ["a"]}
    (tmp_path / "passages.jsonl").write_text(json.dumps(passage), encoding="utf-8")
    (tmp_path / "questions.jsonl").write_text(json.dumps(question), encoding="utf-8")

    scores = benchmarks.retrieval.measure(tmp_path)["faq"]

    assert scores == dict.fromkeys(
        ("ours_hit_at_1", "ours_mrr_at_10", "bm25s_hit_at_1", "bm25s_mrr_at_10"), 1.0
    )
