"""What Prometheus reads at `/metrics`. Numbers only: no ids, no names, no words."""

import platform
from collections.abc import Callable
from typing import Final

import discord
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    generate_latest,
)

from bot.services.knowledge.running import Outcome

# Seconds from a question until its answer was sent, around what a member notices as slow.
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The figures of one process, in a registry of its own."""

    def __init__(self, *, version: str) -> None:
        """Count from nought; `version` is what runs."""
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "breed_answers", "Questions answered, by outcome.", ["status"], registry=self._registry
        )
        for outcome in Outcome:
            self._answers.labels(status=outcome.value)
        self._seconds = Histogram(
            "breed_answer_seconds",
            "Time from a question until its answer was sent.",
            buckets=_BUCKETS,
            registry=self._registry,
        )
        build = Info("breed_build", "What is running.", registry=self._registry)
        build.info(
            {
                "version": version,
                "python": platform.python_version(),
                "discord_py": discord.__version__,
            }
        )
        ProcessCollector(registry=self._registry)

    def watch(self, *, passage_count: Callable[[], int], is_connected: Callable[[], bool]) -> None:
        """Ask these two whenever the figures are read. Called once."""
        passages = Gauge(
            "breed_knowledge_passages", "Passages that are searched.", registry=self._registry
        )
        passages.set_function(passage_count)
        connected = Gauge(
            "breed_discord_connected", "1 while connected to Discord.", registry=self._registry
        )
        connected.set_function(is_connected)

    def ended(self, outcome: Outcome, *, seconds: float) -> None:
        """Count an answer that ended."""
        self._answers.labels(status=outcome.value).inc()
        self._seconds.observe(seconds)

    def as_text(self) -> bytes:
        """Return all figures in the text format of Prometheus."""
        return generate_latest(self._registry)
