"""Answers in the library: found, traced, edited, removed, and given to libraries that were made before."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from engines.analysis.cloud_phases import DESCRIPTION, PRODUCTS
from engines.analysis.requests import contents_at
from engines.library.cloud.answers import Author
from engines.library.database import Database
from engines.library.library import Library
from engines.library.schema import MIGRATIONS
from engines.search.explain import explain
from engines.search.find import find
from engines.types import Done, Fact, Findings, Message, Phase, Tag
from tests.shelf import Shelf

AUTHOR = Author("test/vision", "nvidia.com", is_local=False)


def answer(shelf: Shelf, path: Path, phase: Phase, findings: Findings) -> None:
    store = shelf.library.cloud
    (content_id,) = contents_at(shelf.library, str(path))
    store.add([content_id], phase.name)
    (request,) = store.due(1e12, [], 10)
    store.save_answer(request, Done(phase.name, phase.version, 0.1, findings), AUTHOR)


def described(text: str, *tags: str) -> Findings:
    model = AUTHOR.model
    return Findings({"description": Fact(text, model)}, tuple(Tag(tag, 1.0, model) for tag in tags))


def products(*names: str) -> Findings:
    listed = [{"name": name, "confidence": 0.9} for name in names]
    return Findings({"products": Fact(listed, AUTHOR.model)})


@pytest.fixture
def cake(shelf: Shelf) -> Path:
    path = shelf.put("cake.jpg")
    shelf.put("other.jpg")
    shelf.take_in()
    answer(shelf, path, DESCRIPTION, described("A birthday cake with seven candles.", "party"))
    answer(shelf, path, PRODUCTS, products("Coke can", "Coke can", "Oat milk", "coke CAN"))
    return path


def found(shelf: Shelf, query: str) -> list[int]:
    return [int(one) for one in find(shelf.library, query).ids]


@pytest.mark.parametrize(
    ("query", "signal", "detail"),
    [
        ('description:"birthday cake"', "description", "A *birthday cake* with seven candles."),
        ("description:candle*", "description", "*candles*"),
        ("has:description", "field", "has description"),
        ("birthday candles", "description", "*birthday*"),
        ('product:"coke can"', "product", "product: Coke can, 3 of it"),
        ("product:coke>=3", "product", "Coke can"),
        ('product="coke can"', "product", "Coke can"),
        ("product:milk", "product", "Oat milk"),
        ("products:>3", "field", "products 4 is more than 3"),
        ("has:products", "field", "has products"),
        ("oat milk", "product", "*Oat* *milk*"),
        ("tag:party", "tag", "party"),
    ],
)
def test_an_answer_is_found_and_says_why(shelf: Shelf, cake: Path, query: str, signal: str, detail: str) -> None:
    results = find(shelf.library, query)
    assert [int(one) for one in results.ids] == [shelf.media_id(cake)]
    ((*reasons,),) = explain(shelf.library, results)
    assert [one for one in reasons if one.signal == signal and detail in one.detail], reasons


@pytest.mark.parametrize(
    "query",
    [
        "product=coke",
        "product:coke>3",
        "product:tea",
        "products:>4",
        "description:wedding",
        "-has:description cake",
        "oat tea",
    ],
)
def test_what_was_not_answered_is_not_found(shelf: Shelf, cake: Path, query: str) -> None:
    assert not found(shelf, query)


def test_an_answer_says_whose_it_is(shelf: Shelf, cake: Path) -> None:
    record = shelf.record(cake)
    assert record["origins"]["description"] == "test/vision"
    first, second = record["answers"]
    assert first == {"phase": "description", "model": "test/vision", "service": "nvidia.com", "where": "cloud"} | {
        "at": first["at"]
    }
    assert second["phase"] == "products"
    (tag,) = record["tags"]
    assert (tag["name"], tag["origin"]["source"], tag["origin"]["where"]) == ("party", "test/vision", "cloud")


def test_what_a_person_edits_is_never_overwritten(shelf: Shelf, cake: Path) -> None:
    media_id = shelf.media_id(cake)
    shelf.library.type_in([media_id], {"description": "Grandma's cake", "products": [{"name": "Cake tin"}]})
    answer(shelf, cake, DESCRIPTION, described("A pile of shoes."))
    answer(shelf, cake, PRODUCTS, products("Shoe"))
    assert shelf.library.facts(media_id)["description"] == Fact("Grandma's cake", "user")
    assert found(shelf, "grandma's description:cake") == found(shelf, "product:tin") == [media_id]
    assert not found(shelf, "description:shoes")
    assert not found(shelf, "product:shoe")
    shelf.library.type_in([media_id], {"description": None, "products": None})
    assert found(shelf, "description:shoes product:shoe") == [media_id]


def test_a_person_may_say_that_there_is_nothing(shelf: Shelf, cake: Path) -> None:
    media_id = shelf.media_id(cake)
    shelf.library.type_in([media_id], {"description": "", "products": []})
    assert not found(shelf, "has:description")
    assert not found(shelf, "has:products")
    assert found(shelf, "products:0") == [media_id]


def test_what_is_removed_is_forgotten(shelf: Shelf, cake: Path) -> None:
    contents = contents_at(shelf.library, str(cake))
    shelf.library.cloud.remove_answers(contents, DESCRIPTION.name)
    assert not found(shelf, "birthday")
    assert not found(shelf, "tag:party")
    assert [one["phase"] for one in shelf.record(cake)["answers"]] == ["products"]
    assert shelf.library.cloud.unanswered(contents, DESCRIPTION.name, DESCRIPTION.version) == contents


def test_the_products_of_a_library_are_listed(shelf: Shelf, cake: Path) -> None:
    answer(shelf, shelf.photos / "other.jpg", PRODUCTS, products("Oat milk"))
    first, second = shelf.library.index.products.overview()
    assert (first.name, first.media, first.with_others) == ("Oat milk", 2, ("Coke can",))
    assert (second.name, second.media, second.best) == ("Coke can", 1, shelf.media_id(cake))
    assert first.first_s <= first.last_s


def test_an_import_that_runs_again_leaves_answers_alone(shelf: Shelf, cake: Path) -> None:
    shelf.put("third.jpg")
    shelf.take_in()
    assert shelf.executor.examined == ["third.jpg"]
    assert found(shelf, "birthday") == [shelf.media_id(cake)]


def test_what_failed_waits_for_somebody_to_ask_again(shelf: Shelf, cake: Path) -> None:
    store = shelf.library.cloud
    contents = contents_at(shelf.library, str(cake))
    store.add(contents, DESCRIPTION.name, stretch=(1.0, 2.0))
    (request,) = store.due(1e12, [], 10)
    assert (request.start_s, request.end_s) == (1.0, 2.0)
    store.put_off(request.id, 1e11)
    assert not store.due(1e10, [], 10)
    store.fail(request.id, Message("cloud_refused", "No."))
    assert not store.due(1e12, [], 10)
    (failed,) = store.failures()
    assert (failed.path, failed.problem.text) == (str(cake), "No.")
    assert store.retry() == 1
    assert len(store.due(1, [], 10)) == 1
    assert store.cancel() == 1
    assert store.waiting() == []


def test_a_library_of_the_version_before_gains_all_this(tmp_path: Path) -> None:
    """Words are found as before, nothing has to be examined again, and a kill in the middle does no harm."""
    before = MIGRATIONS[:-1]
    folder = tmp_path / "library"
    folder.mkdir()
    with closing(Database(folder / "library.db", writable=True, migrations=before)) as old, old.write() as connection:
        connection.execute("INSERT INTO root (id, path, shown) VALUES (1, x'2f70', '/p')")
        connection.execute("INSERT INTO folder (id, root_id, path, shown) VALUES (1, 1, x'', '/p')")
        for number in range(1, 451):
            connection.execute(
                "INSERT INTO content (id, digest, whole, size_bytes, format, kind, state) "
                "VALUES (?1, CAST(?1 AS BLOB), 1, 1, 'jpeg', 'photo', 'ok')",
                (number,),
            )
            connection.execute(
                "INSERT INTO media (id, change, state, kind, file_id, folder_id, content_id, added_s, shown_s) "
                "VALUES (?1, 1, 'ok', 'photo', ?1, 1, ?1, 0, 0)",
                (number,),
            )
            connection.execute(
                "INSERT INTO file (id, folder_id, name, shown, stem, media_id, content_id, size_bytes, mtime_ns, "
                "waiting) VALUES (?1, 1, CAST(?2 AS BLOB), ?2, ?2, ?1, ?1, 1, 1, 0)",
                (number, f"harbour {number}.jpg"),
            )
            connection.execute(
                "INSERT INTO done (content_id, phase, version, at_s) VALUES (?, 'metadata', 1, 0)", (number,)
            )
        connection.execute("UPDATE meta SET value = 1 WHERE key = 'change'")
    Database(folder / "library.db", writable=True).close()  # migrated, but killed before the words were filled
    with closing(Library(folder)) as library:
        assert len(find(library, "harbour", limit=None).ids) == 450
        assert [int(one) for one in find(library, "harbour 17").ids] == [17]
        assert not library.wanted_ids([Phase("metadata", 1)])
        with library.database.read() as connection:
            assert connection.execute("SELECT count(*) FROM words WHERE words MATCH 'harbour'").get == 450
            assert connection.execute("SELECT count(*) FROM meta WHERE key = 'words_through'").get == 0


def test_products_have_boxes_over_a_photo(shelf: Shelf) -> None:
    path, film = shelf.put("shelf.jpg"), shelf.put("shelf.mp4")
    shelf.take_in()
    box = [0.1, 0.2, 0.3, 0.4]
    seen = [{"name": "milk", "confidence": 0.7, "box": box}, {"name": "tea", "confidence": 0.6, "box": box}]
    seen.append({"name": "bread", "count": 2})
    answer(shelf, path, PRODUCTS, Findings({"products": Fact(seen, AUTHOR.model)}))
    timed = [one | {"time_s": 3.0} for one in seen]
    answer(shelf, film, PRODUCTS, Findings({"products": Fact(timed, AUTHOR.model)}))
    found = shelf.library.boxes(shelf.media_id(path))
    assert [(one.label, one.score, one.left, one.height) for one in found] == [
        ("tea", 0.6, 0.1, 0.4),
        ("milk", 0.7, 0.1, 0.4),
    ]
    assert shelf.library.boxes(shelf.media_id(film)) == []


def test_single_failures_can_be_tried_again(shelf: Shelf) -> None:
    paths = [shelf.put("a.jpg"), shelf.put("b.jpg")]
    shelf.take_in()
    store = shelf.library.cloud
    store.add([content for path in paths for content in contents_at(shelf.library, str(path))], "description")
    first, second = store.due(1e12, [], 10)
    for request in (first, second):
        store.fail(request.id, Message("cloud_refused", "No."))
    assert store.retry([first.id]) == 1
    assert [one.id for one in store.failures()] == [second.id]
    store.put_off(first.id, 1e12)
    assert store.next_due_s() == 1e12
    store.hasten()
    assert store.next_due_s() == 0
    assert store.retry() == 1
    assert store.failures() == []


def test_a_pause_lasts(shelf: Shelf) -> None:
    assert not shelf.library.cloud.paused
    shelf.library.cloud.paused = True
    shelf.library.close()
    shelf.open_again()
    assert shelf.library.cloud.paused
    shelf.library.cloud.paused = False
    assert not shelf.library.cloud.paused
