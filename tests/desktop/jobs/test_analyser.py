"""The analyser: what it tells, and that pausing, stopping and closing lose nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from desktop.jobs.analyser import Activity, Analyser, Stage
from engines.analysis.desk import Desk, NoDesk
from engines.errors import LibraryError
from engines.library.library import Library
from engines.settings import Settings
from engines.types import Examined, Wanted
from tests.shelf import OneAtATime, Shelf, look

Make = Callable[..., Analyser]


@pytest.fixture
def make(shelf: Shelf, qtbot: QtBot) -> Iterator[Make]:
    """Makes analysers of the shelf's library that are closed in the end. look: what examining a file is."""
    made: list[Analyser] = []

    def make(look: Callable[[Wanted], Examined] = look, settings: Settings | None = None) -> Analyser:
        analyser = Analyser(
            shelf.library,
            settings or Settings(),
            make_executor=lambda settings, library: lambda: nullcontext(OneAtATime(look)),
        )
        made.append(analyser)
        return analyser

    yield make
    for analyser in made:
        analyser.close()


class Gate:
    """Lets a test hold the examination at its n-th file."""

    def __init__(self, at: int) -> None:
        self._left = at
        self.reached, self.opened = Event(), Event()

    def look(self, wanted: Wanted) -> Examined:
        self._left -= 1
        if self._left == 0:
            self.reached.set()
            assert self.opened.wait(10)
        return look(wanted)


def put(shelf: Shelf, count: int) -> list[Path]:
    return [shelf.put(f"{number}.jpg") for number in range(count)]


def test_a_folder_is_added_and_its_items_are_told_by_id(shelf: Shelf, make: Make, qtbot: QtBot) -> None:
    paths = put(shelf, 3)
    analyser = make()
    told: list[tuple[str, list[int]]] = []
    analyser.files_added.connect(lambda ids: told.append(("added", ids)))
    analyser.files_changed.connect(lambda ids: told.append(("changed", ids)))
    analyser.start()
    with qtbot.waitSignals([analyser.finished, analyser.finished]):
        analyser.add_paths([str(shelf.photos)])
    ids = [shelf.media_id(path) for path in paths]
    assert told == [("added", ids), ("changed", ids)]
    assert analyser.activity == Activity()


def test_progress_says_how_far_it_is(shelf: Shelf, make: Make, qtbot: QtBot) -> None:
    put(shelf, 4)
    analyser = make()
    seen: list[Activity] = []
    analyser.progress.connect(seen.append)
    analyser.state_changed.connect(seen.append)
    analyser.start()
    with qtbot.waitSignals([analyser.finished, analyser.finished]):
        analyser.add_paths([str(shelf.photos)])
    assert (4, 4) in [(one.done, one.total) for one in seen if one.stage is Stage.EXAMINE]
    assert Stage.SCAN in [one.stage for one in seen]


def test_a_pause_holds_what_runs_and_resuming_examines_the_rest_only(shelf: Shelf, make: Make, qtbot: QtBot) -> None:
    put(shelf, 5)
    gate = Gate(3)
    analyser = make(gate.look)
    analyser.start()
    analyser.add_paths([str(shelf.photos)])
    qtbot.waitUntil(gate.reached.is_set)
    analyser.pause()
    assert analyser.activity.stage is Stage.PAUSED
    gate.opened.set()
    qtbot.waitUntil(lambda: bool(analyser.activity.waiting))
    assert 0 < shelf.states()["ok"] < 5
    with qtbot.waitSignal(analyser.finished) as finished:
        analyser.resume()
    assert finished.args is not None
    assert shelf.states() == {"ok": 5}
    assert finished.args[0].examined < 5


