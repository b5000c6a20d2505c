"""A function as the API shows it: FunctionConfiguration and what stands around it. Pure."""

import hashlib
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final

from invoker.invocation import RUNTIME
from playground.lambda_api.function_settings import ARCHITECTURE
from playground.lambda_api.identity import Identity
from playground.lambda_api.qualified import Qualified


class Moment(Enum):
    """When a configuration is shown; a function is ready as soon as it is stored."""

    CREATED = "created"
    UPDATED = "updated"
    READ = "read"


# "Lambda function states": a change is answered as pending, the next read says that it is done.
_STATES: Final = {
    Moment.CREATED: {
        "State": "Pending",
        "StateReason": "The function is being created.",
        "StateReasonCode": "Creating",
    },
    Moment.UPDATED: {
        "State": "Active",
        "LastUpdateStatus": "InProgress",
        "LastUpdateStatusReason": "The function is being created.",
        "LastUpdateStatusReasonCode": "Creating",
    },
    Moment.READ: {"State": "Active", "LastUpdateStatus": "Successful"},
}
_RUNTIME_VERSION: Final = hashlib.sha256(RUNTIME.encode()).hexdigest()


def function_configuration(
    of: Qualified, identity: Identity, moment: Moment = Moment.READ, qualifier: str | None = None
) -> dict[str, Any]:
    """The whole configuration; the ARN is qualified when the request was."""
    version_arn = f"arn:aws:lambda:{identity.region}::runtime:{_RUNTIME_VERSION}"
    return {
        **listed_configuration(of, identity, qualifier),
        **_STATES[moment],
        "RuntimeVersionConfig": {"RuntimeVersionArn": version_arn},
    }


def listed_configuration(of: Qualified, identity: Identity, qualifier: str | None = None) -> dict[str, Any]:
    """What ListFunctions shows of a function: neither its state nor its runtime version."""
    function, name = of.function, of.snippet.function_name
    environment = {"Environment": {"Variables": function.environment}} if function.environment else {}
    return {
        "FunctionName": name,
        "FunctionArn": identity.arn(name, qualifier),
        "Runtime": RUNTIME,
        "Role": function.role,
        "Handler": function.handler,
        "CodeSize": function.code_size,
        "Description": function.description,
        "Timeout": function.timeout,
        "MemorySize": function.memory_size,
        "LastModified": last_modified(function.last_modified),
        "CodeSha256": function.code_sha256,
        "Version": of.version,
        **environment,
        "TracingConfig": {"Mode": "PassThrough"},
        "RevisionId": str(function.revision_id),
        "PackageType": "Zip",
        "Architectures": [ARCHITECTURE],
        "EphemeralStorage": {"Size": function.ephemeral_storage},
        "SnapStart": {"ApplyOn": "None", "OptimizationStatus": "Off"},
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{name}"},
    }


def last_modified(moment: datetime) -> str:
    """A time as the API writes it: 2026-01-01T00:00:00.000+0000."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}+0000"
