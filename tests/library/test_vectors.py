"""Vectors stay with their pictures through kills, power cuts, damage, replacements and new versions."""

from __future__ import annotations

import errno
import shutil
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.errors import LibraryError
from engines.library import results, vector_rows, vectors
from engines.library.library import Library
from engines.library.vector_file import VectorWriter, record_type
from engines.library.vector_ledger import Space
from engines.types import Content, Done, Examined, Findings, Message, Phase, Wanted
from tests.shelf import Shelf, look

DIMENSIONS = 8
HEADER = 64  # bytes
ROW = record_type(DIMENSIONS).itemsize
COUNT = 6
MEANING = Phase("meaning", 1)
SPACE, NEW = Space("meaning", 1, DIMENSIONS), Space("meaning", 2, DIMENSIONS)

Vector = NDArray[np.float32]


def unit(number: int) -> Vector:
    vector = np.random.default_rng(number).standard_normal(DIMENSIONS).astype(np.float32)
    return vector / np.float32(np.linalg.norm(vector))


def learnt(wanted: Wanted, *done: Done) -> Examined:
    examined = look(replace(wanted, phases=()))
    return Examined(examined.file_id, examined.size, examined.mtime_ns, examined.content, done)


def meaning(number: int, version: int = 1) -> Done:
    return Done("meaning", version, 0.0, Findings(vector=unit(number)))


def due(library: Library, phase: Phase = MEANING) -> list[Wanted]:
    return list(library.wanted([phase], library.wanted_ids([phase])))


def learn(library: Library, phase: Phase = MEANING) -> None:
    """Give a vector to everyone who lacks one, by the number in the file's name."""
    for wanted in due(library, phase):
        library.save([learnt(wanted, meaning(number_of(wanted), phase.version))])


def number_of(wanted: Wanted) -> int:
    return int(Path(wanted.path).stem)


def alive(library: Library, space: Space = SPACE) -> dict[int, Vector]:
    """The vectors by content."""
    rows = library.vectors.rows(space)
    places = np.flatnonzero(rows.contents)
    return {int(rows.contents[place]): rows.records["vector"][place].astype(np.float32) for place in places}


def numbers(library: Library, space: Space = SPACE) -> list[int]:
    """Whose vectors there are, by the vectors themselves."""
    known = np.stack([unit(number) for number in range(40)])
    return sorted(int(np.argmax(known @ vector)) for vector in alive(library, space).values())


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    """Six photos with a vector each; whatever happens to the process now, it was not asked to close."""
    for number in range(COUNT):
        shelf.put(f"{number}.jpg")
    shelf.take_in()
    learn(shelf.library)
    return shelf


@pytest.fixture
def file(filled: Shelf) -> Path:
    return path_of(filled.library)


def path_of(library: Library, space: Space = SPACE) -> Path:
    return library.folder / "vectors" / f"{space.name}.vectors"


@pytest.fixture
def killed(filled: Shelf, tmp_path: Path) -> Callable[[], Path]:
    """Makes a copy of the library as a killed process leaves it."""
    places = iter(tmp_path / f"killed {number}" for number in range(1000))

    def kill() -> Path:
        return Path(shutil.copytree(filled.library.folder, next(places)))

    return kill


def stop(shelf: Shelf) -> None:
    """End the process that writes; what the shelf has then is one that reads."""
    shelf.library.close()
    shelf.library = Library(shelf.library.folder, writable=False)


def test_what_was_saved_is_there_for_the_next_process(filled: Shelf) -> None:
    stop(filled)
    with closing(Library(filled.library.folder)) as library:
        assert numbers(library) == list(range(COUNT))
        assert due(library) == []
        assert library.vectors.findings() == []


def test_a_killed_process_loses_nothing(killed: Callable[[], Path]) -> None:
    with closing(Library(killed())) as library:
        assert numbers(library) == list(range(COUNT))
        assert due(library) == []


@pytest.mark.parametrize("offset", range(HEADER, HEADER + COUNT * ROW + 1, 9))
def test_vectors_that_a_power_cut_took_are_made_again(killed: Callable[[], Path], offset: int) -> None:
    folder = killed()
    path = folder / "vectors" / f"{SPACE.name}.vectors"
    path.write_bytes(path.read_bytes()[:offset])
    left = (offset - HEADER) // ROW
    with closing(Library(folder)) as library:
        assert numbers(library) == list(range(left))
        assert [number_of(wanted) for wanted in due(library)] == list(range(left, COUNT))
        learn(library)
        assert numbers(library) == list(range(COUNT))
    with closing(Library(folder)) as library:
        assert due(library) == []


