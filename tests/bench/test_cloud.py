"""The measurement of the cloud queue, on a small scale."""

from __future__ import annotations

from engines.bench.cloud import Scale, measure
from engines.bench.workbench import Workbench


def test_the_pace_is_measured(bench: Workbench) -> None:
    scale = Scale(seconds=0.05, limit=20, window_s=1.5, windows=2)
    rows = {row.name: row for row in measure(bench, scale)}
    assert rows["cloud, our own time a photo"].value
    assert rows["cloud, most in any minute"].holds
    overhead = rows["cloud, client overhead, p95"].value
    assert overhead is not None
    assert 0 <= overhead < 5
