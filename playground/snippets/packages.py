"""Deployment packages between the engine's value and the stored row."""

import base64
import hashlib

from django.db import connection

from invoker import deployment_package
from playground.snippets.models import DeploymentPackage

_IS_STORED = f"SELECT 1 FROM {DeploymentPackage._meta.db_table} WHERE sha256 = %s"  # noqa: S608 - a table of ours


def code_sha256(zip: bytes) -> str:
    """Base64 of the SHA-256 of an archive, which Lambda calls CodeSha256."""
    return base64.b64encode(hashlib.sha256(zip).digest()).decode()


def store(package: deployment_package.DeploymentPackage, zip: bytes | None = None) -> DeploymentPackage:
    """The row of a package, which is made when there is none of its content.

    `zip` is the archive that it was uploaded as, and is kept byte for byte; without one it is packed here.
    """
    # Archives of the same files differ, and who downloads one expects the CodeSha256 of what was uploaded.
    sha256 = package.sha256 if zip is None else hashlib.sha256(zip).hexdigest()
    known = DeploymentPackage.objects.defer("zip").filter(sha256=sha256).first()
    if known:
        return known
    archive = deployment_package.to_zip(package) if zip is None else zip
    row, _ = DeploymentPackage.objects.get_or_create(
        sha256=sha256,
        defaults={
            "zip": archive,
            "code_sha256": code_sha256(archive),
            "code_size": len(archive),
            "unzipped_bytes": package.unzipped_bytes,
        },
    )
    return row


def is_stored(package: deployment_package.DeploymentPackage) -> bool:
    """Whether there is a row of a package's content."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_STORED, [package.sha256])
        return cursor.fetchone() is not None


def stored(package: deployment_package.DeploymentPackage) -> str:
    """The key of a package's row, which is made when there is none of its content."""
    return package.sha256 if is_stored(package) else store(package).sha256


def load(row: DeploymentPackage) -> deployment_package.DeploymentPackage:
    """The engine's value of a stored package."""
    return deployment_package.from_zip(bytes(row.zip))
