"""A workshop as plain files, in a folder that can live in git or in a .zip. Pure.

workshop.json               {"title": …}
description.md
exercises/01-hello/         in the order of the numbers; the rest of the name is the exercise's id
  exercise.json             title, minutes, configuration, solution_configuration, test_events
  instructions.md
  starter/…  solution/…     files of the function
  events/….json             test events
  hints/1.md …              in the order of the numbers
  checks.json               a list; a check's `event` is any JSON, `event_text` the same as a text
"""

from collections.abc import Mapping

from invoker import limits
from invoker.deployment_package import DeploymentPackage, InvalidZip, PackageFile, to_zip, unzipped
from invoker.fault import Fault
from playground.workshops.folder_reader import FolderReader
from playground.workshops.folder_writer import folder_files
from playground.workshops.plan import WorkshopPlan
from playground.workshops.plan_reader import read_plan


def plan_of_files(files: Mapping[str, bytes]) -> WorkshopPlan | list[Fault]:
    """The workshop in a folder's files, or all its faults: each begins with its file's path."""
    reader = FolderReader(files)
    read = read_plan(reader.document)
    found = [reader.in_files(fault) for fault in read] if isinstance(read, list) else []
    return [*reader.faults, *found] or read


def plan_of_zip(data: bytes) -> WorkshopPlan | list[Fault]:
    """The workshop in an archive, or all its faults; with an empty path where it cannot be unpacked."""
    try:
        files = unzipped(
            data,
            bytes_max=limits.WORKSHOP_BYTES_MAX,
            files_max=limits.WORKSHOP_FILES_MAX,
            entries_max=limits.WORKSHOP_ENTRIES_MAX,
        )
    except InvalidZip as error:
        return [Fault((), str(error))]
    return plan_of_files({path: file.content for path, file in files.items()})


def zip_of_plan(plan: WorkshopPlan) -> bytes:
    """The workshop as an archive, the same bytes for the same plan."""
    files = {path: PackageFile(content) for path, content in folder_files(plan).items()}
    return to_zip(DeploymentPackage.of(files))
