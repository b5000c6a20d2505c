"""`sam local invoke` on an exported project answers as the playground does."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docker
import pytest

from tests.bench import sam
from tests.exports.answers import answer
from tests.exports.tools import SAM_CLI, install, run
from tests.exports.works import MODULES, STORED, TYPESCRIPT, Work
from tests.serving import has_docker

# Several programs in a row, each of which takes seconds on a machine at rest.
pytestmark = [pytest.mark.docker, pytest.mark.xdist_group("exports"), pytest.mark.timeout(400)]
REPOSITORY = f"lambda-playground/sam-exports-{os.getpid()}"
"""Each run of the tests removes what is its own."""


@pytest.fixture
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The image that SAM CLI runs functions in, made of the runtime's; each try of a test has one of its own."""
    if not has_docker():
        assert not os.environ.get("CI"), "no Docker Engine is reachable"
        pytest.skip("no Docker Engine is reachable")
    client = docker.from_env()
    tag = f"{REPOSITORY}:latest"
    try:
        sam.build_image(client, tmp_path_factory.mktemp("image") / "context", tag)
        yield tag
    finally:
        sam.remove_images(client, REPOSITORY)


class Project:
    """An exported project that `sam build` has built."""

    def __init__(self, exports: Path, work: Work, logical_id: str, folder: Path, image: str) -> None:
        self.folder = folder / "project"
        self._id = logical_id
        self._image = image
        shutil.copytree(exports / work.name / "sam", self.folder)
        if (self.folder / "package.json").exists():
            install(self.folder)
            run(self.folder, "npm", "run", "build")
        self._sam("build")

    def invoke(self, event: str, *options: str) -> Any:
        """What the function answers to events/EVENT.json."""
        told = self._sam(
            *("local", "invoke", self._id, "--event", f"events/{event}.json", *options),
            *("--invoke-image", self._image, "--skip-pull-image"),
        )
        return json.loads(told)

    def _sam(self, *arguments: str) -> str:
        told = sam.environment()
        own = {name: told[name] for name in told if name.startswith(("AWS_", "SAM_", "DOCKER_"))}
        return run(self.folder, SAM_CLI / "sam", *arguments, environment=own).stdout


def test_files_and_values_are_what_they_were(
    exports: Path, image: str, playground: str, tmp_path: Path
) -> None:
    project = Project(exports, STORED, "StoredFunction", tmp_path, image)
    assert project.invoke("it-s-an-event") == answer(playground, STORED, "it's $(an) event")
    assert not Path("/tmp/playground-export").exists()


def test_typescript_and_a_value_that_is_filled_in(
    exports: Path, image: str, playground: str, tmp_path: Path
) -> None:
    project = Project(exports, TYPESCRIPT, "TsOrderFunction", tmp_path, image)
    values = project.folder / "env.json"
    assert json.loads(values.read_text()) == {"Parameters": {"API_TOKEN": ""}}
    values.write_text(json.dumps({"Parameters": TYPESCRIPT.environment}))
    assert project.invoke("order", "--env-vars", "env.json") == answer(playground, TYPESCRIPT, "order")
    failed = project.invoke("failing", "--env-vars", "env.json")
    assert failed == answer(playground, TYPESCRIPT, "failing")
    assert any("/index.ts:7" in line for line in failed["trace"])


def test_modules_in_a_folder(exports: Path, image: str, playground: str, tmp_path: Path) -> None:
    project = Project(exports, MODULES, "ModulesFunction", tmp_path, image)
    assert project.invoke("event") == answer(playground, MODULES, "event")
