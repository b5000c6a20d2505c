"""Rewrites the rows that keep secrets: when they are first encrypted, and when keys change."""

import json
from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from playground import encryption

AT_ONCE = 500


def rewrite(
    connection: BaseDatabaseWrapper,
    table: str,
    change: Callable[[str], str | None],
    column: str = "environment",
) -> int:
    """Put what `change` makes of each stored text into its place; None leaves it. Gives how many changed."""
    first = f"SELECT id, {column} FROM {table} ORDER BY id LIMIT {AT_ONCE}"  # noqa: S608 - a table of ours
    following = first.replace("ORDER BY", "WHERE id > %s ORDER BY")
    # A row that somebody changes in between has its new text encrypted with the newest key already.
    update = f"UPDATE {table} SET {column} = %s WHERE id = %s AND {column} = %s"  # noqa: S608
    changed = 0
    with connection.cursor() as cursor:
        cursor.execute(first)
        while rows := cursor.fetchall():
            new = [(text, key, old) for key, old in rows if (text := change(old)) is not None]
            if new:
                cursor.executemany(update, new)
            changed += len(new)
            cursor.execute(following, [rows[-1][0]])
    return changed


def encrypt_plain(table: str) -> Callable[[Any, Any], None]:
    """What a migration runs to encrypt the JSON texts of a table."""
    return lambda apps, editor: _rewritten(editor, table, _to_token)


def decrypt_all(table: str) -> Callable[[Any, Any], None]:
    """What a migration runs to go back to JSON texts."""
    return lambda apps, editor: _rewritten(editor, table, _to_plain)


def erase_what_is_deleted(apps: Any, editor: Any) -> None:
    """What a migration runs first: from here on SQLite overwrites what it deletes on this connection."""
    if editor.connection.vendor == "sqlite":
        with editor.connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _rewritten(editor: Any, table: str, change: Callable[[str], str | None]) -> None:
    rewrite(editor.connection, table, change)


def _to_token(text: str) -> str | None:
    return encryption.encrypted(json.loads(text)) if text.startswith("{") else None


def _to_plain(text: str) -> str | None:
    return None if text.startswith("{") else json.dumps(encryption.decrypted(text))
