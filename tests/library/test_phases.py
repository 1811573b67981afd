"""Which phases are due, and what becomes of old results."""

from __future__ import annotations

from pathlib import Path

from engines.errors import WorkerError
from engines.library.library import Library
from engines.library.overview import phase_counts
from engines.types import Done, Examined, Fact, Findings, Kind, Message, Phase, Wanted
from tests.shelf import Shelf, look


def _due(shelf: Shelf, *phases: Phase) -> list[tuple[str, ...]]:
    return [wanted.phases for wanted in shelf.library.wanted(phases, shelf.library.wanted_ids(phases))]


def test_a_raised_version_is_pending_for_files_that_are_done(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    shelf.take_in()
    assert _due(shelf, Phase("metadata", 1), Phase("content", 1)) == []
    assert _due(shelf, Phase("metadata", 1), Phase("content", 2)) == [("content",)]


def test_a_new_phase_is_pending_for_all_files(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    shelf.put("b.jpg")
    shelf.take_in()
    assert _due(shelf, Phase("metadata", 1), Phase("scenes", 1)) == [("scenes",), ("scenes",)]


def test_what_is_no_film_any_more_is_not_counted_as_one_that_was_watched(shelf: Shelf) -> None:
    for name in ("a.mov", "b.mov"):
        shelf.put(name)
    shelf.take_in()
    watched = "INSERT INTO done (content_id, phase, version, at_s) SELECT id, 'moments', 1, 0 FROM content"
    with shelf.library.write() as connection:
        connection.execute(f"{watched}; UPDATE content SET state = 'corrupt'")
        (counted,) = phase_counts(connection, [Phase("moments", 1, kind=Kind.VIDEO)])
        assert (counted.done, counted.pending) == (0, 0)
        connection.execute("UPDATE content SET state = 'ok' WHERE id = 1")
        (counted,) = phase_counts(connection, [Phase("moments", 1, kind=Kind.VIDEO)])
        assert (counted.done, counted.pending) == (1, 0)


def test_copies_are_examined_once(shelf: Shelf) -> None:
    shelf.put("a.jpg", "same")
    shelf.take_in()
    shelf.put("b.jpg", "same")
    shelf.take_in()
    assert len(_due(shelf, Phase("metadata", 2))) == 1


def test_old_results_stay_until_new_ones_take_their_place(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", {"camera": "Nikon D90", "keywords": ["harbour"]})
    shelf.take_in()
    shelf.library.make_pending(["metadata"])
    assert shelf.record(path)["facts"]["camera"] == "Nikon D90"
    assert {phase["name"]: phase["state"] for phase in shelf.record(path)["phases"]} == {
        "thumbnail": "done",
        "metadata": "pending",
        "content": "done",
    }
    (wanted,) = shelf.library.wanted([Phase("metadata", 1)], shelf.library.wanted_ids([Phase("metadata", 1)]))
    new = Done("metadata", 1, 0.0, Findings({"camera": Fact("Canon EOS 6D", "exif")}))
    shelf.library.save([_with(look(wanted), new)])
    assert shelf.record(path)["facts"] == {"camera": "Canon EOS 6D"}
    assert shelf.record(path)["tags"] == []


def _with(examined: Examined, *done: Done) -> Examined:
    return Examined(examined.file_id, examined.size, examined.mtime_ns, examined.content, done)


def test_a_phase_that_fails_is_not_tried_again_until_its_version_rises(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    problem = Message("corrupt", "a.jpg is damaged.")
    shelf.executor.look = lambda wanted: _with(
        look(wanted), *(Done(name, 1, 0.0, problem=problem) for name in wanted.phases)
    )
    shelf.take_in()
    assert shelf.take_in().examined == 0
    assert shelf.record(path)["phases"][0]["problem"] == "a.jpg is damaged."
    assert _due(shelf, Phase("metadata", 2)) == [("metadata",)]


def test_a_file_that_killed_its_worker_is_left_alone_until_it_changes(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")

    def crash(wanted: Wanted) -> Examined:
        return Examined(wanted.file_id, wanted.size, wanted.mtime_ns, problem=WorkerError("crashed", "…").message)

    shelf.executor.look = crash
    shelf.take_in()
    assert shelf.record(path)["state"] == "corrupt"
    assert shelf.take_in().examined == 0
    shelf.executor.look = look
    shelf.put("a.jpg", "mended")
    assert shelf.take_in().examined == 1
    assert shelf.record(path)["state"] == "ok"


def test_a_file_without_permission_is_tried_at_every_import(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    denied = Message("unreadable", "a.jpg cannot be read.")
    shelf.executor.look = lambda wanted: Examined(wanted.file_id, wanted.size, wanted.mtime_ns, problem=denied)
    shelf.take_in()
    assert shelf.record(path)["state"] == "unreadable"
    shelf.executor.look = look
    assert shelf.take_in().examined == 1
    assert shelf.record(path)["state"] == "ok"


def test_deleted_thumbnails_are_made_again_and_nothing_else(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put("a.jpg")
    shelf.take_in()
    shelf.library.close()
    for file in shelf.library.folder.glob("thumbnails.db*"):
        file.unlink()
    shelf.library = Library(shelf.library.folder)
    assert _due(shelf, Phase("thumbnail", 1), Phase("metadata", 1), Phase("content", 1)) == [("thumbnail",)]


def test_a_thumbnail_file_full_of_rubbish_is_replaced(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    shelf.take_in()
    shelf.library.close()
    (shelf.library.folder / "thumbnails.db").write_bytes(b"rubbish" * 1000)
    shelf.library = Library(shelf.library.folder)
    assert _due(shelf, Phase("thumbnail", 1)) == [("thumbnail",)]


def test_phases_are_chosen_for_some_items_only(shelf: Shelf) -> None:
    one = shelf.put("a.jpg")
    shelf.put("b.jpg")
    shelf.take_in()
    assert shelf.library.make_pending(["metadata", "content"], [shelf.media_id(one)]) == 1
    assert _due(shelf, Phase("metadata", 1), Phase("content", 1)) == [("metadata", "content")]


def test_a_run_that_ended_is_remembered_with_its_speed(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    shelf.take_in()
    (run,) = shelf.library.last_runs(5)
    assert run.seconds is not None
    assert run.counts["added"] == 1
    assert {speed.name: speed.files for speed in run.phases} == {"thumbnail": 1, "metadata": 1, "content": 1}


def test_a_run_that_was_killed_has_no_end(shelf: Shelf) -> None:
    shelf.library.begin_run("import")
    assert shelf.library.last_runs(1)[0].seconds is None
