"""What a process counts, and how it is told to operators."""

import pytest

from fairs.live.measures import EDGES, Measures, exposition, quantile, together

pytestmark = pytest.mark.unit


def test_deliveries_are_counted_below_their_edge():
    counted = Measures()

    for seconds in (0.001, 0.005, 0.3, 99.0, -0.5):
        counted.deliver(seconds)

    told = counted.told()
    assert {n: count for n, count in enumerate(told["delivered"]) if count} == {0: 3, 6: 1, len(EDGES): 1}
    assert told["seconds"] == 99.306


def test_quantile_is_the_edge_below_which_so_many_lie():
    counted = Measures()
    for number in range(100):
        counted.deliver(0.004 if number < 94 else 0.35)

    assert quantile(counted.delivered, 0.5) == 0.005
    assert quantile(counted.delivered, 0.95) == 0.4
    assert quantile([0] * (len(EDGES) + 1), 0.95) is None


def test_deliveries_of_several_processes_are_taken_together():
    one, other = Measures(), Measures()
    one.deliver(0.001)
    other.deliver(0.001)
    other.deliver(60)

    assert together([one.told(), other.told()]) == [2] + [0] * (len(EDGES) - 1) + [1]


def test_figures_are_told_as_prometheus_reads_them():
    counted = Measures()
    counted.deliver(0.004)
    counted.deliver(45)
    counted.refused["live_too_fast"] += 2
    counted.closed["4008"] += 1

    lines = exposition({"a1": {**counted.told(), "connections": 7}}).splitlines()

    assert "# TYPE moussem_live_connections gauge" in lines
    assert 'moussem_live_connections{process="a1"} 7' in lines
    assert 'moussem_live_lost_total{process="a1"} 0' in lines
    assert 'moussem_live_resyncs_total{process="a1"} 1' in lines
    assert 'moussem_live_refused_total{process="a1",code="live_too_fast"} 2' in lines
    assert 'moussem_live_delivery_seconds_bucket{process="a1",le="0.005"} 1' in lines
    assert 'moussem_live_delivery_seconds_bucket{process="a1",le="30.0"} 1' in lines
    assert 'moussem_live_delivery_seconds_bucket{process="a1",le="+Inf"} 2' in lines
    assert 'moussem_live_delivery_seconds_count{process="a1"} 2' in lines
    assert len(lines) == len(set(lines))
