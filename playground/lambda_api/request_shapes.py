"""The members of the requests that have a body, with the constraints of the API's model (2015-03-31).

Numbers and lengths that are quotas of Lambda are the engine's (`invoker.limits`).
"""

from typing import Final

from invoker import limits
from playground.lambda_api.function_name import FUNCTION_NAME_MAX, FUNCTION_NAME_PATTERN
from playground.lambda_api.shapes import Blob, Flag, Listed, Mapped, Shape, Structure, Text, Weights, Whole

# How many characters of a role's ARN are kept. IAM's own limits (path 512, name 64) lie beside it.
ROLE_LENGTH_MAX = 512
_TAG_PATTERN = r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"
_TAG_COMPARED_AS = r"[\w\s.:/=+\-@]*"

FUNCTION_NAME: Final = Text(FUNCTION_NAME_PATTERN, 1, FUNCTION_NAME_MAX)
ROLE: Final = Text(r"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+", longest=ROLE_LENGTH_MAX)
ARCHITECTURES: Final = Listed(Text(values=("x86_64", "arm64")), fewest=1, most=1)

# Version-specific configuration that creation and update share. The runtime is checked apart, as AWS does.
_CONFIGURATION: Final[dict[str, Shape]] = {
    "Runtime": Text(),
    "Role": ROLE,
    "Handler": Text(r"[^\s]+", longest=limits.HANDLER_LENGTH_MAX),
    "Description": Text(longest=limits.DESCRIPTION_LENGTH_MAX),
    "Timeout": Whole(limits.TIMEOUT_MIN_S, limits.TIMEOUT_MAX_S),
    "MemorySize": Whole(limits.MEMORY_MIN_MB, limits.MEMORY_MAX_MB),
    "Environment": Structure(
        {"Variables": Mapped(Text(r"[a-zA-Z]([a-zA-Z0-9_])+"), Text(), sensitive=True)},
    ),
    "TracingConfig": Structure({"Mode": Text(values=("Active", "PassThrough"))}),
    "EphemeralStorage": Structure(
        {"Size": Whole(limits.EPHEMERAL_STORAGE_MIN_MB, limits.EPHEMERAL_STORAGE_MAX_MB)}, ("Size",)
    ),
    "SnapStart": Structure({"ApplyOn": Text(values=("PublishedVersions", "None"))}),
    "LoggingConfig": Structure(
        {
            "LogFormat": Text(values=("JSON", "Text")),
            "ApplicationLogLevel": Text(values=("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")),
            "SystemLogLevel": Text(values=("DEBUG", "INFO", "WARN")),
            "LogGroup": Text(r"[\.\-_/#A-Za-z0-9]+", 1, 512),
        }
    ),
}

CREATE_FUNCTION: Final = Structure(
    {
        "FunctionName": FUNCTION_NAME,
        **_CONFIGURATION,
        "Code": Structure({"ZipFile": Blob()}),
        "Publish": Flag(),
        "PackageType": Text(values=("Zip", "Image")),
        "Tags": Mapped(
            Text(_TAG_PATTERN, 1, 128, compared_as=_TAG_COMPARED_AS),
            Text(_TAG_PATTERN, 0, 256, compared_as=_TAG_COMPARED_AS),
        ),
        "Architectures": ARCHITECTURES,
    },
    ("FunctionName", "Role", "Code"),
)

UPDATE_FUNCTION_CODE: Final = Structure(
    {
        "ZipFile": Blob(),
        "Architectures": ARCHITECTURES,
        "Publish": Flag(),
        "DryRun": Flag(),
        "RevisionId": Text(),
    }
)

UPDATE_FUNCTION_CONFIGURATION: Final = Structure({**_CONFIGURATION, "RevisionId": Text()})

PUBLISH_VERSION: Final = Structure(
    {
        "CodeSha256": Text(),
        "Description": Text(longest=limits.DESCRIPTION_LENGTH_MAX),
        "RevisionId": Text(),
    }
)

_VERSION: Final = Text(r"(\$LATEST(\.PUBLISHED)?|[0-9]+)", 1, 1_024)
_ALIAS: Final[dict[str, Shape]] = {
    "FunctionVersion": _VERSION,
    "Description": Text(longest=limits.DESCRIPTION_LENGTH_MAX),
    "RoutingConfig": Weights("AdditionalVersionWeights"),
}

CREATE_ALIAS: Final = Structure(
    {
        "Name": Text(r"(?!^[0-9]+$)([a-zA-Z0-9-_]+)", 1, limits.ALIAS_NAME_LENGTH_MAX),
        **_ALIAS,
    },
    ("Name", "FunctionVersion"),
)

UPDATE_ALIAS: Final = Structure({**_ALIAS, "RevisionId": Text()})

# Members of the model that are refused, with what they are for.
NOT_OFFERED: Final = {
    "AcceleratorConfig": "accelerators (AcceleratorConfig)",
    "CapacityProviderConfig": "capacity providers (CapacityProviderConfig)",
    "CodeSigningConfigArn": "code signing (CodeSigningConfigArn)",
    "DeadLetterConfig": "dead-letter queues (DeadLetterConfig)",
    "DurableConfig": "durable functions (DurableConfig)",
    "FileSystemConfigs": "file systems (FileSystemConfigs)",
    "ImageConfig": "container images (ImageConfig)",
    "ImageUri": "container images (ImageUri); send the deployment package in ZipFile",
    "KMSKeyArn": "encryption keys of AWS KMS (KMSKeyArn)",
    "Layers": "layers (Layers)",
    "PublishTo": "function versions (PublishTo)",
    "RuntimeConfig": "runtimes of one's own (RuntimeConfig)",
    "S3Bucket": "deployment packages from Amazon S3 (S3Bucket); send the deployment package in ZipFile",
    "S3Key": "deployment packages from Amazon S3 (S3Key); send the deployment package in ZipFile",
    "S3ObjectStorageMode": "deployment packages from Amazon S3 (S3ObjectStorageMode)",
    "S3ObjectVersion": "deployment packages from Amazon S3 (S3ObjectVersion)",
    "SourceKMSKeyArn": "encryption keys of AWS KMS (SourceKMSKeyArn)",
    "TenancyConfig": "tenant isolation (TenancyConfig)",
    "VpcConfig": "networks of one's own (VpcConfig)",
}
