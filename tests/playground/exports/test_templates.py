"""Templates say what is meant, whatever is in a value."""

import re
from typing import Any

import pytest

from playground.exports.cloud_formation import cloud_formation, inline_fault
from playground.exports.sam_project import sam_project
from tests.playground.exports.sample import HELLO, TYPESCRIPT, all_of, exported, text_of, variables
from tests.playground.exports.template_reader import read_template

HOSTILE = [
    "yes",
    "null",
    "007",
    "12:30:00",
    "2020-01-01",
    "=",
    "<<",
    "~",
    " leading and trailing ",
    "a: b # c",
    "- item",
    "!Ref Other",
    "*alias",
    "%TAG",
    "'single' \"double\" `back` \\ slash",
    "two\nlines\r\nand\rmore\t\n\n",
    "\x01\x07\x7f\x85\u2028\u2029\ufeff\uffff",
    "😀",
    "$(rm -rf /)",
    "x" * 500 + " " + "y" * 500,
    "",
]


def function_of(text: str) -> Any:
    """The resource that is the function."""
    (found,) = [
        resource
        for resource in read_template(text)["Resources"].values()
        if resource["Type"] in {"AWS::Serverless::Function", "AWS::Lambda::Function"}
    ]
    return found


def variables_of(text: str) -> Any:
    """The variables of the function."""
    return function_of(text)["Properties"]["Environment"]["Variables"]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_what_it_was(value: str) -> None:
    template = text_of(sam_project(exported(**variables({"VALUE": value}))), "template.yaml")
    assert variables_of(template) == {"VALUE": value}


@pytest.mark.parametrize("value", ["${HOME}", "a${b}c$${d}", "{{resolve:ssm:/a/b}}"])
def test_cloudformation_replaces_nothing_in_a_value(value: str) -> None:
    template = text_of(sam_project(exported(**variables({"VALUE": value}))), "template.yaml")
    assert value not in template
    between, parts = variables_of(template)["VALUE"]["Join"]
    assert between.join(parts) == value


@pytest.mark.parametrize("name", ["YES", "No", "ON", "Null", "TRUE"])
def test_a_variable_may_be_called_as_a_truth_value_is(name: str) -> None:
    template = text_of(sam_project(exported(**variables({name: "x"}))), "template.yaml")
    assert f'"{name}": "x"' in template
    assert variables_of(template) == {name: "x"}


def test_a_sam_project_asks_for_the_values_that_stay_behind() -> None:
    files = sam_project(exported(**variables({}, {"API_KEY": "geheim"})))
    template = read_template(text_of(files, "template.yaml"))
    assert template["Parameters"]["ApiKey"]["Type"] == "String"
    assert template["Parameters"]["ApiKey"]["NoEcho"] is True
    assert variables_of(text_of(files, "template.yaml")) == {"API_KEY": {"Ref": "ApiKey"}}
    assert "API_KEY: !Ref ApiKey\n" in text_of(files, "template.yaml")
    assert b"geheim" not in all_of(files)
    assert "env.json" in text_of(files, ".gitignore")
    assert "--env-vars env.json" in text_of(files, "README.md")


def test_a_sam_project_has_files_events_sizes_and_commands() -> None:
    files = sam_project(exported("api_router", test_events=[{"name": "a b", "event": '{"a":1}'}]))
    assert list(files) == ["template.yaml", "src/index.js", "events/a-b.json", ".gitignore", "README.md"]
    assert function_of(text_of(files, "template.yaml"))["Properties"] == {
        "CodeUri": "src/",
        "Handler": "index.handler",
        "Runtime": "nodejs22.x",
        "MemorySize": 256,
        "Timeout": 5,
        "EphemeralStorage": {"Size": 512},
    }
    assert text_of(files, "events/a-b.json") == '{"a":1}'
    assert "sam local invoke ApiRouterFunction --event events/a-b.json" in text_of(files, "README.md")


