"""Where the domain is kept: SQLite today, PostgreSQL on a hub."""
