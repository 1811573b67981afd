"""A query falls into chips and text, and together they ask for the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.errors import QueryError
from engines.search.chips import Parts, chip, split, with_chip, without_chip, written_field
from engines.search.find import matching
from engines.search.nodes import And, Choice, Field, Not, Or, Pattern, Phrase, Query, Words
from engines.search.query import parse
from tests.search.catalogue import NOW, Catalogue

SPLIT = {
    "": ([], ""),
    "dog  on a beach": ([], "dog  on a beach"),
    "dog camera:canon beach": (["camera:canon"], "dog beach"),
    "date:2008 dog": (["date:2008"], "dog"),
    "-is:video -tag:cat": (["-is:video", "-tag:cat"], ""),
    "camera:canon OR camera:nikon": (["(camera:canon OR camera:nikon)"], ""),
    "(camera:canon OR camera:nikon) dog": (["(camera:canon OR camera:nikon)"], "dog"),
    "(dog OR cat) iso:>400": (["iso:>400"], "dog OR cat"),
    "dog OR iso:400": ([], "dog OR iso:400"),
    "(camera:canon OR iso:400)": ([], "(camera:canon OR iso:400)"),
    "-(camera:canon iso:400) type:raw": (["type:raw"], "-(camera:canon iso:400)"),
    'dog AND taken: yesterday AND "hot dog"': (["date:yesterday"], 'dog "hot dog"'),
    'camera: ="EOS 5"': (['camera="EOS 5"'], ""),
}


@pytest.mark.parametrize(("query", "expected"), SPLIT.items())
def test_fields_become_chips_and_the_rest_stays_text(query: str, expected: tuple[list[str], str]) -> None:
    parts = split(query, NOW)
    assert ([one.written for one in parts.chips], parts.text) == expected


field_texts = st.sampled_from(
    ["camera:canon", 'lens="70-200"', "type:raw", "iso:>400", "date:2008..2009", "tag:dog", 'tag:"a dog">0.5']
)
leaf_texts = field_texts | st.sampled_from(["dog", "beach", '"a dog"', "2008", "har*"])
query_texts = st.recursive(
    leaf_texts,
    lambda inner: st.one_of(
        st.builds(lambda part: f"-({part})", inner),
        st.lists(inner, min_size=1, max_size=4).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
    ),
    max_leaves=8,
)


def normal(tree: Query) -> Any:
    """The tree without regard to the order of what all has to fit, and to which words stand together."""
    match tree:
        case And(parts):
            inner = [one for part in parts for one in opened(normal(part))]
            return ("and", sorted(inner, key=repr)) if len(inner) != 1 else inner[0]
        case Words(words) if len(words) > 1:
            return ("and", sorted((("word", word) for word in words), key=repr))
        case Words((word,)):
            return ("word", word)
        case Or(parts):
            return ("or", sorted((normal(part) for part in parts), key=repr))
        case Not(part):
            return ("not", normal(part))
        case Phrase(text):
            return ("phrase", text)
        case Field():
            return ("field", str(tree))


def opened(part: Any) -> list[Any]:
    return part[1] if part[0] == "and" else [part]


@given(query_texts)
def test_chips_and_text_make_the_same_query_again(text: str) -> None:
    parts = split(text, NOW)
    assert normal(parse(parts.query(), NOW)) == normal(parse(text, NOW))
    again = split(parts.query(), NOW)
    assert again.chips == parts.chips
    assert again.query() == parts.query()


def test_they_find_the_same(catalogue: Catalogue) -> None:
    for query in ("dog camera:canon beach", "(dog OR cat) -type:raw", "(type:raw OR type:video) city iso:>100"):
        written = split(query, NOW).query()
        assert written != query
        found = matching(catalogue.shelf.library, query, now=NOW)
        assert found
        assert matching(catalogue.shelf.library, written, now=NOW) == found


@given(st.text(max_size=30), st.booleans())
def test_any_text_can_be_written_as_a_value(value: str, whole: bool) -> None:
    if not value.strip() or value.count('"') > 3 or not any(letter.isalnum() for letter in value):
        return
    written = written_field("camera", value, whole=whole)
    try:
        tree = parse(written)
    except QueryError:  # more open places than a value can have
        assert sum(letter in '"“”„«»' for letter in value) > 3
        return
    assert isinstance(tree, Field)
    assert isinstance(tree.test, Pattern)
    assert tree.test.whole == whole
    assert "*".join(tree.test.pieces) == "".join("*" if letter in '"“”„«»' else letter for letter in value)


def test_what_is_typed_wrong_can_be_pointed_at_in_the_text() -> None:
    for text in ("dog iso:x", "  iso:x", "cat OR iso:x"):
        parts = Parts((chip("type:raw"),), text)
        with pytest.raises(QueryError) as error:
            parse(parts.query())
        place = error.value.start - parts.text_start()
        assert text[place : place + 1] == "x"


def of(query: str, *added: str) -> str:
    parts = split(query, NOW)
    for written in added:
        parts = with_chip(parts, chip(written, NOW))
    return parts.query()


def test_a_second_value_of_what_has_only_one_is_offered_beside_the_first() -> None:
    assert of("camera=A", "camera=B") == "(camera=A OR camera=B)"
    assert of("camera=A dog", "camera=B", "camera=C") == "(camera=A OR camera=B OR camera=C) dog"
    assert of("camera=A", "camera=A") == "camera=A"


def test_a_second_tag_narrows_what_the_first_one_found() -> None:
    assert of("tag:dog", "tag:beach", "tag:dog") == "tag:dog tag:beach"


def test_a_new_range_takes_the_place_of_the_one_before() -> None:
    assert of("date:2008 dog", "date:2009-01..2009-03") == "date:2009-01..2009-03 dog"


def test_asking_for_what_is_excluded_takes_the_exclusion_away() -> None:
    assert of("-tag:dog", "tag:dog") == "tag:dog"
    assert of("tag:dog", "-tag:dog", "-tag:dog") == "-tag:dog"
    assert of("camera=A", "-camera=B") == "camera=A -camera=B"


def test_one_of_several_values_can_be_taken_away() -> None:
    parts = split("(camera=A OR camera=B) -tag:dog cat", NOW)
    assert without_chip(parts, "camera=A").query() == "camera=B -tag:dog cat"
    assert without_chip(parts, "(camera=A OR camera=B)").query() == "-tag:dog cat"
    assert without_chip(parts, "-tag:dog").query() == "(camera=A OR camera=B) cat"


def test_a_chip_is_one_field() -> None:
    assert chip("-is:video").fields == (Field("is", Choice("video"), "video"),)
    for written in ("", "dog", "is:video dog", "is:video is:raw"):
        with pytest.raises(ValueError, match="not one field"):
            chip(written)
