"""Alembic's files: the same migrations for SQLite and PostgreSQL."""
