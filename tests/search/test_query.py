"""Reading a query: what is taken for what, and what is said about a wrong one."""

from __future__ import annotations

from datetime import datetime
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engines.errors import QueryError
from engines.search.fields import FIELDS
from engines.search.nodes import And, Choice, Field, Interval, Named, Near, Not, Or, Pattern, Phrase, Query, Words
from engines.search.query import DEEPEST, LONGEST, MOST_PARTS, parse

NOW = datetime(2026, 3, 31, 15, 0)  # a Tuesday

ISO = Field("iso", Interval(low=800, low_open=True), ">800")


def words(*texts: str) -> Words:
    return Words(texts)


TREES: dict[str, Query] = {
    "": And(()),
    " \t": And(()),
    "dog": words("dog"),
    "dog on a beach": words("dog", "on", "a", "beach"),
    '"dog on a beach"': Phrase("dog on a beach"),
    "“dog on a beach”": Phrase("dog on a beach"),
    'dog"on a"beach': And((words("dog"), Phrase("on a"), words("beach"))),
    "beach*": words("beach*"),
    "-dog": Not(words("dog")),
    "NOT dog": Not(words("dog")),
    "--dog": Not(Not(words("dog"))),
    "-(a dog)": Not(words("a", "dog")),
    "-dog beach": And((Not(words("dog")), words("beach"))),
    "well-known": words("well-known"),
    "a - b": words("a", "-", "b"),
    "dog OR cat": Or((words("dog"), words("cat"))),
    "dog OR cat beach": Or((words("dog"), words("cat", "beach"))),
    "(dog OR cat) beach": And((Or((words("dog"), words("cat"))), words("beach"))),
    "dog or cat": words("dog", "or", "cat"),
    "dog AND cat": words("dog", "cat"),
    "a (b c) d": words("a", "b", "c", "d"),
    "a OR (b OR c)": Or((words("a"), words("b"), words("c"))),
    "IMG_(1).jpg": words("IMG_(1).jpg"),
    "(IMG_1.jpg)": words("IMG_1.jpg"),
    "12:30 http://a.b C:\\photos": words("12:30", "http://a.b", "C:\\photos"),
    "dog iso:>800 cat": And((words("dog"), ISO, words("cat"))),
    "iso:> 800": ISO,
    "iso: >800": ISO,
    "iso>800": ISO,
    "ISO:>800": ISO,
    "(iso:>800)": ISO,
}


@pytest.mark.parametrize(("text", "tree"), TREES.items())
def test_words_and_signs_make_a_tree(text: str, tree: Query) -> None:
    assert parse(text, NOW) == tree


def seconds(year: int, month: int, day: int) -> int:
    return int((datetime(year, month, day) - datetime(1970, 1, 1)).total_seconds())


def span(first: tuple[int, int, int], end: tuple[int, int, int]) -> Interval:
    return Interval(seconds(*first), seconds(*end), high_open=True)


