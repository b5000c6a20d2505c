"""Who calls is read from the signature's credentials, and taken from this machine alone."""

import pytest

from playground.lambda_api.errors import LambdaApiError
from playground.lambda_api.identity import Identity, of_request

SIGNED = (
    "AWS4-HMAC-SHA256 Credential=AKIAALICE/20260101/eu-west-1/lambda/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=0123abcd"
)


def refusal(
    authorization: str = SIGNED, address: str = "127.0.0.1", forwarded: bool = False, taken: bool = True
) -> str:
    with pytest.raises(LambdaApiError) as caught:
        of_request(authorization, address, forwarded, taken)
    assert caught.value.status == 403
    return caught.value.code


def test_access_key_names_the_owner_and_the_scope_the_region() -> None:
    identity = of_request(SIGNED, "127.0.0.1", False, True)

    assert identity == Identity("AKIAALICE", "eu-west-1")
    assert identity.owner == "aws:AKIAALICE"
    assert identity.arn("f", "$LATEST") == "arn:aws:lambda:eu-west-1:000000000000:function:f:$LATEST"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
def test_loopback_addresses_are_taken(address: str) -> None:
    assert of_request(SIGNED, address, False, True).access_key_id == "AKIAALICE"


@pytest.mark.parametrize("address", ["192.168.1.2", "10.0.0.1", "::ffff:10.0.0.1", "2001:db8::1", "", "unix"])
def test_other_addresses_are_refused(address: str) -> None:
    assert refusal(address=address) == "UnrecognizedClientException"


def test_a_caller_behind_a_proxy_is_refused() -> None:
    assert refusal(forwarded=True) == "UnrecognizedClientException"


def test_no_credentials_are_taken_when_the_setting_is_off() -> None:
    assert refusal(taken=False) == "UnrecognizedClientException"


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Basic dXNlcjpwYXNz",
        "Bearer token",
        "AWS4-HMAC-SHA256",
        SIGNED.replace("AKIAALICE", ""),
        SIGNED.replace("AKIAALICE", "A" * 121),
        SIGNED.replace("AKIAALICE", "a/b"),
        SIGNED.replace("/lambda/", "/s3/"),
        SIGNED.replace("eu-west-1", "EU WEST"),
        SIGNED.split(", Signature")[0],
    ],
)
def test_an_unsigned_request_is_refused(authorization: str) -> None:
    assert refusal(authorization) == "MissingAuthenticationTokenException"
