"""The committed table of members and constraints is the API's model, but for Lambda's own quotas."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import botocore
import pytest

from playground.lambda_api import function_name, request_shapes
from playground.lambda_api.invoke_request import INVOCATION_TYPES, LOG_TYPES
from playground.lambda_api.shapes import Blob, Flag, Listed, Mapped, Shape, Structure, Text, Weights, Whole

with gzip.open(Path(botocore.__file__).parent / "data/lambda/2015-03-31/service-2.json.gz") as stream:
    MODEL: dict[str, Any] = json.load(stream)["shapes"]

REQUESTS = {
    "CreateFunctionRequest": request_shapes.CREATE_FUNCTION,
    "UpdateFunctionCodeRequest": request_shapes.UPDATE_FUNCTION_CODE,
    "UpdateFunctionConfigurationRequest": request_shapes.UPDATE_FUNCTION_CONFIGURATION,
    "PublishVersionRequest": request_shapes.PUBLISH_VERSION,
    "CreateAliasRequest": request_shapes.CREATE_ALIAS,
    "UpdateAliasRequest": request_shapes.UPDATE_ALIAS,
}
TYPES = {
    Text: "string",
    Whole: "integer",
    Flag: "boolean",
    Blob: "blob",
    Listed: "list",
    Mapped: "map",
    Structure: "structure",
    Weights: "structure",
}
# Where the model says more than the documented quota, or the runtime is checked apart with its own message.
QUOTAS = {"Timeout", "MemorySize", "EphemeralStorageSize", "RoleArn", "Runtime"}


def compare(shape: Shape, name: str) -> None:
    model = MODEL[name]
    assert TYPES[type(shape)] == model["type"], name
    match shape:
        case Structure():
            in_path = {member for member, where in model["members"].items() if "location" in where}
            assert set(shape.required) == set(model.get("required", ())) - in_path, name
            for member, inner in shape.members.items():
                compare(inner, model["members"][member]["shape"])
        case Weights():
            assert set(model["members"]) == {shape.member}, name
        case Listed():
            assert (shape.fewest, shape.most) == (model.get("min", 0), model.get("max")), name
            compare(shape.member, model["member"]["shape"])
        case Mapped():
            assert shape.sensitive == model.get("sensitive", False), name
            compare(shape.key, model["key"]["shape"])
            compare(shape.value, model["value"]["shape"])
        case Text() if name not in QUOTAS:
            assert shape.pattern == model.get("pattern"), name
            assert set(shape.values) == set(model.get("enum", ())), name
            assert (shape.shortest or 0, shape.longest) == (model.get("min", 0), model.get("max")), name
        case Text() if name == "RoleArn":
            assert shape.pattern == model["pattern"]
        case Whole():
            assert shape.least == model["min"], name
            assert shape.most <= model["max"], name


@pytest.mark.parametrize("name", REQUESTS)
def test_members_and_constraints_are_those_of_the_model(name: str) -> None:
    compare(REQUESTS[name], name)


@pytest.mark.parametrize("name", REQUESTS)
def test_every_member_of_the_model_is_taken_or_refused_by_name(name: str) -> None:
    members = {member for member, where in MODEL[name]["members"].items() if "location" not in where}

    assert members == REQUESTS[name].members.keys() | (members & request_shapes.NOT_OFFERED.keys())
    assert not REQUESTS[name].members.keys() & request_shapes.NOT_OFFERED.keys()


def test_every_source_of_code_is_taken_or_refused_by_name() -> None:
    assert MODEL["FunctionCode"]["members"].keys() - request_shapes.NOT_OFFERED.keys() == {"ZipFile"}


@pytest.mark.parametrize(
    ("pattern", "longest", "name"),
    [
        (function_name.FUNCTION_NAME_PATTERN, function_name.FUNCTION_NAME_MAX, "FunctionName"),
        (function_name.NAMESPACED_PATTERN, function_name.NAMESPACED_MAX, "NamespacedFunctionName"),
        (
            function_name.QUALIFIER_PATTERN,
            function_name.QUALIFIER_MAX,
            "NumericLatestPublishedOrAliasQualifier",
        ),
    ],
)
def test_names_and_qualifiers_have_the_patterns_of_the_model(pattern: str, longest: int, name: str) -> None:
    assert (pattern, longest) == (MODEL[name]["pattern"], MODEL[name]["max"])
    assert re.compile(pattern)


def test_invocation_and_log_types_are_those_of_the_model() -> None:
    assert list(INVOCATION_TYPES) == MODEL["InvocationType"]["enum"]
    assert list(LOG_TYPES) == MODEL["LogType"]["enum"]
