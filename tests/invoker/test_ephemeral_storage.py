"""/tmp has the size that a function's configuration gives it."""

import json

from tests.invoker.conftest import Runner

SIZE_AND_COUNT = """
import fs from "node:fs";
let count = 0;
export const handler = async () => {
  const { blocks, bsize } = fs.statfsSync("/tmp");
  return { mb: (blocks * bsize) / 1048576, count: ++count };
};
"""


def answer(run: Runner, owner: str, **configuration: object) -> object:
    finished = run(SIZE_AND_COUNT, owner=owner, **configuration).finished
    return json.loads(finished.response)


def test_without_a_word_it_is_512_mb(run: Runner) -> None:
    assert answer(run, "default") == {"mb": 512, "count": 1}


def test_it_is_as_large_as_the_configuration_says(run: Runner) -> None:
    assert answer(run, "large", ephemeral_storage=10_240) == {"mb": 10_240, "count": 1}


def test_an_environment_of_another_size_stays_warm_too(run: Runner) -> None:
    assert answer(run, "warm", ephemeral_storage=1_024) == {"mb": 1_024, "count": 1}
    assert answer(run, "warm", ephemeral_storage=1_024) == {"mb": 1_024, "count": 2}


def test_another_size_starts_cold(run: Runner) -> None:
    assert answer(run, "changing", ephemeral_storage=600) == {"mb": 600, "count": 1}
    assert answer(run, "changing", ephemeral_storage=700) == {"mb": 700, "count": 1}
    assert answer(run, "changing") == {"mb": 512, "count": 1}
