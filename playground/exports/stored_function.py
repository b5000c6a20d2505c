"""A stored function as what is exported: its files as they were written, whatever they hold."""

from collections.abc import Sequence

from invoker.fault import Fault
from invoker.typescript import is_compiled
from playground import encryption
from playground.exports.exported_function import ExportedFunction, divided, events_by_path
from playground.snippets import packages, snippet_store
from playground.snippets.models import Function
from playground.snippets.representation import source_paths


def exported_function(function: Function, name: str, values: Sequence[str]) -> ExportedFunction | list[Fault]:
    """The function under a name; `values` names the variables whose values go along."""
    parts = divided(encryption.readable(function.environment), values)
    if isinstance(parts, list):
        return parts
    variables, withheld = parts
    package = packages.load(function.package)
    files = {path: package.files[path] for path in source_paths(function, package)}
    events = snippet_store.events_of(function)
    return ExportedFunction(
        name=name,
        files=files,
        handler=function.handler,
        memory_size=function.memory_size,
        timeout=function.timeout,
        ephemeral_storage=function.ephemeral_storage,
        variables=variables,
        withheld=withheld,
        events=events_by_path((event.name, event.event) for event in events),
        # An archive that was uploaded has its JavaScript in it.
        is_compiled=function.from_editor and is_compiled(files),
    )
