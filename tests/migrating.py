"""A database as it was before some migration, for as long as a test looks at it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Targets = list[tuple[str, str]]


@contextmanager
def migrated_back(targets: Targets) -> Iterator[MigrationExecutor]:
    """The tables as they were after these migrations; as they are now when the block ends."""
    executor = MigrationExecutor(connection)
    now = executor.loader.graph.leaf_nodes()
    executor.migrate(targets)
    try:
        yield MigrationExecutor(connection)
    finally:
        MigrationExecutor(connection).migrate(now)


def migrate_on(executor: MigrationExecutor) -> None:
    """To the tables as they are now."""
    executor.loader.build_graph()
    executor.migrate(executor.loader.graph.leaf_nodes())
