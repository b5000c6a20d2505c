"""`cdk synth` makes a template of an exported app, and its TypeScript is right."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.exports.tools import NODE_MODULES, install, run
from tests.exports.works import HOSTILE, STORED, TYPESCRIPT, WORKS, Work

pytestmark = pytest.mark.timeout(400)


def synthesized(exports: Path, work: Work, stack: str, folder: Path) -> dict[str, Any]:
    """The properties of the function, and the parameters, that `npm run synth` gives."""
    project = folder / "project"
    shutil.copytree(exports / work.name / "cdk", project)
    install(project)
    run(
        *(project, "npm", "run", "synth", "--", "--quiet", "--no-notices"),
        environment={"CDK_DISABLE_CLI_TELEMETRY": "true"},
    )
    template = json.loads((project / "cdk.out" / f"{stack}.template.json").read_text())
    (function,) = (
        one["Properties"] for one in template["Resources"].values() if one["Type"] == "AWS::Lambda::Function"
    )
    assets = json.loads((project / "cdk.out" / f"{stack}.assets.json").read_text())["files"]
    (asset,) = (one["source"]["path"] for one in assets.values() if one["source"]["packaging"] == "zip")
    code = sorted(path.name for path in (project / "cdk.out" / asset).iterdir())
    return {"function": function, "parameters": template["Parameters"], "code": code}


def test_every_value_arrives_as_it_is(exports: Path, tmp_path: Path) -> None:
    made = synthesized(exports, STORED, "stored", tmp_path)
    assert made["function"]["Environment"]["Variables"] == HOSTILE
    assert made["function"]["Handler"] == "index.handler"
    assert made["function"]["Runtime"] == "nodejs22.x"
    assert made["function"]["MemorySize"] == 256
    assert made["function"]["Timeout"] == 10
    assert made["function"]["EphemeralStorage"] == {"Size": 512}
    assert made["code"] == sorted({path.split("/")[0] for path in STORED.files})


def test_typescript_is_compiled_and_a_secret_is_asked_for(exports: Path, tmp_path: Path) -> None:
    made = synthesized(exports, TYPESCRIPT, "ts-order", tmp_path)
    assert made["parameters"]["ApiToken"]["NoEcho"] is True
    assert made["function"]["Environment"]["Variables"] == {
        "API_TOKEN": {"Ref": "ApiToken"},
        "NODE_OPTIONS": "--enable-source-maps",
    }
    assert made["code"] == ["index.js", "index.ts", "lib", "prices.json"]


@pytest.mark.parametrize("folder", ["bin", "lib"])
def test_every_app_has_its_files(exports: Path, folder: str) -> None:
    assert all(any((exports / work.name / "cdk" / folder).iterdir()) for work in WORKS)


def test_the_types_of_every_app_are_right(exports: Path, tmp_path: Path) -> None:
    own = json.loads((exports / "plain" / "cdk" / "tsconfig.json").read_text())
    for work in WORKS:
        for part in ("bin", "lib"):
            shutil.copytree(exports / work.name / "cdk" / part, tmp_path / work.name / part)
    install(tmp_path)
    (tmp_path / "package.json").write_text("{}")
    own["include"] = [f"{work.name}/{part}" for work in WORKS for part in ("bin", "lib")]
    (tmp_path / "tsconfig.json").write_text(json.dumps(own))
    run(tmp_path, NODE_MODULES / ".bin" / "tsc")
