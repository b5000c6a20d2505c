"""Clients of the real service."""

from typing import Any

import pytest

from tests.playground.lambda_api.clients import lambda_client


@pytest.fixture
def alice(playground: str) -> Any:
    """boto3, signing with one key."""
    return lambda_client(playground, "AKIAALICE")


@pytest.fixture
def bob(playground: str) -> Any:
    """boto3, signing with another key."""
    return lambda_client(playground, "AKIABOB")
