"""A database of before there were versions: its functions are snippets, and lose nothing."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError
from django.db.migrations.executor import MigrationExecutor

from playground.snippets import snippet_store
from playground.snippets.models import Snippet
from tests.migrating import migrate_on, migrated_back

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("snippets", "0003_encrypted_environment")]


@pytest.fixture
def before_versions() -> Iterator[MigrationExecutor]:
    """The tables as they were when functions had no versions."""
    with migrated_back(BEFORE) as executor:
        yield executor


def test_functions_of_before_are_snippets_that_can_be_published(before_versions: MigrationExecutor) -> None:
    apps = before_versions.loader.project_state(BEFORE).apps
    package = apps.get_model("snippets", "DeploymentPackage").objects.create(
        sha256="a" * 64, code_sha256="b", zip=b"PK", code_size=2, unzipped_bytes=0
    )
    rows = apps.get_model("snippets", "Snippet").objects
    for owner, name in (("alice", "one"), ("alice", "two"), ("bob", "one")):
        rows.create(
            owner=owner,
            function_name=name,
            package=package,
            code_sha256="b",
            code_size=2,
            environment={"PASSWORD": f"of {owner}"},
            tags={"team": name},
            timeout=7,
        )
    before = {row.pk: (row.revision_id, row.last_modified) for row in rows.all()}

    migrate_on(before_versions)

    assert {row.pk: (row.revision_id, row.last_modified) for row in Snippet.live.all()} == before
    snippet = Snippet.live.get(owner="bob")
    assert (dict(snippet.environment), snippet.tags, snippet.timeout) == (
        {"PASSWORD": "of bob"},
        {"team": "one"},
        7,
    )
    assert (snippet.last_version, snippet.from_editor, snippet.deleted_at) == (0, False, None)
    version = snippet_store.published(snippet)
    assert (version.number, version.package_id, dict(version.environment)) == (
        *(1, "a" * 64),
        {"PASSWORD": "of bob"},
    )
    with pytest.raises(IntegrityError):
        Snippet.objects.filter(owner="alice").update(function_name="one")
