"""Who calls the Lambda API: the owner, the region, and what the caller may do. Pure.

An access key of the playground is its owner's. Beside those the embedded default takes any credentials, from
this machine alone: their signatures are not checked, and the access key id names an owner of its own, so that
two ids see two separate sets of functions.
"""

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass

from invoker.invocation import FunctionConfiguration
from playground.access_keys.scope import Scope
from playground.lambda_api.errors import LambdaApiError, unrecognized_client
from playground.lambda_api.signature_parts import Signature


@dataclass(frozen=True, slots=True)
class Identity:
    """The caller. `region` is the one that the credentials are scoped to."""

    access_key_id: str
    region: str
    owner: str
    """The owner of what the caller makes."""
    scopes: Collection[str] = tuple(Scope)

    @property
    def account_id(self) -> str:
        """The account of every ARN here; there is no AWS behind it."""
        return "000000000000"

    def arn(self, function_name: str, qualifier: str | None = None) -> str:
        """A function's ARN in the caller's region."""
        unqualified = FunctionConfiguration(function_name, region=self.region, account_id=self.account_id).arn
        return unqualified if qualifier is None else f"{unqualified}:{qualifier}"

    def check_permission(self, action: str, scope: Scope, name: str = "") -> None:
        """Raises AccessDeniedException where the caller's key lacks the scope of an action.

        `name` is the function as the request names it, empty where it names none.
        """
        if scope in self.scopes:
            return
        resource = name if ":" in name else self.arn(name) if name else "*"
        raise LambdaApiError(
            "AccessDeniedException",
            f"User: arn:aws:iam::{self.account_id}:user/{self.access_key_id} is not authorized to perform: "
            f"lambda:{action} on resource: {resource} because the access key lacks the scope {scope}",
        )


def of_any_credentials(
    signature: Signature, remote_address: str, forwarded: bool, any_credentials: bool
) -> Identity:
    """The caller of a request that no access key of ours has signed.

    `remote_address` is the connection's own; `forwarded` says that a proxy stands between, behind which
    nobody is known to be on this machine. Raises UnrecognizedClientException for who is not taken.
    """
    # A page of another site can make a browser on this machine ask a presigned address.
    presigned = signature.expires is not None
    if not any_credentials or presigned or forwarded or not _is_loopback(remote_address):
        raise unrecognized_client()
    return Identity(signature.access_key_id, signature.region, f"aws:{signature.access_key_id}")


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return (mapped or parsed).is_loopback
