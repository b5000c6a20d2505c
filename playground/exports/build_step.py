"""How a project compiles TypeScript: each file alone, as the playground does."""

import json
from pathlib import Path
from typing import Final

from invoker.deployment_package import PackageFile
from playground.exports.exported_function import ExportedFunction, text_file

_HERE: Final = Path(__file__).parent
_SCRIPT: Final = (_HERE / "project" / "build.mjs").read_text()
VERSIONS: Final[dict[str, str]] = json.loads((_HERE / "tools" / "package.json").read_text())[
    "devDependencies"
]
"""Of what projects use, by their names; the tests run exported projects with these very ones."""
SOURCE_MAPS: Final = ("NODE_OPTIONS", "--enable-source-maps")
"""The variable that lets a stack trace name the line of a .ts file, and its value."""


def json_file(value: object) -> PackageFile:
    """A JSON file as it is usually written."""
    return text_file(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def code_folder(exported: ExportedFunction) -> str:
    """The folder, seen from the top of a project, whose content Lambda gets."""
    return "dist" if exported.is_compiled else "src"


def source_files(exported: ExportedFunction) -> dict[str, PackageFile]:
    """The function as its own files in src/."""
    return {f"src/{path}": file for path, file in exported.files.items()}


def build_script(exported: ExportedFunction) -> dict[str, PackageFile]:
    """The script that compiles a project's TypeScript; nothing where there is none."""
    return {"build.mjs": text_file(_SCRIPT)} if exported.is_compiled else {}


def build_files(exported: ExportedFunction) -> dict[str, PackageFile]:
    """The script, and what names the compiler that it needs."""
    if not exported.is_compiled:
        return {}
    package = {
        "name": exported.name.lower(),
        "private": True,
        "scripts": {"build": "node build.mjs"},
        "devDependencies": {"esbuild": VERSIONS["esbuild"]},
    }
    return {"package.json": json_file(package), **build_script(exported)}


def project_variables(exported: ExportedFunction) -> dict[str, str]:
    """Variables of a project whose values are in it: the function's own, and what compiled code needs."""
    name, value = SOURCE_MAPS
    if not exported.is_compiled or name in exported.withheld:
        return dict(exported.variables)
    return {**exported.variables, name: exported.variables.get(name, value)}


def build_commands(exported: ExportedFunction) -> list[str]:
    """Commands before any other, where there are some."""
    return ["npm install", "npm run build"] if exported.is_compiled else []
