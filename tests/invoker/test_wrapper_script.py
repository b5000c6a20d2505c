"""AWS_LAMBDA_EXEC_WRAPPER: a script of the package that starts the runtime, on each sandbox."""

import json

from invoker.events import Outcome

from .conftest import Run, Runner

HANDLER = """
console.log('loaded')
export const handler = async () => ({ argv: process.execArgv, own: process.env.OWN ?? null, title: process.title })
"""


def wrapped(run: Runner, script: str, wrapper: str = "/var/task/wrapper", **environment: str) -> Run:
    files = {"index.mjs": HANDLER, "wrapper": script}
    return run(files, environment={"AWS_LAMBDA_EXEC_WRAPPER": wrapper, **environment})


def test_it_gets_the_runtime_s_command_line(run: Runner) -> None:
    result = wrapped(run, '#!/bin/sh\nfor part in "$@"; do echo "given $part"; done\nexec "$@"\n')
    assert result.finished.outcome is Outcome.OK, result.log
    given = [line.text.removeprefix("given ") for line in result.lines if line.text.startswith("given ")]
    assert given[0] == "/var/lang/bin/node"
    assert given[-1] == "/var/runtime/index.mjs"
    assert given[1:-1] == json.loads(result.finished.response)["argv"]


def test_it_may_change_arguments_and_environment(run: Runner) -> None:
    script = (
        '#!/bin/bash\nexport OWN="of the wrapper"\nargs=("$@")\nexec "$1" --title=wrapped "${args[@]:1}"\n'
    )
    answer = json.loads(wrapped(run, script).finished.response)
    assert (answer["own"], answer["title"]) == ("of the wrapper", "wrapped")


def test_it_sees_the_function_s_environment_exactly(run: Runner) -> None:
    script = '#!/bin/sh\necho "it is $OWN"\nexec "$@"\n'
    odd = "$(id) 'quoted' \"twice\" \\ ; end"
    result = wrapped(run, script, OWN=odd)
    assert f"it is {odd}" in result.log
    assert json.loads(result.finished.response)["own"] == odd


def test_the_environment_stays_warm(run: Runner) -> None:
    script = '#!/bin/sh\necho wrapping\nexec "$@"\n# warm\n'
    first, second = wrapped(run, script), wrapped(run, script)
    assert "wrapping" in first.log
    assert "Init Duration" in first.report
    assert "wrapping" not in second.log
    assert "Init Duration" not in second.report


def test_one_that_does_not_exist_is_an_exit_127(run: Runner) -> None:
    result = wrapped(run, "#!/bin/sh\n", wrapper="/var/task/an'other")
    assert result.finished.error is not None
    assert result.finished.error.type == "Runtime.ExitError"
    assert result.finished.error.message.endswith("Error: Runtime exited with error: exit status 127")
    assert "/var/task/an'other: does not exist" in result.log


def test_one_that_may_not_be_executed_is_an_exit_126(run: Runner) -> None:
    result = wrapped(run, "exec\n")
    assert result.finished.error is not None
    assert result.finished.error.message.endswith("Error: Runtime exited with error: exit status 126")
    assert "/var/task/wrapper: is not an executable" in result.log


def test_one_that_ends_without_the_runtime_is_an_exit_error(run: Runner) -> None:
    result = wrapped(run, "#!/bin/sh\nexit 3\n")
    assert result.finished.error is not None
    assert result.finished.error.message.endswith("Error: Runtime exited with error: exit status 3")
