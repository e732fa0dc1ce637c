"""Feeds of the forum and what came in."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    pass
