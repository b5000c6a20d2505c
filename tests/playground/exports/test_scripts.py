"""Programs of an export hold names and values as texts, and secrets not at all."""

import json

from playground.exports.build_step import VERSIONS
from playground.exports.cdk_app import cdk_app
from playground.exports.cli_script import cli_script
from tests.playground.exports.sample import TYPESCRIPT, all_of, exported, text_of, variables

HOSTILE = "\"); process.exit(1); //`${1}`\n'$(touch /tmp/x)"


def test_a_cdk_app_pins_the_versions_that_the_tests_run() -> None:
    made = json.loads(text_of(cdk_app(exported()), "package.json"))
    assert made["dependencies"]["aws-cdk-lib"] == VERSIONS["aws-cdk-lib"]
    assert "esbuild" not in made["devDependencies"]
    assert made["scripts"]["synth"] == "cdk synth"
    compiled = json.loads(text_of(cdk_app(exported(files=TYPESCRIPT)), "package.json"))
    assert compiled["devDependencies"]["esbuild"] == VERSIONS["esbuild"]
    assert compiled["scripts"]["synth"] == "npm run build && cdk synth"


def test_a_cdk_stack_has_texts_as_literals_and_asks_for_the_values_that_stay_behind() -> None:
    files = cdk_app(exported("api_router", **variables({"VALUE": HOSTILE}, {"API_KEY": "geheim"})))
    stack = text_of(files, "lib/stack.ts")
    assert f"VALUE: {json.dumps(HOSTILE)}," in stack
    assert 'API_KEY: withheld("ApiKey", "API_KEY"),' in stack
    assert b"geheim" not in all_of(files)
    assert 'new ApiRouterStack(new App(), "api-router");' in text_of(files, "bin/app.ts")
    assert "npm run deploy -- --parameters ApiKey=VALUE" in text_of(files, "README.md")


def test_no_name_and_no_value_of_the_work_is_in_the_shell_script() -> None:
    files = cli_script(
        exported(
            handler="".join(HOSTILE.split()),
            files={"$(touch x)/-rf.js": HOSTILE},
            **variables({"VALUE": HOSTILE}),
        )
    )
    script = text_of(files, "deploy.sh")
    assert "touch" not in script
    assert "process.exit" not in script
    told = json.loads(text_of(files, "function.json"))
    assert told["FunctionName"] == "hello"
    assert told["Environment"]["Variables"] == {"VALUE": HOSTILE}
    assert files["deploy.sh"].executable


def test_the_shell_script_stops_where_a_value_that_stayed_behind_was_not_filled_in() -> None:
    files = cli_script(exported(**variables({}, {"API_KEY": "geheim"})))
    assert 'grep -q \'"API_KEY": ""\' function.json' in text_of(files, "deploy.sh")
    assert '"API_KEY": ""' in text_of(files, "function.json")
    assert b"geheim" not in all_of(files)
