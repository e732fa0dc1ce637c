"""Run by alembic for every command, inside the transaction that `storage.migrate` began."""

from alembic import context
from sqlalchemy import Connection

from storage.models import Base


def run(connection: Connection) -> None:
    """Run the migrations; committing is left to the one who began."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        # SQLite cannot change most of a table in place: alembic copies it to a new one.
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