def test_a_pause_survives_a_restart_until_it_is_taken_back(shelf: Shelf, make: Make, qtbot: QtBot) -> None:
    put(shelf, 2)
    shelf.library.add_root(str(shelf.photos))
    first = make()
    first.pause()
    first.close()
    second = make()
    second.start()
    assert second.activity.stage is Stage.PAUSED
    assert shelf.states() == {}
    with qtbot.waitSignal(second.finished):
        second.resume()
    assert shelf.states() == {"ok": 2}
    second.close()
    assert not shelf.library.paused


def test_a_stopped_job_keeps_what_was_done_and_the_next_look_does_the_rest(
    shelf: Shelf, make: Make, qtbot: QtBot
) -> None:
    put(shelf, 5)
    gate = Gate(3)
    analyser = make(gate.look)
    analyser.start()
    analyser.add_paths([str(shelf.photos)])
    qtbot.waitUntil(gate.reached.is_set)
    analyser.cancel()
    gate.opened.set()
    qtbot.waitUntil(lambda: analyser.activity.stage is Stage.IDLE)
    done = shelf.states()["ok"]
    assert 0 < done < 5
    with qtbot.waitSignal(analyser.finished) as finished:
        analyser.look_again()
    assert finished.args is not None
    assert finished.args[0].examined == 5 - done


def test_closing_in_the_middle_of_an_import_loses_nothing(shelf: Shelf, make: Make, qtbot: QtBot) -> None:
    put(shelf, 5)
    gate = Gate(3)
    analyser = make(gate.look)
    analyser.start()
    analyser.add_paths([str(shelf.photos)])
    qtbot.waitUntil(gate.reached.is_set)
    gate.opened.set()
    analyser.close()
    states = shelf.states()
    assert states["ok"] + states.get("waiting", 0) == 5
    shelf.library.close()
    shelf.library = Library(shelf.library.folder)
    again = make()
    with qtbot.waitSignal(again.finished):
        again.start()
    assert shelf.states() == {"ok": 5}


def test_analysing_again_does_not_begin_anew_after_a_pause(shelf: Shelf, make: Make, qtbot: QtBot) -> None:
    put(shelf, 5)
    shelf.take_in()
    gate = Gate(3)
    analyser = make(gate.look)
    with qtbot.waitSignal(analyser.finished):
        analyser.start()
    analyser.analyse_again()
    qtbot.waitUntil(gate.reached.is_set)
    analyser.pause()
    gate.opened.set()
    qtbot.waitUntil(lambda: bool(analyser.activity.waiting))
    with qtbot.waitSignal(analyser.finished) as finished:
        analyser.resume()
    assert finished.args is not None
    assert 0 < finished.args[0].examined < 5


def test_a_full_disk_holds_everything_until_a_person_has_seen_to_it(shelf: Shelf, make: Make, qtbot: QtBot) -> None:
    put(shelf, 2)
    is_full = True

    def examine(wanted: Wanted) -> Examined:
        if is_full:
            raise LibraryError("disk_full", "The disk is full.")
        return look(wanted)

    analyser = make(examine)
    analyser.start()
    with qtbot.waitSignal(analyser.failed) as failed:
        analyser.add_paths([str(shelf.photos)])
    assert failed.args is not None
    assert str(failed.args[0]) == "The disk is full."
    assert analyser.activity.stage is Stage.FAULT
    is_full = False
    with qtbot.waitSignal(analyser.finished):
        analyser.resume()
    assert shelf.states() == {"ok": 2}


def test_a_wrong_path_is_told_and_the_next_job_goes_on(shelf: Shelf, make: Make, qtbot: QtBot) -> None:
    put(shelf, 1)
    analyser = make()
    analyser.start()
    with qtbot.waitSignals([analyser.failed, analyser.finished, analyser.finished]):
        analyser.add_paths([str(shelf.photos / "nowhere")])
        analyser.add_paths([str(shelf.photos)])
    assert shelf.states() == {"ok": 1}