@pytest.mark.parametrize("offset", range(HEADER + 3, HEADER + COUNT * ROW, 17))
def test_blocks_that_a_power_cut_left_empty_are_made_again(killed: Callable[[], Path], offset: int) -> None:
    folder = killed()
    path = folder / "vectors" / f"{SPACE.name}.vectors"
    data = path.read_bytes()
    path.write_bytes(data[:offset].ljust(len(data), b"\0"))
    with closing(Library(folder)) as library:
        missing = [number_of(wanted) for wanted in due(library)]
        assert sorted(numbers(library) + missing) == list(range(COUNT))
        assert missing
        learn(library)
        assert numbers(library) == list(range(COUNT))


def test_the_cache_of_a_longer_file_is_not_believed(killed: Callable[[], Path], filled: Shelf) -> None:
    filled.library.vectors.settle()
    folder = killed()
    path = folder / "vectors" / f"{SPACE.name}.vectors"
    path.write_bytes(path.read_bytes()[: HEADER + 2 * ROW])
    with closing(Library(folder)) as library:
        assert numbers(library) == [0, 1]
        assert len(due(library)) == COUNT - 2


@pytest.mark.parametrize("left", [None, b"", b"ImEgVec1", b"nothing of ours" * 50])
def test_a_file_that_is_lost_is_made_again(filled: Shelf, file: Path, left: bytes | None) -> None:
    stop(filled)
    file.unlink()
    if left is not None:
        file.write_bytes(left)
    with closing(Library(filled.library.folder)) as library:
        assert library.vectors.spaces() == ()
        assert len(due(library)) == COUNT
        learn(library)
        assert numbers(library) == list(range(COUNT))


def test_a_file_of_another_library_is_not_taken_for_ones_own(filled: Shelf, file: Path, tmp_path: Path) -> None:
    other = Shelf(tmp_path / "other")
    other.put("30.jpg")
    other.take_in()
    learn(other.library)
    other.library.close()
    stop(filled)
    shutil.copy(path_of(other.library), file)
    with closing(Library(filled.library.folder)) as library:
        assert len(due(library)) == COUNT
        assert alive(library) == {}


def test_a_search_does_without_a_file_that_is_gone(filled: Shelf, file: Path) -> None:
    stop(filled)
    file.unlink()
    with closing(Library(filled.library.folder, writable=False)) as library:
        assert len(library.vectors.rows(SPACE)) == 0


@pytest.mark.parametrize("byte", [0, 9, 13, 17, ROW - 1])
def test_damage_is_told_and_the_damaged_made_again(filled: Shelf, file: Path, byte: int) -> None:
    stop(filled)
    data = bytearray(file.read_bytes())
    data[HEADER + 2 * ROW + byte] ^= 1
    file.write_bytes(data)
    with closing(Library(filled.library.folder)) as library:
        assert "1 vectors are damaged" in library.vectors.findings()[0]
        assert numbers(library) == [0, 1, 3, 4, 5]
        library.vectors.settle()
        assert [number_of(wanted) for wanted in due(library)] == [2]
        learn(library)
        assert numbers(library) == list(range(COUNT))
        assert library.vectors.findings() == []


def test_a_later_vector_takes_the_place_of_an_earlier_one(filled: Shelf) -> None:
    filled.library.make_pending(["meaning"])
    (wanted, *_) = due(filled.library)
    filled.library.save([learnt(wanted, meaning(20))])
    assert numbers(filled.library) == [1, 2, 3, 4, 5, 20]
    stop(filled)
    with closing(Library(filled.library.folder)) as library:
        assert numbers(library) == [1, 2, 3, 4, 5, 20]


def test_two_vectors_of_one_picture_in_one_batch_are_one(filled: Shelf) -> None:
    filled.library.make_pending(["meaning"])
    (wanted, *_) = due(filled.library)
    filled.library.save([learnt(wanted, meaning(20)), learnt(wanted, meaning(21))])
    assert numbers(filled.library) == [1, 2, 3, 4, 5, 21]


def test_a_picture_that_gives_no_vector_any_more_loses_the_old_one(filled: Shelf) -> None:
    filled.library.make_pending(["meaning"])
    (wanted, *_) = due(filled.library)
    filled.library.save([learnt(wanted, Done("meaning", 1, 0.0, problem=Message("damaged", "It is cut short.")))])
    assert numbers(filled.library) == [1, 2, 3, 4, 5]


