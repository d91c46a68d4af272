"""The engines behind the search. All find the same documents; they differ in order and speed.

`engine()` gives the one for the database: FTS5 on SQLite, tsvector with GIN on PostgreSQL, else a portable one.
What an engine needs beside the tables of models is made by the migration `0002_search_engines`.
"""

from __future__ import annotations

from django.db import connection

from cms.search.engines.interface import Engine
from cms.search.engines.portable import PortableEngine
from cms.search.engines.postgresql import PostgresEngine
from cms.search.engines.sqlite import SqliteEngine

__all__ = ["ENGINES", "Engine", "PortableEngine", "PostgresEngine", "SqliteEngine", "engine"]
ENGINES: dict[str, type[Engine]] = {"sqlite": SqliteEngine, "postgresql": PostgresEngine}


def engine() -> Engine:
    """The engine of the present database."""
    return ENGINES.get(connection.vendor, PortableEngine)()