TESTS = {
    "iso:400": Interval(400, 400),
    "iso:=400": Interval(400, 400),
    "iso:400..800": Interval(400, 800),
    "iso:400..": Interval(400),
    "iso:..800": Interval(None, 800),
    "iso:>=400": Interval(400),
    "iso:<400": Interval(None, 400, high_open=True),
    "rating:<=-1": Interval(None, -1),
    "f:<=f/2.8": Interval(None, 2.8),
    "quality:>50%": Interval(0.5, low_open=True),
    "size:>5MB": Interval(5e6, low_open=True),
    "size:>=5MiB": Interval(5 * 1024**2),
    "size:..800kb": Interval(None, 800e3),
    "duration:>1:30": Interval(90, low_open=True),
    "duration:<2min": Interval(None, 120, high_open=True),
    "duration:>=1:00:00": Interval(3600),
    "exposure:<1/250": Interval(None, 1 / 250, high_open=True),
    "focal:>=85mm": Interval(85),
    "megapixels:>12mp": Interval(12, low_open=True),
    "date:2008": span((2008, 1, 1), (2009, 1, 1)),
    "date:2008-10": span((2008, 10, 1), (2008, 11, 1)),
    "date:2008-10-22": span((2008, 10, 22), (2008, 10, 23)),
    "date:2008-10-22T16:30": Interval(seconds(2008, 10, 22) + 59400, seconds(2008, 10, 22) + 59460, high_open=True),
    "date:2019..2021": span((2019, 1, 1), (2022, 1, 1)),
    "date:2008..": Interval(seconds(2008, 1, 1)),
    "date:>2008": Interval(seconds(2009, 1, 1)),
    "date:<=2008": Interval(None, seconds(2009, 1, 1), high_open=True),
    "date:<2008": Interval(None, seconds(2008, 1, 1), high_open=True),
    "date:today": span((2026, 3, 31), (2026, 4, 1)),
    "date:yesterday": span((2026, 3, 30), (2026, 3, 31)),
    'date:"last week"': span((2026, 3, 23), (2026, 3, 30)),
    "date:last-month": span((2026, 2, 1), (2026, 3, 1)),
    "date:this_year": span((2026, 1, 1), (2027, 1, 1)),
    'date:"22 October 2008"': span((2008, 10, 22), (2008, 10, 23)),
    "colour:gray": Choice("grey"),
    "color:Red": Choice("red"),
    "type:jpg": Choice("jpeg"),
    "type:RAW": Choice("raw"),
    "is:favorite": Choice("favourite"),
    "has:keywords": Choice("tags"),
    "camera:canon": Pattern(("canon",)),
    'camera:"canon eos"': Pattern(("canon eos",)),
    "name:IMG_*.jpg": Pattern(("IMG_", ".jpg")),
    'name:"a*b"*': Pattern(("a*b", "")),
    "tag:dog": Named(Pattern(("dog",))),
    "tag:dog>0.5": Named(Pattern(("dog",)), Interval(0.5, low_open=True)),
    'tag:"hot dog">=50%': Named(Pattern(("hot dog",)), Interval(0.5)),
    'tag:"a>5"': Named(Pattern(("a>5",))),
    "object:person>=3": Named(Pattern(("person",)), Interval(3)),
    "products:>3": Interval(3, low_open=True),
    "near:38.7,-9.1/20km": Near(20, 38.7, -9.1),
    "near:38.7,-9.1/500m": Near(0.5, 38.7, -9.1),
    'near:"New York"/5mi': Near(5 * 1.609344, place="New York"),
    "near:Lisbon": Near(20, place="Lisbon"),
}


@pytest.mark.parametrize(("text", "test"), TESTS.items())
def test_values_are_read_as_their_field_needs_them(text: str, test: object) -> None:
    field = parse(text, NOW)
    assert isinstance(field, Field)
    assert field.test == test


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("f:2.8", 2.8, 2.9),
        ("fps:30", 29.97, 29.4),
        ("fps:29.97", 29.97, 30),
        ("exposure:1/60", 1 / 61, 1 / 80),
        ("duration:90s", 90.4, 91),
        ("size:5MB", 5_400_000, 5_600_000),
    ],
)
def test_a_number_finds_what_is_the_same_as_far_as_it_was_written(text: str, inside: float, outside: float) -> None:
    field = parse(text, NOW)
    assert isinstance(field, Field)
    assert isinstance(field.test, Interval)
    assert field.test.low is not None
    assert field.test.high is not None
    assert field.test.low <= inside < field.test.high
    assert not field.test.low <= outside < field.test.high


