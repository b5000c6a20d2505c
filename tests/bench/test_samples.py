"""Measurements in a few figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.samples import samples

times = st.lists(st.floats(0, 1e6), min_size=1)


def test_the_figures_of_twenty_measurements() -> None:
    found = samples([float(value) for value in range(20, 0, -1)])
    assert (found.least, found.median, found.p95, found.most) == (1, 10.5, 19, 20)


def test_one_measurement_is_every_figure() -> None:
    found = samples([7.0])
    assert (found.least, found.median, found.p95, found.most) == (7, 7, 7, 7)


def test_nothing_cannot_be_summed_up() -> None:
    with pytest.raises(ValueError, match="without a measurement"):
        samples([])


def test_the_measurement_nearest_to_the_median_keeps_its_place() -> None:
    assert samples([900.0, 12.0, 1.0, 13.0, 14.0]).index_of_median() == 3


@given(times)
def test_the_figures_rise_from_the_least_to_the_most(values: list[float]) -> None:
    found = samples(values)
    assert found.least <= found.median <= found.most
    assert found.median <= found.p95 <= found.most


@given(times)
def test_at_most_a_twentieth_lies_above_p95(values: list[float]) -> None:
    above = [value for value in values if value > samples(values).p95]
    assert len(above) * 20 <= len(values)
