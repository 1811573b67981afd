"""Whatever is asked for, the hits are exactly those that a plain look at every item finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engines.search.find import find, matching
from tests.search.catalogue import NOW, Catalogue, Item

Fits = Callable[[Item], bool]


def taken(item: Item, low: str, high: str) -> bool:
    """Whether it was taken from the one day up to, and without, the other."""
    return item.value("taken", lambda day: low <= day[:10] < high)


def shows(item: Item, name: str, least: float = 0.0) -> bool:
    """Whether it has the tag, as a whole or as one level."""
    return any(
        score > least for tag, score in item.tags.items() if name.lower() in (tag.lower(), *tag.lower().split("/"))
    )


def colours(item: Item) -> set[str]:
    shares = {colour["name"]: colour["share"] for colour in item.facts.get("colours", ())}
    vivid = ("red", "orange", "yellow", "cyan", "purple", "pink")
    return {name for name, share in shares.items() if share >= (0.05 if name in vivid else 0.15)}


LEAVES: dict[str, Fits] = {
    # words
    "dog": lambda i: i.any_of("dog", "dogs"),
    "Dogs": lambda i: i.any_of("dog", "dogs"),
    "dog on the beach": lambda i: i.any_of("dog", "dogs") and i.any_of("beach", "beaches"),
    "the on": lambda i: i.holds("the") and i.holds("on"),
    "cities": lambda i: i.any_of("city", "cities"),
    "cafe": lambda i: i.any_of("cafe", "cafes"),
    "CAFÉ": lambda i: i.any_of("cafe", "cafes"),
    "har*": lambda i: "harbour" in i.texts()["caption"] or "harbour" in i.texts()["title"],
    '"dog on"': lambda i: i.holds("dog", "on"),
    '"dogs"': lambda i: i.holds("dogs"),
    "2008": lambda i: i.holds("2008") or taken(i, "2008-01-01", "2009-01-01"),
    "2008-10": lambda i: i.holds("2008", "10") or taken(i, "2008-10-01", "2008-11-01"),
    "october 2008": lambda i: i.holds("october", "2008") or taken(i, "2008-10-01", "2008-11-01"),
    "IMG_0001.mp4": lambda i: i.path.name == "IMG_0001.mp4",
    "canon 50d": lambda i: i.any_of("canon", "canons") and i.holds("50d"),
    "---": lambda i: True,
    "caption:dog": lambda i: i.holds("dog", columns=("caption",)),
    'title:"café"': lambda i: i.holds("cafe", columns=("title",)),
    "caption:har*": lambda i: "harbour" in i.texts()["caption"],
    # names and places
    "name:img": lambda i: i.path.name.startswith("IMG"),
    "name:img_00*": lambda i: i.path.name.startswith("IMG_00"),
    "name:*_00*.png": lambda i: "_00" in i.path.name and i.path.suffix == ".png",
    "name:*12": lambda i: i.path.stem.endswith("12"),
    'folder:"lisbon 2019"': lambda i: "Lisbon 2019" in str(i.path),
    "folder:2008": lambda i: "2008" in i.path.parts,
    "folder:200": lambda i: False,
    "folder=2008": lambda i: False,
    "folder=*/2008": lambda i: "2008" in i.path.parts,
    "folder=*/200": lambda i: False,
    "name=img_0001": lambda i: i.path.stem == "IMG_0001",
    "name=img": lambda i: False,
    'path:"cats & dogs/IMG_0"': lambda i: "cats & dogs/IMG_0" in str(i.path),
    "path:_0*9.jpg": lambda i: "_0" in i.path.name and i.path.name.endswith("9.jpg"),
    "place:oslo": lambda i: i.value("place", lambda place: "Oslo" in place) or i.km_from(59.9127, 10.7461) < 13.2,
    "near:59.9,10.7/60km": lambda i: i.km_from(59.9, 10.7) <= 60,
    "near:-18.1,179.9/200km": lambda i: i.km_from(-18.1, 179.9) <= 200,
    # what is to be seen
    "tag:dog": lambda i: shows(i, "dog"),
    "tag:cat": lambda i: shows(i, "cat"),
    'tag:"hot dog"': lambda i: shows(i, "hot dog"),
    "tag:hot_dog": lambda i: shows(i, "hot dog"),
    "tag:*dog": lambda i: shows(i, "dog") or shows(i, "hot dog"),
    "tag:cafe": lambda i: shows(i, "café"),
    "tag:sky>0.5": lambda i: shows(i, "sky", 0.5),
    "tag:sky<0.5": lambda i: i.scores.get("sky", 1.0) < 0.5,
    "colour:red": lambda i: "red" in colours(i),
    "color:gray": lambda i: "grey" in colours(i),
    "quality:>0.5": lambda i: i.value("quality", lambda value: value > 0.5),
    "sharpness:..0.25": lambda i: i.value("sharpness", lambda value: value <= 0.25),
    "noise:<3": lambda i: i.value("noise", lambda value: value < 3),
    "object:dog": lambda i: False,
    "products:>0": lambda i: False,
    # when
    "date:2008": lambda i: taken(i, "2008-01-01", "2009-01-01"),
    "date:2007..2008-06": lambda i: taken(i, "2007-01-01", "2008-07-01"),
    "date:>2008": lambda i: taken(i, "2009-01-01", "9999"),
    "date:<=2007-03-04": lambda i: taken(i, "0000", "2007-03-05"),
    'date:"last 20 years"': lambda i: taken(i, "2006-03-31", "9999"),
    "added:2020..": lambda i: True,
    "added:<2020": lambda i: False,
    # with what
    "camera:canon": lambda i: i.value("camera", lambda camera: "Canon" in camera),
    'camera:"eos 5"': lambda i: i.value("camera", lambda camera: camera == "Canon EOS 5"),
    'camera="canon eos 5"': lambda i: i.value("camera", lambda camera: camera == "Canon EOS 5"),
    "camera=canon": lambda i: False,
    "camera=canon*": lambda i: i.value("camera", lambda camera: "Canon" in camera),
    "camera:d*0": lambda i: i.value("camera", lambda camera: camera == "Nikon D70"),
    'lens:"70-200"': lambda i: i.value("lens", lambda lens: "70-200" in lens),
    "iso:400..800": lambda i: i.value("iso", lambda iso: 400 <= iso <= 800),
    "iso:>400": lambda i: i.value("iso", lambda iso: iso > 400),
    "f:2.8": lambda i: i.value("aperture", lambda aperture: aperture == 2.8),
    "aperture:>=2.8": lambda i: i.value("aperture", lambda aperture: aperture >= 2.8),
    "exposure:<1/100": lambda i: i.value("exposure_s", lambda seconds: seconds < 0.01),
    "shutter:1/60": lambda i: i.value("exposure_s", lambda seconds: seconds == 1 / 60),
    "focal:>=50mm": lambda i: i.value("focal_mm", lambda focal: focal >= 50),
    # the file
    "type:video": lambda i: i.kind == "video",
    "type:raw": lambda i: i.path.suffix == ".nef",
    "type:png": lambda i: i.path.suffix == ".png",
    "format:nef": lambda i: i.path.suffix == ".nef",
    "width:4000": lambda i: i.value("width", lambda width: width == 4000),
    "height:<4000": lambda i: i.value("height", lambda height: height < 4000),
    "megapixels:>=12": lambda i: {"width", "height"} <= i.facts.keys() and i.facts["width"] * i.facts["height"] >= 12e6,
    "orientation:portrait": lambda i: {"width", "height"} <= i.facts.keys() and i.facts["width"] < i.facts["height"],
    "orientation:square": lambda i: {"width", "height"} <= i.facts.keys() and i.facts["width"] == i.facts["height"],
    "size:>0": lambda i: True,
    "duration:>1:30": lambda i: i.value("duration_s", lambda seconds: seconds > 90),
    "fps:30": lambda i: i.value("fps", lambda fps: fps == 29.97),
    "codec:avc": lambda i: i.value("codec", lambda codec: codec == "h264"),
    # what the user thinks of it, and how it stands
    "rating:>=4": lambda i: i.value("rating", lambda rating: rating >= 4),
    "rating:0": lambda i: i.value("rating", lambda rating: rating == 0),
    "label:red": lambda i: i.value("colour_label", lambda label: label == "Red"),
    "has:gps": lambda i: "latitude" in i.facts,
    "has:date": lambda i: "taken" in i.facts,
    "has:caption": lambda i: "caption" in i.facts,
    "has:tags": lambda i: bool(i.tags),
    "has:rating": lambda i: i.value("rating", lambda rating: rating != 0),
    "has:camera": lambda i: "camera" in i.facts,
    "has:audio": lambda i: "audio_codec" in i.facts,
    "has:faces": lambda i: False,
    "is:photo": lambda i: i.kind == "photo",
    "is:favourite": lambda i: "favourite" in i.typed,
    "is:hidden": lambda i: "hidden" in i.typed,
    "is:rejected": lambda i: i.value("rating", lambda rating: rating == -1),
    "is:duplicate": lambda i: i.has_copy,
    "is:missing": lambda i: i.state == "missing",
    "is:offline": lambda i: i.offline and i.state != "missing",
    "state:corrupt": lambda i: i.state == "corrupt" and not i.offline,
    "state:ok": lambda i: i.state == "ok" and not i.offline,
}


def is_listed(item: Item, query: str) -> bool:
    """What is hidden or missing is found only by a query that speaks of it."""
    return ("hidden" not in item.typed or "is:hidden" in query) and (item.state != "missing" or "is:missing" in query)


def expected(catalogue: Catalogue, query: str, fits: Fits) -> set[str]:
    return {item.path.name for item in catalogue.items if is_listed(item, query) and fits(item)}


def found(catalogue: Catalogue, query: str) -> set[str]:
    names = {item.media_id: item.path.name for item in catalogue.items}
    return {names[media_id] for media_id in matching(catalogue.shelf.library, query, now=NOW)}


@pytest.mark.parametrize("query", LEAVES)
def test_a_field_finds_what_it_says(catalogue: Catalogue, query: str) -> None:
    assert found(catalogue, query) == expected(catalogue, query, LEAVES[query])


@pytest.mark.parametrize("query", LEAVES)
def test_the_catalogue_tells_fields_apart(catalogue: Catalogue, query: str) -> None:
    """Otherwise the test before would prove nothing."""
    hits = expected(catalogue, query, LEAVES[query])
    always = {"---", "added:2020..", "size:>0"}
    never = {"folder:200", "object:dog", "products:>0", "added:<2020", "has:faces"}
    never |= {"camera=canon", "folder=2008", "folder=*/200", "name=img"}
    assert bool(hits) == (query not in never)
    assert (len(hits) == len(expected(catalogue, query, lambda item: True))) == (query in always)


Part = tuple[str, Fits]


def _both(parts: tuple[Part, Part]) -> Part:
    (first, fits), (second, also) = parts
    return f"({first}) ({second})", lambda item: fits(item) and also(item)


def _either(parts: tuple[Part, Part]) -> Part:
    (first, fits), (second, also) = parts
    return f"({first}) OR ({second})", lambda item: fits(item) or also(item)


def _not(part: Part) -> Part:
    query, fits = part
    return f"-({query})", lambda item: not fits(item)


# What '---' (nothing) and stop words mean depends on what stands beside them.
_PARTS = st.recursive(
    st.sampled_from([part for part in LEAVES.items() if part[0] not in ("---", "the on")]),
    lambda inner: st.one_of(st.tuples(inner, inner).map(_both), st.tuples(inner, inner).map(_either), inner.map(_not)),
    max_leaves=6,
)


@settings(deadline=None, max_examples=200)
@given(part=_PARTS)
@example(_not(("2008", LEAVES["2008"])))
@example(_both((("2008", LEAVES["2008"]), ("dog", LEAVES["dog"]))))
def test_parts_combine_as_the_query_says(catalogue: Catalogue, part: Part) -> None:
    query, fits = part
    assert found(catalogue, query) == expected(catalogue, query, fits)


@settings(deadline=None, max_examples=50)
@given(part=_PARTS, limit=st.integers(1, 40))
def test_the_first_hits_are_the_first_of_all_hits(catalogue: Catalogue, part: Part, limit: int) -> None:
    everything = find(catalogue.shelf.library, part[0], limit=None, now=NOW)
    first = find(catalogue.shelf.library, part[0], limit=limit, now=NOW)
    assert first.ids.tolist() == everything.ids.tolist()[:limit]
    assert first.total == len(everything.ids)
    assert sorted(everything.scores.tolist(), reverse=True) == everything.scores.tolist()


def test_relative_dates_are_told_from_the_given_clock(catalogue: Catalogue) -> None:
    item = next(item for item in catalogue.items if "taken" in item.facts and is_listed(item, ""))
    later = datetime.fromisoformat(item.facts["taken"]) + timedelta(days=1)
    assert item.media_id in matching(catalogue.shelf.library, "date:yesterday", now=later)
    assert item.media_id not in matching(catalogue.shelf.library, "date:today", now=later)
