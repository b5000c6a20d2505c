"""EphemeralStorage through boto3, up to what the function finds."""

from typing import Any

import pytest

from tests.playground.lambda_api.clients import ROLE, archive, create, lambda_client, refused, unique_name

SIZE = """
const fs = require("fs");
exports.handler = async () => {
  const { blocks, bsize } = fs.statfsSync("/tmp");
  return (blocks * bsize) / 1048576;
};
"""


def size(client: Any, name: str) -> tuple[int, int]:
    """What the configuration says and what the function finds, in MB."""
    configured: int = client.get_function_configuration(FunctionName=name)["EphemeralStorage"]["Size"]
    return configured, int(client.invoke(FunctionName=name)["Payload"].read())


def test_it_is_512_mb_where_nothing_is_said(alice: Any) -> None:
    assert size(alice, create(alice, SIZE)) == (512, 512)


def test_it_is_set_at_creation_and_changed_by_an_update(alice: Any) -> None:
    name = create(alice, SIZE, EphemeralStorage={"Size": 1024})
    assert size(alice, name) == (1024, 1024)

    answer = alice.update_function_configuration(FunctionName=name, EphemeralStorage={"Size": 2048})

    assert answer["EphemeralStorage"] == {"Size": 2048}
    assert size(alice, name) == (2048, 2048)


def test_an_update_of_something_else_leaves_it(alice: Any) -> None:
    name = create(alice, SIZE, EphemeralStorage={"Size": 1024})
    alice.update_function_configuration(FunctionName=name, Timeout=5)
    assert size(alice, name) == (1024, 1024)


@pytest.mark.parametrize(
    ("asked", "bound"), [(511, "greater than or equal to 512"), (10_241, "less than or equal to 10240")]
)
def test_a_size_outside_of_the_limits_is_refused_as_by_aws(playground: str, asked: int, bound: str) -> None:
    unchecked = lambda_client(playground, parameter_validation=False)

    error = refused(
        unchecked.create_function,
        FunctionName=unique_name(),
        Runtime="nodejs22.x",
        Handler="index.handler",
        Role=ROLE,
        Code={"ZipFile": archive(SIZE)},
        EphemeralStorage={"Size": asked},
    )

    assert error["Error"]["Code"] == "ValidationException"
    assert error["Error"]["Message"] == (
        f"1 validation error detected: Value '{asked}' at 'ephemeralStorage.size' failed to satisfy "
        f"constraint: Member must have value {bound}"
    )
