"""Plain words say what else they could mean, and how to ask for that."""

from __future__ import annotations

import pytest

from engines.search.alternatives import alternatives
from engines.search.complete import vocabulary
from engines.search.query import parse
from tests.search.catalogue import NOW, Catalogue

DATES = {
    "dogs 2008": [("2008", "date", "dogs", "date:2008"), ("2008", "text", 'dogs "2008"', "")],
    "october 2008 dogs": [
        ("october 2008", "date", "dogs", 'date:"october 2008"'),
        ("october 2008", "text", '"october 2008" dogs', ""),
    ],
    '"2008" dogs': [],
    "dogs OR 2008": [],
    "-2008": [],
    "dogs iso:many": [],
    "(2008)": [],
}


@pytest.mark.parametrize(("text", "expected"), DATES.items())
def test_a_date_can_be_meant_as_one_or_as_text(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = alternatives(text, None, NOW)
    assert [(one.written, one.group, one.text, one.field) for one in found] == expected
    for one in found:
        parse(f"{one.field} {one.text}", NOW)


def test_a_word_can_be_meant_as_a_name_of_the_library(catalogue: Catalogue) -> None:
    known = vocabulary(catalogue.shelf.library, NOW)
    found = alternatives("red hot dog nikon d70 nothing", known, NOW)
    assert [(one.written, one.group, one.field) for one in found] == [
        ("red", "kind", "colour:red"),
        ("hot dog", "tag", 'tag:"hot dog"'),
        ("nikon d70", "camera", 'camera="Nikon D70"'),
    ]
    assert found[1].text == "red nikon d70 nothing"