# text, the part that is pointed at, words of the sentence
FAULTS = [
    ("dog camra:canon", "camra", "Did you mean camera?"),
    ("nonsense:x", "nonsense", 'write "nonsense: …"'),
    ("colour:purpel", "purpel", "Did you mean purple?"),
    ("is:vidio", "vidio", "Did you mean video?"),
    ("type:phto", "phto", "Did you mean photo?"),
    ("iso:many", "many", "not a number"),
    ("date:2008-13", "2008-13", "not a date"),
    ("date:2009-02-29", "2009-02-29", "not a date"),
    ("date:..", "..", "at least one side"),
    ("date:2021..2019", "2021..2019", "backwards"),
    ("dog rating:5..3 cat", "5..3", "backwards"),
    ("size:5XB", "5XB", "a size"),
    ("exposure:1/0", "1/0", "a time"),
    ("near:95,0", "95,0", "Latitude"),
    ("near:1,2/0km", "1,2/0km", "greater than 0"),
    ("near:,", ",", "neither a point"),
    ("camera:", "camera:", "needs a value, such as camera:canon"),
    ("camera: iso:5", "camera:", "needs a value"),
    ("camera: OR dog", "camera:", "needs a value"),
    ("iso:>", "iso:", "needs a value"),
    ('tag:""', "tag:", "needs a value"),
    ("tag:*", "*", "at least one letter"),
    ("name:a*b*c*d*e*f", "a*b*c*d*e*f", "at most 4 *"),
    ("title:*dog", "*dog", "end of a word"),
    ("dog b*ch", "*", "end of a word"),
    ('dog "on a beach', '"on a beach', "never closed"),
    ('dog ""', '""', "nothing between"),
    ("(dog", "(", "never closed"),
    ("(dog OR", "OR", "both sides"),
    ("(", "(", "never closed"),
    ("dog )", ")", "closes nothing"),
    ("dog ()", "()", "nothing between"),
    ("OR dog", "OR", "both sides"),
    ("dog OR", "OR", "both sides"),
    ("dog OR OR cat", "OR", "both sides"),
    ("dog AND", "AND", "both sides"),
    ("AND dog", "AND", "both sides"),
    ("dog -OR", "-", "something behind"),
    ("NOT", "NOT", "something behind"),
    ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "(", "too deeply"),
    ("-" * (DEEPEST + 1) + "a", "-", "too deeply"),
]


@pytest.mark.parametrize(("text", "place", "sentence"), FAULTS)
def test_a_wrong_query_gets_a_sentence_that_points_at_the_place(text: str, place: str, sentence: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, NOW)
    assert sentence in str(caught.value)
    assert text[caught.value.start : caught.value.end] == place


def test_a_text_pasted_by_mistake_is_refused() -> None:
    with pytest.raises(QueryError, match="at most 200 parts"):
        parse("a " * (MOST_PARTS + 1), NOW)
    with pytest.raises(QueryError, match="at most 5000 characters"):
        parse("a" * (LONGEST + 1), NOW)


def test_each_part_knows_its_place_in_the_text() -> None:
    text = 'dog beach (iso:>800 OR "a cat") -x'
    tree = parse(text, NOW)
    assert isinstance(tree, And)
    places = [text[part.start : part.end] for part in tree.parts]
    assert places == ["dog beach", 'iso:>800 OR "a cat"', "-x"]


def test_every_example_of_a_field_can_be_read() -> None:
    for name, spec in FIELDS.items():
        field = parse(f"{name}:{spec.example}", NOW)
        assert isinstance(field, Field), name
        assert field.name == spec.name


def readable(text: str) -> Query | None:
    """The tree, or None where a sentence is due; whatever else is raised fails the test."""
    try:
        return parse(text, NOW)
    except QueryError as error:
        fault = error
    assert 0 <= fault.start <= fault.end <= len(text)
    assert str(fault)
    return None


_PIECES = st.sampled_from(
    ["dog", "on", "OR", "AND", "NOT", "(", ")", "-", '"', "*", ":", " ", "  ", ">", "..", "iso:", "camera:",
     "tag:dog>0.5", '"a b"', "date:2008..", "http://x", "12:30", "“", "\u00a0", "name:*a*", "x)", "=5", "near:1,2",
     "\ud800", "\x00"]
)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=12).map("".join)))
@example("camera:> (dog)")
@example("-\u00a0dog")
@example("a (-) b")
@example("\ud800:x")
def test_any_text_is_read_or_refused_and_what_was_read_can_be_written_and_read_again(text: str) -> None:
    tree = readable(text)
    if tree is not None:
        assert parse(str(tree), NOW) == tree


@settings(deadline=None)
@given(
    st.recursive(
        st.sampled_from(["dog", '"a b"', "iso:>800", "tag:dog", "beach*"]),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(" ".join),
            st.tuples(inner, inner).map(" OR ".join),
            inner.map("({})".format),
            inner.map("-({})".format),
        ),
        max_leaves=8,
    )
)
def test_the_written_tree_means_the_same(text: str) -> None:
    tree = parse(text, NOW)
    assert parse(str(tree), NOW) == tree


def test_fields_can_be_combined_in_any_order() -> None:
    for first, second in product(["iso:>800", "dog", '"a b"', "-cat"], repeat=2):
        assert parse(f"{first} {second}", NOW) == parse(f"({first}) ({second})", NOW)
