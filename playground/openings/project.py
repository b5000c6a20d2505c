"""What somebody brought from elsewhere: a project of SAM or CloudFormation, or a function's files. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from playground.openings.archive_files import contents_of, received
from playground.openings.functions import FoundFunction, functions_of, snippet_of
from playground.openings.template import Template, UnreadableTemplate

_TEMPLATE: Final = re.compile(
    r"(?!(?:.*/)?(?:node_modules|\.aws-sam|cdk\.out)/)(?:.*/)?template\.(?:ya?ml|json)", re.DOTALL
)
_OF_LAMBDA: Final = re.compile(rb"\bAWS::(?:Serverless|Lambda)\b")
# Likely names of the file that holds a handler, the likeliest last.
_ENTRIES: Final = ("main", "app", "handler", "index")
_MODULE: Final = re.compile(r"(?!.*(?:\.d\.[cm]?ts\Z|\.test\.|node_modules/))(.+)\.[cm]?[jt]s", re.DOTALL)
_EXPORT: Final = re.compile(
    r"\bexport\s+(?:const|let|var|(?:async\s+)?function)\s+(\w+)|\bexports\.(\w+)\s*=", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Project:
    """What was found."""

    template: str | None
    """Path of the template; None where there is none, and the files are those of a function."""
    functions: list[FoundFunction]
    notices: list[str]
    """What is said of the whole: why nothing can be opened, or what was left out, a sentence each."""


def project_in(archive: bytes) -> Project:
    """The project in a .zip archive. Raises InvalidZip."""
    contents = contents_of(archive, with_built=False)
    path = _template_among(contents)
    if path is not None:
        return _project_at(path, contents)
    return _files_alone(contents_of(archive, with_built=True))


def _template_among(contents: Mapping[str, bytes]) -> str | None:
    """The path of the template that is nearest to the top; None where none is one of CloudFormation."""
    found = [
        path for path, content in contents.items() if _TEMPLATE.fullmatch(path) and _OF_LAMBDA.search(content)
    ]
    return min(found, key=lambda path: path.count("/"), default=None)


def _project_at(path: str, contents: Mapping[str, bytes]) -> Project:
    root, own = path[: path.rfind("/") + 1], path[path.rfind("/") + 1 :]
    within = {one.removeprefix(root): content for one, content in contents.items() if one.startswith(root)}
    files = received(within)
    if own not in files.texts:
        return Project(own, [], files.notices)
    try:
        functions = functions_of(Template(own, files.texts[own]), files.texts)
    except UnreadableTemplate as error:
        return Project(own, [], [str(error)])
    none = [] if functions else [f"{own} has no Lambda function."]
    return Project(own, functions, [*files.notices, *none])


def _files_alone(contents: Mapping[str, bytes]) -> Project:
    files = received(contents)
    if not files.texts:
        return Project(None, [], files.notices or ["There is no file in it."])
    texts = _without_top_folder(files.texts)
    snippet = snippet_of(texts, _likely_handler(texts))
    return Project(None, [FoundFunction(None, snippet, [])], files.notices)


def _without_top_folder(texts: Mapping[str, str]) -> Mapping[str, str]:
    """A folder that holds everything is the project's own."""
    top = next(iter(texts)).split("/")[0] + "/"
    if not all(path.startswith(top) for path in texts):
        return texts
    return {path.removeprefix(top): text for path, text in texts.items()}


def _likely_handler(texts: Mapping[str, str]) -> str:
    """A guess, as nothing says it."""
    modules = []
    for path, text in texts.items():
        module = _MODULE.fullmatch(path)
        names = [one or other for one, other in _EXPORT.findall(text)]
        if module and names:
            modules.append((module[1], "handler" if "handler" in names else names[0]))
    best = max(modules, key=_rank, default=("index", "handler"))
    return ".".join(best)


def _rank(exported: tuple[str, str]) -> float:
    module, name = exported
    stem = module.split("/")[-1]
    return (_ENTRIES.index(stem) if stem in _ENTRIES else -1) + (0.5 if name == "handler" else 0)