def test_a_transaction_that_fails_leaves_no_vector(filled: Shelf) -> None:
    filled.library.make_pending(["meaning"])
    batch = [learnt(wanted, meaning(20)) for wanted in due(filled.library)]

    def save_and_fail() -> None:
        found = [(one.content.digest, one.done) for one in batch if one.content is not None]
        with filled.library.vectors.taking(found) as take, filled.library.write() as connection:
            results.save(connection, batch)
            take(connection)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        save_and_fail()
    assert 20 not in numbers(filled.library)
    learn(filled.library)
    assert numbers(filled.library) == list(range(COUNT))


def test_a_disk_that_is_full_leaves_no_half_vector(filled: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.library.make_pending(["meaning"])
    batch = [learnt(wanted, meaning(20)) for wanted in due(filled.library)]
    write = VectorWriter._write

    def fill_up(writer: VectorWriter, offset: int, data: bytes) -> None:
        write(writer, offset, data[: len(data) // 2] if len(data) > ROW else data)
        if len(data) > ROW:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(VectorWriter, "_write", fill_up)
    with pytest.raises(LibraryError):
        filled.library.save(batch)
    monkeypatch.undo()
    assert 20 not in numbers(filled.library)
    assert len(due(filled.library)) == COUNT
    learn(filled.library)
    assert numbers(filled.library) == list(range(COUNT))
    assert filled.library.vectors.findings() == []


def test_vectors_without_an_owner_do_not_go_to_whoever_gets_their_number(killed: Callable[[], Path]) -> None:
    folder = killed()
    path = folder / "vectors" / f"{SPACE.name}.vectors"
    with closing(Library(folder)) as library:
        library.vectors.add(SPACE, np.array([500]), np.array([500]), unit(30)[np.newaxis])
        killed_again = Path(shutil.copytree(folder, folder.with_name("killed again")))
    assert path.stat().st_size == HEADER + (COUNT + 1) * ROW
    with closing(Library(killed_again)) as library:
        assert 500 not in alive(library)
        assert numbers(library) == list(range(COUNT))


def test_what_no_file_shows_any_more_is_buried_and_left_out_later(
    filled: Shelf, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "_DEAD_LEAST", 0)
    monkeypatch.setattr(vectors, "_DEAD_SHARE", 0.0)
    before = file.stat().st_size
    filled.put("3.jpg", "other bytes")
    filled.take_in()
    assert file.stat().st_size == before - ROW
    assert numbers(filled.library) == [0, 1, 2, 4, 5]
    learn(filled.library)
    assert numbers(filled.library) == list(range(COUNT))
    stop(filled)
    with closing(Library(filled.library.folder)) as library:
        assert numbers(library) == list(range(COUNT))
        assert due(library) == []


def test_a_library_from_a_backup_takes_no_vectors_of_later_pictures(
    filled: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were moved among the older ones when the file was written anew, and their numbers are given away again."""
    monkeypatch.setattr(vectors, "_DEAD_LEAST", 0)
    monkeypatch.setattr(vectors, "_DEAD_SHARE", 0.0)
    stop(filled)
    folder = Path(shutil.copytree(filled.library.folder, tmp_path / "copy"))
    backup = shutil.copy(folder / "library.db", tmp_path / "backup.db")
    with closing(Library(folder)) as library:
        add(library, [500, 501])
        library.vectors.remove([1, 2, 3])
        library.vectors.settle()
        assert {500, 501} < set(alive(library))
    shutil.copy(backup, folder / "library.db")
    with closing(Library(folder)) as library:
        assert not {500, 501} & set(alive(library))
        assert [number_of(wanted) for wanted in due(library)] == [0, 1, 2]


def test_a_new_version_fills_a_space_of_its_own_while_the_old_one_is_searched(filled: Shelf) -> None:
    library = filled.library
    for wanted in due(library, Phase("meaning", 2))[:-1]:
        library.save([learnt(wanted, meaning(number_of(wanted) + 10, version=2))])
        library.vectors.settle()
        assert library.vectors.searched("meaning") == SPACE
        assert numbers(library) == list(range(COUNT))
    learn(library, Phase("meaning", 2))
    assert library.vectors.searched("meaning") == NEW
    library.vectors.settle()
    assert library.vectors.spaces() == (NEW,)
    assert sorted(path.name for path in path_of(library).parent.iterdir()) == [
        f"{NEW.name}.cache",
        f"{NEW.name}.vectors",
    ]


def test_a_new_file_goes_into_both_spaces_meanwhile(filled: Shelf) -> None:
    library = filled.library
    (first, *_) = due(library, Phase("meaning", 2))
    library.save([learnt(first, meaning(0, version=2))])
    assert [(fill.space, fill.vectors) for fill in library.vectors.fills("meaning")] == [(SPACE, COUNT), (NEW, 1)]
    filled.put("9.jpg")
    filled.take_in()
    new = next(wanted for wanted in due(library, Phase("meaning", 2)) if number_of(wanted) == 9)
    library.save([learnt(new, meaning(9, version=1), meaning(9, version=2))])
    assert 9 in numbers(library, SPACE)
    assert 9 in numbers(library, NEW)
    assert 9 not in [number_of(wanted) for wanted in due(library, Phase("meaning", 2))]


def test_a_picture_that_the_new_version_cannot_do_does_not_keep_the_old_space(filled: Shelf) -> None:
    library = filled.library
    failing, *others = due(library, Phase("meaning", 2))
    library.save([learnt(failing, Done("meaning", 2, 0.0, problem=Message("damaged", "It is cut short.")))])
    for wanted in others:
        library.save([learnt(wanted, meaning(number_of(wanted), version=2))])
    library.vectors.settle()
    assert library.vectors.spaces() == (NEW,)


def test_another_process_sees_what_is_added_and_what_is_left_out(
    filled: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "_DEAD_LEAST", 0)
    monkeypatch.setattr(vectors, "_DEAD_SHARE", 0.0)
    with closing(Library(filled.library.folder, writable=False)) as reader:
        assert numbers(reader) == list(range(COUNT))
        filled.put("7.jpg")
        filled.put("3.jpg", "other bytes")
        filled.take_in()
        learn(filled.library)
        rows = reader.vectors.rows(SPACE)
        contents, _ = rows.cosines(np.arange(len(rows)), unit(3))
        assert len(set(contents.tolist()) - {0}) == COUNT + 1  # the buried one is none any more
        filled.library.vectors.settle()
        assert numbers(reader) == numbers(filled.library)


def test_files_that_belong_to_no_space_are_removed(filled: Shelf, file: Path) -> None:
    stop(filled)
    for name in ("old-1-8.vectors", "old-1-8.cache", f"{SPACE.name}.vectors.part"):
        (file.parent / name).write_bytes(b"left behind")
    with closing(Library(filled.library.folder)):
        assert [path.suffix for path in file.parent.iterdir() if path.suffix != ".cache"] == [".vectors"]


def test_many_may_read_while_one_writes(filled: Shelf) -> None:
    library, faults, done = filled.library, [], threading.Event()
    truth = {1000 + number: unit(number) for number in range(2000)}

    def read() -> None:
        while not done.is_set():
            rows = library.vectors.rows(SPACE)
            contents, found = rows.cosines(np.arange(len(rows)), unit(0))
            for content, cosine in zip(contents.tolist(), found.tolist(), strict=True):
                if content >= 1000 and abs(cosine - float(truth[content] @ unit(0))) > 5e-3:
                    faults.append(content)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for start in range(1000, 3000, 25):
        ids = np.arange(start, start + 25)
        library.vectors.add(SPACE, ids, ids, np.stack([truth[number] for number in ids.tolist()]))
    done.set()
    for reader in readers:
        reader.join()
    assert not faults
    assert len(alive(library)) == COUNT + 2000


def test_bits_made_batch_by_batch_are_those_made_at_once(filled: Shelf) -> None:
    for start in range(1000, 1500, 50):
        add(filled.library, range(start, start + 50))
        filled.library.vectors.rows(SPACE)
    grown = filled.library.vectors.rows(SPACE)
    filled.library.vectors.settle()
    with closing(Library(filled.library.folder, writable=False)) as reader:
        kept = reader.vectors.rows(SPACE)
    assert np.array_equal(kept.contents, grown.contents)
    for place in (0, 77, 400):
        vector = kept.records["vector"][place].astype(np.float32)
        assert np.array_equal(kept.signs(vector), kept.bits[:, place])


def add(library: Library, ids: Sequence[int]) -> None:
    library.vectors.add(SPACE, np.array(ids), np.array(ids), np.stack([unit(number) for number in ids]))


def test_a_video_or_photo_that_was_removed_meanwhile_gets_no_vector(filled: Shelf) -> None:
    ghost = Examined(9999, 1, 1, Content(b"x" * 16, True, 1, "jpg", None), (meaning(20),))
    filled.library.save([ghost])
    assert 20 not in numbers(filled.library)


def test_stored_numbers_are_widened_exactly() -> None:
    every = np.arange(65_536, dtype=np.uint16).view(np.float16)
    finite = every[np.isfinite(every)]
    assert np.array_equal(vector_rows._widened(finite), finite.astype(np.float32))
