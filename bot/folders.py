"""What lies where in the data folder, beside the SQLite database itself."""

from pathlib import Path


def backups_in(data_dir: Path) -> Path:
    """Return the folder for backups made before an upgrade or by hand."""
    return data_dir / "backups"


def cache_in(data_dir: Path) -> Path:
    """Return the folder for what can be made anew, such as the index of the knowledge base."""
    return data_dir / "cache"
