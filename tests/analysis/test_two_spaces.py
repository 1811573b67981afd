"""While the vectors of other networks fill a space of their own, nothing vanishes from search."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from engines.analysis import phases
from engines.analysis.desk import InlineDesk
from engines.analysis.look_once import look_once
from engines.analysis.networks import Networks
from engines.analysis.phases import chosen, of_networks, of_workers
from engines.analysis.pipeline import ScanRules
from engines.analysis.run import Runner
from engines.cancel import Cancelled, CancelToken
from engines.inference import sets
from engines.library.library import Library
from engines.library.vector_ledger import Space
from engines.search.sense import Sense
from engines.types import Examined, Phase, Wanted
from tests.seeing import Cabinet, picture
from tests.shelf import OneAtATime, Shelf, look

GOLDEN_RETRIEVER = 207  # number of ImageNet's class
OLD_FILES = 3


@pytest.fixture
def other_networks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A second set, which is there: its phase `meaning` is another version, and so fills another space."""
    starter = phases._BY_SET["starter"]
    raised = {replace(phase, version=phase.version + (phase.name == "meaning")): starter[phase] for phase in starter}
    monkeypatch.setitem(phases._BY_SET, "other", raised)
    monkeypatch.setitem(sets.SETS, "other", replace(sets.STARTER, name="other"))
    yield
    sets.use("starter")


def look_for_networks(wanted: Wanted) -> Examined:
    due = dict(zip(wanted.phases, chosen(wanted.phases), strict=True))
    examined = look(replace(wanted, phases=tuple(phase.name for phase in of_workers(due.values()))))
    seeing = of_networks(due.values())
    waiting = [key for key, phase in due.items() if phase in seeing]
    assert examined.content is not None
    to_infer = picture(GOLDEN_RETRIEVER, *waiting, digest=examined.content.digest) if waiting else None
    return replace(examined, to_infer=to_infer)


def run(library: Library, photos: Path, cabinet: Cabinet, token: CancelToken | None = None) -> list[str]:
    """The names of the files that were examined, in their order."""

    @contextmanager
    def start_desk() -> Iterator[InlineDesk]:
        yield InlineDesk(Networks(cabinet, 1))

    executor = OneAtATime(look_for_networks)
    runner = Runner(library, ScanRules(), lambda: nullcontext(executor), token or CancelToken(), start_desk=start_desk)
    with suppress(Cancelled):
        runner.import_paths([str(photos)])
    return executor.examined


def space(of_set: str) -> Space:
    known = phases.effective(phases._BY_SET[of_set], phases._weights())
    meaning: Phase = next(phase for phase in known if phase.name == "meaning")
    return Space("meaning", meaning.version, 384)


def fills(library: Library) -> dict[Space, int]:
    return {fill.space: fill.vectors for fill in library.vectors.fills("meaning")}


@pytest.fixture
def changing(shelf: Shelf, other_networks: None) -> Shelf:
    """Three files of the old networks; then others were chosen, a file was added, and the run was stopped after it."""
    for number in range(OLD_FILES):
        shelf.put(f"{number}.jpg")
    run(shelf.library, shelf.photos, Cabinet())
    assert fills(shelf.library) == {space("starter"): OLD_FILES}
    sets.use("other")
    shelf.put("new.jpg")
    token = CancelToken()
    examined = run(shelf.library, shelf.photos, Cabinet(lambda runner: token.cancel()), token)
    assert examined[0] == "new.jpg"
    return shelf


def test_a_new_file_gets_the_vectors_of_both(changing: Shelf) -> None:
    library = changing.library
    assert fills(library) == {space("starter"): OLD_FILES + 1, space("other"): 1}
    assert library.vectors.searched("meaning") == space("starter")


def test_the_new_file_is_found_by_meaning_at_once(changing: Shelf) -> None:
    columns = changing.library.index.columns()
    sense = Sense.of(changing.library.index, columns)
    ids, cosines = sense.nearest(sense.encode("golden retriever"), columns.listed, 10)
    assert changing.media_id(changing.photos / "new.jpg") in ids.tolist()
    assert len(ids) == OLD_FILES + 1
    assert cosines.min() > 0.5


def test_what_the_old_networks_have_seen_they_do_not_see_again(changing: Shelf) -> None:
    cabinet = Cabinet()
    run(changing.library, changing.photos, cabinet)
    assert {name: sum(runner.batches) for name, runner in cabinet.runners.items()} == dict.fromkeys(
        cabinet.runners, OLD_FILES
    )


def test_the_next_run_fills_the_new_space_and_drops_the_old_one(changing: Shelf) -> None:
    run(changing.library, changing.photos, Cabinet())
    assert fills(changing.library) == {space("other"): OLD_FILES + 1}
    changing.put("newer.jpg")
    run(changing.library, changing.photos, Cabinet())
    assert fills(changing.library) == {space("other"): OLD_FILES + 2}


def test_a_kill_meanwhile_loses_neither(changing: Shelf, tmp_path: Path) -> None:
    killed = tmp_path / "killed"
    shutil.copytree(changing.library.folder, killed)  # nothing was closed, and nothing brought to the disk
    library = Library(killed)
    assert fills(library) == {space("starter"): OLD_FILES + 1, space("other"): 1}
    run(library, changing.photos, Cabinet())
    assert fills(library) == {space("other"): OLD_FILES + 1}
    library.close()


def test_networks_that_are_gone_are_not_asked(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put("a.jpg")
    run(shelf.library, shelf.photos, Cabinet())
    monkeypatch.setitem(phases._BY_SET, "other", {})
    monkeypatch.setattr(sets, "_chosen", replace(sets.STARTER, name="other"))
    monkeypatch.setitem(sets.SETS, "starter", replace(sets.STARTER, meaning=("gone",)))
    spaces = shelf.library.vectors.spaces()
    assert not phases.outgoing((one.phase, one.version) for one in spaces)


def test_a_picture_from_outside_can_be_compared_with_those_of_the_old_networks(changing: Shelf) -> None:
    path = changing.put("outside.jpg")
    (key,) = phases.outgoing([("meaning", space("starter").version)])
    done = look_once(str(path), key, OneAtATime(look_for_networks), Networks(Cabinet()))
    assert (done.phase, done.version) == ("meaning", space("starter").version)


def test_going_back_to_the_old_networks_feeds_their_space_first(changing: Shelf) -> None:
    sets.use("starter")
    assert list(phases.outgoing([("meaning", space("other").version)])) == ["other/meaning"]
    run(changing.library, changing.photos, Cabinet())
    assert fills(changing.library)[space("starter")] == OLD_FILES + 1
