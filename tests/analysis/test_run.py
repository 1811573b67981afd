"""A run from start to end over made files: what it reports, keeps and writes down, however it ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from engines.analysis.drive import Executor
from engines.analysis.pipeline import ScanRules
from engines.analysis.run import Progress, Report, Runner
from engines.cancel import Cancelled, CancelToken
from engines.errors import EngineError, UsageError, WorkerError
from engines.library.library import Library
from engines.types import Examined, State, Wanted
from tests.shelf import OneAtATime, Shelf, look


def runner(
    shelf: Shelf,
    executor: Executor | None = None,
    *,
    token: CancelToken | None = None,
    tell: Callable[[Progress], None] = lambda progress: None,
) -> Runner:
    return Runner(
        shelf.library, ScanRules((".*",)), lambda: nullcontext(executor or shelf.executor), token or CancelToken(), tell
    )


def take_in(shelf: Shelf, executor: Executor | None = None, **more: Any) -> Report:
    return runner(shelf, executor, **more).import_paths([str(shelf.photos)])


def test_a_report_counts_what_came_of_each_file(shelf: Shelf) -> None:
    shelf.put("changed.jpg")
    gone = shelf.put("gone.jpg")
    for number in range(3):
        shelf.put(f"{number}.jpg")
    take_in(shelf)
    shelf.put("changed.jpg", "otherwise")
    gone.unlink()
    shelf.put("new.jpg")
    report = take_in(shelf)
    assert (report.added, report.changed, report.unchanged, report.missing, report.examined) == (1, 1, 3, 1, 2)


def test_several_paths_are_one_run(shelf: Shelf) -> None:
    one, other = shelf.put("one/a.jpg"), shelf.put("other/b.jpg")
    shelf.put("third/c.jpg")
    report = runner(shelf).import_paths([str(one.parent), str(other)])
    assert (report.added, report.examined) == (2, 2)
    assert len(shelf.library.last_runs(10)) == 1


def test_the_same_path_twice_is_taken_in_once(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    report = runner(shelf).import_paths([str(shelf.photos), str(shelf.photos), str(shelf.photos / "a.jpg")])
    assert (report.added, report.examined) == (1, 1)


def test_a_path_that_is_nowhere_starts_no_run(shelf: Shelf) -> None:
    with pytest.raises(UsageError, match="There is no file or folder"):
        runner(shelf).import_paths([str(shelf.photos / "nowhere")])
    assert shelf.library.last_runs(10) == []


def test_a_misspelt_name_in_a_known_folder_is_nowhere_too(shelf: Shelf) -> None:
    shelf.put("sub/a.jpg")
    take_in(shelf)
    for name in ("b.jpg", "sbu", "sub/b.jpg"):
        with pytest.raises(UsageError, match="There is no file or folder"):
            runner(shelf).import_paths([str(shelf.photos / name)])


def test_a_folder_of_a_root_that_is_away_may_be_named(shelf: Shelf) -> None:
    inside = shelf.put("sub/a.jpg").parent
    take_in(shelf)
    shelf.photos.rename(shelf.photos.with_name("away"))
    report = runner(shelf).import_paths([str(inside)])
    assert [notice.code for notice in report.notices] == ["root_offline"]


def test_a_named_file_that_is_no_photo_is_told_and_one_in_a_folder_is_not(shelf: Shelf) -> None:
    notes = shelf.put("notes.txt")

    def is_no_media(wanted: Wanted) -> Examined:
        return Examined(wanted.file_id, wanted.size, wanted.mtime_ns)

    for _ in range(2):  # the second time it is known
        named = runner(shelf, OneAtATime(is_no_media)).import_paths([str(notes)])
        assert [notice.text for notice in named.notices] == [
            "notes.txt is neither a photo nor a video, so it was left out."
        ]
    assert take_in(shelf, OneAtATime(is_no_media)).notices == []


def test_no_worker_is_started_where_nothing_is_to_be_done(shelf: Shelf) -> None:
    def start() -> Any:
        pytest.fail("a worker was started")

    report = Runner(shelf.library, ScanRules(), start).import_paths([str(shelf.photos)])
    assert report.examined == 0


def test_progress_counts_up_to_the_total(shelf: Shelf) -> None:
    for number in range(3):
        shelf.put(f"{number}.jpg")
    told: list[Progress] = []
    take_in(shelf, tell=told.append)
    assert [(one.done, one.total) for one in told if one.stage == "examine"] == [(1, 3), (2, 3), (3, 3)]
    assert max(one.done for one in told if one.stage == "scan") == 3


def test_a_run_is_written_down_with_its_speeds(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    report = take_in(shelf)
    (run,) = shelf.library.last_runs(10)
    assert run.command == "import"
    assert run.seconds == report.seconds
    assert run.counts["examined"] == 1
    assert {speed.name for speed in run.phases} == {"thumbnail", "metadata", "content"}
    assert run.peak_memory_mb == report.peak_memory_mb > 0


@dataclass
class Stopping(OneAtATime):
    """Asks the run to stop after so many files."""

    token: CancelToken = field(default_factory=CancelToken)
    after: int = 2

    def wait(self, timeout: float) -> Iterable[Any]:
        outcomes = super().wait(timeout)
        if len(self.examined) >= self.after:
            self.token.cancel()
        return outcomes


def test_a_run_that_is_stopped_keeps_what_is_done_and_says_so(shelf: Shelf) -> None:
    for number in range(5):
        shelf.put(f"{number}.jpg")
    executor = Stopping()
    with pytest.raises(Cancelled):
        take_in(shelf, executor, token=executor.token)
    assert shelf.states() == {"ok": 2, "waiting": 3}
    (run,) = shelf.library.last_runs(10)
    assert run.seconds is not None
    assert run.counts["examined"] == 2
    assert take_in(shelf).examined == 3
    assert shelf.states() == {"ok": 5}


def test_a_run_that_is_stopped_concludes_nothing_about_files_it_did_not_meet(shelf: Shelf) -> None:
    gone = shelf.put("gone.jpg")
    take_in(shelf)
    gone.unlink()
    shelf.put("1.jpg")
    shelf.put("2.jpg")
    executor = Stopping(after=1)
    with pytest.raises(Cancelled):
        take_in(shelf, executor, token=executor.token)
    assert shelf.states() == {"ok": 2, "waiting": 1}
    assert take_in(shelf).missing == 1


def test_a_named_file_leads_to_no_conclusion_about_the_others(shelf: Shelf) -> None:
    """A run that was stopped has not met one of them, which is back by now."""
    back = shelf.put("back.jpg")
    take_in(shelf)
    data = back.read_bytes()
    back.unlink()
    other = shelf.put("1.jpg")
    shelf.put("2.jpg")
    executor = Stopping(after=1)
    with pytest.raises(Cancelled):
        take_in(shelf, executor, token=executor.token)
    back.write_bytes(data)
    report = runner(shelf).import_paths([str(other)])
    assert report.missing == 0


def test_a_run_that_is_stopped_while_it_scans_is_taken_up_again(shelf: Shelf) -> None:
    for number in range(5):
        shelf.put(f"{number}/a.jpg")
    token = CancelToken()

    def stop(progress: Progress) -> None:
        if progress.done == 3:
            token.cancel()

    with pytest.raises(Cancelled):
        take_in(shelf, token=token, tell=stop)
    assert take_in(shelf).examined == 5
    assert shelf.states() == {"ok": 5}


class Unable(OneAtATime):
    """Can start no worker."""

    def wait(self, timeout: float) -> Iterable[Any]:
        raise WorkerError("start", "No worker process could be started.")


def test_a_run_that_a_fault_ends_does_not_claim_to_have_come_to_its_end(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    with pytest.raises(WorkerError):
        take_in(shelf, Unable())
    assert [run.seconds for run in shelf.library.last_runs(10)] == [None]
    assert take_in(shelf).examined == 1


@dataclass(frozen=True)
class Failed:
    """The outcome of a job that ended its worker."""

    key: int
    error: EngineError
    value: None = None


@dataclass
class Losing(OneAtATime):
    """Loses the worker over files whose name says how."""

    def submit(self, key: int, function: object, wanted: Wanted, *, slot_bytes: int = 0) -> None:
        code = os.path.basename(wanted.path).removesuffix(".jpg")
        if code.isdecimal():
            super().submit(key, function, wanted)
        else:
            self._outcomes.append(Failed(key, WorkerError(code, "A job …")))


@pytest.mark.parametrize(
    ("code", "state", "reason"),
    [
        ("crashed", State.CORRUPT, "makes the decoder crash"),
        ("timed_out", State.REFUSED, "takes too long to decode"),
        ("out_of_memory", State.REFUSED, "needs more memory to decode than a file may have"),
        ("failed", State.CORRUPT, "met a fault of this program"),
    ],
)
def test_a_file_that_costs_a_worker_is_told_and_not_tried_again(
    shelf: Shelf, code: str, state: State, reason: str
) -> None:
    path = shelf.put(f"{code}.jpg")
    shelf.put("1.jpg")
    report = take_in(shelf, Losing())
    ((failure,), partial) = (report.failed, report.partial)
    assert (failure.path, failure.state, partial) == (str(path), state, [])
    assert failure.problem.text.startswith(f"{code}.jpg {reason}")
    assert shelf.states() == {"ok": 1, str(state): 1}
    assert take_in(shelf, Losing()).examined == 0
    shelf.put(f"{code}.jpg", "otherwise")
    assert take_in(shelf, Losing()).examined == 1


def unreadable(wanted: Wanted) -> Examined:
    from engines.analysis.examine import examine

    return examine(Wanted(wanted.file_id, wanted.path + " gone", 1, 1, wanted.phases, offered=wanted.offered))


def test_a_file_that_cannot_be_read_is_told_each_time(shelf: Shelf) -> None:
    """Its permissions may change, and neither its size nor its time would tell."""
    shelf.put("a.jpg")
    for _ in range(2):
        report = take_in(shelf, OneAtATime(unreadable))
        assert [failure.state for failure in report.failed] == [State.UNREADABLE]
    assert take_in(shelf).failed == []


def test_a_file_that_promised_nothing_and_cannot_be_read_is_no_matter(shelf: Shelf) -> None:
    shelf.put("secret.key")
    report = take_in(shelf, OneAtATime(unreadable))
    assert (report.added, report.examined, report.failed) == (0, 0, [])
    assert shelf.states() == {}


def test_a_copy_whose_original_is_lost_in_the_same_run_is_examined_after_all(shelf: Shelf) -> None:
    """Its bytes are known when the run begins, by their digest; then the file that had them has others."""
    shelf.put("a.jpg", {"rating": 3})
    take_in(shelf)
    shelf.put("a.jpg", {"rating": 4})
    copy = shelf.put("b.jpg", {"rating": 3})
    report = take_in(shelf)
    assert report.examined >= 2
    assert shelf.states() == {"ok": 2}
    assert shelf.record(copy)["facts"]["rating"] == 3


def test_analysing_again_replaces_results_and_asks_for_the_phase_alone(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", {"rating": 3})
    other = shelf.put("b.jpg")
    take_in(shelf)
    asked: list[tuple[str, ...]] = []

    def note(wanted: Wanted) -> Examined:
        asked.append(wanted.phases)
        return look(wanted)

    report = runner(shelf, OneAtATime(note)).analyse(["metadata"], [shelf.media_id(path)])
    assert (report.examined, asked) == (1, [("metadata",)])
    assert shelf.record(path)["facts"]["rating"] == 3
    assert {phase["state"] for phase in shelf.record(other)["phases"]} == {"done"}
    assert shelf.library.last_runs(1)[0].command == "analyse"


def test_ids_are_told_as_rows_are_written_first_as_new_then_as_changed(shelf: Shelf) -> None:
    paths = [shelf.put(f"{number}.jpg") for number in range(3)]
    told: list[tuple[list[int], list[int]]] = []
    run = runner(shelf)
    run.wrote = lambda added, changed: told.append((added, changed))
    run.import_paths([str(shelf.photos)])
    ids = [shelf.media_id(path) for path in paths]
    assert told == [(ids, []), ([], ids)]


def test_an_unchanged_folder_tells_nothing(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    take_in(shelf)
    run = runner(shelf)
    run.wrote = lambda added, changed: pytest.fail(f"told {added} and {changed}")
    run.import_paths([str(shelf.photos)])


def test_a_drive_that_goes_away_and_comes_back_is_told_as_changed_items(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    take_in(shelf)
    media_id = shelf.media_id(path)
    told: list[list[int]] = []
    away = shelf.photos.rename(shelf.photos.with_name("away"))
    for _ in range(2):
        run = runner(shelf)
        run.wrote = lambda added, changed: told.append(changed)
        run.import_paths([str(shelf.photos)])
        if away.exists():
            away.rename(shelf.photos)
    assert told == [[media_id], [media_id]]


def test_what_a_stopped_run_left_is_done_by_the_next(shelf: Shelf) -> None:
    for number in range(4):
        shelf.put(f"{number}.jpg")
    token = CancelToken()
    with pytest.raises(Cancelled):
        take_in(shelf, token=token, tell=lambda progress: token.cancel() if progress.stage == "examine" else None)
    report = runner(shelf).look_again()
    assert 0 < report.examined < 4
    assert shelf.states() == {"ok": 4}


def test_looking_again_finds_what_is_new_in_known_folders_only(shelf: Shelf) -> None:
    alone = shelf.put("alone/a.jpg")
    shelf.put("alone/b.jpg")
    shelf.put("whole/c.jpg")
    runner(shelf).import_paths([str(alone), str(shelf.photos / "whole")])
    shelf.put("whole/d.jpg")
    report = runner(shelf).look_again()
    assert (report.added, report.unchanged) == (1, 2)


def test_only_the_folders_asked_for_are_looked_at_again(shelf: Shelf) -> None:
    for name in ("one", "other"):
        shelf.put(f"{name}/a.jpg")
        runner(shelf).import_paths([str(shelf.photos / name)])
        shelf.put(f"{name}/b.jpg")
    root = shelf.library.root_of(str(shelf.photos / "one"))
    assert root is not None
    assert runner(shelf).look_again([root.id]).added == 1


def test_that_analysis_is_to_wait_is_kept_in_the_library(tmp_path: Path) -> None:
    for expected in (False, True, False):
        with Library(tmp_path) as library:
            assert library.paused is expected
            library.paused = not expected


def done(shelf: Shelf, phase: str) -> int:
    with shelf.library.database.read() as connection:
        return int(connection.execute("SELECT count(*) FROM done WHERE phase = ? AND version > 0", (phase,)).get)


def test_a_phase_that_is_off_waits_until_it_is_wanted(shelf: Shelf) -> None:
    for number in range(3):
        shelf.put(f"{number}.jpg")
    without = runner(shelf)
    without.phases_off = ("content",)
    without.import_paths([str(shelf.photos)])
    assert (done(shelf, "metadata"), done(shelf, "content")) == (3, 0)
    shelf.executor.examined.clear()
    assert without.look_again().examined == 0
    assert runner(shelf).look_again().examined == 3
    assert done(shelf, "content") == 3


def test_a_folder_that_changed_is_looked_into_and_no_other(shelf: Shelf) -> None:
    shelf.put("one/a.jpg"), shelf.put("other/b.jpg")
    take_in(shelf)
    shelf.put("one/new.jpg")
    shelf.put("other/new.jpg")
    report = runner(shelf).look_into([str(shelf.photos / "one")])
    assert (report.added, report.unchanged, report.missing) == (1, 1, 0)


def test_of_a_folder_that_is_gone_the_nearest_one_above_is_looked_into(shelf: Shelf) -> None:
    gone = shelf.put("2019/trip/a.jpg")
    shelf.put("2019/b.jpg")
    take_in(shelf)
    gone.unlink()
    gone.parent.rmdir()
    assert runner(shelf).look_into([str(gone.parent)]).missing == 1


def test_a_folder_that_was_taken_out_of_the_library_is_not_looked_into(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    take_in(shelf)
    shelf.library.remove_root(shelf.library.roots()[0])
    shelf.put("b.jpg")
    assert runner(shelf).look_into([str(shelf.photos)]).added == 0
    assert not shelf.library.roots()