def test_other_settings_take_effect_in_the_middle_of_a_job(shelf: Shelf, make: Make, qtbot: QtBot) -> None:
    put(shelf, 5)
    gate = Gate(3)
    analyser = make(gate.look)
    analyser.start()
    analyser.add_paths([str(shelf.photos)])
    qtbot.waitUntil(gate.reached.is_set)
    analyser.take_settings(Settings().with_value("analysis.effort", "half"))
    with qtbot.waitSignal(analyser.finished) as finished:
        gate.opened.set()
    assert finished.args is not None
    assert shelf.states() == {"ok": 5}
    assert finished.args[0].examined < 5


def test_on_battery_it_waits_and_goes_on_when_plugged_in(
    shelf: Shelf, make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, 2)
    is_on_battery = True
    monkeypatch.setattr("desktop.jobs.analyser._is_on_battery", lambda: is_on_battery)
    analyser = make(settings=Settings().with_value("analysis.pause_on_battery", True))
    analyser.start()
    qtbot.waitUntil(lambda: analyser.activity.stage is Stage.ON_BATTERY)
    analyser.add_paths([str(shelf.photos)])
    assert shelf.states() == {}
    is_on_battery = False
    with qtbot.waitSignal(analyser.finished):
        analyser._ask_for_power()
    assert not shelf.library.paused


def test_two_waiting_looks_are_one(shelf: Shelf, make: Make, qtbot: QtBot) -> None:
    analyser = make()
    analyser.pause()
    analyser.look_again()
    analyser.look_again()
    analyser.look_again([1])
    assert len(analyser.activity.waiting) == 2


def test_a_step_that_is_switched_on_is_made_up_for_at_once(shelf: Shelf, make: Make, qtbot: QtBot) -> None:
    put(shelf, 2)
    off = Settings().with_value("analysis.phases_off", ["content"])
    analyser = make(settings=off)
    analyser.start()
    with qtbot.waitSignals([analyser.finished, analyser.finished]):
        analyser.add_paths([str(shelf.photos)])
    with qtbot.waitSignal(analyser.failed) as failed:
        analyser.analyse_again(names=["content"])
    assert failed.args is not None
    assert "switched off" in str(failed.args[0])
    with qtbot.waitSignal(analyser.finished) as finished:
        analyser.take_settings(Settings())
    assert finished.args is not None
    assert finished.args[0].examined == 2


def test_folders_that_changed_are_looked_into(shelf: Shelf, make: Make, qtbot: QtBot) -> None:
    put(shelf, 1)
    analyser = make()
    analyser.start()
    with qtbot.waitSignals([analyser.finished, analyser.finished]):
        analyser.add_paths([str(shelf.photos)])
    shelf.put("new.jpg")
    with qtbot.waitSignal(analyser.finished) as finished:
        analyser.look_into([str(shelf.photos)])
    assert finished.args is not None
    assert finished.args[0].added == 1


@pytest.mark.parametrize(("key", "value"), [("analysis.batch_size", 4), ("analysis.precision", "bf16")])
def test_networks_start_anew_as_the_settings_want_them_in_the_middle_of_a_job(
    shelf: Shelf, qtbot: QtBot, key: str, value: int | str
) -> None:
    put(shelf, 5)
    gate = Gate(3)
    started: list[Settings] = []

    def make_desk(settings: Settings) -> AbstractContextManager[Desk]:
        started.append(settings)
        return nullcontext(NoDesk())

    analyser = Analyser(
        shelf.library,
        Settings(),
        make_executor=lambda settings, library: lambda: nullcontext(OneAtATime(gate.look)),
        make_desk=make_desk,
    )
    analyser.start()
    analyser.add_paths([str(shelf.photos)])
    qtbot.waitUntil(gate.reached.is_set)
    analyser.take_settings(Settings().with_value(key, value))
    with qtbot.waitSignal(analyser.finished):
        gate.opened.set()
    analyser.close()
    assert [settings.value(key) for settings in started] == [Settings().value(key), value]
    assert shelf.states() == {"ok": 5}
