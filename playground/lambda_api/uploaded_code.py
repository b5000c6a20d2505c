"""An uploaded archive: from the ZipFile member to the deployment package in it, and back for download."""

from dataclasses import dataclass
from typing import Final

from django.core import signing

from invoker import limits
from invoker.deployment_package import DeploymentPackage, InvalidZip, from_zip
from playground.lambda_api.errors import LambdaApiError, invalid_parameter
from playground.lambda_api.shapes import decoded

DOWNLOAD_S: Final = 600
"""How long the address of a download is good: ten minutes, as AWS gives."""
_SALT: Final = "lambda_api.code"


@dataclass(frozen=True, slots=True)
class UploadedCode:
    """The archive as it was uploaded, and what is in it."""

    zip: bytes
    package: DeploymentPackage


def uploaded_code(zip_file: object) -> UploadedCode:
    """The code in a ZipFile member, None where there was none.

    Raises InvalidParameterValueException for no archive or one that cannot be unpacked within 250 MB, and
    RequestEntityTooLargeException over 50 MB zipped.
    """
    if not isinstance(zip_file, str):
        raise invalid_parameter("Please provide a source for function code.")
    archive = decoded(zip_file)
    if not archive:
        raise invalid_parameter("Uploaded file must be a non-empty zip")
    if len(archive) >= limits.PACKAGE_ZIPPED_BYTES_MAX:
        raise LambdaApiError(
            "RequestEntityTooLargeException",
            f"Zipped size must be smaller than {limits.PACKAGE_ZIPPED_BYTES_MAX} bytes",
        )
    try:
        package = from_zip(archive)
    except InvalidZip as error:
        raise invalid_parameter(str(error)) from error
    if not package.files:
        raise invalid_parameter("Uploaded file must be a non-empty zip")
    return UploadedCode(archive, package)


def download_token(package_sha256: str) -> str:
    """What lets its bearer download a package for ten minutes."""
    return signing.TimestampSigner(salt=_SALT).sign(package_sha256)


def package_of_token(token: str) -> str | None:
    """The package (hex SHA-256) of a token, None when it is not ours or too old."""
    try:
        return signing.TimestampSigner(salt=_SALT).unsign(token, max_age=DOWNLOAD_S)
    except signing.BadSignature:
        return None
