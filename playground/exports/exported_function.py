"""What every export begins with: a function that Lambda would take, and which values go along. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from invoker.deployment_package import PackageFile
from invoker.fault import Fault
from playground.exports.names import event_paths

Files = Mapping[str, PackageFile]
"""Files of a project by their path, in the order in which they are shown."""
RUNTIME: Final = "nodejs22.x"
NO_EVENTS: Final = (("event", "{}"),)
"""What a function without test events is invoked with: the commands of a project need one."""


@dataclass(frozen=True, kw_only=True)
class ExportedFunction:
    """`memory_size` and `ephemeral_storage` are in MB, `timeout` in seconds."""

    name: str
    """One that Lambda takes."""
    files: Files
    handler: str
    memory_size: int
    timeout: int
    ephemeral_storage: int
    variables: Mapping[str, str] = field(repr=False)
    """Those whose values go along."""
    withheld: Sequence[str]
    """Names of the variables whose values stay behind."""
    events: Mapping[str, str]
    """Text of each test event by the path of its file."""
    is_compiled: bool
    """Whether there is TypeScript, which a project has to compile."""


def divided(
    environment: Mapping[str, str], values: Sequence[str]
) -> tuple[dict[str, str], list[str]] | list[Fault]:
    """The variables whose values go along, as `values` names them, and the names of the others.

    A name that no variable has is a fault: whoever asks believes that a value is there.
    """
    faults = [
        Fault(("values", str(index)), f"There is no environment variable {name}.")
        for index, name in enumerate(values)
        if name not in environment
    ]
    wanted = set(values)
    open_ones = {name: value for name, value in environment.items() if name in wanted}
    return faults or (open_ones, [name for name in environment if name not in wanted])


def events_by_path(events: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Text of each event by the path of a file of its own; `events` are names with texts."""
    told = list(events) or list(NO_EVENTS)
    paths = event_paths(name for name, _ in told)
    return {path: text for path, (_, text) in zip(paths, told, strict=True)}


def text_file(text: str, executable: bool = False) -> PackageFile:
    """A file of a project that is written here."""
    return PackageFile(text.encode(), executable)


def event_files(exported: ExportedFunction) -> dict[str, PackageFile]:
    """The test events as files."""
    return {path: text_file(text) for path, text in exported.events.items()}
