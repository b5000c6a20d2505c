"""The fields of a function in a JSON body: its files and its configuration. Pure."""

import re
from dataclasses import dataclass, field

from invoker import limits
from invoker.deployment_package import files_faults
from invoker.environment_variables import environment_faults
from invoker.fault import Fault
from invoker.invocation import configuration_faults
from playground.json_body import Fields

FUNCTION_NAME_PATTERN = re.compile(r"[a-zA-Z0-9-_]{1,64}")
FIELDS = ("files", "handler", "environment", "memory_size", "timeout", "ephemeral_storage")


@dataclass(frozen=True, kw_only=True)
class FunctionFields:
    """A function without fault. `memory_size` and `ephemeral_storage` are in MB, `timeout` in seconds."""

    files: dict[str, str]
    handler: str = "index.handler"
    environment: dict[str, str] = field(default_factory=dict, repr=False)
    memory_size: int = limits.MEMORY_DEFAULT_MB
    timeout: int = limits.TIMEOUT_DEFAULT_S
    ephemeral_storage: int = limits.EPHEMERAL_STORAGE_DEFAULT_MB


def function_fields(fields: Fields) -> FunctionFields:
    """The function; its faults are added to those of the fields."""
    function = FunctionFields(
        files=fields.texts("files", "file"),
        handler=fields.text("handler", FunctionFields.handler),
        environment=fields.texts("environment", "variable"),
        memory_size=fields.whole_number("memory_size", FunctionFields.memory_size, "MB"),
        timeout=fields.whole_number("timeout", FunctionFields.timeout, "seconds"),
        ephemeral_storage=fields.whole_number("ephemeral_storage", FunctionFields.ephemeral_storage, "MB"),
    )
    # A field of the wrong type has its fault already; the default in its place has none.
    found = configuration_faults(
        function.handler, function.memory_size, function.timeout, function.ephemeral_storage
    )
    if not any(fault.field == ("files",) for fault in fields.faults):
        found += files_faults(function.files)
    found += environment_faults(function.environment)
    fields.faults.extend(found)
    return function


def function_name_fault(value: object) -> Fault | None:
    """What is wrong with a function's name."""
    if isinstance(value, str) and FUNCTION_NAME_PATTERN.fullmatch(value):
        return None
    message = "A function name has 1 to 64 letters, digits, hyphens and underscores."
    return Fault(("function_name",), message)
