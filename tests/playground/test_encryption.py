"""Environment variables at rest: what is in the database, with which key, and what becomes of older rows."""

import io
import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from invoker.deployment_package import DeploymentPackage
from playground import encryption
from playground.encryption import Unreadable
from playground.snippets import packages
from playground.snippets.models import Snippet
from tests.migrating import migrate_on, migrated_back

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "correct horse battery staple"
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def function(**variables: str) -> Snippet:
    package = packages.store(DeploymentPackage.of_texts({"index.mjs": ""}))
    return Snippet.objects.create(
        owner="alice", function_name="one", package=package, environment=variables, code_size=0
    )


def stored(snippet: Snippet) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT environment FROM snippets_snippet WHERE function_name = %s", ["one"])
        return str(cursor.fetchone()[0])


def reencrypt() -> str:
    told = io.StringIO()
    call_command("reencrypt", stdout=told)
    return told.getvalue()


def test_variables_are_stored_as_a_token_and_read_as_they_were() -> None:
    row = function(PASSWORD=SECRET, GREETING="grün\n")
    assert not any(word in stored(row) for word in (SECRET, "PASSWORD", "GREETING"))
    assert Snippet.objects.get().environment == {"PASSWORD": SECRET, "GREETING": "grün\n"}
    first = stored(row)
    row.save()
    assert stored(row) != first


def test_a_row_is_updated_with_a_token_too() -> None:
    row = function()
    Snippet.objects.filter(pk=row.pk).update(environment={"PASSWORD": SECRET})
    assert SECRET not in stored(row)
    assert Snippet.objects.get().environment == {"PASSWORD": SECRET}


def test_the_first_key_encrypts_and_every_key_decrypts(settings: Any) -> None:
    settings.ENCRYPTION_KEYS = [OLD]
    row = function(PASSWORD=SECRET)
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert Snippet.objects.get().environment == {"PASSWORD": SECRET}
    assert reencrypt() == "1 row was encrypted anew.\n"
    assert reencrypt() == "0 rows were encrypted anew.\n"
    settings.ENCRYPTION_KEYS = [NEW]
    assert Snippet.objects.get().environment == {"PASSWORD": SECRET}
    assert json.loads(Fernet(NEW).decrypt(stored(row))) == {"PASSWORD": SECRET}


def test_without_its_key_a_row_is_read_and_its_variables_are_not(settings: Any) -> None:
    settings.ENCRYPTION_KEYS = [OLD]
    function(PASSWORD=SECRET)
    settings.ENCRYPTION_KEYS = [NEW]
    row = Snippet.objects.get()
    assert row.handler == "index.handler"
    assert encryption.names(row.environment) == []
    with pytest.raises(Unreadable, match="ENCRYPTION_KEYS lacks the key"):
        dict(row.environment)
    with pytest.raises(CommandError, match="ENCRYPTION_KEYS lacks the key"):
        reencrypt()


BEFORE = [("snippets", "0002_ephemeral_storage"), ("invocations", "0003_ephemeral_storage")]


@pytest.fixture
def before_encryption() -> Iterator[MigrationExecutor]:
    """The tables as they were when variables were stored as they are."""
    with migrated_back(BEFORE) as executor:
        yield executor


def test_older_rows_are_encrypted_and_leave_nothing_in_the_file(before_encryption: MigrationExecutor) -> None:
    apps = before_encryption.loader.project_state(BEFORE).apps
    package = apps.get_model("snippets", "DeploymentPackage").objects.create(
        sha256="a", code_sha256="b", zip=b"", code_size=0, unzipped_bytes=0
    )
    asked = {"package": package, "handler": "index.handler", "function_name": "one", "owner": "alice"}
    variables = {"PASSWORD": SECRET}
    earlier = apps.get_model("snippets", "Snippet").objects.create(
        **asked, environment=variables, code_size=0
    )
    rows = apps.get_model("invocations", "Invocation").objects
    for number in range(1_001):
        rows.create(
            **asked, memory_size=128, timeout=3, event=b"{}", environment=variables | {"N": str(number)}
        )
    assert SECRET in stored(earlier)
    assert SECRET.encode() in database_file() or connection.vendor != "sqlite"

    migrate_on(before_encryption)

    assert Snippet.objects.get().environment == variables
    apps = before_encryption.loader.project_state(
        [("invocations", "0004_encrypted_environment_and_address")]
    ).apps
    found = apps.get_model("invocations", "Invocation").objects.values_list("environment", flat=True)
    assert sorted(int(environment.pop("N")) for environment in found) == list(range(1_001))
    assert SECRET.encode() not in database_file()


def database_file() -> bytes:
    """The database's own file with everything that was written; a server's is not ours to read."""
    if connection.vendor != "sqlite":
        return b""
    path = Path(connection.settings_dict["NAME"])
    connection.close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    # Whoever closes a file loses the locks that its own process has on it, which are those of SQLite.
    return subprocess.run(["cat", path], capture_output=True, check=True).stdout
