"""What one owner may keep is limited, and a refusal says by how much."""

import pytest
from pytest_django.fixtures import Settings

from playground.snippets.models import DeploymentPackage, Snippet
from tests.playground.snippets.conftest import CODE, GOOD, Ask

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_function_too_many_is_refused_and_nothing_of_it_is_kept(
    ask: Ask, other: Ask, settings: Settings
) -> None:
    settings.FUNCTIONS_PER_OWNER_MAX = 2
    for number in range(2):
        ask("POST", "", {"files": {"a.mjs": str(number)}}, 201)
    refused = ask("POST", "", {"files": {"a.mjs": "another"}}, 422)
    assert "2 functions" in refused["errors"][0]["message"]
    assert (Snippet.objects.count(), DeploymentPackage.objects.count()) == (2, 2)
    other("POST", "", {"files": CODE}, 201)


def test_code_has_a_size_in_all(ask: Ask, settings: Settings) -> None:
    path = f"/{ask('POST', '', {'files': CODE}, 201)['id']}"
    settings.CODE_BYTES_PER_OWNER_MAX = DeploymentPackage.objects.get().code_size + 10
    ask("PUT", path, {"files": CODE, "timeout": 9}, 200)
    large = {"files": {"index.mjs": "".join(f"{number:x}" for number in range(2_000))}}
    assert "bytes of code" in ask("PUT", path, large, 422)["errors"][0]["message"]
    assert ask("GET", path)["files"] == CODE


def test_a_function_has_so_many_versions(ask: Ask, settings: Settings) -> None:
    settings.VERSIONS_PER_FUNCTION_MAX = 1
    path = f"/{ask('POST', '', GOOD, 201)['id']}"
    ask("POST", f"{path}/versions", {}, 201)
    ask("POST", f"{path}/versions", {}, 200)
    ask("PUT", path, {"files": CODE}, 200)
    assert "1 versions" in ask("POST", f"{path}/versions", {}, 422)["errors"][0]["message"]