@pytest.mark.parametrize(
    ("text", "metadata"),
    [
        ('{ "type": "module" }', {"SkipBuild": True}),
        ("{ half typed", {"SkipBuild": True}),
        ("null", {"SkipBuild": True}),
        ('{ "dependencies": {} }', {"SkipBuild": True}),
        ('{ "dependencies": { "yaml": "2.0.0" } }', None),
    ],
)
def test_sam_build_installs_what_package_json_names(text: str, metadata: Any) -> None:
    files = sam_project(exported(files={**HELLO, "package.json": text}))
    assert function_of(text_of(files, "template.yaml")).get("Metadata") == metadata


def test_a_sam_project_compiles_typescript_before_anything_else() -> None:
    files = sam_project(exported(files=TYPESCRIPT))
    function = function_of(text_of(files, "template.yaml"))
    assert (function["Metadata"], function["Properties"]["CodeUri"]) == ({"Sources": "src/"}, "dist/")
    assert function["Properties"]["Environment"]["Variables"] == {"NODE_OPTIONS": "--enable-source-maps"}
    assert re.search(r"npm install\n.*npm run build\n(.|\n)*sam build", text_of(files, "README.md"))


@pytest.mark.parametrize("own", [variables({"NODE_OPTIONS": "-x"}), variables({}, {"NODE_OPTIONS": "-x"})])
def test_ones_own_options_of_nodejs_stay(own: dict[str, Any]) -> None:
    template = text_of(sam_project(exported(files=TYPESCRIPT, **own)), "template.yaml")
    assert variables_of(template)["NODE_OPTIONS"] in ("-x", {"Ref": "NodeOptions"})


def test_a_template_of_cloudformation_holds_one_commonjs_file_as_it_is() -> None:
    text = "  // indented\nconst a = `${1}`;\n\texports.handler = async () => a; \n\n"
    files = cloud_formation(exported(files={"index.js": text}))
    assert list(files) == ["template.yaml", "events/event.json", "README.md"]
    properties = function_of(text_of(files, "template.yaml"))["Properties"]
    assert properties["Code"]["ZipFile"] == text
    assert properties["Role"] == {"GetAtt": "HelloFunctionRole.Arn"}
    assert "ZipFile: |" in text_of(files, "template.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "a\u2028b",
        "a\x85b\x7f",
        "a\r\nb",
        "a\ufeffb",
        "\n\n a\n",
        "\ta\n \n\n",
        "a",
        "a\n\n\n",
        " a",
        "#a\n---\n...\n😀",
    ],
)
def test_a_template_holds_code_that_no_block_can(text: str) -> None:
    template = text_of(cloud_formation(exported(files={"index.js": text})), "template.yaml")
    assert function_of(template)["Properties"]["Code"]["ZipFile"] == text


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"files": {"index.mjs": "1"}}, "a CommonJS module; this is index.mjs."),
        ({"files": {"index.ts": "1"}}, "TypeScript is compiled first."),
        ({"files": {"index.js": "1", "a.js": "1"}}, "There are 2 files"),
        ({"handler": "app.handler"}, "The handler has to be in index."),
        ({"files": {"index.js": " "}}, "The file is empty."),
        ({"files": {"index.js": "{{resolve:ssm:a}}"}}, "would replace"),
        ({"files": {"index.js": "//" * 30_000}}, "51,200 bytes"),
        ({"files": {"index.js": "\n" * 10_000 + "1"}, "environment": {"A1": "\x01" * 600}}, None),
        ({"files": {"index.js": "\x01" * 20_000}}, "51,200 bytes"),
    ],
)
def test_the_code_comes_from_a_bucket_where_it_does_not_fit(changes: Any, why: str | None) -> None:
    made = exported(**changes)
    assert (inline_fault(made) or "").find(why or "") >= 0
    files = cloud_formation(made)
    template = read_template(text_of(files, "template.yaml"))
    code = function_of(text_of(files, "template.yaml"))["Properties"]["Code"]
    if why is None:
        assert inline_fault(made) is None
        assert list(code) == ["ZipFile"]
        return
    assert code == {"S3Bucket": {"Ref": "CodeBucket"}, "S3Key": {"Ref": "CodeKey"}}
    assert template["Parameters"]["CodeKey"]["Default"] == "hello.zip"
    assert any(path.startswith("src/") for path in files)
    assert "aws s3 cp hello.zip s3://BUCKET/hello.zip" in text_of(files, "README.md")
