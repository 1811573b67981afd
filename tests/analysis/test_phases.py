"""The list of phases, and what makes a phase's results out of date."""

from __future__ import annotations

import pytest

from engines.analysis import phases as phases_module
from engines.analysis.phases import effective, switched_on
from engines.types import Phase
from engines.versions import split

WEIGHTS = {"seeing": "aaaaaaaa" + 56 * "0", "naming": "bbbbbbbb" + 56 * "0"}


def versions(*phases: Phase, weights: dict[str, str] = WEIGHTS) -> dict[str, int]:
    return {phase.name: phase.version for phase in effective(phases, weights)}


def test_a_phase_of_the_processor_keeps_its_own_number() -> None:
    assert versions(Phase("metadata", 3), Phase("content", 2)) == {"metadata": 3, "content": 2}


def test_what_builds_on_a_changed_phase_is_due_again() -> None:
    on_it = Phase("places", 1, needs=("metadata",))
    assert versions(Phase("metadata", 1), on_it)["places"] != versions(Phase("metadata", 2), on_it)["places"]


def test_a_changed_network_makes_its_phases_due_and_no_others() -> None:
    phases = (Phase("objects", 1, networks=("seeing",)), Phase("labels", 1, networks=("naming",)))
    before = versions(*phases)
    after = versions(*phases, weights=WEIGHTS | {"seeing": "cccccccc" + 56 * "0"})
    assert before["objects"] != after["objects"]
    assert before["labels"] == after["labels"]


def test_the_networks_of_needed_phases_count_as_well() -> None:
    phases = (Phase("objects", 1, networks=("seeing",)), Phase("crowds", 1, needs=("objects",)))
    before = versions(*phases)
    after = versions(*phases, weights=WEIGHTS | {"seeing": "cccccccc" + 56 * "0"})
    assert before["crowds"] != after["crowds"]
    assert split(before["objects"]) == (1, "aaaaaaaa")


def test_what_is_off_and_what_builds_on_it_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    needy = Phase("places", 1, needs=("objects",))
    monkeypatch.setattr(phases_module, "phases", lambda: (Phase("metadata", 1), Phase("objects", 1), needy))
    assert [phase.name for phase in switched_on(["objects"])] == ["metadata"]
    assert [phase.name for phase in switched_on(["metadata", "unheard of"])] == ["metadata", "objects", "places"]
