"""Archives of projects in tests."""

from collections.abc import Mapping

from invoker.deployment_package import PackageFile, zipped
from playground.openings.functions import FoundFunction
from playground.openings.project import Project, project_in


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """A .zip with these files."""
    contents = {path: one.encode() if isinstance(one, str) else one for path, one in files.items()}
    return zipped({path: PackageFile(content) for path, content in contents.items()})


def opened(files: Mapping[str, str | bytes]) -> Project:
    """What is found in an archive of these files."""
    return project_in(archive(files))


def found(project: Project, logical_id: str) -> FoundFunction:
    """One function of a project."""
    (function,) = [one for one in project.functions if one.logical_id == logical_id]
    return function
