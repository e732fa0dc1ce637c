"""`make setup` finds a Python that runs, or says in a sentence what is missing.

The interpreters here are small programs that answer what the script asks of them, so that no test
needs a network. A whole setup is what every other test already stands on.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.policy.source import REPOSITORY

TOOLS = ("sh", "dirname", "cksum", "cat", "grep", "head", "mkdir", "rm")
SHIM = "#!/bin/sh\necho 'pyenv: command not found' >&2\nexit 127\n"
# Answers the version question ("raise SystemExit" stands in it), then the question for venv.
OLD = "#!/bin/sh\n[ \"$1\" = --version ] && echo 'Python 3.10.13' || exit 1\n"
WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *version_info*) echo 3.12;; *) exit 1;; esac\n'
# Makes a .venv whose pip cannot reach anything.
OFFLINE = """#!/bin/sh
case "$*" in
    *version_info*) echo 3.13;;
    --version) echo 'Python 3.13.0';;
    *'-m venv'*)
        mkdir -p .venv/bin
        cat "$0" >.venv/bin/python
        /bin/chmod +x .venv/bin/python;;
    *'pip install'*)
        echo 'NewConnectionError: name resolution' >.venv/setup.log
        exit 1;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    root = tmp_path / "a clone"
    shutil.copytree(REPOSITORY / "scripts", root / "scripts")
    shutil.copytree(REPOSITORY / "requirements", root / "requirements")
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / tool).symlink_to(found)
    return root


def put(clone: Path, folder: str, name: str, program: str) -> Path:
    path = clone.parent / folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(program, encoding="utf-8")
    path.chmod(0o755)
    return path


def setup(clone: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    folders = [clone.parent / name for name in ("first", "second", "bin")]
    return subprocess.run(
        [clone / "scripts" / "setup", "dev"],
        env={"PATH": ":".join(map(str, folders))} | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_without_a_python_that_fits_it_says_which_ones_do(clone: Path) -> None:
    put(clone, "first", "python3", OLD)

    finished = setup(clone)

    assert finished.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13" in finished.stderr
    assert "make setup PYTHON=" in finished.stderr


def test_a_shim_that_does_not_run_hides_no_python_behind_it(clone: Path) -> None:
    put(clone, "first", "python3.13", SHIM)
    behind = put(clone, "second", "python3.13", OFFLINE)

    assert f"Python 3.13.0 ({behind})" in setup(clone).stdout


def test_a_python_without_venv_is_passed_over(clone: Path) -> None:
    put(clone, "first", "python3.13", WITHOUT_VENV)
    other = put(clone, "second", "python3.11", OFFLINE)

    assert f"({other})" in setup(clone).stdout


def test_without_the_venv_module_it_names_the_package(clone: Path) -> None:
    put(clone, "first", "python3", WITHOUT_VENV)

    finished = setup(clone)

    assert finished.returncode == 1
    assert "its venv module is missing" in finished.stderr
    assert "apt-get install python3.12-venv" in finished.stderr


def test_without_a_network_it_says_so(clone: Path) -> None:
    put(clone, "first", "python3", OFFLINE)

    finished = setup(clone)

    assert finished.returncode == 1
    assert "could not be fetched: no network" in finished.stderr


def test_a_chosen_python_of_another_version_is_refused(clone: Path) -> None:
    chosen = put(clone, "elsewhere", "python3.10", OLD)

    finished = setup(clone, PYTHON=str(chosen))

    assert finished.returncode == 1
    assert f"PYTHON={chosen} is not a Python 3.11, 3.12 or 3.13" in finished.stderr
    assert "It says: Python 3.10.13" in finished.stderr
