"""What is asked of the engine: a function's configuration, and one invocation of it. Frozen values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from invoker import limits
from invoker.deployment_package import DeploymentPackage
from invoker.fault import Fault

HANDLER_PATTERN = re.compile(r"[^\s]+")
RUNTIME = "nodejs22.x"


@dataclass(frozen=True, slots=True)
class FunctionConfiguration:
    """A function's configuration, as CreateFunction takes it.

    `memory_size` and `ephemeral_storage` (the size of /tmp) are in MB, `timeout` in whole seconds. `arn` is
    unqualified.
    """

    function_name: str
    handler: str = "index.handler"
    memory_size: int = limits.MEMORY_DEFAULT_MB
    timeout: int = limits.TIMEOUT_DEFAULT_S
    ephemeral_storage: int = limits.EPHEMERAL_STORAGE_DEFAULT_MB
    environment: Mapping[str, str] = field(default_factory=dict)
    version: str = "$LATEST"
    region: str = "us-east-1"
    account_id: str = "000000000000"
    revision: str = ""
    """Changes with every update, also one that stores the same again: no environment outlives an update."""
    source_maps: bool = False
    """Whether traces name the lines of the TypeScript that the package was compiled from."""

    @property
    def arn(self) -> str:
        """The function's ARN without qualifier, as the context object shows it."""
        return f"arn:aws:lambda:{self.region}:{self.account_id}:function:{self.function_name}"


@dataclass(frozen=True, slots=True)
class Invocation:
    """One synchronous invocation. `event` is JSON text in UTF-8; `client_context` is decoded JSON text.

    `owner` separates people: an execution environment is never shared between two owners.
    """

    request_id: str
    owner: str
    configuration: FunctionConfiguration
    package: DeploymentPackage
    event: bytes = b"{}"
    client_context: str | None = None
    invoked_arn: str | None = None
    """The ARN that was invoked, qualifier included; None means the unqualified one."""
    start_cold: bool = False


def configuration_faults(handler: str, memory_size: int, timeout: int, ephemeral_storage: int) -> list[Fault]:
    """The faults of handler (see CreateFunction), memory in MB, timeout in seconds, and /tmp in MB."""
    faults = []
    if not handler:
        faults.append(Fault(("handler",), "A handler is needed, such as index.handler."))
    elif len(handler) > limits.HANDLER_LENGTH_MAX:
        faults.append(
            Fault(("handler",), f"The handler may have {limits.HANDLER_LENGTH_MAX} characters at most.")
        )
    elif not HANDLER_PATTERN.fullmatch(handler) or not handler.isprintable():
        faults.append(Fault(("handler",), "The handler may not contain spaces or control characters."))
    if not limits.MEMORY_MIN_MB <= memory_size <= limits.MEMORY_MAX_MB:
        faults.append(
            Fault(
                ("memory_size",),
                f"Memory must be between {limits.MEMORY_MIN_MB} and {limits.MEMORY_MAX_MB} MB.",
            )
        )
    if not limits.TIMEOUT_MIN_S <= timeout <= limits.TIMEOUT_MAX_S:
        faults.append(
            Fault(
                ("timeout",),
                f"The timeout must be between {limits.TIMEOUT_MIN_S} and {limits.TIMEOUT_MAX_S} seconds.",
            )
        )
    if not limits.EPHEMERAL_STORAGE_MIN_MB <= ephemeral_storage <= limits.EPHEMERAL_STORAGE_MAX_MB:
        faults.append(
            Fault(
                ("ephemeral_storage",),
                f"Ephemeral storage must be between {limits.EPHEMERAL_STORAGE_MIN_MB} and "
                f"{limits.EPHEMERAL_STORAGE_MAX_MB} MB.",
            )
        )
    return faults
