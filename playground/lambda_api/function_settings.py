"""What a caller may set of a function: from checked members to values as they are stored. Pure."""

import platform
from typing import Any, Final, TypedDict, cast

from invoker import limits
from invoker.environment_variables import environment_faults, measured, reserved_keys
from invoker.invocation import RUNTIME, configuration_faults
from playground.lambda_api.errors import invalid_parameter, not_offered
from playground.lambda_api.request_body import Members

# The runtimes that AWS names when it refuses one, in its order.
_RUNTIMES: Final = (
    "nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, "
    "python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, "
    "dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2"
)
_ENVIRONMENT: Final = (
    "Lambda was unable to configure your environment variables because the environment variables you have "
    "provided "
)
ARCHITECTURE: Final = "arm64" if platform.machine() in {"aarch64", "arm64"} else "x86_64"
"""This machine's own: the sandbox runs no other."""


class FunctionSettings(TypedDict, total=False):
    """The columns of a function that a request sets; absent ones stay as they are."""

    role: str
    handler: str
    description: str
    timeout: int
    memory_size: int
    ephemeral_storage: int
    environment: dict[str, str]


_COLUMNS: Final = {
    "Role": "role",
    "Handler": "handler",
    "Description": "description",
    "Timeout": "timeout",
    "MemorySize": "memory_size",
}


def function_settings(members: Members, function_name: str) -> FunctionSettings:
    """The settings in the members of a create or update request.

    Raises InvalidParameterValueException for a runtime, environment or mode that is not taken.
    """
    if "Runtime" in members and members["Runtime"] != RUNTIME:
        raise invalid_parameter(
            f"Value {members['Runtime']} at 'runtime' failed to satisfy constraint: "
            f"Member must satisfy enum value set: [{_RUNTIMES}] or be a valid ARN"
        )
    _refuse_other_modes(members, function_name)
    settings: dict[str, object] = {
        column: members[member] for member, column in _COLUMNS.items() if member in members
    }
    if "Environment" in members:
        environment = cast(dict[str, Any], members["Environment"]).get("Variables") or {}
        check_environment(environment)
        settings["environment"] = environment
    if "EphemeralStorage" in members:
        settings["ephemeral_storage"] = cast(dict[str, int], members["EphemeralStorage"])["Size"]
    faults = configuration_faults(
        cast(str, settings.get("handler", "index.handler")),
        cast(int, settings.get("memory_size", limits.MEMORY_DEFAULT_MB)),
        cast(int, settings.get("timeout", limits.TIMEOUT_DEFAULT_S)),
        cast(int, settings.get("ephemeral_storage", limits.EPHEMERAL_STORAGE_DEFAULT_MB)),
    )
    if faults:
        raise invalid_parameter(" ".join(fault.message for fault in faults))
    return cast(FunctionSettings, settings)


def check_environment(environment: dict[str, str]) -> None:
    """Raises InvalidParameterValueException for reserved keys, more than 4 KB, and unusable values."""
    if reserved := reserved_keys(environment):
        raise invalid_parameter(
            f"{_ENVIRONMENT}contains reserved keys that are currently not supported for modification. "
            f"Reserved keys used in this request: {', '.join(reserved)}"
        )
    text = measured(environment)
    if len(text.encode()) > limits.ENVIRONMENT_VARIABLES_BYTES_MAX:
        raise invalid_parameter(f"{_ENVIRONMENT}exceeded the 4KB limit. String measured: {text}")
    if faults := environment_faults(environment):
        raise invalid_parameter(" ".join(fault.message for fault in faults))


def check_package_members(members: Members) -> None:
    """Raises InvalidParameterValueException for package kinds and architectures not offered."""
    if members.get("PackageType", "Zip") != "Zip":
        raise not_offered("container images (PackageType Image)")
    architectures = members.get("Architectures")
    if architectures is not None and architectures != [ARCHITECTURE]:
        raise not_offered(f"another architecture than this machine's own, {ARCHITECTURE} (Architectures)")


def _refuse_other_modes(members: Members, function_name: str) -> None:
    taken: dict[str, dict[str, tuple[object, str]]] = {
        "TracingConfig": {"Mode": ("PassThrough", "AWS X-Ray tracing (TracingConfig)")},
        "SnapStart": {"ApplyOn": ("None", "SnapStart (SnapStart)")},
        "LoggingConfig": {
            "LogFormat": ("Text", "log format JSON (LoggingConfig)"),
            "ApplicationLogLevel": (None, "log levels (LoggingConfig)"),
            "SystemLogLevel": (None, "log levels (LoggingConfig)"),
            "LogGroup": (f"/aws/lambda/{function_name}", "log groups of one's own (LoggingConfig)"),
        },
    }
    for member, modes in taken.items():
        given = cast(dict[str, object], members.get(member, {}))
        for name, (only, what) in modes.items():
            if given.get(name) not in (None, only):
                raise not_offered(what)
