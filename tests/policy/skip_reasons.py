"""A pytest plugin (`-p tests.policy.skip_reasons`): one line a reason, instead of one a test.

`make test` loads it, so that somebody without PostgreSQL reads one sentence about it.
"""

from collections import Counter

import pytest

_ADVICE = {"BREED_TEST_POSTGRES_URL is not set": "PostgreSQL was not tested (see CONTRIBUTING.md)"}


def pytest_configure(config: pytest.Config) -> None:
    """Leave skips out of pytest's own summary."""
    config.option.reportchars = "fEX"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were skipped, reason by reason."""
    skipped: list[pytest.TestReport] = terminalreporter.stats.get("skipped", [])
    for reason, count in Counter(map(_reason, skipped)).most_common():
        what = _ADVICE.get(reason, "Skipped")
        terminalreporter.write_line(f"{what}: {reason}, so {count} tests did not run.")


def _reason(report: pytest.TestReport) -> str:
    text = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else report.longreprtext
    return text.removeprefix("Skipped: ")
