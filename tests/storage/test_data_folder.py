import subprocess
import sys
from pathlib import Path

import pytest

from storage.data_folder import LOCK_FILE, serving_from
from storage.errors import DataFolderInUseError

ROOT = Path(__file__).parents[2]
_HOLD = """
import sys
from pathlib import Path
from storage.data_folder import serving_from

with serving_from(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"

        with pytest.raises(DataFolderInUseError) as caught, serving_from(folder):
            pass
        assert caught.value.pid == first.pid
        assert caught.value.folder == folder
        first.kill()

    with serving_from(folder):
        pass


def test_the_same_process_is_refused_as_well(tmp_path: Path) -> None:
    with serving_from(tmp_path), pytest.raises(DataFolderInUseError), serving_from(tmp_path):
        pass


def test_a_lock_file_with_nonsense_in_it_is_only_a_file(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).write_text("geen nummer, maar wel een hele lange regel tekst")

    with serving_from(tmp_path):
        pass
