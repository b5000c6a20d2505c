"""boto3 at a playground on each sandbox."""

from typing import Any

import pytest

from tests.playground.lambda_api.clients import lambda_client
from tests.serving import Served

KEY = "AKIAOUTCOMES"


@pytest.fixture
def client(served_on_each_sandbox: Served) -> Any:
    """boto3 without a second try."""
    return lambda_client(served_on_each_sandbox.url, KEY)
