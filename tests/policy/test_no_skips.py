"""With the plugin that CI loads, nothing is skipped in silence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.policy.source import REPOSITORY

SKIPS = {
    "test_by_mark.py": (
        "import pytest\n@pytest.mark.skip(reason='marked')\ndef test_a() -> None: ...\n"
    ),
    "test_by_fixture.py": (
        "import pytest\n"
        "@pytest.fixture\ndef server(): pytest.skip('no server')\n"
        "def test_a(server): ...\n"
    ),
    "test_whole_module.py": ("import pytest\npytest.skip('no module', allow_module_level=True)\n"),
    "test_expected.py": (
        "import pytest\n@pytest.mark.xfail(strict=True)\ndef test_a(): assert False\n"
    ),
}
# Otherwise a module that cannot be collected would end the run before any test.
GO_ON = "--continue-on-collection-errors"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in SKIPS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, str(folder)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_skip_is_a_failure_and_an_expected_failure_is_not(folder: Path) -> None:
    finished = run(folder, "-p", "tests.policy.no_skips", GO_ON)

    assert finished.returncode == 1
    assert "1 xfailed, 3 errors" in finished.stdout
    for reason in ("marked", "no server", "no module"):
        assert f"skipped where nothing may be skipped: Skipped: {reason}" in finished.stdout


def test_without_it_each_reason_is_said_once(folder: Path) -> None:
    again = SKIPS["test_by_fixture.py"] + "def test_b(server): ...\n"
    (folder / "test_by_fixture.py").write_text(again, encoding="utf-8")

    finished = run(folder, "-p", "tests.policy.skip_reasons", GO_ON)

    assert finished.returncode == 0
    assert finished.stdout.count("no server") == 1
    assert "Skipped: no server, so 2 tests did not run." in finished.stdout
