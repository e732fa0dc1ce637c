"""The database: its tables, every query, and the only commit. Knows no other package."""
