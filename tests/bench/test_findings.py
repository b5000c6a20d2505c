"""Figures beside their targets."""

import json

import pytest

from tests.bench import findings, targets
from tests.bench.at_once import AtOnce
from tests.bench.findings import Finding
from tests.bench.one_by_one import Series
from tests.bench.phases import Phases
from tests.bench.samples import samples
from tests.bench.targets import Target

NODE = samples([40.0, 42.0, 44.0])


@pytest.mark.parametrize(
    ("figure", "verdict"), [(0.9, "stretch met"), (1.0, "stretch met"), (2.5, "met"), (2.51, "missed")]
)
def test_a_figure_at_its_limit_is_met(figure: float, verdict: str) -> None:
    assert targets.COLD.verdict(figure) == verdict


def test_a_target_without_a_stretch_is_met_or_missed() -> None:
    assert [Target(5.0).verdict(figure) for figure in (0.0, 5.0, 5.1)] == ["met", "met", "missed"]


def test_another_tool_has_to_be_so_many_times_slower() -> None:
    ours, other = Series("cold, boto3", [100.0]), Series("sam local invoke", [1990.0])
    _, found = findings.of_sam(other, ours, targets.SAM_COLD)
    assert found.figure == pytest.approx(19.9)
    assert found.verdict == "missed"
    assert "≥ 20 x ours" in found.cells()


def test_a_series_is_told_in_starts_of_the_same_runs_node() -> None:
    found = findings.of_series(Series("warm, boto3", [10.0, 21.0, 30.0]), NODE, targets.WARM)
    assert found.figure == 0.5
    assert found.verdict == "met"


def test_the_phases_told_are_those_of_the_median() -> None:
    phases = [Phases(True, queue, 0, 0, 0, 0) for queue in (1.0, 2.0, 3.0)]
    found = findings.of_series(Series("cold, page", [300.0, 100.0, 200.0], phases), NODE, targets.COLD)
    assert found.note.startswith("median: queue 3.0,")


def test_many_at_once_are_held_against_their_starts_on_all_cores() -> None:
    crowd = AtOnce("cold at once", 2520.0, samples([100.0] * 40), 115.0, 90.0, filled=True)
    last, memory = findings.of_cold_at_once(crowd, NODE, cores=2)
    assert last.figure == pytest.approx(3.0)
    assert last.verdict == "met"
    assert (memory.figure, memory.verdict) == (115.0, "met")


def test_a_crowd_that_met_too_few_waiting_sandboxes_says_so() -> None:
    crowd = AtOnce("sleepers", 5100.0, samples([100.0]), 1500.0, 90.0, filled=False)
    last, memory = findings.of_sleepers(crowd)
    assert (last.verdict, memory.verdict) == ("missed", "missed")
    assert "waiting sandboxes" in memory.note


def test_columns_stand_below_each_other_and_notes_below_their_line() -> None:
    lines = findings.table(
        "title",
        [
            Finding("node -e 0", NODE, 1.0),
            Finding("warm", samples([1000.0]), 23.8, target=targets.WARM, note="where"),
        ],
    ).splitlines()
    assert lines[0] == "title"
    assert lines[2].rindex("44.0") + len("44.0") == lines[3].rindex("1000.0") + len("1000.0")
    assert lines[3].endswith("missed")
    assert lines[4].strip() == "where"


def test_a_finding_is_plain_json() -> None:
    found = Finding("cold", NODE, 2.0, target=targets.COLD).as_json()
    assert json.loads(json.dumps(found)) == found
    assert found["times_ms"]["all"] == [40.0, 42.0, 44.0]
    assert found["verdict"] == "met"
