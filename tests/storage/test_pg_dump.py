from pathlib import Path

import pytest

from storage.migrate import BackupOutcome, UpgradeReport, upgrade
from tests.conftest import NOW
from tests.storage.next_migration import COPYING, NEXT, WithNext, fill


@pytest.mark.postgres
async def test_without_pg_dump_the_upgrade_goes_on_and_says_so(
    postgres_url: str, with_next: WithNext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))

    report = await _upgrade_with_data(postgres_url, with_next, tmp_path)

    assert report.backup.outcome is BackupOutcome.NO_PG_DUMP
    assert report.backup.path is None


@pytest.mark.postgres
async def test_a_pg_dump_that_fails_is_quoted_in_the_report(
    postgres_url: str, with_next: WithNext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "pg_dump"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'server version mismatch' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    report = await _upgrade_with_data(postgres_url, with_next, tmp_path)

    assert report.backup.outcome is BackupOutcome.FAILED
    assert report.backup.detail == "server version mismatch"


async def _upgrade_with_data(url: str, with_next: WithNext, folder: Path) -> UpgradeReport:
    await fill(url)
    report = await upgrade(url, backups=folder / "backups", now=NOW, scripts=with_next(COPYING))
    assert report.after == NEXT
    return report
