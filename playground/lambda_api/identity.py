"""Who calls the Lambda API: the owner and the region, from the request's Authorization header. Pure.

The embedded default takes any credentials, from this machine alone: signatures are not checked, the access
key id names the owner. Two keys see two separate sets of functions.
"""

import ipaddress
import re
from dataclasses import dataclass

from invoker.invocation import FunctionConfiguration
from playground.lambda_api.errors import LambdaApiError

# "Elements of an AWS API request signature": ALGORITHM Credential=KEY/DATE/REGION/SERVICE/aws4_request, ...
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256\s+Credential=(?P<key>[\w+=,.@-]{1,120})/(?P<date>\d{8})/(?P<region>[a-z0-9-]{1,32})"
    r"/lambda/aws4_request\s*,\s*SignedHeaders=[^,\s]+\s*,\s*Signature=[0-9a-fA-F]+\s*",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Identity:
    """The caller. `region` is the one that the credentials are scoped to."""

    access_key_id: str
    region: str

    @property
    def owner(self) -> str:
        """The owner of what the caller makes."""
        return f"aws:{self.access_key_id}"

    @property
    def account_id(self) -> str:
        """The account of every ARN here; there is no AWS behind it."""
        return "000000000000"

    def arn(self, function_name: str, qualifier: str | None = None) -> str:
        """A function's ARN in the caller's region."""
        unqualified = FunctionConfiguration(function_name, region=self.region, account_id=self.account_id).arn
        return unqualified if qualifier is None else f"{unqualified}:{qualifier}"


def of_request(authorization: str, remote_address: str, forwarded: bool, any_credentials: bool) -> Identity:
    """The caller of a request.

    `remote_address` is the connection's own; `forwarded` says that a proxy stands between, behind which
    nobody is known to be on this machine. Raises MissingAuthenticationTokenException without a signed
    request, UnrecognizedClientException for credentials that are not taken.
    """
    match = _AUTHORIZATION.fullmatch(authorization.strip())
    if not match:
        raise LambdaApiError("MissingAuthenticationTokenException", "Missing Authentication Token")
    if not any_credentials or forwarded or not _is_loopback(remote_address):
        raise LambdaApiError(
            "UnrecognizedClientException", "The security token included in the request is invalid."
        )
    return Identity(match["key"], match["region"])


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return (mapped or parsed).is_loopback
