"""`python -m tests.eval`: how well the shipped knowledge base answers.

Prints the score per half and per kind, with typing errors, and beside plain BM25; writes
build/eval.json; fails below the floors on the half that was set aside. `--fit` fits the model anew
instead; `--wrong` lists what went wrong in the tuning half (never in the other one).
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bot.adapters import dictionaries, knowledge_files
from bot.search.confidence import shipped_model
from bot.search.documents import Document
from bot.search.index import build
from bot.search.searcher import Searcher
from bot.services.knowledge.answering import Answerer, Thresholds
from bot.texts.knowledge import answer as text_of
from config.settings import Settings
from tests.eval import fitting
from tests.eval.baseline import PlainBm25
from tests.eval.questions import FOLDER, Asked, load
from tests.eval.report import Floors, broken, table
from tests.eval.scoring import Outcome, Score, per_kind, run, score
from tests.eval.typos import with_typos

OUTPUT = Path("build/eval.json")
TYPO_SEEDS = (1, 2, 3)


def main() -> int:
    """Run what the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description=__doc__)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    chosen = parser.parse_args()
    documents = knowledge_files.read().documents
    if chosen.fit:
        path = fitting.write(fitting.fit(documents, _fitting_questions()))
        print(f"written: {path.name}")
        return 0
    return _measure(documents, shows_wrong=chosen.wrong)


def _fitting_questions() -> tuple[Asked, ...]:
    names = sorted(path.name for path in FOLDER.glob("fit_*.jsonl"))
    return tuple(one for name in names for one in load(name))


def _measure(documents: Sequence[Document], *, shows_wrong: bool) -> int:
    answerer = _answerer(documents)
    halves = {half: [one for one in load() if one.half == half] for half in ("tune", "held")}
    outcomes = {half: _ask(answerer, asked) for half, asked in halves.items()}
    rows = {half: score(found) for half, found in outcomes.items()}
    rows |= {f"  {kind}": one for kind, one in per_kind(outcomes["held"]).items()}
    typed = [
        one.typed_as(with_typos(one.text, seed=seed))
        for seed in TYPO_SEEDS
        for one in halves["held"]
    ]
    rows["held, typing errors"] = score(_ask(answerer, typed))
    rows["held, plain BM25"] = _plain(documents, halves["held"], rows["held"])
    print("\n".join(table(rows)))
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(
        json.dumps({name.strip(): asdict(one) for name, one in rows.items()}, indent=2),
        encoding="utf-8",
    )
    if shows_wrong:
        _show_wrong(outcomes["tune"])
    problems = broken(rows["held"], rows["held, typing errors"], Floors())
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _answerer(documents: Sequence[Document]) -> Answerer:
    defaults = Settings.model_fields
    return Answerer(
        Searcher([build(documents)], real_words=dictionaries.real_words()),
        model=shipped_model(),
        thresholds=Thresholds(
            answer=defaults["answer_threshold"].default,
            suggest=defaults["suggest_threshold"].default,
        ),
    )


def _ask(answerer: Answerer, questions: Sequence[Asked]) -> list[Outcome]:
    return run(
        questions,
        reply=lambda one: answerer.reply(one.text, before=one.before),
        ranking=lambda one: [
            frozenset(passage.section.facts)
            for passage in answerer.ranking(one.text, before=one.before)
        ],
    )


def _plain(documents: Sequence[Document], questions: Sequence[Asked], ours: Score) -> Score:
    """Score plain BM25 when it answers as many unanswerable questions as we do."""
    plain = PlainBm25(documents)
    tops = sorted(
        (float(plain.scores(one.text).max()) for one in questions if not one.is_answerable),
        reverse=True,
    )
    plain.threshold = tops[round(ours.wrongly_answered * len(tops))]
    return score(
        run(
            questions,
            reply=lambda one: plain.reply(one.text),
            ranking=lambda one: plain.ranking(one.text),
        )
    )


def _show_wrong(outcomes: Sequence[Outcome]) -> None:
    for one in outcomes:
        if one.asked.is_answerable != one.is_right:
            status = type(one.reply).__name__
            print(f"{one.asked.identity} {one.asked.kind} {status} {one.reply.confidence:.2f}")
            print(f"    {one.asked.before or ''} > {one.asked.text} {sorted(one.asked.facts)}")
            print(f"    {text_of(one.reply)[:160]!r}")


if __name__ == "__main__":
    sys.exit(main())
