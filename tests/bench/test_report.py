"""What a measurement prints, for programs and for people."""

from __future__ import annotations

import json

import pytest

from engines.bench.machine import machine
from engines.bench.report import Bar, Report, Row

MACHINE = {
    "cpu": "Abacus",
    "cores": 2,
    "memory_gb": 4.0,
    "os": "Linux",
    "python": "3.11.2",
    "load": 0.1,
    "versions": {},
}


@pytest.mark.parametrize(
    ("sign", "value", "holds"),
    [("≥", 15, True), ("≥", 14.9, False), (">", 15, False), ("≤", 15, True), ("<", 15, False), ("<", 14.9, True)],
)
def test_a_bar_is_reached_or_not(sign: str, value: float, holds: bool) -> None:
    assert Row("content", value, "photos/s", Bar(sign, 15)).holds is holds


def test_nothing_holds_without_a_bar() -> None:
    assert Row("content", 20, "photos/s").holds is None


def test_nothing_holds_that_could_not_be_measured() -> None:
    assert Row("content", None, "photos/s", Bar("≥", 15)).holds is None


def test_a_program_gets_every_row_with_these_keys() -> None:
    report = Report(MACHINE, [Row("search, p95", 7.12345, "ms", Bar("<", 1500), "warm"), Row("other", None, "s")])
    assert json.loads(json.dumps(report.as_json())) == {
        "machine": MACHINE,
        "rows": [
            {"name": "search, p95", "value": 7.123, "unit": "ms", "bar": "< 1,500", "holds": True, "note": "warm"},
            {"name": "other", "value": None, "unit": "s", "bar": None, "holds": None, "note": ""},
        ],
    }


def test_a_person_gets_a_table_that_marks_what_does_not_hold() -> None:
    report = Report(MACHINE, [Row("import", 12345.6, "files/s"), Row("content", 3, "photos/s", Bar("≥", 15), "slow")])
    assert report.as_text().splitlines() == [
        "Abacus, 2 cores, 4.0 GB, Linux, Python 3.11.2, load 0.1",
        "",
        "what      value  unit      bar   holds  note",
        "import   12,350  files/s",
        "content       3  photos/s  ≥ 15  NO     slow",
    ]


def test_what_cannot_be_measured_is_told() -> None:
    assert "not measured" in Report(MACHINE, [Row("naive way", None, "times slower")]).as_text()


def test_the_machine_says_what_its_numbers_depend_on() -> None:
    assert MACHINE.keys() == json.loads(json.dumps(machine())).keys()
