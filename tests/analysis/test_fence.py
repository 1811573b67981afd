"""Nothing leaves from where nobody allowed it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engines.analysis.fence import fence, places
from engines.analysis.requests import contents_at, request, request_standing
from engines.cloud.address import Service
from engines.library.cloud.permissions import Permission
from engines.settings import Cloud
from tests.shelf import Shelf

SERVICE = Service("http://localhost:11434/v1")
OTHER = Service("https://integrate.api.nvidia.com/v1")


def refusal(shelf: Shelf, path: Path, *, settings: Cloud | None = None, service: Service = SERVICE) -> str | None:
    store = shelf.library.cloud
    (content_id,) = contents_at(shelf.library, str(path))
    found = fence(store, settings or Cloud(), service).refusal(places(store, content_id))
    return found.code if found is not None else None


@pytest.fixture
def photo(shelf: Shelf) -> Path:
    path = shelf.put("a/b/photo.jpg")
    shelf.take_in()
    return path


def test_without_permission_nothing_passes(shelf: Shelf, photo: Path) -> None:
    assert refusal(shelf, photo) == "cloud_not_allowed"


@pytest.mark.parametrize("place", [".", "a", "a/b", "a/b/photo.jpg"])
def test_what_is_allowed_passes_with_all_below(shelf: Shelf, photo: Path, place: str) -> None:
    shelf.library.cloud.allow(str(shelf.photos / place).removesuffix("/."), SERVICE.name)
    assert refusal(shelf, photo) is None
    assert refusal(shelf, photo, service=OTHER) == "cloud_not_allowed"
    assert refusal(shelf, photo, settings=Cloud(offline=True)) == "cloud_offline"


@pytest.mark.parametrize("place", ["a/c", "a/b/photo.jp", "a/b/photo.jpg.jpg", "a/bb"])
def test_a_neighbour_is_not_allowed_with_it(shelf: Shelf, photo: Path, place: str) -> None:
    shelf.library.cloud.allow(str(shelf.photos / place), SERVICE.name)
    assert refusal(shelf, photo) == "cloud_not_allowed"


@pytest.mark.parametrize("place", [".", "a", "a/b", "a/b/photo.jpg"])
def test_never_is_stronger_than_allowed(shelf: Shelf, photo: Path, place: str) -> None:
    for path in (shelf.photos, shelf.photos / "a/b", photo):
        shelf.library.cloud.allow(str(path), SERVICE.name)
    shelf.library.cloud.forbid(str(shelf.photos / place).removesuffix("/."))
    assert refusal(shelf, photo) == "cloud_forbidden_folder"


def test_a_copy_in_a_forbidden_folder_forbids_the_original(shelf: Shelf) -> None:
    open_place, secret = shelf.put("open/x.jpg", "same"), shelf.put("secret/x.jpg", "same")
    shelf.take_in()
    shelf.library.cloud.allow(str(shelf.photos), SERVICE.name)
    assert refusal(shelf, open_place) is None
    shelf.library.cloud.forbid(str(secret.parent))
    assert refusal(shelf, open_place) == "cloud_forbidden_folder"


def test_the_file_that_is_read_has_to_be_allowed(shelf: Shelf) -> None:
    """Of two copies the allowed one may be out of reach: then the other would be read, which nobody allowed."""
    allowed, other = shelf.put("allowed/x.jpg", "same"), shelf.put("other/x.jpg", "same")
    shelf.take_in()
    store = shelf.library.cloud
    store.allow(str(allowed.parent), SERVICE.name)
    (content_id,) = contents_at(shelf.library, str(other))
    now = fence(store, Cloud(), SERVICE)
    assert now.refusal(places(store, content_id, str(allowed))) is None
    refused = now.refusal(places(store, content_id, str(other)))
    assert refused is not None
    assert refused.code == "cloud_not_allowed"


def test_a_link_leads_out_of_no_forbidden_folder(shelf: Shelf) -> None:
    hidden = shelf.put("secret/x.jpg", "hidden")
    link = shelf.photos / "open" / "link.jpg"
    link.parent.mkdir()
    link.symlink_to(hidden)
    shelf.take_in(link.parent / "link.jpg", link.parent)
    store = shelf.library.cloud
    store.allow(str(link.parent), SERVICE.name)
    store.forbid(str(hidden.parent))
    (content_id,) = contents_at(shelf.library, str(hidden))
    refused = fence(store, Cloud(), SERVICE).refusal(places(store, content_id, str(link)))
    assert refused is not None
    assert refused.code == "cloud_forbidden_folder"


def test_what_is_forgotten_is_as_before(shelf: Shelf, photo: Path) -> None:
    shelf.library.cloud.allow(str(photo), SERVICE.name)
    shelf.library.cloud.forget(str(photo))
    assert refusal(shelf, photo) == "cloud_not_allowed"


def test_nothing_forbidden_gets_into_the_queue(shelf: Shelf, photo: Path) -> None:
    store = shelf.library.cloud
    contents = contents_at(shelf.library, str(shelf.photos))
    added = request(store, fence(store, Cloud(), SERVICE), contents, "description")
    assert (added.waiting, [one.code for one in added.refused]) == (0, ["cloud_not_allowed"])
    assert store.waiting() == []


def test_a_standing_wish_reaches_files_that_come_later(shelf: Shelf, photo: Path) -> None:
    store = shelf.library.cloud
    store.allow(str(shelf.photos / "a"), SERVICE.name, ["description"])
    now = fence(store, Cloud(), SERVICE)
    assert request_standing(shelf.library, now) == 1
    assert request_standing(shelf.library, now) == 0
    shelf.put("a/later.jpg")
    shelf.put("elsewhere/later.jpg")
    shelf.take_in()
    assert request_standing(shelf.library, now) == 1
    assert request_standing(shelf.library, fence(store, Cloud(), OTHER)) == 0


@pytest.mark.skipif(os.sep != "/", reason="paths as they are here")
def test_the_root_of_all_holds_all() -> None:
    assert Permission(b"/", "x").holds_for(b"/a")
    assert not Permission(b"/a", "x").holds_for(b"/ab")


def test_what_is_asked_of_every_file_stays_when_the_folder_is_allowed_once_more(shelf: Shelf, photo: Path) -> None:
    store, folder = shelf.library.cloud, str(shelf.photos)
    store.allow(folder, SERVICE.name, ["description"])
    store.allow(folder, SERVICE.name)
    store.allow(folder, SERVICE.name, ["products"])
    assert [one.phases for one in store.permissions()] == [("description", "products")]
    store.ask_always(folder, SERVICE.name, ["products"])
    assert [one.phases for one in store.permissions()] == [("products",)]
