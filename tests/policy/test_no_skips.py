"""With the plugin that CI loads, nothing is skipped in silence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.policy.source import REPOSITORY

SKIPS = {
    "a test": "import pytest\n@pytest.mark.skip(reason='no server')\ndef test_a(): ...\n",
    "a fixture": (
        "import pytest\n"
        "@pytest.fixture\ndef server(): pytest.skip('no server')\n"
        "def test_a(server): ...\n"
    ),
    "a module": "import pytest\npytest.skip('no server', allow_module_level=True)\n",
}
XFAIL = "import pytest\n@pytest.mark.xfail(strict=True)\ndef test_a(): assert False\n"


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


@pytest.mark.parametrize("what", SKIPS)
def test_a_skip_is_a_failure(what: str, tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(SKIPS[what], encoding="utf-8")

    without, with_plugin = run(tmp_path), run(tmp_path, "-p", "tests.policy.no_skips")

    assert "1 skipped" in without.stdout
    assert with_plugin.returncode != 0
    assert "skipped where nothing may be skipped: " in with_plugin.stdout
    assert "no server" in with_plugin.stdout


def test_an_expected_failure_stays_expected(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(XFAIL, encoding="utf-8")

    assert run(tmp_path, "-p", "tests.policy.no_skips").returncode == 0
