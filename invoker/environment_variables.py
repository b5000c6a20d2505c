"""A function's environment variables: which a user may set, and the whole of what the function sees.

Sources: "Using Lambda environment variables" (names, reserved keys, size), and the environment recorded on
nodejs22.x in "Defined runtime environment variables".
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from invoker import limits
from invoker.fault import Fault
from invoker.invocation import FunctionConfiguration

KEY_PATTERN = re.compile(r"[a-zA-Z]([a-zA-Z0-9_])+")

RESERVED = frozenset(
    {
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_LAMBDA_METADATA_API",
        "AWS_LAMBDA_METADATA_TOKEN",
        "LAMBDA_TASK_ROOT",
        "LAMBDA_RUNTIME_DIR",
    }
)

# Not reserved on Lambda. Here they would reach the inner switches of the runtime client and the emulator.
PLATFORM_SWITCHES = frozenset({"AWS_LAMBDA_FUNCTION_TIMEOUT", "AWS_LAMBDA_MAX_CONCURRENCY"})

WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER"
"""Names a wrapper script, which gets the runtime's command line ("Modifying the runtime environment")."""


def environment_faults(environment: Mapping[str, str]) -> list[Fault]:
    """Every fault of the variables that a user wants to set, each at its key."""
    faults = [fault for key, value in environment.items() if (fault := _key_fault(key, value))]
    size = len(measured(environment).encode(errors="surrogatepass"))
    if size > limits.ENVIRONMENT_VARIABLES_BYTES_MAX:
        message = (
            f"The environment variables take {size} bytes as JSON; "
            f"Lambda allows {limits.ENVIRONMENT_VARIABLES_BYTES_MAX} (4 KB)."
        )
        faults.append(Fault(("environment",), message))
    return faults


def measured(environment: Mapping[str, str]) -> str:
    """The JSON text that Lambda measures against its 4 KB."""
    return json.dumps(dict(environment), ensure_ascii=False, separators=(",", ":"))


def reserved_keys(environment: Mapping[str, str]) -> list[str]:
    """The keys that a user may not set, in their order."""
    return [key for key in environment if key in RESERVED or key in PLATFORM_SWITCHES]


def _key_fault(key: str, value: str) -> Fault | None:
    if key in RESERVED:
        return Fault(("environment", key), f"{key} is reserved by Lambda and cannot be set.")
    if key in PLATFORM_SWITCHES:
        return Fault(("environment", key), f"{key} is a switch of the platform and cannot be set.")
    if not KEY_PATTERN.fullmatch(key):
        shown = key or "An empty name"
        return Fault(
            ("environment", key),
            f"{shown} is not a valid name: two characters at least, a letter first, "
            "then letters, digits and underscores.",
        )
    if "\0" in value:
        return Fault(("environment", key), f"The value of {key} contains a NUL character.")
    try:
        value.encode()
    except UnicodeEncodeError:
        return Fault(("environment", key), f"The value of {key} is not valid Unicode text.")
    return None


# What the start script, the dynamic linker, the C library, V8, libuv, ICU or the runtime client read before
# any code of a function runs.
READ_AT_START = (
    WRAPPER,
    "AWS_LAMBDA_NODEJS_",
    "AWS_LAMBDA_RUNTIME_",
    "GLIBC_",
    "ICU_",
    "LANG",
    "LC_",
    "LD_",
    "LOCPATH",
    "MALLOC_",
    "NODE_",
    "OPENSSL_",
    "SSL_",
    "TZ",
    "UV_",
    "V8_",
)


def has_to_start_afresh(environment: Mapping[str, str]) -> bool:
    """Whether a user's variables have to be there when Node.js starts, as those for Node.js itself."""
    return any(key.startswith(READ_AT_START) for key in environment)


def waiting_environment(runtime_api: str) -> dict[str, str]:
    """What Node.js starts with while it belongs to nobody: what is the same for every function."""
    return {**_EVERY_FUNCTION, "AWS_LAMBDA_RUNTIME_API": runtime_api}


_EVERY_FUNCTION = {
    "LANG": "en_US.UTF-8",
    "TZ": ":UTC",
    "PATH": "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
    "LD_LIBRARY_PATH": (
        "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib"
    ),
    "NODE_PATH": (
        "/opt/nodejs/node22/node_modules:/opt/nodejs/node_modules:"
        "/var/runtime/node_modules:/var/runtime:/var/task"
    ),
    "PWD": "/var/task",
    "SHLVL": "0",
}


def function_environment(
    configuration: FunctionConfiguration, log_stream: str, runtime_api: str
) -> dict[str, str]:
    """The function's whole environment: what Lambda defines, then what the user set.

    `_X_AMZN_TRACE_ID` is set by the runtime itself at each invocation. The credentials are there and empty:
    no AWS stands behind them, and nothing that looks like a secret is in a sandbox.
    """
    return {
        **_EVERY_FUNCTION,
        **configuration.environment,
        "_HANDLER": configuration.handler,
        "AWS_DEFAULT_REGION": configuration.region,
        "AWS_REGION": configuration.region,
        "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x",
        "AWS_LAMBDA_FUNCTION_NAME": configuration.function_name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(configuration.memory_size),
        "AWS_LAMBDA_FUNCTION_VERSION": configuration.version,
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{configuration.function_name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": log_stream,
        "AWS_ACCESS_KEY_ID": "",
        "AWS_SECRET_ACCESS_KEY": "",
        "AWS_SESSION_TOKEN": "",
        "AWS_LAMBDA_RUNTIME_API": runtime_api,
        "LAMBDA_TASK_ROOT": "/var/task",
        "LAMBDA_RUNTIME_DIR": "/var/runtime",
    }


def log_stream_name(version: str, unique: str, now: datetime | None = None) -> str:
    """A log stream's name: `2026/01/01/[$LATEST]` and 32 hex digits."""
    day = (now or datetime.now(UTC)).strftime("%Y/%m/%d")
    return f"{day}/[{version}]{unique}"
